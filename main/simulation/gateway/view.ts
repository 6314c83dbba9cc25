/** What a compartment shows of itself. */
import type { IpNode } from '../net/ipNode.ts';
import { natInterface, tunnelPlace } from '../net/ipNode.ts';
import type { CompartmentState, CompartmentSummary, StackState } from '../state.ts';
import { dropReasons } from '../trace/drops.ts';
import type { SiteToSite } from '../vpn/siteToSite.ts';
import type { Nat } from './nat.ts';

/** What the stack of a machine with one compartment shows. */
export function stackState(node: IpNode): StackState {
  const { interfaces, routes, neighbours } = compartmentState({ id: 1, guid: '', description: '' }, node, null, [], 0);
  return { interfaces, routes, neighbours };
}

export interface CompartmentIdentity {
  readonly id: number;
  readonly guid: string;
  readonly description: string;
}

/** `sessionLimit`: NAT sessions at most. */
export function compartmentState({ id, guid, description }: CompartmentIdentity, node: IpNode, nat: Nat | null, tunnels: readonly SiteToSite[], sessionLimit: number): CompartmentState {
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
    nat: nat?.state(sessionLimit) ?? null,
    tunnels: tunnelStates,
    counters: countersOf(node),
    drops: node.drops.entries().map(({ reason, packets }) => ({ reason, packets, sentence: dropReasons[reason] })),
  };
}

/** Without building any of its tables. */
export function compartmentSummary({ id, guid, description }: CompartmentIdentity, node: IpNode, nat: Nat | null, tunnels: readonly SiteToSite[]): CompartmentSummary {
  return {
    id,
    guid,
    description,
    natAddresses: nat?.externalAddresses ?? [],
    sessions: nat?.sessionCount ?? 0,
    tunnels: tunnels.length,
    connectedTunnels: tunnels.filter(({ stateName }) => stateName === 'Connected').length,
    counters: countersOf(node),
  };
}

function countersOf(node: IpNode): CompartmentState['counters'] {
  return { received: node.received, forwarded: node.forwarded, dropped: node.drops.total };
}
