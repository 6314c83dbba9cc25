/** The TCP of a router: connections from and to port 179, as packets of an IP node. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import type { IpNode } from '../net/ipNode.ts';
import { bgpPort } from '../wire/bgp.ts';
import { destinationOf, headerLengthOf, ipProtocol, ipv4Length, protocolOf, sourceOf } from '../wire/ipv4.ts';
import {
  destinationPortOf, hasValidChecksum, sourcePortOf, tcpAcknowledgementOf, tcpFlag, tcpFlagsOf, tcpHeaderLengthOf, tcpLength, tcpSequenceOf, writeTcp,
} from '../wire/transport.ts';
import { TcpConnection, type ConnectionOwner, type ConnectionPlace, type Segment } from './tcpConnection.ts';
import type { Connection, ConnectionUser, Listener, Transport } from './transport.ts';

/** RFC 6335: ports that nobody listens on. */
const firstDynamicPort = 49_152;
const dynamicPorts = 0x10000 - firstDynamicPort;
/** Connections at a time; peers are few, and each has two at most that matter. */
const connectionLimit = 1000;

/** What it needs of the node that it is in. */
export type TcpNode = Pick<IpNode, 'newPacket' | 'originate' | 'drop'>;

export class Tcp implements Transport, ConnectionOwner {
  readonly #world: World;
  readonly #node: TcpNode;
  readonly #connections = new Map<string, TcpConnection>();
  readonly localAddress: Ipv4Address;
  readonly listener: Listener;
  #nextPort: number;

  constructor(world: World, node: TcpNode, localAddress: Ipv4Address, listener: Listener) {
    this.#world = world;
    this.#node = node;
    this.localAddress = localAddress;
    this.listener = listener;
    this.#nextPort = world.random.below(dynamicPorts);
  }

  connect(peer: Ipv4Address, user: ConnectionUser): Connection {
    this.#nextPort = (this.#nextPort + 1) % dynamicPorts;
    return this.#open({ remoteAddress: peer, remotePort: bgpPort, localPort: firstDynamicPort + this.#nextPort }, user);
  }

  #open(place: ConnectionPlace, role: ConnectionUser | number): TcpConnection {
    const connection = new TcpConnection(this.#world, this, place, role);
    this.#connections.set(keyOf(place), connection);
    return connection;
  }

  forget(connection: TcpConnection): void {
    this.#connections.delete(keyOf(connection.place));
  }

  /** As when the machine is turned off. */
  vanish(): void {
    for (const connection of [...this.#connections.values()]) connection.abort();
  }

  /** A whole packet for this node, standing at its IPv4 header. False, and nothing done, when it is not of BGP. */
  receive(packet: Packet): boolean {
    const { view, start, end } = packet;
    if (protocolOf(view, start) !== ipProtocol.tcp) return false;
    const at = start + headerLengthOf(view, start);
    if (end - at < tcpLength || destinationOf(view, start) !== this.localAddress) return false;
    const [remotePort, localPort] = [sourcePortOf(view, at), destinationPortOf(view, at)];
    if (remotePort !== bgpPort && localPort !== bgpPort) return false;
    const header = tcpHeaderLengthOf(view, at);
    if (header < tcpLength || at + header > end || !hasValidChecksum(view, start, at, end, ipProtocol.tcp)) {
      this.#node.drop(packet, 'malformed');
      return true;
    }
    const segment = { flags: tcpFlagsOf(view, at), sequence: tcpSequenceOf(view, at), acknowledgement: tcpAcknowledgementOf(view, at), data: packet.bytes.slice(at + header, end) };
    const place = { remoteAddress: sourceOf(view, start), remotePort, localPort };
    const known = this.#connections.get(keyOf(place));
    if (known === undefined && this.listener.greet(place.remoteAddress) === 'ignore') return false;
    this.#world.pool.release(packet);
    if (known === undefined) this.#receiveUnknown(place, segment);
    else known.receive(segment);
    return true;
  }

  #receiveUnknown(place: ConnectionPlace, { flags, sequence, acknowledgement, data }: Segment): void {
    if ((flags & tcpFlag.rst) !== 0) return;
    const isWish = (flags & (tcpFlag.syn | tcpFlag.ack)) === tcpFlag.syn && place.localPort === bgpPort;
    if (isWish && this.listener.greet(place.remoteAddress) === 'accept') {
      if (this.#connections.size < connectionLimit) this.#open(place, sequence);
      return;
    }
    const theirNext = (sequence + data.length + ((flags & (tcpFlag.syn | tcpFlag.fin)) !== 0 ? 1 : 0)) >>> 0;
    if ((flags & tcpFlag.ack) !== 0) this.transmit(place, { flags: tcpFlag.rst, sequence: acknowledgement, acknowledgement: 0, data: new Uint8Array() });
    else this.transmit(place, { flags: tcpFlag.rst | tcpFlag.ack, sequence: 0, acknowledgement: theirNext, data: new Uint8Array() });
  }

  transmit({ remoteAddress, remotePort, localPort }: ConnectionPlace, { flags, sequence, acknowledgement, data }: Segment): void {
    const packet = this.#node.newPacket(remoteAddress, this.localAddress, ipProtocol.tcp, tcpLength + data.length);
    const at = packet.start + ipv4Length;
    packet.bytes.set(data, at + tcpLength);
    writeTcp(packet.view, packet.start, at, packet.end, { sourcePort: localPort, destinationPort: remotePort, sequence, acknowledgement, flags });
    this.#node.originate(packet);
  }
}

function keyOf({ remoteAddress, remotePort, localPort }: ConnectionPlace): string {
  return `${remoteAddress} ${remotePort} ${localPort}`;
}
