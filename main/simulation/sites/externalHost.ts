/** A host outside: answers ping, echoes UDP (port 7), swallows it (port 9), serves a page (port 80); everything else is refused as a real host would. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { ExternalHostConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { IpNode } from '../net/ipNode.ts';
import { connectedRoute, defaultRoute } from '../net/routes.ts';
import type { FrameSink, Segment } from '../net/segment.ts';
import { icmpType, unreachableCode } from '../wire/icmp.ts';
import { destinationOf, headerLengthOf, ipProtocol, ipv4Length, protocolOf, sourceOf } from '../wire/ipv4.ts';
import { destinationPortOf, sourcePortOf, udpLength, writeUdp } from '../wire/transport.ts';
import { TcpService } from './tcpService.ts';

/** Where a host is attached. On the Internet everybody is on the link: prefix length 0, no gateway. */
export interface HostPlace {
  readonly prefixLength: number;
  readonly gateway: Ipv4Address | null;
}

export const onInternet: HostPlace = { prefixLength: 0, gateway: null };

const mtu = 1500;
const echoPort = 7;
/** RFC 863 */
const discardPort = 9;
const httpPort = 80;

export class ExternalHost implements FrameSink {
  readonly #world: World;
  readonly #node: IpNode;
  readonly #tcp: TcpService;
  #config: ExternalHostConfig;

  constructor(world: World, config: ExternalHostConfig) {
    this.#world = world;
    this.#config = config;
    this.#node = new IpNode(world, config.name, {
      forwards: false,
      deliver: (packet) => this.#deliver(packet),
      answersEcho: () => this.#config.services.includes('icmp-echo'),
    });
    this.#tcp = new TcpService(world, this.#node, (port) => port === httpPort && this.#config.services.includes('http'));
  }

  configure(config: ExternalHostConfig, segment: Segment, place: HostPlace): void {
    this.#config = config;
    this.#node.name = config.name;
    segment.attach(this, [config.mac]);
    const settings = { name: segment.name, mac: config.mac, address: config.address, prefixLength: place.prefixLength, mtu };
    this.#node.setInterfaces([{ settings, tap: null, transmit: (packet) => segment.transmit(packet, this) }]);
    const routes = [connectedRoute(config.address, place.prefixLength, 0)];
    this.#node.routes.replace(place.gateway === null ? routes : [...routes, defaultRoute(place.gateway, 0, 1)]);
  }

  receiveFrame(packet: Packet): void {
    const [via] = this.#node.interfaces;
    if (via === undefined) this.#world.pool.release(packet);
    else this.#node.receiveFrame(packet, via);
  }

  #deliver(packet: Packet): void {
    const protocol = protocolOf(packet.view, packet.start);
    if (protocol === ipProtocol.tcp) return this.#tcp.receive(packet);
    if (protocol === ipProtocol.udp) return this.#receiveUdp(packet);
    this.#node.drop(packet, 'notForThisNode');
  }

  #swallow(packet: Packet): void {
    if (packet.trace !== null) {
      packet.trace.add(this.#config.name, 'local delivery', 'UDP port 9', 'received the datagram');
      packet.trace.fate ??= `Delivered to ${this.#config.name}.`;
    }
    this.#world.pool.release(packet);
  }

  #receiveUdp(packet: Packet): void {
    const { view, start, end } = packet;
    const at = start + headerLengthOf(view, start);
    if (end - at < udpLength) return this.#node.drop(packet, 'malformed');
    if (destinationPortOf(view, at) === discardPort && this.#config.services.includes('udp-discard')) return this.#swallow(packet);
    if (destinationPortOf(view, at) !== echoPort || !this.#config.services.includes('udp-echo')) {
      return this.#node.refuse(packet, 'notForThisNode', icmpType.unreachable, unreachableCode.port, 0);
    }
    const reply = this.#node.newPacket(sourceOf(view, start), destinationOf(view, start), ipProtocol.udp, end - at);
    const replyAt = reply.start + ipv4Length;
    reply.bytes.set(packet.bytes.subarray(at + udpLength, end), replyAt + udpLength);
    writeUdp(reply.view, reply.start, replyAt, reply.end, destinationPortOf(view, at), sourcePortOf(view, at));
    reply.trace = packet.trace;
    this.#world.pool.release(packet);
    this.#node.originate(reply);
  }
}
