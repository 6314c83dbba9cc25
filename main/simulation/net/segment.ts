/** A physical Ethernet segment: knows which port has which MAC, delivers after a latency, can be tapped. */
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { EventTarget } from '../kernel/eventQueue.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { isGroupFrame } from '../wire/ethernet.ts';
import type { DropReason } from '../trace/drops.ts';
import { FrameQueue } from './frameQueue.ts';
import { perfectLink, type LinkQuality } from './linkQuality.ts';
import { PortTable } from './portTable.ts';

/** Argument of events about the line as a whole. */
const inOrder = -1;
/** How long a reordered frame is held back, in virtual nanoseconds. */
const reorderDelayNs = 2_000_000;

export interface FrameSink {
  /** Takes over the packet, which stands at its Ethernet header. */
  receiveFrame(packet: Packet): void;
}

export class Segment implements EventTarget {
  readonly name: string;
  readonly #world: World;
  readonly #tap: Tap;
  readonly #latencyNs: number;
  readonly #ports = new PortTable<FrameSink>();
  /** One latency for all: what goes in first comes out first, so the event queue has to know of the first only. */
  readonly #inFlight = new FrameQueue();
  #quality: LinkQuality = perfectLink;
  /** When the line is free again, while its bandwidth counts. */
  #busyUntil = 0;

  constructor(world: World, name: string, tap: Tap, latencyNs: number) {
    this.#world = world;
    this.name = name;
    this.#tap = tap;
    this.#latencyNs = latencyNs;
  }

  /** How well it carries from now on; frames that are under way already arrive as they would have. */
  setQuality(quality: LinkQuality): void {
    this.#quality = quality;
  }

  /** Removes every port; the nodes attach again. Frames in flight to a port that is gone are dropped. */
  detachAll(): void {
    this.#ports.startOver();
  }

  attach(sink: FrameSink, macs: readonly MacAddress[]): void {
    this.#ports.attach(sink, macs);
  }

  /** Takes over the packet, which stands at its Ethernet header. */
  transmit(packet: Packet, from: FrameSink): void {
    if (this.#tap.isActive) this.#tap.record(packet, '');
    const { view, start } = packet;
    if (isGroupFrame(view, start)) {
      this.#flood(packet, from);
      return;
    }
    const port = this.#ports.portOf(view.getUint16(start), view.getUint32(start + 2));
    if (port === undefined) this.#world.drop(packet, 'neighbourUnreachable', this.name);
    else this.#send(port, packet);
  }

  #send(port: number, packet: Packet): void {
    if (this.#quality !== perfectLink) return this.#sendImpaired(port, packet, this.#quality);
    this.#sendInOrder(port, packet, this.#world.queue.now + this.#latencyNs);
  }

  #sendInOrder(port: number, packet: Packet, arrival: number): void {
    const { queue } = this.#world;
    if (this.#inFlight.isEmpty) queue.schedule(arrival - queue.now, this, inOrder, null);
    this.#inFlight.push(arrival, port, packet);
  }

  #sendImpaired(port: number, packet: Packet, quality: LinkQuality): void {
    const { queue } = this.#world;
    const reason = this.#fateOn(quality, packet);
    if (reason !== null) return this.#world.drop(packet, reason, this.name);
    const sent = Math.max(queue.now, this.#busyUntil) + (quality.bitsPerSecond === null ? 0 : (packet.length * 8 * 1e9) / quality.bitsPerSecond);
    this.#busyUntil = sent;
    const arrival = sent + this.#latencyNs + quality.extraLatencyNs;
    // A frame that is held back goes round the queue, and others overtake it.
    if (this.#happens(quality.reorderPerMillion)) queue.schedule(arrival + reorderDelayNs - queue.now, this, port, packet);
    else if (arrival < this.#inFlight.lastTime) queue.schedule(arrival - queue.now, this, port, packet);
    else this.#sendInOrder(port, packet, arrival);
  }

  #fateOn({ isDown, largestFrame, lossPerMillion }: LinkQuality, packet: Packet): DropReason | null {
    if (isDown) return 'linkDown';
    if (largestFrame !== null && packet.length > largestFrame) return 'mtuBlackHole';
    return this.#happens(lossPerMillion) ? 'linkLoss' : null;
  }

  /** Asks for chance only where there is some, so that a perfect link changes nothing in the sequence. */
  #happens(perMillion: number): boolean {
    return perMillion > 0 && this.#world.random.below(1_000_000) < perMillion;
  }

  /** One frame that went its own way; or everything of the line that arrives at this instant, and word of the next one. */
  onEvent(port: number, packet: Packet | null): void {
    if (packet !== null) return this.#arrive(port, packet);
    const { queue } = this.#world;
    const frames = this.#inFlight;
    while (!frames.isEmpty && frames.firstTime <= queue.now) {
      const next = frames.firstPort;
      this.#arrive(next, frames.shift());
    }
    if (!frames.isEmpty) queue.schedule(frames.firstTime - queue.now, this, inOrder, null);
  }

  #arrive(port: number, packet: Packet): void {
    const sink = this.#ports.sink(port);
    if (sink === undefined) this.#world.drop(packet, 'neighbourUnreachable', this.name);
    else sink.receiveFrame(packet);
  }

  #flood(packet: Packet, from: FrameSink): void {
    for (let port = 0; port < this.#ports.size; port += 1) {
      if (this.#ports.sink(port) !== from) this.#send(port, this.#world.pool.clone(packet));
    }
    this.#world.pool.release(packet);
  }
}
