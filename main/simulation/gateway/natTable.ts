/**
 * Mappings of one external address (fact sheet §4.5): endpoint-independent mapping, address-dependent filtering, ports kept
 * where they are free, otherwise the next free one of the range. "Port" is the identifier for ICMP queries.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { NatConfig } from '../config.ts';
import { IntMap, PairMap } from '../kernel/intMap.ts';
import { ipProtocol } from '../wire/ipv4.ts';
import { IdleQueue, type NatMapping, type NatProtocol } from './natMapping.ts';
import { PortSpace } from './portSpace.ts';

const second = 1_000_000_000;

/** Get-NetNat defaults (fact sheet §4.5). */
export const natTimeouts = {
  icmpQuery: 30 * second,
  tcpEstablished: 1800 * second,
  tcpTransient: 120 * second,
  udp: 120 * second,
} as const;

/** Protocol and port as one integer. */
const portKey = (protocol: number, port: number): number => protocol * 0x10000 + port;

export class NatTable {
  readonly config: NatConfig;
  /** By inside address, then protocol and port. */
  readonly #byInternal = new PairMap<NatMapping>();
  readonly #byExternal = new IntMap<NatMapping>();
  readonly #spaces: Readonly<Record<NatProtocol, PortSpace>>;
  readonly #queues = {
    icmpQuery: new IdleQueue(natTimeouts.icmpQuery),
    tcpEstablished: new IdleQueue(natTimeouts.tcpEstablished),
    tcpTransient: new IdleQueue(natTimeouts.tcpTransient),
    udp: new IdleQueue(natTimeouts.udp),
  } as const;
  #isForcedExhausted = false;

  constructor(config: NatConfig) {
    this.config = config;
    const space = (protocol: NatProtocol) => new PortSpace(config.portStart, config.portEnd, (port) => this.#byExternal.has(portKey(protocol, port)));
    this.#spaces = { [ipProtocol.icmp]: space(ipProtocol.icmp), [ipProtocol.tcp]: space(ipProtocol.tcp), [ipProtocol.udp]: space(ipProtocol.udp) };
    for (const rule of config.staticMappings) {
      const protocol = rule.protocol === 'TCP' ? ipProtocol.tcp : ipProtocol.udp;
      this.#add(newMapping(protocol, rule.internalAddress, rule.internalPort, rule.externalPort, rule.name, 0));
    }
  }

  /** Mapping of an inside endpoint; a new one when there is none. Undefined when every port is taken. */
  outbound(protocol: NatProtocol, address: Ipv4Address, port: number, now: number): NatMapping | undefined {
    const known = this.#byInternal.get(address, portKey(protocol, port));
    if (known !== undefined && !isExpired(known, now)) return known;
    this.#expire(now);
    const space = this.#spaces[protocol];
    const external = this.#isForcedExhausted ? undefined : space.choose(port);
    if (external === undefined) {
      space.exhaustedSince ??= now;
      return undefined;
    }
    const mapping = newMapping(protocol, address, port, external, null, now);
    this.#add(mapping);
    return mapping;
  }

  get isForcedExhausted(): boolean {
    return this.#isForcedExhausted;
  }

  /** Fault: as long as it is in force no new dynamic mapping can be made; those that are there go on. */
  forceExhausted(isForced: boolean): void {
    if (this.#isForcedExhausted && !isForced) for (const space of Object.values(this.#spaces)) if (space.available > 0) space.exhaustedSince = null;
    this.#isForcedExhausted = isForced;
  }

  /** As of the last new mapping, `living` or `count`: what ran out since counts as in use. */
  portSpace(protocol: NatProtocol): PortSpace {
    return this.#spaces[protocol];
  }

  /** Mapping behind an external port, if it lives. */
  inbound(protocol: number, externalPort: number, now: number): NatMapping | undefined {
    const mapping = this.#byExternal.get(portKey(protocol, externalPort));
    return mapping === undefined || isExpired(mapping, now) ? undefined : mapping;
  }

  /** Mapping of an inside endpoint, without making one. */
  find(protocol: number, address: Ipv4Address, port: number): NatMapping | undefined {
    return this.#byInternal.get(address, portKey(protocol, port));
  }

  /** A packet used a living mapping, whose TCP phase says already what the packet changed: its time starts anew. */
  use(mapping: NatMapping, now: number): void {
    mapping.lastUsed = now;
    if (!mapping.isStatic) this.#queueOf(mapping).moveHere(mapping);
  }

  /** Living mappings, in no order that means anything; drops those that ran out. */
  living(now: number): readonly NatMapping[] {
    this.#expire(now);
    return this.#byExternal.values();
  }

  /** How many mappings live, static ones among them. */
  count(now: number): number {
    this.#expire(now);
    return this.#byExternal.size;
  }

  #queueOf(mapping: NatMapping): IdleQueue {
    if (mapping.protocol === ipProtocol.udp) return this.#queues.udp;
    if (mapping.protocol === ipProtocol.icmp) return this.#queues.icmpQuery;
    return mapping.tcp === 'established' ? this.#queues.tcpEstablished : this.#queues.tcpTransient;
  }

  /** Removes everything that ran out: each mapping is looked at once in its life, when it goes. */
  #expire(now: number): void {
    const { icmpQuery, tcpEstablished, tcpTransient, udp } = this.#queues;
    this.#expireOf(icmpQuery, now);
    this.#expireOf(tcpEstablished, now);
    this.#expireOf(tcpTransient, now);
    this.#expireOf(udp, now);
  }

  #expireOf(queue: IdleQueue, now: number): void {
    for (let oldest = queue.oldest; oldest !== null && isExpired(oldest, now); oldest = queue.oldest) {
      queue.remove(oldest);
      this.#byInternal.delete(oldest.internalAddress, portKey(oldest.protocol, oldest.internalPort));
      this.#byExternal.delete(portKey(oldest.protocol, oldest.externalPort));
      this.#spaces[oldest.protocol].release(oldest.externalPort);
    }
  }

  #add(mapping: NatMapping): void {
    this.#byInternal.set(mapping.internalAddress, portKey(mapping.protocol, mapping.internalPort), mapping);
    this.#byExternal.set(portKey(mapping.protocol, mapping.externalPort), mapping);
    this.#spaces[mapping.protocol].take(mapping.externalPort);
    this.use(mapping, mapping.lastUsed);
  }
}

function newMapping(protocol: NatProtocol, internalAddress: Ipv4Address, internalPort: number, externalPort: number, rule: string | null, now: number): NatMapping {
  return {
    protocol,
    internalAddress,
    internalPort,
    externalPort,
    isStatic: rule !== null,
    ruleName: rule ?? '',
    createdAt: now,
    outPackets: 0,
    outBytes: 0,
    inPackets: 0,
    inBytes: 0,
    remotes: new Map(),
    lastRemote: 0,
    lastRemotePort: 0,
    lastUsed: now,
    tcp: 'transient',
    finished: 0,
    queue: null,
    older: null,
    newer: null,
  };
}

function isExpired(mapping: NatMapping, now: number): boolean {
  return mapping.queue !== null && now - mapping.lastUsed > mapping.queue.timeoutNs;
}
