/** Places where frames can be recorded. A tap costs one test of a flag while nobody records. */
import type { EventQueue } from './eventQueue.ts';
import type { Packet } from './packet.ts';

export interface RecordedFrame {
  readonly tap: number;
  readonly time: number;
  readonly originalLength: number;
  readonly bytes: Uint8Array;
  readonly comment: string;
}

export interface FrameListener {
  onFrame(frame: RecordedFrame): void;
}

/** What a recorded packet begins with. */
export type TapLink = 'ethernet' | 'ipv4';

export class Tap {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly link: TapLink;
  readonly #queue: EventQueue;
  readonly #listeners: FrameListener[] = [];
  isActive = false;

  constructor(id: number, name: string, description: string, link: TapLink, queue: EventQueue) {
    this.id = id;
    this.name = name;
    this.description = description;
    this.link = link;
    this.#queue = queue;
  }

  attach(listener: FrameListener): void {
    this.#listeners.push(listener);
    this.isActive = true;
  }

  detach(listener: FrameListener): void {
    const at = this.#listeners.indexOf(listener);
    if (at >= 0) this.#listeners.splice(at, 1);
    this.isActive = this.#listeners.length > 0;
  }

  /** Call only while active: copies the frame. */
  record(packet: Packet, comment: string): void {
    const bytes = packet.bytes.slice(packet.start, packet.end);
    for (const listener of this.#listeners) {
      listener.onFrame({ tap: this.id, time: this.#queue.now, originalLength: packet.length, bytes, comment });
    }
  }
}

/** All taps by name; a tap keeps its number for the life of the simulation. */
export class TapBoard {
  readonly #queue: EventQueue;
  readonly #byName = new Map<string, Tap>();

  constructor(queue: EventQueue) {
    this.#queue = queue;
  }

  tap(name: string, description: string, link: TapLink = 'ethernet'): Tap {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const tap = new Tap(this.#byName.size, name, description, link, this.#queue);
    this.#byName.set(name, tap);
    return tap;
  }

  all(): Tap[] {
    return [...this.#byName.values()];
  }
}
