/**
 * The distributed router inside every host's switch: answers ARP for customer addresses from the lookup records, routes
 * between the subnets of a routing domain and towards its gateway, answers ping on the first address of each subnet.
 */
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import type { CustomerRouteConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { checkIpv4 } from '../net/checkIpv4.ts';
import { buildIcmpError } from '../net/icmpError.ts';
import type { DropReason } from '../trace/drops.ts';
import type { TraceRecorder } from '../trace/recorder.ts';
import { arpOperation, decodeArp, writeArp } from '../wire/arp.ts';
import { adjust16 } from '../wire/checksum.ts';
import { etherType, ethernetLength, isGroupFrame, readMac, writeAddresses, writeEthernet, writeMac } from '../wire/ethernet.ts';
import { icmpLength, icmpType, typeOf, unreachableCode } from '../wire/icmp.ts';
import {
  decrementTimeToLive,
  destinationOf,
  headerLengthOf,
  ipProtocol,
  isFragment,
  protocolOf,
  setAddress,
  sourceOf,
  timeToLiveOf,
} from '../wire/ipv4.ts';
import type { SubnetPolicy } from './policy.ts';
import type { SwitchHost, SwitchPort } from './switchPort.ts';

export class DistributedRouter {
  readonly #world: World;
  readonly #host: SwitchHost;
  #identification: number;

  constructor(world: World, host: SwitchHost) {
    this.#world = world;
    this.#host = host;
    this.#identification = world.random.below(0x10000);
  }

  /** A frame from a virtual machine on this host. */
  receive(packet: Packet, port: SwitchPort): void {
    const subnet = this.#host.policy.subnet(port.vsid);
    if (subnet === undefined) return this.#host.drop(packet, 'unknownVirtualSubnet');
    if (packet.length < ethernetLength) return this.#host.drop(packet, 'malformed');
    const type = packet.view.getUint16(packet.start + 12);
    if (type === etherType.arp) return this.#answerArp(packet, port, subnet);
    if (type !== etherType.ipv4) return this.#host.drop(packet, 'unsupportedEtherType');
    packet.start += ethernetLength;
    const isRight = checkIpv4(packet);
    packet.start -= ethernetLength;
    if (!isRight) return this.#host.drop(packet, 'malformed');
    if (isGroupFrame(packet.view, packet.start)) return this.#host.drop(packet, 'broadcastNotCarried');
    if (readMac(packet.view, packet.start) === subnet.config.routerMac) return this.#route(packet, port, subnet);
    this.#switch(packet, port, subnet);
  }

  #answerArp(packet: Packet, port: SwitchPort, subnet: SubnetPolicy): void {
    const arp = decodeArp(packet.view, packet.start + ethernetLength, packet.end);
    if (arp === undefined || arp.operation !== arpOperation.request) return this.#world.pool.release(packet);
    const isRouter = arp.targetAddress === subnet.routerAddress;
    const mac = isRouter ? subnet.config.routerMac : subnet.records.get(arp.targetAddress)?.mac;
    if (mac === undefined) return this.#host.drop(packet, 'noLookupRecord');
    writeEthernet(packet.view, packet.start, arp.senderMac, mac, etherType.arp);
    writeArp(packet.view, packet.start + ethernetLength, {
      operation: arpOperation.reply,
      senderMac: mac,
      senderAddress: arp.targetAddress,
      targetMac: arp.senderMac,
      targetAddress: arp.senderAddress,
    });
    port.receiveFrame(packet);
  }

  /** Within a subnet the destination's record decides. */
  #switch(packet: Packet, port: SwitchPort, subnet: SubnetPolicy): void {
    const record = subnet.records.get(destinationOf(packet.view, packet.start + ethernetLength));
    if (record === undefined) return this.#host.drop(packet, 'noLookupRecord');
    this.#host.deliver(packet, record, port.vsid);
  }

  #route(packet: Packet, port: SwitchPort, subnet: SubnetPolicy): void {
    const { view } = packet;
    const ip = packet.start + ethernetLength;
    const destination = destinationOf(view, ip);
    if (destination === subnet.routerAddress) return this.#answerPing(packet, port);
    if (timeToLiveOf(view, ip) <= 1) {
      return this.#refuse(packet, port, subnet, 'timeToLiveExpired', icmpType.timeExceeded, 0);
    }
    const { route, record, addresses } = subnet.decide(destination);
    if (packet.trace !== null) this.#explainRoute(packet.trace, route);
    if (route === undefined) {
      return this.#refuse(packet, port, subnet, 'noCustomerRoute', icmpType.unreachable, unreachableCode.net);
    }
    if (record === undefined || addresses === undefined) {
      return this.#refuse(packet, port, subnet, 'noLookupRecord', icmpType.unreachable, unreachableCode.host);
    }
    decrementTimeToLive(view, ip);
    this.#world.countForwarded();
    writeAddresses(view, packet.start, addresses);
    this.#host.deliver(packet, record, port.vsid);
  }

  #explainRoute(trace: TraceRecorder, route: CustomerRouteConfig | undefined): void {
    if (route === undefined) {
      trace.add(this.#place, 'customer routes', 'no entry', 'no route');
      return;
    }
    const matched = `${formatPrefix(route.destination)} in VSID ${route.vsid}, metric ${route.metric}`;
    trace.add(this.#place, 'customer routes', matched, route.nextHop === 0 ? 'deliver in this virtual subnet' : `next hop ${formatIpv4(route.nextHop)}`);
  }

  get #place(): string {
    return `${this.#host.name}, distributed router`;
  }

  /** Turns an echo request to the router into its reply, in place. */
  #answerPing(packet: Packet, port: SwitchPort): void {
    const { view } = packet;
    const ip = packet.start + ethernetLength;
    const at = ip + headerLengthOf(view, ip);
    const isRequest = protocolOf(view, ip) === ipProtocol.icmp && !isFragment(view, ip) && packet.end - at >= icmpLength && typeOf(view, at) === icmpType.echoRequest;
    if (!isRequest) return this.#host.drop(packet, 'notForThisNode');
    packet.trace?.add(this.#place, 'local delivery', formatIpv4(destinationOf(view, ip)), 'answered the echo request');
    const asked = destinationOf(view, ip);
    setAddress(view, ip, 'destination', sourceOf(view, ip));
    setAddress(view, ip, 'source', asked);
    view.setUint16(at + 2, adjust16(view.getUint16(at + 2), view.getUint16(at), 0));
    view.setUint16(at, 0);
    this.#toSender(packet, port);
  }

  /** Drops a packet and tells its sender by ICMP. */
  #refuse(packet: Packet, port: SwitchPort, subnet: SubnetPolicy, reason: DropReason, type: number, code: number): void {
    this.#world.explainDrop(packet, reason, this.#place);
    this.#sendError(packet, port, subnet, type, code);
    this.#host.drop(packet, reason);
  }

  #sendError(packet: Packet, port: SwitchPort, subnet: SubnetPolicy, type: number, code: number): void {
    packet.start += ethernetLength;
    this.#identification = (this.#identification + 1) & 0xffff;
    const error = buildIcmpError(this.#world, packet, subnet.routerAddress, this.#identification, type, code, 0);
    packet.start -= ethernetLength;
    if (error === undefined) return;
    error.trace = packet.trace;
    packet.trace = null;
    error.trace?.add(this.#place, 'ICMP', `type ${type} code ${code}`, 'told the sender');
    error.start -= ethernetLength;
    error.view.setUint16(error.start + 12, etherType.ipv4);
    this.#toSender(error, port);
  }

  #toSender(packet: Packet, port: SwitchPort): void {
    writeMac(packet.view, packet.start, port.mac);
    writeMac(packet.view, packet.start + 6, this.#host.policy.subnet(port.vsid)?.config.routerMac ?? 0);
    port.receiveFrame(packet);
  }
}
