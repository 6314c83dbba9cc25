/** A physical Ethernet segment: knows which port has which MAC, delivers after a latency, can be tapped. */
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { EventTarget } from '../kernel/eventQueue.ts';
import { PairMap } from '../kernel/intMap.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { isGroupFrame } from '../wire/ethernet.ts';
import { FrameQueue } from './frameQueue.ts';

export interface FrameSink {
  /** Takes over the packet, which stands at its Ethernet header. */
  receiveFrame(packet: Packet): void;
}

export class Segment implements EventTarget {
  readonly name: string;
  readonly #world: World;
  readonly #tap: Tap;
  readonly #latencyNs: number;
  readonly #ports: FrameSink[] = [];
  readonly #portOfMac = new PairMap<number>();
  /** One latency for all: what goes in first comes out first, so the event queue has to know of the first only. */
  readonly #inFlight = new FrameQueue();

  constructor(world: World, name: string, tap: Tap, latencyNs: number) {
    this.#world = world;
    this.name = name;
    this.#tap = tap;
    this.#latencyNs = latencyNs;
  }

  /** Removes every port; the nodes attach again. Frames in flight to a port that is gone are dropped. */
  detachAll(): void {
    this.#ports.length = 0;
    this.#portOfMac.clear();
  }

  attach(sink: FrameSink, macs: readonly MacAddress[]): void {
    const known = this.#ports.indexOf(sink);
    const port = known >= 0 ? known : this.#ports.push(sink) - 1;
    for (const mac of macs) this.#portOfMac.set(Math.floor(mac / 0x100000000), mac % 0x100000000, port);
  }

  /** Takes over the packet, which stands at its Ethernet header. */
  transmit(packet: Packet, from: FrameSink): void {
    if (this.#tap.isActive) this.#tap.record(packet, '');
    const { view, start } = packet;
    if (isGroupFrame(view, start)) {
      this.#flood(packet, from);
      return;
    }
    const port = this.#portOfMac.get(view.getUint16(start), view.getUint32(start + 2));
    if (port === undefined) this.#world.drop(packet, 'neighbourUnreachable', this.name);
    else this.#send(port, packet);
  }

  #send(port: number, packet: Packet): void {
    const { queue } = this.#world;
    if (this.#inFlight.isEmpty) queue.schedule(this.#latencyNs, this, 0, null);
    this.#inFlight.push(queue.now + this.#latencyNs, port, packet);
  }

  /** Everything that arrives at this instant; then the event queue hears of the next one. */
  onEvent(): void {
    const { queue } = this.#world;
    const frames = this.#inFlight;
    while (!frames.isEmpty && frames.firstTime <= queue.now) {
      const port = frames.firstPort;
      const packet = frames.shift();
      const sink = this.#ports[port];
      if (sink === undefined) this.#world.drop(packet, 'neighbourUnreachable', this.name);
      else sink.receiveFrame(packet);
    }
    if (!frames.isEmpty) queue.schedule(frames.firstTime - queue.now, this, 0, null);
  }

  #flood(packet: Packet, from: FrameSink): void {
    for (let port = 0; port < this.#ports.length; port += 1) {
      if (this.#ports[port] !== from) this.#send(port, this.#world.pool.clone(packet));
    }
    this.#world.pool.release(packet);
  }
}
