/** Carries inner packets in ESP: the keys of now, the keys of before for what is under way, and what was counted. */
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import type { AssociationState } from '../state.ts';
import type { DropReason } from '../trace/drops.ts';
import { ipProtocol, ipv4Length } from '../wire/ipv4.ts';
import type { AssociationPair } from './keyExchange.ts';
import { espLength, espSpi, type InboundAssociation } from './securityAssociation.ts';
import { vpnTimings } from './timings.ts';

/** What a site-to-site interface needs of the machine that it is in. */
export interface SiteToSiteOwner {
  /** Name of the machine and compartment, for traces. */
  readonly place: string;
  /** An outer packet, payload unspecified, standing at its IPv4 header. */
  newOuter(peer: Ipv4Address, local: Ipv4Address, protocol: number, payloadLength: number): Packet;
  sendOuter(packet: Packet): void;
  /** A packet that came out of the tunnel, standing at its IPv4 header. */
  deliver(packet: Packet): void;
  drop(packet: Packet, reason: DropReason): void;
  /** The interface connected, disconnected or began to dial. */
  onStateChange(): void;
}

/** The ends of the tunnel and its name, as they are now. */
interface TunnelEnds {
  readonly name: string;
  readonly localAddress: Ipv4Address;
  readonly destination: Ipv4Address;
}

interface Retired {
  readonly inbound: InboundAssociation;
  readonly until: number;
}

export class EspCarrier {
  readonly #world: World;
  readonly #owner: SiteToSiteOwner;
  readonly #tap: Tap;
  readonly #ends: () => TunnelEnds;
  #pair: AssociationPair | null = null;
  #since = 0;
  #retired: Retired[] = [];
  readonly counters = { rxPackets: 0, rxBytes: 0, txPackets: 0, txBytes: 0 };

  constructor(world: World, owner: SiteToSiteOwner, tap: Tap, ends: () => TunnelEnds) {
    this.#world = world;
    this.#owner = owner;
    this.#tap = tap;
    this.#ends = ends;
  }

  get hasKeys(): boolean {
    return this.#pair !== null;
  }

  /** The keys of before still open what was sent with them. */
  install(pair: AssociationPair): void {
    const { now } = this.#world.queue;
    this.#retired = this.#retired.filter(({ until }) => until >= now);
    if (this.#pair !== null) this.#retired.push({ inbound: this.#pair.inbound, until: now + vpnTimings.oldKeysNs });
    this.#pair = pair;
    this.#since = now;
  }

  clear(): void {
    this.#pair = null;
    this.#retired = [];
  }

  /** Whether the keys should be renewed: they are old, or much went through them. */
  isWorn(lifeTimeNs: number, dataBytes: number): boolean {
    if (this.#pair === null) return false;
    return this.#world.queue.now - this.#since >= lifeTimeNs * vpnTimings.rekeyShare || this.#pair.outbound.bytes >= dataBytes * vpnTimings.rekeyShare;
  }

  /** Seals an inner packet, standing at its IPv4 header, and sends it; false when it had to be dropped. */
  send(packet: Packet): boolean {
    const outbound = this.#pair?.outbound;
    if (outbound === undefined || outbound.isWornOut) {
      this.#owner.drop(packet, 'noSecurityAssociation');
      return false;
    }
    if (this.#tap.isActive) this.#tap.record(packet, 'sent');
    const { name, localAddress, destination } = this.#ends();
    const inner = packet.bytes.subarray(packet.start, packet.end);
    const outer = this.#owner.newOuter(destination, localAddress, ipProtocol.esp, espLength(inner.length));
    outbound.seal(inner, outer.bytes.subarray(outer.start + ipv4Length, outer.end), this.#world.random);
    this.counters.txPackets += 1;
    this.counters.txBytes += inner.length;
    outer.trace = packet.trace;
    outer.trace?.add(this.#owner.place, 'site-to-site interface', `${name}, SPI ${hex(outbound.spi)}`, `encrypt in ESP to ${formatIpv4(destination)}`);
    this.#world.pool.release(packet);
    this.#owner.sendOuter(outer);
    return true;
  }

  /** Opens an ESP packet and delivers what is in it; `at` is where ESP begins. False when it was refused. Takes it over. */
  receive(packet: Packet, at: number): boolean {
    const bytes = packet.bytes.subarray(at, packet.end);
    const spi = espSpi(bytes);
    const inbound = spi === undefined ? undefined : this.#inboundOf(spi);
    const inner = inbound?.open(bytes) ?? 'noSecurityAssociation';
    if (typeof inner === 'string') {
      this.#owner.drop(packet, inner);
      return false;
    }
    this.counters.rxPackets += 1;
    this.counters.rxBytes += inner.length;
    const opened = this.#world.pool.acquire(inner.length);
    opened.bytes.set(inner, opened.start);
    opened.trace = packet.trace;
    opened.trace?.add(this.#owner.place, 'site-to-site interface', `${this.#ends().name}, SPI ${hex(spi ?? 0)}`, 'decrypt ESP');
    this.#world.pool.release(packet);
    if (this.#tap.isActive) this.#tap.record(opened, 'received');
    this.#owner.deliver(opened);
    return true;
  }

  #inboundOf(spi: number): InboundAssociation | undefined {
    if (this.#pair?.inbound.spi === spi) return this.#pair.inbound;
    return this.#retired.find(({ inbound, until }) => inbound.spi === spi && until >= this.#world.queue.now)?.inbound;
  }

  state(lifeTimeNs: number): AssociationState | null {
    if (this.#pair === null) return null;
    const { inbound, outbound } = this.#pair;
    return { inboundSpi: inbound.spi, outboundSpi: outbound.spi, establishedAt: this.#since, rekeyAt: this.#since + lifeTimeNs * vpnTimings.rekeyShare };
  }
}

function hex(spi: number): string {
  return `0x${spi.toString(16).padStart(8, '0')}`;
}
