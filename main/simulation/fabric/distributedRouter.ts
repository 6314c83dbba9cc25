/**
 * The distributed router inside every host's switch: answers ARP for customer addresses from the lookup records, routes
 * between the subnets of a routing domain and towards its gateway, answers ping on the first address of each subnet.
 */
import { formatIpv4, formatPrefix, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { LookupRecordConfig, VirtualSubnetConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { buildIcmpError } from '../net/icmpError.ts';
import type { DropReason } from '../trace/drops.ts';
import { arpOperation, decodeArp, writeArp } from '../wire/arp.ts';
import { adjust16 } from '../wire/checksum.ts';
import { etherType, ethernetLength, isGroupMac, readMac, writeEthernet, writeMac } from '../wire/ethernet.ts';
import { icmpLength, icmpType, typeOf, unreachableCode } from '../wire/icmp.ts';
import {
  decrementTimeToLive,
  destinationOf,
  headerLengthOf,
  ipProtocol,
  isFragment,
  isValidIpv4,
  protocolOf,
  setAddress,
  sourceOf,
  timeToLiveOf,
  totalLengthOf,
} from '../wire/ipv4.ts';
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
    const ip = packet.start + ethernetLength;
    if (!isValidIpv4(packet.view, ip, packet.end)) return this.#host.drop(packet, 'malformed');
    packet.end = ip + totalLengthOf(packet.view, ip);
    const destinationMac = readMac(packet.view, packet.start);
    if (isGroupMac(destinationMac)) return this.#host.drop(packet, 'broadcastNotCarried');
    if (destinationMac === subnet.routerMac) return this.#route(packet, port, subnet);
    this.#switch(packet, port, destinationOf(packet.view, ip));
  }

  #answerArp(packet: Packet, port: SwitchPort, subnet: VirtualSubnetConfig): void {
    const arp = decodeArp(packet.view, packet.start + ethernetLength, packet.end);
    if (arp === undefined || arp.operation !== arpOperation.request) return this.#world.pool.release(packet);
    const isRouter = arp.targetAddress === this.#host.policy.routerAddress(subnet);
    const mac = isRouter ? subnet.routerMac : this.#host.policy.lookup(port.vsid, arp.targetAddress, false)?.mac;
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
  #switch(packet: Packet, port: SwitchPort, destination: Ipv4Address): void {
    const record = this.#host.policy.lookup(port.vsid, destination, false);
    if (record === undefined) return this.#host.drop(packet, 'noLookupRecord');
    this.#host.deliver(packet, record, port.vsid);
  }

  #route(packet: Packet, port: SwitchPort, subnet: VirtualSubnetConfig): void {
    const { view } = packet;
    const ip = packet.start + ethernetLength;
    const destination = destinationOf(view, ip);
    const place = `${this.#host.name}, distributed router`;
    if (destination === this.#host.policy.routerAddress(subnet)) return this.#answerPing(packet, port, place);
    if (timeToLiveOf(view, ip) <= 1) {
      return this.#refuse(packet, port, subnet, 'timeToLiveExpired', icmpType.timeExceeded, 0);
    }
    const route = this.#host.policy.route(subnet.routingDomainId, destination);
    packet.trace?.add(
      place,
      'customer routes',
      route === undefined ? 'no entry' : `${formatPrefix(route.destination)} in VSID ${route.vsid}, metric ${route.metric}`,
      route === undefined ? 'no route' : route.nextHop === 0 ? 'deliver in this virtual subnet' : `next hop ${formatIpv4(route.nextHop)}`,
    );
    if (route === undefined) {
      return this.#refuse(packet, port, subnet, 'noCustomerRoute', icmpType.unreachable, unreachableCode.net);
    }
    const record = this.#host.policy.lookup(route.vsid, route.nextHop === 0 ? destination : route.nextHop, route.nextHop !== 0);
    if (record === undefined) {
      return this.#refuse(packet, port, subnet, 'noLookupRecord', icmpType.unreachable, unreachableCode.host);
    }
    decrementTimeToLive(view, ip);
    this.#world.countForwarded();
    this.#readdress(packet, record, route.vsid);
    this.#host.deliver(packet, record, port.vsid);
  }

  #readdress(packet: Packet, record: LookupRecordConfig, vsid: number): void {
    writeMac(packet.view, packet.start, record.mac);
    writeMac(packet.view, packet.start + 6, this.#host.policy.subnet(vsid)?.routerMac ?? 0);
  }

  /** Turns an echo request to the router into its reply, in place. */
  #answerPing(packet: Packet, port: SwitchPort, place: string): void {
    const { view } = packet;
    const ip = packet.start + ethernetLength;
    const at = ip + headerLengthOf(view, ip);
    const isRequest = protocolOf(view, ip) === ipProtocol.icmp && !isFragment(view, ip) && packet.end - at >= icmpLength && typeOf(view, at) === icmpType.echoRequest;
    if (!isRequest) return this.#host.drop(packet, 'notForThisNode');
    packet.trace?.add(place, 'local delivery', formatIpv4(destinationOf(view, ip)), 'answered the echo request');
    const asked = destinationOf(view, ip);
    setAddress(view, ip, 'destination', sourceOf(view, ip));
    setAddress(view, ip, 'source', asked);
    view.setUint16(at + 2, adjust16(view.getUint16(at + 2), view.getUint16(at), 0));
    view.setUint16(at, 0);
    this.#toSender(packet, port);
  }

  /** Drops a packet and tells its sender by ICMP. */
  #refuse(packet: Packet, port: SwitchPort, subnet: VirtualSubnetConfig, reason: DropReason, type: number, code: number): void {
    this.#world.explainDrop(packet, reason, `${this.#host.name}, distributed router`);
    this.#sendError(packet, port, subnet, type, code);
    this.#host.drop(packet, reason);
  }

  #sendError(packet: Packet, port: SwitchPort, subnet: VirtualSubnetConfig, type: number, code: number): void {
    packet.start += ethernetLength;
    this.#identification = (this.#identification + 1) & 0xffff;
    const error = buildIcmpError(this.#world, packet, this.#host.policy.routerAddress(subnet), this.#identification, type, code, 0);
    packet.start -= ethernetLength;
    if (error === undefined) return;
    error.trace = packet.trace;
    packet.trace = null;
    error.trace?.add(`${this.#host.name}, distributed router`, 'ICMP', `type ${type} code ${code}`, 'told the sender');
    error.start -= ethernetLength;
    error.view.setUint16(error.start + 12, etherType.ipv4);
    this.#toSender(error, port);
  }

  #toSender(packet: Packet, port: SwitchPort): void {
    writeMac(packet.view, packet.start, port.mac);
    writeMac(packet.view, packet.start + 6, this.#host.policy.subnet(port.vsid)?.routerMac ?? 0);
    port.receiveFrame(packet);
  }
}
