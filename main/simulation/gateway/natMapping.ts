/** A mapping of a NAT address, and the queue in which mappings of one time-out wait for their end. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { ipProtocol } from '../wire/ipv4.ts';

/** Protocols that are translated. */
export type NatProtocol = typeof ipProtocol.icmp | typeof ipProtocol.tcp | typeof ipProtocol.udp;

export type TcpPhase = 'transient' | 'established' | 'closing';

export interface NatMapping {
  readonly protocol: NatProtocol;
  readonly internalAddress: Ipv4Address;
  readonly internalPort: number;
  readonly externalPort: number;
  readonly isStatic: boolean;
  /** Name of the NAT rule of a static mapping; empty for a dynamic one. */
  readonly ruleName: string;
  readonly createdAt: number;
  /** IPv4 packets and their bytes, from inside and from outside. ICMP errors about the session are not counted. */
  outPackets: number;
  outBytes: number;
  inPackets: number;
  inBytes: number;
  /** Remote addresses to which the inside has sent: only they may answer. */
  readonly remotes: Map<Ipv4Address, number>;
  lastRemote: Ipv4Address;
  lastRemotePort: number;
  lastUsed: number;
  tcp: TcpPhase;
  /** Bit 1: FIN from inside, bit 2: FIN from outside. */
  finished: number;
  /** Null: a static mapping, which never ends. */
  queue: IdleQueue | null;
  older: NatMapping | null;
  newer: NatMapping | null;
}

/**
 * Mappings of one time-out, the one that was idle longest in front. Linked through the mappings themselves: a packet moves its
 * mapping to the end without allocating anything, and what has run out is found without looking at the rest.
 */
export class IdleQueue {
  readonly timeoutNs: number;
  #oldest: NatMapping | null = null;
  #newest: NatMapping | null = null;

  constructor(timeoutNs: number) {
    this.timeoutNs = timeoutNs;
  }

  get oldest(): NatMapping | null {
    return this.#oldest;
  }

  /** Puts a mapping that was used just now at the end, wherever it was before. */
  moveHere(mapping: NatMapping): void {
    if (mapping.queue === this && mapping.newer === null) return;
    mapping.queue?.remove(mapping);
    mapping.queue = this;
    mapping.older = this.#newest;
    if (this.#newest === null) this.#oldest = mapping;
    else this.#newest.newer = mapping;
    this.#newest = mapping;
  }

  /** Takes out a mapping that is in this queue. */
  remove(mapping: NatMapping): void {
    const { older, newer } = mapping;
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
    mapping.queue = null;
    mapping.older = null;
    mapping.newer = null;
  }
}
