/** Virtualization policy as VMM distributes it to the hosts (fact sheet §4.3): subnets, lookup records, customer routes. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
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
}

export class Policy {
  readonly #subnets = new IntMap<SubnetPolicy>();
  /** By routing domain: longest prefix first, then lowest metric. */
  readonly #routes = new Map<string, CustomerRouteConfig[]>();

  constructor(config: Pick<SimulationConfig, 'virtualSubnets' | 'lookupRecords' | 'customerRoutes'>) {
    for (const subnet of config.virtualSubnets) this.#subnets.set(subnet.vsid, new SubnetPolicy(subnet, this));
    for (const record of config.lookupRecords) this.#addRecord(record);
    for (const route of config.customerRoutes) {
      const routes = this.#routes.get(route.routingDomainId);
      if (routes === undefined) this.#routes.set(route.routingDomainId, [route]);
      else routes.push(route);
    }
    for (const routes of this.#routes.values()) routes.sort((a, b) => b.destination.length - a.destination.length || a.metric - b.metric);
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
}
