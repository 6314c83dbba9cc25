/** Fragmentation and reassembly of IPv4 (RFC 791 §3.2, RFC 815's idea of holes). Packets start at their IPv4 header. */
import type { EventTarget } from '../kernel/eventQueue.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import {
  destinationOf,
  fragmentOffsetOf,
  hasMoreFragments,
  headerLengthOf,
  identificationOf,
  isFragment,
  protocolOf,
  setFragment,
  sourceOf,
  totalLengthOf,
} from '../wire/ipv4.ts';

const timeoutNs = 60_000_000_000;
const datagramLimit = 256;

/** Cuts a packet into fragments of at most `mtu` bytes and gives the packet back. Each fragment goes to `emit`. */
export function fragment(world: World, packet: Packet, mtu: number, emit: (piece: Packet) => void): void {
  const { view, start } = packet;
  const header = headerLengthOf(view, start);
  const payload = totalLengthOf(view, start) - header;
  const base = fragmentOffsetOf(view, start);
  const lastHasMore = hasMoreFragments(view, start);
  const room = mtu - header;
  // Every piece but the last carries a multiple of eight bytes; the last one may use all the room.
  const step = room & ~7;
  for (let at = 0; at < payload; ) {
    const rest = payload - at;
    const size = rest <= room ? rest : step;
    const piece = world.pool.acquire(header + size);
    piece.bytes.set(packet.bytes.subarray(start, start + header), piece.start);
    piece.bytes.set(packet.bytes.subarray(start + header + at, start + header + at + size), piece.start + header);
    setFragment(piece.view, piece.start, header + size, base + at, lastHasMore || at + size < payload);
    if (at === 0) piece.trace = packet.trace;
    emit(piece);
    at += size;
  }
  world.pool.release(packet);
}

interface Datagram {
  readonly key: string;
  readonly pieces: Packet[];
  received: number;
  /** Payload bytes; undefined until the last fragment came. */
  total: number | undefined;
}

/** Puts fragments together; gives up after 60 seconds. */
export class Reassembler implements EventTarget {
  readonly #world: World;
  readonly #onTimeout: (first: Packet) => void;
  readonly #byKey = new Map<string, Datagram>();
  readonly #byTimer = new Map<number, Datagram>();
  #nextTimer = 0;

  /** `onTimeout` takes over one fragment of the datagram that was given up. */
  constructor(world: World, onTimeout: (first: Packet) => void) {
    this.#world = world;
    this.#onTimeout = onTimeout;
  }

  /** The whole packet when `packet` is whole or completes one; undefined while parts are missing. Takes over `packet`. */
  take(packet: Packet): Packet | undefined {
    const { view, start } = packet;
    if (!isFragment(view, start)) return packet;
    const key = `${sourceOf(view, start)} ${destinationOf(view, start)} ${protocolOf(view, start)} ${identificationOf(view, start)}`;
    const datagram = this.#byKey.get(key) ?? this.#begin(key);
    const size = totalLengthOf(view, start) - headerLengthOf(view, start);
    datagram.pieces.push(packet);
    datagram.received += size;
    if (!hasMoreFragments(view, start)) datagram.total = fragmentOffsetOf(view, start) + size;
    if (datagram.total === undefined || datagram.received < datagram.total) return undefined;
    return this.#join(datagram, datagram.total);
  }

  onEvent(timer: number): void {
    const datagram = this.#byTimer.get(timer);
    this.#byTimer.delete(timer);
    if (datagram === undefined || this.#byKey.get(datagram.key) !== datagram) return;
    this.#byKey.delete(datagram.key);
    const [first, ...others] = datagram.pieces;
    for (const piece of others) this.#world.pool.release(piece);
    if (first !== undefined) this.#onTimeout(first);
  }

  #begin(key: string): Datagram {
    if (this.#byKey.size >= datagramLimit) this.#dropOldest();
    const datagram: Datagram = { key, pieces: [], received: 0, total: undefined };
    this.#byKey.set(key, datagram);
    const timer = this.#nextTimer++;
    this.#byTimer.set(timer, datagram);
    this.#world.queue.schedule(timeoutNs, this, timer, null);
    return datagram;
  }

  #dropOldest(): void {
    const oldest = this.#byKey.values().next().value;
    if (oldest === undefined) return;
    this.#byKey.delete(oldest.key);
    for (const piece of oldest.pieces) this.#world.pool.release(piece);
  }

  /** Undefined when the pieces overlap, leave a hole or exceed a packet: then all of them are dropped. */
  #join(datagram: Datagram, total: number): Packet | undefined {
    this.#byKey.delete(datagram.key);
    const pieces = datagram.pieces.sort((a, b) => fragmentOffsetOf(a.view, a.start) - fragmentOffsetOf(b.view, b.start));
    const [first] = pieces;
    const header = first === undefined ? 0 : headerLengthOf(first.view, first.start);
    let next = 0;
    for (const piece of pieces) {
      if (fragmentOffsetOf(piece.view, piece.start) !== next) next = Infinity;
      next += totalLengthOf(piece.view, piece.start) - headerLengthOf(piece.view, piece.start);
    }
    const isWhole = first !== undefined && next === total && header + total <= 65535;
    const whole = isWhole ? this.#world.pool.acquire(header + total) : undefined;
    if (whole !== undefined && first !== undefined) {
      whole.bytes.set(first.bytes.subarray(first.start, first.start + header), whole.start);
      whole.trace = first.trace;
      for (const piece of pieces) this.#copyPayload(piece, whole, header);
      setFragment(whole.view, whole.start, header + total, 0, false);
    }
    for (const piece of pieces) this.#world.pool.release(piece);
    return whole;
  }

  #copyPayload(piece: Packet, whole: Packet, header: number): void {
    const from = piece.start + headerLengthOf(piece.view, piece.start);
    const payload = piece.bytes.subarray(from, piece.start + totalLengthOf(piece.view, piece.start));
    whole.bytes.set(payload, whole.start + header + fragmentOffsetOf(piece.view, piece.start));
  }
}
