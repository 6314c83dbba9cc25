/** Virtualization policy as VMM distributes it to the hosts (fact sheet §4.3): subnets, lookup records, customer routes. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { differenceOf } from '../../../shared/lists/difference.ts';
import { Groups } from '../../../shared/lists/groups.ts';
import { nthAddress, prefixContains } from '../../../shared/net/ipv4.ts';
import type { CustomerRouteConfig, LookupRecordConfig, SimulationConfig, VirtualSubnetConfig } from '../config.ts';
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

/** Lookup records of one virtual subnet. They are there before the subnet is, and stay when it is told anew. */
class SubnetRecords {
  readonly byAddress = new IntMap<LookupRecordConfig>();
  wildcard: LookupRecordConfig | undefined;

  add(record: LookupRecordConfig): void {
    if (record.type === 'GatewayWildcard') this.wildcard = record;
    else this.byAddress.set(record.customerAddress, record);
  }

  remove(record: LookupRecordConfig): void {
    if (this.wildcard === record) this.wildcard = undefined;
    if (this.byAddress.get(record.customerAddress) === record) this.byAddress.delete(record.customerAddress);
  }

  get isEmpty(): boolean {
    return this.wildcard === undefined && this.byAddress.size === 0;
  }
}

/** What the policy says about one virtual subnet. */
export class SubnetPolicy {
  readonly config: VirtualSubnetConfig;
  /** The distributed router's address: the first of the subnet (fact sheet §2.2). */
  readonly routerAddress: Ipv4Address;
  /** By customer address. */
  readonly records: IntMap<LookupRecordConfig>;
  readonly #policy: Policy;
  #decisions = new IntMap<RoutingDecision>();

  constructor(config: VirtualSubnetConfig, records: IntMap<LookupRecordConfig>, policy: Policy) {
    this.config = config;
    this.routerAddress = nthAddress(config.prefix, 1);
    this.records = records;
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
  /** By VSID. */
  readonly #records = new IntMap<SubnetRecords>();
  readonly #subnetsOfDomain = new Groups(({ routingDomainId }: VirtualSubnetConfig) => routingDomainId);
  readonly #routesOfDomain = new Groups(({ routingDomainId }: CustomerRouteConfig) => routingDomainId);
  /** By routing domain, the preferred ones first. */
  readonly #routes = new Map<string, readonly CustomerRouteConfig[]>();
  #config: PolicyConfig = { virtualSubnets: [], lookupRecords: [], customerRoutes: [] };

  /** Takes a new configuration. Routing domains of which nothing changed keep what they have decided. */
  follow(config: PolicyConfig): void {
    const domains = new Set([...this.#followSubnets(config), ...this.#followRecords(config), ...this.#followRoutes(config)]);
    for (const domain of domains) for (const { vsid } of this.#subnetsOfDomain.get(domain)) this.#subnets.get(vsid)?.forgetDecisions();
    this.#config = config;
  }

  /** Gives the routing domains of which something is different, as those below. */
  #followSubnets({ virtualSubnets }: PolicyConfig): Iterable<string> {
    const { removed, added } = differenceOf(this.#config.virtualSubnets, virtualSubnets);
    for (const { vsid } of removed) this.#subnets.delete(vsid);
    for (const subnet of added) this.#subnets.set(subnet.vsid, new SubnetPolicy(subnet, this.#recordsOf(subnet.vsid).byAddress, this));
    for (const { vsid } of removed) this.#forgetUnused(vsid);
    return this.#subnetsOfDomain.follow(virtualSubnets);
  }

  #followRecords({ lookupRecords }: PolicyConfig): Iterable<string> {
    const { removed, added } = differenceOf(this.#config.lookupRecords, lookupRecords);
    for (const record of removed) this.#records.get(record.vsid)?.remove(record);
    for (const record of added) this.#recordsOf(record.vsid).add(record);
    for (const { vsid } of removed) this.#forgetUnused(vsid);
    return [...removed, ...added].flatMap(({ vsid }) => this.#subnets.get(vsid)?.config.routingDomainId ?? []);
  }

  #followRoutes({ customerRoutes }: PolicyConfig): Iterable<string> {
    const domains = [...this.#routesOfDomain.follow(customerRoutes)];
    for (const domain of domains) {
      const routes = this.#routesOfDomain.get(domain);
      if (routes.length === 0) this.#routes.delete(domain);
      else this.#routes.set(domain, [...routes].sort(byPreference));
    }
    return domains;
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
    const record = known ?? (subnet === undefined || route.nextHop === 0 ? undefined : this.#records.get(route.vsid)?.wildcard);
    const addresses = record === undefined || subnet === undefined ? undefined : ethernetAddresses(record.mac, subnet.config.routerMac);
    return { route, record, addresses };
  }

  #recordsOf(vsid: number): SubnetRecords {
    const known = this.#records.get(vsid);
    if (known !== undefined) return known;
    const records = new SubnetRecords();
    this.#records.set(vsid, records);
    return records;
  }

  #forgetUnused(vsid: number): void {
    if (!this.#subnets.has(vsid) && this.#records.get(vsid)?.isEmpty === true) this.#records.delete(vsid);
  }
}
