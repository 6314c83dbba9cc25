/** A physical Ethernet segment: knows which port has which MAC, delivers after a latency, can be tapped. */
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { EventTarget } from '../kernel/eventQueue.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { isGroupMac, readMac } from '../wire/ethernet.ts';

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
  readonly #portOfMac = new Map<MacAddress, number>();

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
    for (const mac of macs) this.#portOfMac.set(mac, port);
  }

  /** Takes over the packet, which stands at its Ethernet header. */
  transmit(packet: Packet, from: FrameSink): void {
    if (this.#tap.isActive) this.#tap.record(packet, '');
    const destination = readMac(packet.view, packet.start);
    if (isGroupMac(destination)) {
      this.#flood(packet, from);
      return;
    }
    const port = this.#portOfMac.get(destination);
    if (port === undefined) this.#world.drop(packet, 'neighbourUnreachable', this.name);
    else this.#world.queue.schedule(this.#latencyNs, this, port, packet);
  }

  onEvent(port: number, packet: Packet | null): void {
    if (packet === null) return;
    const sink = this.#ports[port];
    if (sink === undefined) this.#world.drop(packet, 'neighbourUnreachable', this.name);
    else sink.receiveFrame(packet);
  }

  #flood(packet: Packet, from: FrameSink): void {
    for (let port = 0; port < this.#ports.length; port += 1) {
      if (this.#ports[port] !== from) this.#world.queue.schedule(this.#latencyNs, this, port, this.#world.pool.clone(packet));
    }
    this.#world.pool.release(packet);
  }
}
