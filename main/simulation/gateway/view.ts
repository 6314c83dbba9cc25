/** What a compartment shows of itself. */
import type { IpNode } from '../net/ipNode.ts';
import { natInterface } from '../net/ipNode.ts';
import type { CompartmentState } from '../state.ts';
import { dropReasons } from '../trace/drops.ts';
import type { Nat } from './nat.ts';

export function compartmentState(id: number, guid: string, description: string, node: IpNode, nat: Nat | null): CompartmentState {
  const nameOf = (index: number): string => (index === natInterface ? (nat === null ? 'Default compartment' : 'NAT') : (node.interfaces[index]?.settings.name ?? ''));
  return {
    id,
    guid,
    description,
    interfaces: node.interfaces.map((entry) => entry.state()),
    routes: node.routes.all.map(({ destination, nextHop, interfaceIndex, metric, protocol }) => ({ destination, nextHop, interfaceName: nameOf(interfaceIndex), metric, protocol })),
    neighbours: node.interfaces.flatMap((entry) => entry.neighbours.list().map((neighbour) => ({ ...neighbour, interfaceName: entry.settings.name }))),
    nat: nat?.state() ?? null,
    counters: { received: node.received, forwarded: node.forwarded, dropped: node.drops.total },
    drops: node.drops.entries().map(({ reason, packets }) => ({ reason, packets, sentence: dropReasons[reason] })),
  };
}
