/** Virtualization policy as VMM distributes it to the hosts (fact sheet §4.3): subnets, lookup records, customer routes. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { nthAddress, prefixContains } from '../../../shared/net/ipv4.ts';
import type { CustomerRouteConfig, LookupRecordConfig, SimulationConfig, VirtualSubnetConfig } from '../config.ts';
import { differenceOf } from '../kernel/difference.ts';
import { IntMap } from '../kernel/intMap.ts';
import { ethernetAddresses, type EthernetAddresses } from '../wire/ethernet.ts';

/** Where a packet that enters the distributed router goes. */
export interface RoutingDecision {
  /** Customer route that matched. */
  readonly route: CustomerRouteConfig | undefined;
  /** Record of the next hop in the route's subnet. */
  readonly record: LookupRecordConfig | undefined;
  /** Addresses of the frame in that subnet: from its router to the record's MAC. */
  readonly addresses: EthernetAddresses | undefined;
}

/** Decisions that a subnet remembers; a fresh start costs less than keeping them in order. */
const decisionLimit = 4096;

/** What the policy says about one virtual subnet. */
export class SubnetPolicy {
  readonly config: VirtualSubnetConfig;
  /** The distributed router's address: the first of the subnet (fact sheet §2.2). */
  readonly routerAddress: Ipv4Address;
  readonly records = new IntMap<LookupRecordConfig>();
  wildcard: LookupRecordConfig | undefined;
  readonly #policy: Policy;
  #decisions = new IntMap<RoutingDecision>();

  constructor(config: VirtualSubnetConfig, policy: Policy) {
    this.config = config;
    this.routerAddress = nthAddress(config.prefix, 1);
    this.#policy = policy;
  }

  /** For a packet from a machine of this subnet. Remembered by destination. */
  decide(destination: Ipv4Address): RoutingDecision {
    const known = this.#decisions.get(destination);
    if (known !== undefined) return known;
    if (this.#decisions.size >= decisionLimit) this.#decisions = new IntMap();
    const decision = this.#policy.decide(this.config.routingDomainId, destination);
    this.#decisions.set(destination, decision);
    return decision;
  }

  /** Something that decisions are made from is different. */
  forgetDecisions(): void {
    if (this.#decisions.size > 0) this.#decisions = new IntMap();
  }
}

type PolicyConfig = Pick<SimulationConfig, 'virtualSubnets' | 'lookupRecords' | 'customerRoutes'>;

/** Longest prefix first, then lowest metric. */
const byPreference = (a: CustomerRouteConfig, b: CustomerRouteConfig): number => b.destination.length - a.destination.length || a.metric - b.metric;

export class Policy {
  readonly #subnets = new IntMap<SubnetPolicy>();
  /** By routing domain, the preferred ones first. */
  readonly #routes = new Map<string, readonly CustomerRouteConfig[]>();
  #config: PolicyConfig = { virtualSubnets: [], lookupRecords: [], customerRoutes: [] };

  /** Takes a new configuration. Routing domains of which nothing changed keep what they have decided. */
  follow(config: PolicyConfig): void {
    const domains = new Set<string>();
    const madeAnew = this.#followSubnets(config, domains);
    this.#followRecords(config, madeAnew, domains);
    this.#followRoutes(config, domains);
    for (const { vsid, routingDomainId } of domains.size === 0 ? [] : config.virtualSubnets) if (domains.has(routingDomainId)) this.#subnets.get(vsid)?.forgetDecisions();
    this.#config = config;
  }

  /** The VSIDs whose records have to be entered again. */
  #followSubnets({ virtualSubnets }: PolicyConfig, domains: Set<string>): ReadonlySet<number> {
    const { removed, added } = differenceOf(this.#config.virtualSubnets, virtualSubnets);
    for (const { vsid, routingDomainId } of removed) {
      this.#subnets.delete(vsid);
      domains.add(routingDomainId);
    }
    for (const subnet of added) {
      this.#subnets.set(subnet.vsid, new SubnetPolicy(subnet, this));
      domains.add(subnet.routingDomainId);
    }
    return new Set(added.map(({ vsid }) => vsid));
  }

  #followRecords({ lookupRecords }: PolicyConfig, madeAnew: ReadonlySet<number>, domains: Set<string>): void {
    const { removed, added } = differenceOf(this.#config.lookupRecords, lookupRecords);
    for (const record of removed) this.#removeRecord(record);
    for (const record of added) this.#addRecord(record);
    if (madeAnew.size > 0) for (const record of lookupRecords) if (madeAnew.has(record.vsid)) this.#addRecord(record);
    for (const { vsid } of [...removed, ...added]) {
      const domain = this.#subnets.get(vsid)?.config.routingDomainId;
      if (domain !== undefined) domains.add(domain);
    }
  }

  #followRoutes({ customerRoutes }: PolicyConfig, domains: Set<string>): void {
    const { removed, added } = differenceOf(this.#config.customerRoutes, customerRoutes);
    const changed = new Map<string, CustomerRouteConfig[]>([...removed, ...added].map(({ routingDomainId }) => [routingDomainId, []]));
    if (changed.size === 0) return;
    for (const route of customerRoutes) changed.get(route.routingDomainId)?.push(route);
    for (const [domain, routes] of changed) {
      domains.add(domain);
      if (routes.length === 0) this.#routes.delete(domain);
      else this.#routes.set(domain, routes.sort(byPreference));
    }
  }

  subnet(vsid: number): SubnetPolicy | undefined {
    return this.#subnets.get(vsid);
  }

  /** Customer route, then the record of its next hop; behind a next hop the GatewayWildcard of the subnet stands for every address. */
  decide(routingDomainId: string, destination: Ipv4Address): RoutingDecision {
    const route = this.#routes.get(routingDomainId)?.find((entry) => prefixContains(entry.destination, destination));
    if (route === undefined) return { route, record: undefined, addresses: undefined };
    const subnet = this.#subnets.get(route.vsid);
    const known = subnet?.records.get(route.nextHop === 0 ? destination : route.nextHop);
    const record = known ?? (route.nextHop === 0 ? undefined : subnet?.wildcard);
    const addresses = record === undefined || subnet === undefined ? undefined : ethernetAddresses(record.mac, subnet.config.routerMac);
    return { route, record, addresses };
  }

  #addRecord(record: LookupRecordConfig): void {
    const subnet = this.#subnets.get(record.vsid);
    if (subnet === undefined) return;
    if (record.type === 'GatewayWildcard') subnet.wildcard = record;
    else subnet.records.set(record.customerAddress, record);
  }

  #removeRecord(record: LookupRecordConfig): void {
    const subnet = this.#subnets.get(record.vsid);
    if (subnet?.wildcard === record) subnet.wildcard = undefined;
    if (subnet?.records.get(record.customerAddress) === record) subnet.records.delete(record.customerAddress);
  }
}
