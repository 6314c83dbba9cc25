/** An Ethernet interface of an IP node: addresses, neighbours, counters, tap. */
import { maskOf, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import type { InterfaceState } from '../state.ts';
import { arpLength, arpOperation, decodeArp, writeArp } from '../wire/arp.ts';
import { broadcastMac, etherType, ethernetLength, writeAddresses, writeEthernet, type EthernetAddresses } from '../wire/ethernet.ts';
import { NeighbourTable, type NeighbourOwner } from './neighbours.ts';

export interface InterfaceSettings {
  readonly name: string;
  readonly mac: MacAddress;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
  readonly mtu: number;
}

/** Where frames go out. Takes over the packet. */
export type Transmit = (packet: Packet) => void;

export interface InterfaceOwner {
  onUnresolved(packet: Packet, via: IpInterface): void;
  /** Addresses beyond the interface's own for which it answers ARP. */
  answersArpFor(address: Ipv4Address, via: IpInterface): boolean;
}

export class IpInterface implements NeighbourOwner {
  settings: InterfaceSettings;
  readonly neighbours: NeighbourTable;
  readonly #world: World;
  readonly #owner: InterfaceOwner;
  readonly #tap: Tap | null;
  #transmit: Transmit;
  rxPackets = 0;
  rxBytes = 0;
  txPackets = 0;
  txBytes = 0;

  constructor(world: World, owner: InterfaceOwner, settings: InterfaceSettings, tap: Tap | null, transmit: Transmit) {
    this.#world = world;
    this.#owner = owner;
    this.settings = settings;
    this.#tap = tap;
    this.#transmit = transmit;
    this.neighbours = new NeighbourTable(world, this);
  }

  /** New settings; neighbours are forgotten when the place in the network changed. */
  configure(settings: InterfaceSettings, transmit: Transmit): void {
    const { address, prefixLength, mac } = this.settings;
    const moved = address !== settings.address || prefixLength !== settings.prefixLength || mac !== settings.mac;
    this.settings = settings;
    this.#transmit = transmit;
    if (moved) this.neighbours.clear();
  }

  countReceived(packet: Packet): void {
    this.rxPackets += 1;
    this.rxBytes += packet.length;
    if (this.#tap?.isActive === true) this.#tap.record(packet, 'received');
  }

  /** Sends an IPv4 packet (standing at its IPv4 header) to a neighbour; takes it over. */
  send(nextHop: Ipv4Address, packet: Packet): void {
    this.neighbours.send(nextHop, packet);
  }

  get mac(): MacAddress {
    return this.settings.mac;
  }

  sendResolved(packet: Packet, addresses: EthernetAddresses): void {
    packet.start -= ethernetLength;
    writeAddresses(packet.view, packet.start, addresses);
    packet.view.setUint16(packet.start + 12, etherType.ipv4);
    this.#out(packet);
  }

  onUnresolved(packet: Packet): void {
    this.#owner.onUnresolved(packet, this);
  }

  sendArpRequest(address: Ipv4Address, to: MacAddress = broadcastMac): void {
    this.#sendArp(arpOperation.request, to, 0, address, this.settings.address);
  }

  /** Tells everybody on the link who has this address now (gratuitous ARP, RFC 5227 §3). */
  announce(address: Ipv4Address): void {
    this.#sendArp(arpOperation.request, broadcastMac, 0, address, address);
  }

  /** Handles an ARP frame standing behind its Ethernet header; gives the packet back. */
  receiveArp(packet: Packet): void {
    const arp = decodeArp(packet.view, packet.start, packet.end);
    this.#world.pool.release(packet);
    if (arp === undefined) return;
    const isForMe = arp.targetAddress === this.settings.address || this.#owner.answersArpFor(arp.targetAddress, this);
    this.neighbours.learn(arp.senderAddress, arp.senderMac, isForMe && this.#isOnLink(arp.senderAddress));
    if (arp.operation === arpOperation.request && isForMe) {
      this.#sendArp(arpOperation.reply, arp.senderMac, arp.senderMac, arp.senderAddress, arp.targetAddress);
    }
  }

  state(): InterfaceState {
    const { name, address, prefixLength, mac, mtu } = this.settings;
    const { rxPackets, rxBytes, txPackets, txBytes } = this;
    return { name, address, prefixLength, mac, mtu, rxPackets, rxBytes, txPackets, txBytes };
  }

  #isOnLink(address: Ipv4Address): boolean {
    const mask = maskOf(this.settings.prefixLength);
    return (address & mask) >>> 0 === (this.settings.address & mask) >>> 0;
  }

  #sendArp(operation: number, frameTo: MacAddress, targetMac: MacAddress, targetAddress: Ipv4Address, senderAddress: Ipv4Address): void {
    const packet = this.#world.pool.acquire(ethernetLength + arpLength);
    writeEthernet(packet.view, packet.start, frameTo, this.settings.mac, etherType.arp);
    writeArp(packet.view, packet.start + ethernetLength, { operation, senderMac: this.settings.mac, senderAddress, targetMac, targetAddress });
    this.#out(packet);
  }

  #out(packet: Packet): void {
    this.txPackets += 1;
    this.txBytes += packet.length;
    if (this.#tap?.isActive === true) this.#tap.record(packet, 'sent');
    this.#transmit(packet);
  }
}
