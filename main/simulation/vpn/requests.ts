/** The one request that waits for its answer, sent again and again until it comes (RFC 7296 §2.1, window of one). */
import { Timer } from '../kernel/timer.ts';
import type { World } from '../kernel/world.ts';
import type { IkeMessage } from '../wire/ike.ts';
import { vpnTimings } from './timings.ts';

type OnAnswer = (bytes: Uint8Array, message: IkeMessage) => void;

interface Pending {
  readonly message: Uint8Array;
  readonly id: number;
  readonly sentAt: number;
  wait: number;
  readonly onAnswer: OnAnswer;
}

export class Requests {
  readonly #world: World;
  readonly #send: (message: Uint8Array) => void;
  readonly #onSilence: () => void;
  readonly #timer: Timer;
  #pending: Pending | null = null;
  /** Id of the next request. */
  nextId = 0;

  constructor(world: World, send: (message: Uint8Array) => void, onSilence: () => void) {
    this.#world = world;
    this.#send = send;
    this.#onSilence = onSilence;
    this.#timer = new Timer(world.queue, () => this.#again());
  }

  get isWaiting(): boolean {
    return this.#pending !== null;
  }

  /** Takes the place of one that still waits. */
  ask(message: Uint8Array, onAnswer: OnAnswer): void {
    this.#pending = { message, id: this.nextId, sentAt: this.#world.queue.now, wait: vpnTimings.retransmitNs, onAnswer };
    this.nextId += 1;
    this.#timer.set(vpnTimings.retransmitNs);
    this.#send(message);
  }

  /** A response: handed on when it is the one that is waited for. */
  receive(bytes: Uint8Array, message: IkeMessage): void {
    if (this.#pending?.id === message.messageId) this.#pending.onAnswer(bytes, message);
  }

  /** The answer was right, or does not matter any more. */
  settle(): void {
    this.#pending = null;
    this.#timer.stop();
  }

  #again(): void {
    const pending = this.#pending;
    if (pending === null) return;
    pending.wait *= 2;
    const left = pending.sentAt + vpnTimings.tryTimeoutNs - this.#world.queue.now;
    if (left <= 0) {
      this.settle();
      return this.#onSilence();
    }
    this.#timer.set(Math.min(pending.wait, left));
    this.#send(pending.message);
  }
}
