/**
 * Mappings of the external addresses of one NAT (fact sheet §4.5): endpoint-independent mapping, address-dependent filtering, ports kept
 * where they are free, otherwise the next free one of the range. Each address has its own ports. "Port" is the identifier for ICMP queries.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { NatConfig, NatStaticMappingConfig } from '../config.ts';
import { IntMap, PairMap } from '../kernel/intMap.ts';
import { ipProtocol } from '../wire/ipv4.ts';
import { pairedPlace } from './addressPooling.ts';
import { IdleQueue, Siblings, type NatMapping, type NatProtocol } from './natMapping.ts';
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

/** With the place of the external address above it: protocols end below 2^5. */
const externalKey = (place: number, protocol: number, port: number): number => place * 0x20_0000 + portKey(protocol, port);

type Spaces = Readonly<Record<NatProtocol, PortSpace>>;

export class NatTable {
  readonly config: NatConfig;
  /** The first one and those behind it. */
  readonly addresses: readonly Ipv4Address[];
  readonly #first: Ipv4Address;
  readonly #placeOf = new IntMap<number>();
  /** By inside address, then protocol and port. */
  readonly #byInternal = new PairMap<NatMapping>();
  readonly #byExternal = new IntMap<NatMapping>();
  /** Of each address. */
  readonly #spaces: readonly Spaces[];
  readonly #queues = {
    icmpQuery: new IdleQueue(natTimeouts.icmpQuery),
    tcpEstablished: new IdleQueue(natTimeouts.tcpEstablished),
    tcpTransient: new IdleQueue(natTimeouts.tcpTransient),
    udp: new IdleQueue(natTimeouts.udp),
  } as const;
  #isForcedExhausted = false;

  constructor(config: NatConfig) {
    this.config = config;
    this.addresses = [config.externalAddress, ...(config.furtherAddresses ?? [])];
    this.#first = config.externalAddress;
    this.addresses.forEach((address, place) => this.#placeOf.set(address, place));
    this.#spaces = this.addresses.map((_address, place) => {
      const space = (protocol: NatProtocol) => new PortSpace(config.portStart, config.portEnd, (port) => this.#byExternal.has(externalKey(place, protocol, port)));
      return { [ipProtocol.icmp]: space(ipProtocol.icmp), [ipProtocol.tcp]: space(ipProtocol.tcp), [ipProtocol.udp]: space(ipProtocol.udp) };
    });
    for (const rule of config.staticMappings) this.#addStatic(rule);
  }

  /** Undefined for an address that is not one of the NAT's. */
  placeOf(address: Ipv4Address): number | undefined {
    return address === this.#first ? 0 : this.#placeOf.get(address);
  }

  #addStatic({ protocol: name, externalAddress, externalPort, internalAddress, internalPort, name: rule }: NatStaticMappingConfig): void {
    const protocol = name === 'TCP' ? ipProtocol.tcp : ipProtocol.udp;
    const place = externalAddress === undefined ? 0 : this.placeOf(externalAddress);
    if (place === undefined) return;
    const external = { place, address: this.addresses[place] ?? this.#first, port: externalPort };
    const mapping = newMapping(protocol, internalAddress, internalPort, external, rule, 0);
    const sibling = this.#byInternal.get(internalAddress, portKey(protocol, internalPort));
    if (sibling !== undefined) mapping.siblings = sibling.siblings ??= new Siblings(sibling);
    this.#add(mapping);
  }

  /** Mapping of an inside endpoint; a new one when there is none. Undefined when every port is taken. */
  outbound(protocol: NatProtocol, address: Ipv4Address, port: number, now: number): NatMapping | undefined {
    const known = this.#byInternal.get(address, portKey(protocol, port));
    if (known !== undefined && !isExpired(known, now)) return known;
    this.#expire(now);
    const place = pairedPlace(address, this.addresses.length);
    const space = this.portSpace(place, protocol);
    const external = this.#isForcedExhausted ? undefined : space.choose(port);
    if (external === undefined) {
      space.exhaustedSince ??= now;
      return undefined;
    }
    const mapping = newMapping(protocol, address, port, { place, address: this.addresses[place] ?? this.#first, port: external }, null, now);
    this.#add(mapping);
    return mapping;
  }

  get isForcedExhausted(): boolean {
    return this.#isForcedExhausted;
  }

  /** Fault: as long as it is in force no new dynamic mapping can be made; those that are there go on. */
  forceExhausted(isForced: boolean): void {
    if (this.#isForcedExhausted && !isForced) for (const space of this.#spaces.flatMap((spaces) => Object.values(spaces))) if (space.available > 0) space.exhaustedSince = null;
    this.#isForcedExhausted = isForced;
  }

  /** As of the last new mapping, `living` or `count`: what ran out since counts as in use. */
  portSpace(place: number, protocol: NatProtocol): PortSpace {
    const spaces = this.#spaces[place];
    if (spaces === undefined) throw new RangeError(`There is no external address ${place}.`);
    return spaces[protocol];
  }

  /** Mapping behind a port of an external address, if it lives. */
  inbound(protocol: number, externalAddress: Ipv4Address, externalPort: number, now: number): NatMapping | undefined {
    const place = this.placeOf(externalAddress);
    if (place === undefined) return undefined;
    const mapping = this.#byExternal.get(externalKey(place, protocol, externalPort));
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
      this.#byExternal.delete(externalKey(oldest.place, oldest.protocol, oldest.externalPort));
      this.portSpace(oldest.place, oldest.protocol).release(oldest.externalPort);
    }
  }

  /** Of siblings the first stands for the endpoint inside. */
  #add(mapping: NatMapping): void {
    const { protocol, internalAddress, internalPort, place, externalPort } = mapping;
    if (mapping.siblings === null) this.#byInternal.set(internalAddress, portKey(protocol, internalPort), mapping);
    this.#byExternal.set(externalKey(place, protocol, externalPort), mapping);
    this.portSpace(place, protocol).take(externalPort);
    this.use(mapping, mapping.lastUsed);
  }
}

interface ExternalEndpoint {
  readonly place: number;
  readonly address: Ipv4Address;
  readonly port: number;
}

function newMapping(protocol: NatProtocol, internalAddress: Ipv4Address, internalPort: number, external: ExternalEndpoint, rule: string | null, now: number): NatMapping {
  return {
    protocol,
    internalAddress,
    internalPort,
    externalAddress: external.address,
    externalPort: external.port,
    place: external.place,
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
    siblings: null,
    queue: null,
    older: null,
    newer: null,
  };
}

function isExpired(mapping: NatMapping, now: number): boolean {
  return mapping.queue !== null && now - mapping.lastUsed > mapping.queue.timeoutNs;
}
