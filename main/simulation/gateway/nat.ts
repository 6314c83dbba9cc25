/** Translation of packets by a NAT table, in place, checksums by increment (RFC 3022, RFC 5508 for ICMP). */
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { NatConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { NatState } from '../state.ts';
import type { DropReason } from '../trace/drops.ts';
import { adjust16, adjust32, checksum } from '../wire/checksum.ts';
import { icmpLength, icmpType, isEcho, isError, typeOf } from '../wire/icmp.ts';
import { destinationOf, headerLengthOf, ipProtocol, protocolOf, setAddress, sourceOf } from '../wire/ipv4.ts';
import { checksumOffset, leastLength, tcpFlag, tcpFlagsOf } from '../wire/transport.ts';
import { pairedPlace } from './addressPooling.ts';
import type { NatMapping, NatProtocol } from './natMapping.ts';
import { firstByPort, natProtocolNames, selectSessions } from './natSessions.ts';
import { NatTable } from './natTable.ts';

type Verdict = DropReason | 'translated';
type Direction = 'out' | 'in';

export class Nat {
  readonly #table: NatTable;
  readonly #now: () => number;
  #exhaustedDrops = 0;

  constructor(config: NatConfig, now: () => number) {
    this.#table = new NatTable(config);
    this.#now = now;
  }

  /** The first one stands for the NAT where only one is shown. */
  get externalAddresses(): readonly Ipv4Address[] {
    return this.#table.addresses;
  }

  get externalAddress(): Ipv4Address {
    return this.#table.config.externalAddress;
  }

  /** Whether it is one of the external addresses. */
  has(address: Ipv4Address): boolean {
    return this.#table.placeOf(address) !== undefined;
  }

  /** Fault: see NatTable. */
  forceExhausted(isForced: boolean): void {
    this.#table.forceExhausted(isForced);
  }

  /** From inside: source becomes an external address and port. Whole packets only. */
  outbound(packet: Packet, place: string): Verdict {
    const verdict = this.#translate(packet, 'out', place);
    if (verdict === 'natPortsExhausted') this.#explainExhaustion(packet, place);
    return verdict;
  }

  #explainExhaustion(packet: Packet, place: string): void {
    this.#exhaustedDrops += 1;
    const { portStart, portEnd } = this.#table.config;
    const why = this.#table.isForcedExhausted ? 'a fault keeps the pool exhausted' : 'every port is in use';
    const address = this.externalAddresses[pairedPlace(sourceOf(packet.view, packet.start), this.externalAddresses.length)] ?? this.externalAddress;
    packet.trace?.add(place, 'NAT', `${formatIpv4(address)}, ports ${portStart} to ${portEnd}`, `no new mapping: ${why}`);
  }

  /** From outside, for an external address: destination becomes the inside endpoint. */
  inbound(packet: Packet, place: string): Verdict {
    return this.#translate(packet, 'in', place);
  }

  #translate(packet: Packet, direction: Direction, place: string): Verdict {
    const { view, start, end } = packet;
    const protocol = protocolOf(view, start);
    const at = start + headerLengthOf(view, start);
    if (protocol === ipProtocol.icmp) {
      if (end - at < icmpLength) return 'malformed';
      const type = typeOf(view, at);
      if (isError(type)) return this.#translateError(packet, at, direction, place);
      if (!isEcho(type)) return 'natUnsupportedProtocol';
      return this.#translateQuery(packet, at, type, direction, place);
    }
    if (protocol !== ipProtocol.tcp && protocol !== ipProtocol.udp) return 'natUnsupportedProtocol';
    if (end - at < leastLength(protocol)) return 'malformed';
    return direction === 'out' ? this.#transportOut(packet, at, protocol, place) : this.#transportIn(packet, at, protocol, place);
  }

  #translateQuery(packet: Packet, at: number, type: number, direction: Direction, place: string): Verdict {
    const { view, start } = packet;
    const identifier = view.getUint16(at + 4);
    const now = this.#now();
    if (direction === 'out') {
      if (type !== icmpType.echoRequest) return 'natNoMapping';
      const mapping = this.#table.outbound(ipProtocol.icmp, sourceOf(view, start), identifier, now);
      if (mapping === undefined) return 'natPortsExhausted';
      this.#touch(mapping, destinationOf(view, start), 0, now);
      count(mapping, 'out', packet.length);
      this.#setIdentifier(packet, at, identifier, mapping.externalPort);
      this.#rewrite(packet, 'source', mapping.externalAddress, place, mapping);
      return 'translated';
    }
    if (type !== icmpType.echoReply) return 'natNoMapping';
    const mapping = this.#table.inbound(ipProtocol.icmp, destinationOf(view, start), identifier, now);
    if (mapping === undefined) return 'natNoMapping';
    if (!mapping.remotes.has(sourceOf(view, start))) return 'natFiltered';
    this.#table.use(mapping, now);
    count(mapping, 'in', packet.length);
    this.#setIdentifier(packet, at, identifier, mapping.internalPort);
    this.#rewrite(packet, 'destination', mapping.internalAddress, place, mapping);
    return 'translated';
  }

  #setIdentifier(packet: Packet, at: number, before: number, after: number): void {
    packet.view.setUint16(at + 4, after);
    packet.view.setUint16(at + 2, adjust16(packet.view.getUint16(at + 2), before, after));
  }

  #transportOut(packet: Packet, at: number, protocol: NatProtocol, place: string): Verdict {
    const { view, start } = packet;
    const now = this.#now();
    const known = this.#table.outbound(protocol, sourceOf(view, start), view.getUint16(at), now);
    if (known === undefined) return 'natPortsExhausted';
    const mapping = known.siblings === null ? known : known.siblings.wayBack(destinationOf(view, start), view.getUint16(at + 2));
    if (protocol === ipProtocol.tcp) followTcp(mapping, tcpFlagsOf(view, at), 'out');
    this.#touch(mapping, destinationOf(view, start), view.getUint16(at + 2), now);
    count(mapping, 'out', packet.length);
    this.#setPort(packet, at, protocol, at, mapping.externalPort, sourceOf(view, start), mapping.externalAddress);
    this.#rewrite(packet, 'source', mapping.externalAddress, place, mapping);
    return 'translated';
  }

  #transportIn(packet: Packet, at: number, protocol: number, place: string): Verdict {
    const { view, start } = packet;
    const now = this.#now();
    const mapping = this.#table.inbound(protocol, destinationOf(view, start), view.getUint16(at + 2), now);
    if (mapping === undefined) return 'natNoMapping';
    const remote = sourceOf(view, start);
    if (!mapping.isStatic && !mapping.remotes.has(remote)) return 'natFiltered';
    mapping.siblings?.cameThrough(mapping, remote, view.getUint16(at));
    if (protocol === ipProtocol.tcp) followTcp(mapping, tcpFlagsOf(view, at), 'in');
    this.#touch(mapping, remote, view.getUint16(at), now);
    count(mapping, 'in', packet.length);
    this.#setPort(packet, at, protocol, at + 2, mapping.internalPort, destinationOf(view, start), mapping.internalAddress);
    this.#rewrite(packet, 'destination', mapping.internalAddress, place, mapping);
    return 'translated';
  }

  /** New port at `field`; the checksum follows port and pseudo header. A UDP checksum of zero stays none. */
  #setPort(packet: Packet, at: number, protocol: number, field: number, port: number, before: Ipv4Address, after: Ipv4Address): void {
    const { view } = packet;
    const sumAt = at + checksumOffset(protocol);
    const current = view.getUint16(sumAt);
    const hasChecksum = protocol !== ipProtocol.udp || current !== 0;
    if (hasChecksum) {
      const adjusted = adjust16(adjust32(current, before, after), view.getUint16(field), port);
      view.setUint16(sumAt, protocol === ipProtocol.udp && adjusted === 0 ? 0xffff : adjusted);
    }
    view.setUint16(field, port);
  }

  /** An ICMP error carries the packet that caused it: outside in, the addresses turn round (RFC 5508 §4.2). */
  #translateError(packet: Packet, at: number, direction: Direction, place: string): Verdict {
    const { view, end } = packet;
    const inner = at + icmpLength;
    if (end - inner < 28 || view.getUint8(inner) >>> 4 !== 4) return 'malformed';
    const protocol = protocolOf(view, inner);
    const innerAt = inner + headerLengthOf(view, inner);
    if (innerAt + 8 > end) return 'malformed';
    const mapping = this.#mappingOfQuoted(packet, inner, innerAt, protocol, direction);
    if (mapping === undefined) return 'natNoMapping';
    const which = direction === 'in' ? 'source' : 'destination';
    const port = direction === 'in' ? mapping.internalPort : mapping.externalPort;
    const address = direction === 'in' ? mapping.internalAddress : mapping.externalAddress;
    this.#restoreQuoted(packet, inner, innerAt, direction, address, port);
    setAddress(view, inner, which, address);
    view.setUint16(at + 2, 0);
    view.setUint16(at + 2, checksum(view, at, end));
    this.#rewrite(packet, direction === 'in' ? 'destination' : 'source', address, place, mapping);
    return 'translated';
  }

  /** Port (or identifier) of the quoted packet, and its own checksum as far as it was quoted (RFC 5508 §4.2). Address comes after. */
  #restoreQuoted(packet: Packet, inner: number, innerAt: number, direction: Direction, address: Ipv4Address, port: number): void {
    const { view, end } = packet;
    const protocol = protocolOf(view, inner);
    const portField = quotedPortField(innerAt, protocol, direction);
    const isQuery = protocol === ipProtocol.icmp;
    const sumAt = innerAt + (isQuery ? 2 : checksumOffset(protocol));
    if (sumAt + 2 <= end) {
      const current = view.getUint16(sumAt);
      const hasChecksum = protocol !== ipProtocol.udp || current !== 0;
      const before = direction === 'in' ? sourceOf(view, inner) : destinationOf(view, inner);
      const moved = isQuery ? current : adjust32(current, before, address);
      if (hasChecksum) view.setUint16(sumAt, adjust16(moved, view.getUint16(portField), port));
    }
    view.setUint16(portField, port);
  }

  #mappingOfQuoted(packet: Packet, inner: number, innerAt: number, protocol: number, direction: Direction): NatMapping | undefined {
    const { view } = packet;
    const port = view.getUint16(quotedPortField(innerAt, protocol, direction));
    if (direction === 'in') return this.#table.inbound(protocol, sourceOf(view, inner), port, this.#now());
    const known = this.#table.find(protocol, destinationOf(view, inner), port);
    return known === undefined || known.siblings === null ? known : known.siblings.wayBack(sourceOf(view, inner), view.getUint16(innerAt));
  }

  #touch(mapping: NatMapping, remote: Ipv4Address, remotePort: number, now: number): void {
    this.#table.use(mapping, now);
    if (mapping.lastRemote === remote && mapping.lastRemotePort === remotePort) return;
    mapping.lastRemote = remote;
    mapping.lastRemotePort = remotePort;
    mapping.remotes.set(remote, remotePort);
  }

  #rewrite(packet: Packet, which: 'source' | 'destination', address: Ipv4Address, place: string, mapping: NatMapping): void {
    const before = packet.trace === null ? '' : endpoints(packet);
    setAddress(packet.view, packet.start, which, address);
    packet.trace?.add(
      place,
      'NAT',
      `${formatIpv4(mapping.internalAddress)}:${mapping.internalPort} = ${formatIpv4(mapping.externalAddress)}:${mapping.externalPort}`,
      which === 'source' ? 'translate the source' : 'translate the destination',
      before,
      endpoints(packet),
    );
  }

  /** Mappings that live now, static ones among them. */
  get sessionCount(): number {
    return this.#table.count(this.#now());
  }

  mappings(): readonly NatMapping[] {
    return this.#table.living(this.#now());
  }

  /** With the first `limit` sessions by protocol and external port; all are counted. */
  state(limit: number): NatState {
    const now = this.#now();
    const { sessions, matching } = limit === 0 ? { sessions: [], matching: this.#table.count(now) } : selectSessions([{ owner: '', mappings: this.mappings() }], { ...firstByPort, limit }, now);
    return {
      name: this.#table.config.name,
      externalAddresses: this.externalAddresses,
      ports: this.externalAddresses.flatMap((externalAddress, place) =>
        natProtocols.map((protocol) => {
          const { inUse, available, exhaustedSince } = this.#table.portSpace(place, protocol);
          return { externalAddress, protocol: natProtocolNames[protocol], inUse, available, exhaustedSince };
        }),
      ),
      exhaustedDrops: this.#exhaustedDrops,
      sessions,
      sessionCount: matching,
    };
  }
}

const natProtocols: readonly NatProtocol[] = [ipProtocol.icmp, ipProtocol.tcp, ipProtocol.udp];

/** Before the packet is rewritten or after makes no difference: its length stays. */
function count(mapping: NatMapping, direction: Direction, bytes: number): void {
  if (direction === 'out') {
    mapping.outPackets += 1;
    mapping.outBytes += bytes;
  } else {
    mapping.inPackets += 1;
    mapping.inBytes += bytes;
  }
}

/** Where the quoted packet carries the port (or identifier) of the inside: its source when the error comes in. */
function quotedPortField(innerAt: number, protocol: number, direction: Direction): number {
  if (protocol === ipProtocol.icmp) return innerAt + 4;
  return direction === 'in' ? innerAt : innerAt + 2;
}

function followTcp(mapping: NatMapping, flags: number, direction: Direction): void {
  if ((flags & tcpFlag.rst) !== 0) {
    mapping.tcp = 'closing';
    return;
  }
  if ((flags & tcpFlag.syn) !== 0 && direction === 'out') {
    mapping.tcp = 'transient';
    mapping.finished = 0;
    return;
  }
  if ((flags & tcpFlag.fin) !== 0) mapping.finished |= direction === 'out' ? 1 : 2;
  if (mapping.finished === 3) mapping.tcp = 'closing';
  else if (mapping.tcp === 'transient' && direction === 'out' && (flags & tcpFlag.ack) !== 0) mapping.tcp = 'established';
}

function endpoints(packet: Packet): string {
  return `${formatIpv4(sourceOf(packet.view, packet.start))} > ${formatIpv4(destinationOf(packet.view, packet.start))}`;
}
