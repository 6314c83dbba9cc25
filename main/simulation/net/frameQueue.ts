/** Frames on their way, first in, first out: a ring over arrays that grows when it is full. */
import type { Packet } from '../kernel/packet.ts';

export class FrameQueue {
  #times = new Float64Array(64);
  #ports = new Int32Array(64);
  #packets: (Packet | undefined)[] = new Array<Packet | undefined>(64).fill(undefined);
  #mask = 63;
  #head = 0;
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** Arrival of the first frame in virtual nanoseconds. */
  get firstTime(): number {
    return this.#times[this.#head] ?? Infinity;
  }

  /** Arrival of the last frame, or -Infinity. */
  get lastTime(): number {
    return this.#size === 0 ? -Infinity : (this.#times[(this.#head + this.#size - 1) & this.#mask] ?? -Infinity);
  }

  get firstPort(): number {
    return this.#ports[this.#head] ?? 0;
  }

  push(time: number, port: number, packet: Packet): void {
    if (this.#size === this.#packets.length) this.#grow();
    const at = (this.#head + this.#size) & this.#mask;
    this.#times[at] = time;
    this.#ports[at] = port;
    this.#packets[at] = packet;
    this.#size += 1;
  }

  /** Takes out the first frame. Throws when there is none. */
  shift(): Packet {
    const packet = this.#packets[this.#head];
    if (packet === undefined) throw new Error('no frame is on its way');
    this.#packets[this.#head] = undefined;
    this.#head = (this.#head + 1) & this.#mask;
    this.#size -= 1;
    return packet;
  }

  #grow(): void {
    const capacity = this.#packets.length * 2;
    const times = new Float64Array(capacity);
    const ports = new Int32Array(capacity);
    const packets = new Array<Packet | undefined>(capacity).fill(undefined);
    for (let at = 0; at < this.#size; at += 1) {
      const from = (this.#head + at) & this.#mask;
      times[at] = this.#times[from] ?? 0;
      ports[at] = this.#ports[from] ?? 0;
      packets[at] = this.#packets[from];
    }
    this.#times = times;
    this.#ports = ports;
    this.#packets = packets;
    this.#mask = capacity - 1;
    this.#head = 0;
  }
}
