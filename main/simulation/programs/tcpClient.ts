/** The TCP of a machine that connects to others. Nothing listens on it: whoever connects to it is refused. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { TcpConnection, type ConnectionOwner, type ConnectionPlace, type Segment } from '../bgp/tcpConnection.ts';
import type { Listener } from '../bgp/transport.ts';
import type { EventTarget } from '../kernel/eventQueue.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import type { IpNode } from '../net/ipNode.ts';
import type { TcpProbeRequest } from '../state.ts';
import { destinationOf, headerLengthOf, ipProtocol, ipv4Length, sourceOf } from '../wire/ipv4.ts';
import {
  destinationPortOf, hasValidChecksum, sourcePortOf, tcpAcknowledgementOf, tcpFlag, tcpFlagsOf, tcpHeaderLengthOf, tcpLength, tcpSequenceOf, writeTcp,
} from '../wire/transport.ts';
import { TcpProbe } from './tcpProbe.ts';

/** Windows's dynamic ports (RFC 6335). */
const firstDynamicPort = 49_152;
const dynamicPorts = 0x10000 - firstDynamicPort;

interface Open {
  readonly probe: TcpProbe;
  readonly source: Ipv4Address;
  readonly destination: Ipv4Address;
  readonly port: number;
  readonly connection: TcpConnection | undefined;
}

export class TcpClient implements ConnectionOwner, EventTarget {
  readonly listener: Listener = { greet: () => 'refuse', accept: () => undefined };
  readonly #world: World;
  readonly #node: IpNode;
  /** By local port. */
  readonly #open = new Map<number, Open>();
  #nextPort: number;

  constructor(world: World, node: IpNode) {
    this.#world = world;
    this.#node = node;
    this.#nextPort = world.random.below(dynamicPorts);
  }

  connect(request: TcpProbeRequest): TcpProbe {
    this.#nextPort = (this.#nextPort + 1) % dynamicPorts;
    const { destination, port } = request;
    const [source, localPort] = [this.#node.sourceTowards(destination), firstDynamicPort + this.#nextPort];
    const probe = new TcpProbe(this.#world, request, { source, sourcePort: localPort });
    const open = { probe, source, destination, port };
    this.#open.get(localPort)?.probe.stop();
    this.#open.set(localPort, { ...open, connection: undefined });
    const connection = new TcpConnection(this.#world, this, { remoteAddress: destination, remotePort: port, localPort }, probe);
    this.#open.set(localPort, { ...open, connection });
    probe.watch(connection);
    return probe;
  }

  forget({ place }: TcpConnection): void {
    this.#open.delete(place.localPort);
  }

  /** A whole TCP packet for this machine, standing at its IPv4 header; takes it over. */
  receive(packet: Packet): void {
    const { view, start, end } = packet;
    const at = start + headerLengthOf(view, start);
    const header = end - at < tcpLength ? 0 : tcpHeaderLengthOf(view, at);
    if (header < tcpLength || at + header > end || !hasValidChecksum(view, start, at, end, ipProtocol.tcp)) return this.#node.drop(packet, 'malformed');
    const segment = { flags: tcpFlagsOf(view, at), sequence: tcpSequenceOf(view, at), acknowledgement: tcpAcknowledgementOf(view, at), data: packet.bytes.slice(at + header, end) };
    const open = this.#open.get(destinationPortOf(view, at));
    const isOurs = open !== undefined && open.destination === sourceOf(view, start) && open.port === sourcePortOf(view, at) && open.source === destinationOf(view, start);
    if (isOurs) this.#explain(packet, segment.flags);
    if (isOurs) open.connection?.receive(segment);
    else this.#refuse(packet, at, segment);
    this.#world.pool.release(packet);
  }

  #explain({ trace, view, start }: Packet, flags: number): void {
    if (trace === null) return;
    const isRefused = (flags & tcpFlag.rst) !== 0;
    trace.add(this.#node.name, 'local delivery', `TCP port ${sourcePortOf(view, start + headerLengthOf(view, start))}`, isRefused ? 'the connection is refused' : 'the connection stands');
    trace.fate ??= isRefused ? 'The destination refused the connection: nothing listens on this port.' : 'The connection stands.';
  }

  /** RFC 9293 §3.10.7.1: to whom is not expected a reset is sent, never to a reset. */
  #refuse(packet: Packet, at: number, { flags, sequence, acknowledgement, data }: Segment): void {
    if ((flags & tcpFlag.rst) !== 0) return;
    const { view, start } = packet;
    const theirNext = (sequence + data.length + ((flags & (tcpFlag.syn | tcpFlag.fin)) !== 0 ? 1 : 0)) >>> 0;
    const answer = (flags & tcpFlag.ack) !== 0 ? { flags: tcpFlag.rst, sequence: acknowledgement, acknowledgement: 0 } : { flags: tcpFlag.rst | tcpFlag.ack, sequence: 0, acknowledgement: theirNext };
    const reply = this.#packet(destinationOf(view, start), { remoteAddress: sourceOf(view, start), remotePort: sourcePortOf(view, at), localPort: destinationPortOf(view, at) }, { ...answer, data: new Uint8Array() });
    reply.trace = packet.trace;
    reply.trace?.add(this.#node.name, 'local delivery', `TCP port ${destinationPortOf(view, at)}`, 'refused the connection: nothing listens');
    this.#node.originate(reply);
  }

  /** An ICMP "destination unreachable" about a packet of this machine's TCP, quoted at `quoted`. False when it is of no connection. */
  receiveUnreachable(packet: Packet, quoted: number, code: number): boolean {
    const { view, start } = packet;
    const at = quoted + headerLengthOf(view, quoted);
    if (at + 8 > packet.end) return false;
    const open = this.#open.get(sourcePortOf(view, at));
    if (open === undefined || open.port !== destinationPortOf(view, at) || open.destination !== destinationOf(view, quoted)) return false;
    open.probe.onUnreachable(sourceOf(view, start), code);
    return true;
  }

  /** Leaves the machine in the next event: whoever connects must know its connection before an answer comes. */
  transmit(place: ConnectionPlace, segment: Segment): void {
    const open = this.#open.get(place.localPort);
    const packet = this.#packet(open?.source ?? this.#node.sourceTowards(place.remoteAddress), place, segment);
    if ((segment.flags & tcpFlag.syn) !== 0) packet.trace = open?.probe.countAttempt() ?? null;
    this.#world.queue.schedule(0, this, 0, packet);
  }

  onEvent(_argument: number, packet: Packet | null): void {
    if (packet === null) return;
    packet.trace?.add(this.#node.name, 'connect', `TCP port ${destinationPortOf(packet.view, packet.start + ipv4Length)}`, 'send a SYN');
    this.#node.originate(packet);
  }

  #packet(source: Ipv4Address, { remoteAddress, remotePort, localPort }: ConnectionPlace, { flags, sequence, acknowledgement, data }: Segment): Packet {
    const packet = this.#node.newPacket(remoteAddress, source, ipProtocol.tcp, tcpLength + data.length);
    const at = packet.start + ipv4Length;
    packet.bytes.set(data, at + tcpLength);
    writeTcp(packet.view, packet.start, at, packet.end, { sourcePort: localPort, destinationPort: remotePort, sequence, acknowledgement, flags });
    return packet;
  }
}
