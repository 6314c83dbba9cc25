/** What an IP node is told about its place: how it differs from the others. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Packet } from '../kernel/packet.ts';
import type { IpInterface } from './ipInterface.ts';

/** What makes one node different from another. Every function that gets a packet takes it over. */
export interface NodeBehaviour {
  readonly forwards: boolean;
  /** A whole packet for one of the node's own addresses, other than an echo request. */
  readonly deliver: (packet: Packet, via: IpInterface) => void;
  /** Takes packets before the node looks at them; true when taken over. */
  readonly intercept?: (packet: Packet, via: IpInterface) => boolean;
  /** A packet whose route leads to NAT (`natInterface`) or into a tunnel (below it). */
  readonly handOver?: (packet: Packet, interfaceIndex: number) => void;
  readonly answersArpFor?: (address: Ipv4Address, via: IpInterface) => boolean;
  /** Whether it answers ping; yes when left out. */
  readonly answersEcho?: () => boolean;
}

/** Every node's behaviour in one shape: the same code runs for all nodes, and a missing function costs nothing to ask for. */
export interface Wiring {
  readonly forwards: boolean;
  readonly deliver: NodeBehaviour['deliver'];
  readonly intercept: NonNullable<NodeBehaviour['intercept']> | null;
  readonly handOver: NonNullable<NodeBehaviour['handOver']> | null;
  readonly answersArpFor: NonNullable<NodeBehaviour['answersArpFor']> | null;
  readonly answersEcho: NonNullable<NodeBehaviour['answersEcho']> | null;
}

export function wiringOf(behaviour: NodeBehaviour): Wiring {
  return {
    forwards: behaviour.forwards,
    deliver: behaviour.deliver,
    intercept: behaviour.intercept ?? null,
    handOver: behaviour.handOver ?? null,
    answersArpFor: behaviour.answersArpFor ?? null,
    answersEcho: behaviour.answersEcho ?? null,
  };
}
