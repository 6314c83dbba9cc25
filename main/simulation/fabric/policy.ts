/** Virtualization policy as VMM distributes it to the hosts (fact sheet §4.3): subnets, lookup records, customer routes. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { nthAddress, prefixContains } from '../../../shared/net/ipv4.ts';
import type { CustomerRouteConfig, LookupRecordConfig, SimulationConfig, VirtualSubnetConfig } from '../config.ts';

interface SubnetPolicy {
  readonly config: VirtualSubnetConfig;
  readonly records: Map<Ipv4Address, LookupRecordConfig>;
  wildcard: LookupRecordConfig | undefined;
}

export class Policy {
  readonly #subnets = new Map<number, SubnetPolicy>();
  readonly #routes = new Map<string, CustomerRouteConfig[]>();

  constructor(config: Pick<SimulationConfig, 'virtualSubnets' | 'lookupRecords' | 'customerRoutes'>) {
    for (const subnet of config.virtualSubnets) this.#subnets.set(subnet.vsid, { config: subnet, records: new Map(), wildcard: undefined });
    for (const record of config.lookupRecords) this.#addRecord(record);
    for (const route of config.customerRoutes) {
      const routes = this.#routes.get(route.routingDomainId);
      if (routes === undefined) this.#routes.set(route.routingDomainId, [route]);
      else routes.push(route);
    }
    for (const routes of this.#routes.values()) routes.sort((a, b) => b.destination.length - a.destination.length || a.metric - b.metric);
  }

  subnet(vsid: number): VirtualSubnetConfig | undefined {
    return this.#subnets.get(vsid)?.config;
  }

  /** Record of a customer address; the GatewayWildcard of the subnet only when asked for by `orWildcard`. */
  lookup(vsid: number, address: Ipv4Address, orWildcard: boolean): LookupRecordConfig | undefined {
    const subnet = this.#subnets.get(vsid);
    return subnet?.records.get(address) ?? (orWildcard ? subnet?.wildcard : undefined);
  }

  /** Customer route of a routing domain: longest prefix, then lowest metric. */
  route(routingDomainId: string, destination: Ipv4Address): CustomerRouteConfig | undefined {
    return this.#routes.get(routingDomainId)?.find((route) => prefixContains(route.destination, destination));
  }

  /** The distributed router's address in a subnet: its first (fact sheet §2.2). */
  routerAddress(subnet: VirtualSubnetConfig): Ipv4Address {
    return nthAddress(subnet.prefix, 1);
  }

  #addRecord(record: LookupRecordConfig): void {
    const subnet = this.#subnets.get(record.vsid);
    if (subnet === undefined) return;
    if (record.type === 'GatewayWildcard') subnet.wildcard = record;
    else subnet.records.set(record.customerAddress, record);
  }
}
