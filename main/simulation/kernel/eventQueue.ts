/** Virtual clock and priority queue: a binary heap over typed arrays. Events of one instant run in the order they were made. */
import type { Packet } from './packet.ts';

/** What an event wakes. `argument` is the target's own. */
export interface EventTarget {
  onEvent(argument: number, packet: Packet | null): void;
}

export class EventQueue {
  /** Virtual nanoseconds. */
  now = 0;
  #size = 0;
  #sequence = 0;
  #times = new Float64Array(256);
  #sequences = new Float64Array(256);
  #slots = new Int32Array(256);
  readonly #targets: (EventTarget | null)[] = [];
  readonly #packets: (Packet | null)[] = [];
  readonly #arguments: number[] = [];
  readonly #freeSlots: number[] = [];

  get size(): number {
    return this.#size;
  }

  /** Time of the next event, or Infinity. */
  get nextTime(): number {
    return this.#size === 0 ? Infinity : (this.#times[0] ?? Infinity);
  }

  /** Wakes `target` after `delay` nanoseconds. */
  schedule(delay: number, target: EventTarget, argument: number, packet: Packet | null): void {
    const slot = this.#freeSlots.pop() ?? this.#targets.length;
    this.#targets[slot] = target;
    this.#packets[slot] = packet;
    this.#arguments[slot] = argument;
    if (this.#size === this.#times.length) this.#grow();
    this.#push(this.now + delay, this.#sequence++, slot);
  }

  /** Runs the next event; false when there is none at or before `limit`. */
  step(limit: number): boolean {
    if (this.#size === 0 || this.nextTime > limit) return false;
    const slot = this.#slots[0] ?? 0;
    this.now = this.#times[0] ?? this.now;
    this.#pop();
    const target = this.#targets[slot] ?? null;
    const packet = this.#packets[slot] ?? null;
    this.#targets[slot] = null;
    this.#packets[slot] = null;
    this.#freeSlots.push(slot);
    target?.onEvent(this.#arguments[slot] ?? 0, packet);
    return true;
  }

  #push(time: number, sequence: number, slot: number): void {
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(time, sequence, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#set(at, time, sequence, slot);
  }

  #pop(): void {
    const last = --this.#size;
    const time = this.#times[last] ?? 0;
    const sequence = this.#sequences[last] ?? 0;
    const slot = this.#slots[last] ?? 0;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#isBefore(this.#times[child + 1] ?? 0, this.#sequences[child + 1] ?? 0, child)) child += 1;
      if (this.#isBefore(time, sequence, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#set(at, time, sequence, slot);
  }

  #isBefore(time: number, sequence: number, other: number): boolean {
    const otherTime = this.#times[other] ?? 0;
    return time < otherTime || (time === otherTime && sequence < (this.#sequences[other] ?? 0));
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#times[from] ?? 0, this.#sequences[from] ?? 0, this.#slots[from] ?? 0);
  }

  #set(at: number, time: number, sequence: number, slot: number): void {
    this.#times[at] = time;
    this.#sequences[at] = sequence;
    this.#slots[at] = slot;
  }

  #grow(): void {
    const times = new Float64Array(this.#size * 2);
    times.set(this.#times);
    this.#times = times;
    const sequences = new Float64Array(this.#size * 2);
    sequences.set(this.#sequences);
    this.#sequences = sequences;
    const slots = new Int32Array(this.#size * 2);
    slots.set(this.#slots);
    this.#slots = slots;
  }
}
