/** How near a gateway is to its limits (fact sheet §1.5, 2.4, 3.2). Pure. */
import { tunnelsOfGateway } from '../../shared/contract/connectivity.ts';
import type { Headroom } from '../../shared/contract/liveGateway.ts';

/** What a multitenant gateway carries; a forwarding one (DirectRoutingMode) has no tunnels and one routing domain (fact sheet §1.5). */
export const capacityLimits = { supportedVmNetworks: 100, tunnels: tunnelsOfGateway, virtualSubnets: 500 } as const;

/** From this share of a limit on somebody should look. */
const warningShare = 0.8;

/** External ports of one protocol of one address. */
export interface PortUse {
  readonly vmNetwork: string;
  readonly address: string;
  readonly protocol: string;
  readonly inUse: number;
  readonly available: number;
}

export interface CapacityFacts {
  readonly isForwarding: boolean;
  readonly vmNetworks: number;
  readonly maximumVmNetworks: number;
  readonly tunnels: number;
  readonly virtualSubnets: number;
  /** Pools of the front-end site: addresses of their ranges that are not reserved, and those still free. */
  readonly externalPools: readonly { readonly name: string; readonly usable: number; readonly free: number }[];
  readonly ports: readonly PortUse[];
}

export function capacityOf(facts: CapacityFacts): Headroom[] {
  const { isForwarding, vmNetworks, maximumVmNetworks, tunnels, virtualSubnets } = facts;
  const { supportedVmNetworks } = capacityLimits;
  return [
    headroom('VM networks', vmNetworks, maximumVmNetworks, isForwarding ? 'A forwarding gateway serves one VM network.' : `MaxVMNetworksSupported of its connection string; at most ${supportedVmNetworks}.`),
    headroom('VPN tunnels', tunnels, isForwarding ? 0 : capacityLimits.tunnels, isForwarding ? 'A forwarding gateway has no site-to-site tunnels.' : 'Site-to-site tunnels of one gateway.'),
    headroom('Virtual subnets', virtualSubnets, capacityLimits.virtualSubnets, 'VM subnets and gateway subnets of its VM networks.'),
    externalAddresses(facts.externalPools),
    natPorts(facts.ports),
  ];
}

export function headroom(label: string, used: number, limit: number, note: string): Headroom {
  return { label, used, limit, level: levelOf(used, limit), text: textOf(used, limit), note };
}

function levelOf(used: number, limit: number): Headroom['level'] {
  if (used >= limit) return limit === 0 && used === 0 ? 'none' : 'full';
  return used >= limit * warningShare ? 'warning' : 'normal';
}

const number = new Intl.NumberFormat('en-US');

function textOf(used: number, limit: number): string {
  if (limit === 0 && used === 0) return 'None';
  const share = `${number.format(used)} of ${number.format(limit)}`;
  if (used > limit) return `${share}, ${number.format(used - limit)} too many`;
  return used === limit ? `${share}, full` : `${share}, ${number.format(limit - used)} free`;
}

function externalAddresses(pools: CapacityFacts['externalPools']): Headroom {
  const usable = pools.reduce((sum, pool) => sum + pool.usable, 0);
  const free = pools.reduce((sum, pool) => sum + pool.free, 0);
  const note = pools.length === 0 ? 'The front end has no network site with a static IP address pool.' : `Of ${pools.map(({ name }) => name).join(', ')}, which other gateways may share.`;
  return headroom('External addresses', usable - free, usable, note);
}

/** Of all external addresses and protocols the one with the least left: that one fails first. */
function natPorts(ports: readonly PortUse[]): Headroom {
  const share = ({ inUse, available }: PortUse): number => (inUse + available === 0 ? 0 : inUse / (inUse + available));
  const [first, ...others] = ports;
  if (first === undefined) return headroom('NAT ports', 0, 0, 'No VM network uses network address translation here.');
  const fullest = others.reduce((best, candidate) => (share(candidate) > share(best) ? candidate : best), first);
  const { vmNetwork, address, protocol, inUse, available } = fullest;
  const note = inUse === 0 ? 'No external port is in use.' : `The fullest: ${protocol} of ${address}, ${vmNetwork}.`;
  return headroom('NAT ports', inUse, inUse + available, note);
}
