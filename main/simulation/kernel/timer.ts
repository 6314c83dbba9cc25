/** One alarm at a time: setting it anew or stopping it makes an earlier one void. */
import type { EventQueue, EventTarget } from './eventQueue.ts';

export class Timer implements EventTarget {
  readonly #queue: EventQueue;
  readonly #onAlarm: () => void;
  #current = 0;

  constructor(queue: EventQueue, onAlarm: () => void) {
    this.#queue = queue;
    this.#onAlarm = onAlarm;
  }

  set(delayNs: number): void {
    this.#current += 1;
    this.#queue.schedule(delayNs, this, this.#current, null);
  }

  stop(): void {
    this.#current += 1;
  }

  onEvent(alarm: number): void {
    if (alarm === this.#current) this.#onAlarm();
  }
}
