/** An IPv4 node: a host, a router or a compartment. Receives, delivers, forwards, answers with ICMP. */
import { formatIpv4, formatPrefix, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { DropCounter, type DropReason } from '../trace/drops.ts';
import { etherType, ethernetLength, isGroupFrame } from '../wire/ethernet.ts';
import { icmpLength, icmpType, typeOf, unreachableCode, writeIcmp } from '../wire/icmp.ts';
import {
  decrementTimeToLive,
  destinationOf,
  headerLengthOf,
  ipProtocol,
  ipv4Length,
  isDoNotFragment,
  isFragment,
  protocolOf,
  sourceOf,
  timeToLiveOf,
  writeIpv4,
} from '../wire/ipv4.ts';
import { checkIpv4 } from './checkIpv4.ts';
import { fragment, Reassembler } from './fragments.ts';
import { buildIcmpError } from './icmpError.ts';
import { InterfaceTable, type WantedInterface } from './interfaceTable.ts';
import { IpInterface, type InterfaceOwner } from './ipInterface.ts';
import { wiringOf, type NodeBehaviour, type Wiring } from './nodeBehaviour.ts';
import { RouteTable, type Route } from './routeTable.ts';

/** Interface index of a route that hands the packet to NAT. */
export const natInterface = -1;
/** Interface index of a route that leads into a tunnel, by the tunnel's place; and back. */
export const tunnelInterface = (place: number): number => -2 - place;
export const tunnelPlace = (interfaceIndex: number): number => -2 - interfaceIndex;
/** RECALL: initial time to live of Windows. */
export const defaultTimeToLive = 128;
/** RECALL: MTU of a site-to-site interface. With ESP in tunnel mode around it, a packet fits into 1,500. */
export const tunnelMtu = 1400;
const limitedBroadcast = 0xffffffff;

export class IpNode implements InterfaceOwner {
  name: string;
  readonly routes = new RouteTable();
  readonly drops = new DropCounter();
  readonly #world: World;
  readonly #behaviour: Wiring;
  readonly #reassembler: Reassembler;
  readonly #interfaces: InterfaceTable;
  #identification: number;
  /** Why nothing passes now. */
  blockedBy: DropReason | null = null;
  received = 0;
  forwarded = 0;

  constructor(world: World, name: string, behaviour: NodeBehaviour) {
    this.#world = world;
    this.name = name;
    this.#behaviour = wiringOf(behaviour);
    this.#interfaces = new InterfaceTable(({ settings, tap, transmit }) => new IpInterface(world, this, settings, tap, transmit));
    this.#identification = world.random.below(0x10000);
    this.#reassembler = new Reassembler(world, (piece) => this.drop(piece, 'reassemblyTimeout'));
  }

  get interfaces(): readonly IpInterface[] {
    return this.#interfaces.all;
  }

  /** Interfaces by name: those that stay keep counters and neighbours. */
  setInterfaces(wanted: readonly WantedInterface[]): void {
    this.#interfaces.replace(wanted);
  }

  /** Behind those that it has; none of these names may be there already. */
  addInterfaces(wanted: readonly WantedInterface[]): void {
    this.#interfaces.append(wanted);
  }

  /** Forgets what it learned of its neighbours, as after a start. */
  forgetNeighbours(): void {
    for (const entry of this.#interfaces.all) entry.neighbours.clear();
  }

  isOwn(address: Ipv4Address): boolean {
    return this.#interfaces.isOwn(address);
  }

  nextIdentification(): number {
    this.#identification = (this.#identification + 1) & 0xffff;
    return this.#identification;
  }

  drop(packet: Packet, reason: DropReason): void {
    this.#world.drop(packet, reason, this.name, this.drops);
  }

  /** A frame from a segment on which all interfaces hang: for the one of its MAC, or for all. */
  receiveFromSegment(packet: Packet): void {
    const { view, start } = packet;
    if (!isGroupFrame(view, start)) {
      const via = this.#interfaces.ofMac(view.getUint16(start), view.getUint32(start + 2));
      if (via === undefined) this.drop(packet, 'notForThisNode');
      else this.receiveFrame(packet, via);
      return;
    }
    for (const via of this.#interfaces.all) this.receiveFrame(this.#world.pool.clone(packet), via);
    this.#world.pool.release(packet);
  }

  /** A frame that arrived at an interface. */
  receiveFrame(packet: Packet, via: IpInterface): void {
    via.countReceived(packet);
    if (packet.length < ethernetLength) return this.drop(packet, 'malformed');
    const type = packet.view.getUint16(packet.start + 12);
    packet.start += ethernetLength;
    if (type === etherType.arp) return via.receiveArp(packet);
    if (type !== etherType.ipv4) return this.drop(packet, 'unsupportedEtherType');
    if (!checkIpv4(packet)) return this.drop(packet, 'malformed');
    this.received += 1;
    this.#receiveIp(packet, via);
  }

  #receiveIp(packet: Packet, via: IpInterface): void {
    if (this.blockedBy !== null) return this.drop(packet, this.blockedBy);
    const { intercept } = this.#behaviour;
    if (intercept !== null && intercept(packet, via)) return;
    const destination = destinationOf(packet.view, packet.start);
    if (this.isOwn(destination) || destination === limitedBroadcast) return this.#receiveLocal(packet, via);
    if (this.#behaviour.forwards) return this.forward(packet);
    this.drop(packet, 'notForThisNode');
  }

  #receiveLocal(packet: Packet, via: IpInterface): void {
    const whole = this.#reassembler.take(packet);
    if (whole === undefined) return;
    const at = whole.start + headerLengthOf(whole.view, whole.start);
    const isIcmp = protocolOf(whole.view, whole.start) === ipProtocol.icmp;
    const isRequest = isIcmp && whole.end - at >= icmpLength && typeOf(whole.view, at) === icmpType.echoRequest;
    if (!isRequest) return this.#behaviour.deliver(whole, via);
    if (this.#behaviour.answersEcho !== null && !this.#behaviour.answersEcho()) this.drop(whole, 'notForThisNode');
    else this.#answerEcho(whole, at);
  }

  #answerEcho(request: Packet, at: number): void {
    const { view, start, end } = request;
    const payload = end - at - icmpLength;
    const reply = this.newPacket(sourceOf(view, start), destinationOf(view, start), ipProtocol.icmp, icmpLength + payload);
    const replyAt = reply.start + ipv4Length;
    reply.bytes.set(request.bytes.subarray(at + icmpLength, end), replyAt + icmpLength);
    writeIcmp(reply.view, replyAt, reply.end, icmpType.echoReply, 0, view.getUint32(at + 4));
    reply.trace = request.trace;
    reply.trace?.add(this.name, 'local delivery', formatIpv4(destinationOf(view, start)), 'answered the echo request');
    this.#world.pool.release(request);
    this.originate(reply);
  }

  /** A packet with a header from this node, payload unspecified, standing at its IPv4 header. */
  newPacket(
    destination: Ipv4Address,
    source: Ipv4Address,
    protocol: number,
    payloadLength: number,
    options: { readonly timeToLive?: number; readonly doNotFragment?: boolean } = {},
  ): Packet {
    const packet = this.#world.pool.acquire(ipv4Length + payloadLength);
    writeIpv4(packet.view, packet.start, {
      source,
      destination,
      protocol,
      timeToLive: options.timeToLive ?? defaultTimeToLive,
      identification: this.nextIdentification(),
      doNotFragment: options.doNotFragment ?? false,
      totalLength: ipv4Length + payloadLength,
    });
    return packet;
  }

  /** Sends a packet of this node's own. */
  originate(packet: Packet): void {
    const route = this.#routeFor(packet);
    if (route === undefined) this.drop(packet, 'noRoute');
    else this.#follow(packet, route);
  }

  /** Sends on a packet of somebody else, one hop older: first its route, then its time to live (RFC 1812 §5.2.1.2). */
  forward(packet: Packet): void {
    const route = this.#routeFor(packet);
    if (route === undefined) {
      return this.refuse(packet, 'noRoute', icmpType.unreachable, unreachableCode.net, 0);
    }
    if (timeToLiveOf(packet.view, packet.start) <= 1) {
      return this.refuse(packet, 'timeToLiveExpired', icmpType.timeExceeded, 0, 0);
    }
    // The sender is told about its packet as it came, so this is before the hop is counted.
    const mtu = this.#mtuOf(route);
    if (packet.length > mtu && isDoNotFragment(packet.view, packet.start)) return this.#refuseTooLarge(packet, mtu);
    decrementTimeToLive(packet.view, packet.start);
    this.forwarded += 1;
    this.#world.countForwarded();
    this.#follow(packet, route);
  }

  /** Sends on a packet that was counted as a hop already, and to which NAT then gave a destination behind this node (hairpin). */
  turnBack(packet: Packet): void {
    const route = this.#routeFor(packet);
    // Handed to NAT once more, it would go round for ever.
    if (route === undefined || route.interfaceIndex === natInterface) this.drop(packet, 'noRoute');
    else this.#follow(packet, route);
  }

  #routeFor(packet: Packet): Route | undefined {
    const destination = destinationOf(packet.view, packet.start);
    const route = this.routes.lookup(destination);
    packet.trace?.add(
      this.name,
      'route table',
      route === undefined ? 'no entry' : `${formatPrefix(route.destination)} metric ${route.metric} (${route.protocol})`,
      route === undefined ? 'no route' : this.#describeRoute(route),
    );
    return route;
  }

  #mtuOf(route: Route): number {
    const via = this.#interfaces.all[route.interfaceIndex];
    if (via !== undefined) return via.settings.mtu;
    return route.interfaceIndex === natInterface ? Infinity : tunnelMtu;
  }

  #describeRoute(route: Route): string {
    if (route.interfaceIndex === natInterface) return 'hand over to NAT';
    if (route.interfaceIndex < natInterface) return 'hand over to the site-to-site interface';
    const name = this.#interfaces.all[route.interfaceIndex]?.settings.name ?? '?';
    return route.nextHop === 0 ? `send on link through ${name}` : `send to ${formatIpv4(route.nextHop)} through ${name}`;
  }

  #follow(packet: Packet, route: Route): void {
    if (route.interfaceIndex < 0) return this.#handOver(packet, route);
    const via = this.#interfaces.all[route.interfaceIndex];
    if (via === undefined) return this.drop(packet, 'noRoute');
    const nextHop = route.nextHop === 0 ? destinationOf(packet.view, packet.start) : route.nextHop;
    this.sendVia(via, nextHop, packet);
  }

  #handOver(packet: Packet, route: Route): void {
    const { handOver } = this.#behaviour;
    const mtu = this.#mtuOf(route);
    if (route.interfaceIndex !== natInterface) packet.trace?.cross(this.name, 'site-to-site interface', mtu, packet.length);
    if (handOver === null) this.drop(packet, 'noRoute');
    else if (packet.length <= mtu) handOver(packet, route.interfaceIndex);
    else this.#cut(packet, mtu, (piece) => handOver(piece, route.interfaceIndex));
  }

  /** A packet that came out of a tunnel, standing at its IPv4 header. */
  receiveTunnelled(packet: Packet): void {
    if (!checkIpv4(packet)) return this.drop(packet, 'malformed');
    this.received += 1;
    this.#receiveIp(packet, this.#firstInterface());
  }

  /** Sends a packet out of an interface, in fragments where it has to be. */
  sendVia(via: IpInterface, nextHop: Ipv4Address, packet: Packet): void {
    packet.trace?.cross(this.name, via.settings.name, via.settings.mtu, packet.length);
    if (packet.length <= via.settings.mtu) via.send(nextHop, packet);
    else this.#cut(packet, via.settings.mtu, (piece) => via.send(nextHop, piece));
  }

  #cut(packet: Packet, mtu: number, emit: (piece: Packet) => void): void {
    if (isDoNotFragment(packet.view, packet.start)) return this.#refuseTooLarge(packet, mtu);
    packet.trace?.add(this.name, 'fragmentation', `MTU ${mtu}`, `cut ${packet.length} bytes into fragments`);
    fragment(this.#world, packet, mtu, emit);
  }

  #refuseTooLarge(packet: Packet, mtu: number): void {
    this.refuse(packet, 'fragmentationNeeded', icmpType.unreachable, unreachableCode.fragmentationNeeded, mtu);
  }

  /** Drops a packet and tells its sender by ICMP. */
  refuse(packet: Packet, reason: DropReason, type: number, code: number, rest: number): void {
    this.#world.explainDrop(packet, reason, this.name);
    this.#sendError(packet, type, code, rest);
    this.drop(packet, reason);
  }

  /** ICMP error about a packet, never about another error or a later fragment (RFC 1812 §4.3.2.7). Leaves `packet` alone. */
  #sendError(packet: Packet, type: number, code: number, rest: number): void {
    const destination = sourceOf(packet.view, packet.start);
    const error = buildIcmpError(this.#world, packet, this.sourceTowards(destination), this.nextIdentification(), type, code, rest);
    if (error === undefined) return;
    error.trace = packet.trace;
    packet.trace?.add(this.name, 'ICMP', `type ${type} code ${code}`, `told ${formatIpv4(destination)}`);
    packet.trace = null;
    if (this.isOwn(destination)) this.#behaviour.deliver(error, this.#firstInterface());
    else this.originate(error);
  }

  /** The address with which this node speaks to another. */
  sourceTowards(destination: Ipv4Address): Ipv4Address {
    const route = this.routes.lookup(destination);
    const via = route === undefined ? undefined : this.#interfaces.all[route.interfaceIndex];
    return (via ?? this.#firstInterface()).settings.address;
  }

  #firstInterface(): IpInterface {
    const [first] = this.#interfaces.all;
    if (first === undefined) throw new Error(`${this.name} has no interface`);
    return first;
  }

  /** The whole packet of a fragment, for NAT, which has to see ports. */
  reassemble(packet: Packet): Packet | undefined {
    return isFragment(packet.view, packet.start) ? this.#reassembler.take(packet) : packet;
  }

  onUnresolved(packet: Packet, _via: IpInterface): void {
    if (this.isOwn(sourceOf(packet.view, packet.start))) this.drop(packet, 'neighbourUnreachable');
    else this.refuse(packet, 'neighbourUnreachable', icmpType.unreachable, unreachableCode.host, 0);
  }

  answersArpFor(address: Ipv4Address, via: IpInterface): boolean {
    return this.#behaviour.answersArpFor !== null && this.#behaviour.answersArpFor(address, via);
  }
}
