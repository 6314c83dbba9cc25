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
  readonly externalAddress: Ipv4Address;
  readonly externalPort: number;
  /** Place of the external address among those of the NAT. */
  readonly place: number;
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
  /** Static mappings of several external endpoints to this one inside; null where there is one only. */
  siblings: Siblings | null;
  /** Null: a static mapping, which never ends. */
  queue: IdleQueue | null;
  older: NatMapping | null;
  newer: NatMapping | null;
}

/** Sessions that are remembered for the way back; the oldest goes when there are more. */
const rememberedSessions = 16_384;

/**
 * Static mappings from several external endpoints to one inside. An answer must come from where the question went to, so it is remembered
 * through which of them each remote endpoint came in; what the inside begins itself goes out through the first.
 */
export class Siblings {
  readonly first: NatMapping;
  /** By remote address and port. */
  readonly #sessions = new Map<number, NatMapping>();

  constructor(first: NatMapping) {
    this.first = first;
  }

  cameThrough(mapping: NatMapping, remote: Ipv4Address, remotePort: number): void {
    const key = remote * 0x10000 + remotePort;
    if (this.#sessions.get(key) === mapping) return;
    this.#sessions.delete(key);
    this.#sessions.set(key, mapping);
    if (this.#sessions.size <= rememberedSessions) return;
    for (const oldest of this.#sessions.keys()) {
      this.#sessions.delete(oldest);
      return;
    }
  }

  wayBack(remote: Ipv4Address, remotePort: number): NatMapping {
    return this.#sessions.get(remote * 0x10000 + remotePort) ?? this.first;
  }
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
