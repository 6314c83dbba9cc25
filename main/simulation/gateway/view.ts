/** What a compartment shows of itself. */
import type { IpNode } from '../net/ipNode.ts';
import { natInterface, tunnelPlace } from '../net/ipNode.ts';
import type { CompartmentState, StackState } from '../state.ts';
import { dropReasons } from '../trace/drops.ts';
import type { SiteToSite } from '../vpn/siteToSite.ts';
import type { Nat } from './nat.ts';

/** What the stack of a machine with one compartment shows. */
export function stackState(node: IpNode): StackState {
  const { interfaces, routes, neighbours } = compartmentState(1, '', '', node, null, []);
  return { interfaces, routes, neighbours };
}

export function compartmentState(id: number, guid: string, description: string, node: IpNode, nat: Nat | null, tunnels: readonly SiteToSite[]): CompartmentState {
  const tunnelStates = tunnels.map((tunnel) => tunnel.state());
  const nameOf = (index: number): string => {
    if (index >= 0) return node.interfaces[index]?.settings.name ?? '';
    if (index === natInterface) return nat === null ? 'Default compartment' : 'NAT';
    return tunnelStates[tunnelPlace(index)]?.name ?? '';
  };
  return {
    id,
    guid,
    description,
    interfaces: node.interfaces.map((entry) => entry.state()),
    routes: node.routes.all.map(({ destination, nextHop, interfaceIndex, metric, protocol }) => ({ destination, nextHop, interfaceName: nameOf(interfaceIndex), metric, protocol })),
    neighbours: node.interfaces.flatMap((entry) => entry.neighbours.list().map((neighbour) => ({ ...neighbour, interfaceName: entry.settings.name }))),
    nat: nat?.state() ?? null,
    tunnels: tunnelStates,
    counters: { received: node.received, forwarded: node.forwarded, dropped: node.drops.total },
    drops: node.drops.entries().map(({ reason, packets }) => ({ reason, packets, sentence: dropReasons[reason] })),
  };
}
