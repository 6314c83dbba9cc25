/**
 * Mappings of one external address (fact sheet §4.5): endpoint-independent mapping, address-dependent filtering, ports kept
 * where they are free, otherwise the next free one of the range. "Port" is the identifier for ICMP queries.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { NatConfig } from '../config.ts';
import { IntMap, PairMap } from '../kernel/intMap.ts';
import { ipProtocol } from '../wire/ipv4.ts';
import { PortSpace } from './portSpace.ts';

const second = 1_000_000_000;

/** Get-NetNat defaults (fact sheet §4.5). */
export const natTimeouts = {
  icmpQuery: 30 * second,
  tcpEstablished: 1800 * second,
  tcpTransient: 120 * second,
  udp: 120 * second,
} as const;

export type TcpPhase = 'transient' | 'established' | 'closing';

export interface NatMapping {
  readonly protocol: NatProtocol;
  readonly internalAddress: Ipv4Address;
  readonly internalPort: number;
  readonly externalPort: number;
  readonly isStatic: boolean;
  /** Remote addresses to which the inside has sent: only they may answer. */
  readonly remotes: Map<Ipv4Address, number>;
  lastRemote: Ipv4Address;
  lastRemotePort: number;
  lastUsed: number;
  tcp: TcpPhase;
  /** Bit 1: FIN from inside, bit 2: FIN from outside. */
  finished: number;
}

/** Protocols that are translated. */
export type NatProtocol = typeof ipProtocol.icmp | typeof ipProtocol.tcp | typeof ipProtocol.udp;

/** Protocol and port as one integer. */
const portKey = (protocol: number, port: number): number => protocol * 0x10000 + port;

export class NatTable {
  readonly config: NatConfig;
  /** By inside address, then protocol and port. */
  readonly #byInternal = new PairMap<NatMapping>();
  readonly #byExternal = new IntMap<NatMapping>();
  readonly #spaces: Readonly<Record<NatProtocol, PortSpace>>;
  #nextPort: number;
  #isForcedExhausted = false;

  constructor(config: NatConfig) {
    this.config = config;
    this.#nextPort = config.portStart;
    const space = () => new PortSpace(config.portStart, config.portEnd);
    this.#spaces = { [ipProtocol.icmp]: space(), [ipProtocol.tcp]: space(), [ipProtocol.udp]: space() };
    for (const rule of config.staticMappings) {
      const protocol = rule.protocol === 'TCP' ? ipProtocol.tcp : ipProtocol.udp;
      this.#add(this.#create(protocol, rule.internalAddress, rule.internalPort, rule.externalPort, true, 0));
    }
  }

  /** Mapping of an inside endpoint; a new one when there is none. Undefined when every port is taken. */
  outbound(protocol: NatProtocol, address: Ipv4Address, port: number, now: number): NatMapping | undefined {
    const known = this.#byInternal.get(address, portKey(protocol, port));
    if (known !== undefined && !this.#isExpired(known, now)) return known;
    if (known !== undefined) this.#remove(known);
    const external = this.#choosePort(protocol, port, now);
    if (external === undefined) return undefined;
    const mapping = this.#create(protocol, address, port, external, false, now);
    this.#add(mapping);
    return mapping;
  }

  /** Fault: as long as it is in force no new dynamic mapping can be made; those that are there go on. */
  forceExhausted(isForced: boolean): void {
    if (this.#isForcedExhausted && !isForced) for (const space of Object.values(this.#spaces)) if (space.available > 0) space.exhaustedSince = null;
    this.#isForcedExhausted = isForced;
  }

  portSpace(protocol: NatProtocol): PortSpace {
    return this.#spaces[protocol];
  }

  /** Mapping behind an external port, if it lives. */
  inbound(protocol: number, externalPort: number, now: number): NatMapping | undefined {
    const mapping = this.#byExternal.get(portKey(protocol, externalPort));
    if (mapping === undefined || !this.#isExpired(mapping, now)) return mapping;
    this.#remove(mapping);
    return undefined;
  }

  /** Mapping of an inside endpoint, without making one. */
  find(protocol: number, address: Ipv4Address, port: number): NatMapping | undefined {
    return this.#byInternal.get(address, portKey(protocol, port));
  }

  /** Living mappings by protocol and external port; drops those that ran out. */
  list(now: number): NatMapping[] {
    const mappings = [...this.#byExternal.entries()].map(([, mapping]) => mapping);
    for (const mapping of mappings) if (this.#isExpired(mapping, now)) this.#remove(mapping);
    const living = mappings.filter((mapping) => !this.#isExpired(mapping, now));
    return living.sort((a, b) => a.protocol - b.protocol || a.externalPort - b.externalPort);
  }

  timeoutOf(mapping: NatMapping): number {
    if (mapping.protocol === ipProtocol.icmp) return natTimeouts.icmpQuery;
    if (mapping.protocol === ipProtocol.udp) return natTimeouts.udp;
    return mapping.tcp === 'established' ? natTimeouts.tcpEstablished : natTimeouts.tcpTransient;
  }

  #isExpired(mapping: NatMapping, now: number): boolean {
    return !mapping.isStatic && now - mapping.lastUsed > this.timeoutOf(mapping);
  }

  #choosePort(protocol: NatProtocol, wanted: number, now: number): number | undefined {
    const space = this.#spaces[protocol];
    if (this.#isForcedExhausted) {
      space.exhaustedSince ??= now;
      return undefined;
    }
    if (space.isClosed(now)) return undefined;
    const found = this.#findPort(protocol, wanted, now);
    if (found === undefined) space.close(now, this.#earliestExpiry(protocol, now));
    return found;
  }

  /** A mapping that is used later lives longer; even one that is closed then stays for the shortest time-out from that moment. */
  #earliestExpiry(protocol: NatProtocol, now: number): number {
    const shortest = protocol === ipProtocol.icmp ? natTimeouts.icmpQuery : natTimeouts.tcpTransient;
    let earliest = now + shortest;
    for (const [, mapping] of this.#byExternal.entries()) {
      if (mapping.protocol === protocol && !mapping.isStatic) earliest = Math.min(earliest, mapping.lastUsed + this.timeoutOf(mapping));
    }
    return earliest;
  }

  #findPort(protocol: NatProtocol, wanted: number, now: number): number | undefined {
    const { portStart, portEnd } = this.config;
    if (wanted >= portStart && wanted <= portEnd && this.#isFree(protocol, wanted, now)) return wanted;
    for (let tried = portStart; tried <= portEnd; tried += 1) {
      const port = this.#nextPort;
      this.#nextPort = port >= portEnd ? portStart : port + 1;
      if (this.#isFree(protocol, port, now)) return port;
    }
    return undefined;
  }

  #isFree(protocol: number, port: number, now: number): boolean {
    const holder = this.#byExternal.get(portKey(protocol, port));
    if (holder === undefined) return true;
    if (!this.#isExpired(holder, now)) return false;
    this.#remove(holder);
    return true;
  }

  #create(protocol: NatProtocol, address: Ipv4Address, port: number, externalPort: number, isStatic: boolean, now: number): NatMapping {
    return {
      protocol,
      internalAddress: address,
      internalPort: port,
      externalPort,
      isStatic,
      remotes: new Map(),
      lastRemote: 0,
      lastRemotePort: 0,
      lastUsed: now,
      tcp: 'transient',
      finished: 0,
    };
  }

  #add(mapping: NatMapping): void {
    this.#byInternal.set(mapping.internalAddress, portKey(mapping.protocol, mapping.internalPort), mapping);
    this.#byExternal.set(portKey(mapping.protocol, mapping.externalPort), mapping);
    this.#spaces[mapping.protocol].take(mapping.externalPort);
  }

  #remove(mapping: NatMapping): void {
    this.#byInternal.delete(mapping.internalAddress, portKey(mapping.protocol, mapping.internalPort));
    this.#byExternal.delete(portKey(mapping.protocol, mapping.externalPort));
    this.#spaces[mapping.protocol].release(mapping.externalPort);
  }
}
