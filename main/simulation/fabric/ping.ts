/** The ping program of a virtual machine: one request a second, a timeout each, as Windows's ping does. */
import type { EventTarget } from '../kernel/eventQueue.ts';
import type { World } from '../kernel/world.ts';
import type { EchoListener, EchoSender } from '../programs/probe.ts';
import type { PingReplyState, PingReplyStatus, PingRequest, PingState } from '../state.ts';
import { TraceRecorder } from '../trace/recorder.ts';

interface Attempt {
  status: PingReplyStatus;
  readonly sentAt: number;
  from: number | null;
  timeToLive: number | null;
  roundTripNs: number | null;
  code: number | null;
  nextHopMtu: number | null;
}

const timeoutFlag = 0x40000000;

export class Ping implements EventTarget, EchoListener {
  readonly #identifier: number;
  readonly #world: World;
  readonly #sender: EchoSender;
  readonly #request: PingRequest;
  readonly #attempts: Attempt[] = [];
  readonly #trace = new TraceRecorder();
  #stopped = false;
  #nextIsScheduled = false;

  constructor(world: World, sender: EchoSender, request: PingRequest, identifier: number) {
    this.#world = world;
    this.#sender = sender;
    this.#request = request;
    this.#identifier = identifier;
  }

  start(): void {
    this.#sendNext();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Wakes for the next request, or for the timeout of one. */
  onEvent(argument: number): void {
    if (argument < timeoutFlag) {
      this.#nextIsScheduled = false;
      this.#sendNext();
      return;
    }
    const sequence = argument - timeoutFlag;
    if (this.#attempts[sequence]?.status === 'pending') this.#finish(sequence, 'timeout', null, null, null);
  }

  /** An answer for this identifier came in. Only the first counts. */
  answer(sequence: number, status: PingReplyStatus, from: number, timeToLive: number, code: number, nextHopMtu: number | null = null): void {
    const index = sequence - 1;
    const attempt = this.#attempts[index];
    if (attempt?.status !== 'pending') return;
    attempt.nextHopMtu = nextHopMtu;
    this.#finish(index, status, from, timeToLive, code);
  }

  #sendNext(): void {
    if (this.#stopped || this.#attempts.length >= this.#request.count) return;
    const index = this.#attempts.length;
    this.#attempts.push({ status: 'pending', sentAt: this.#world.queue.now, from: null, timeToLive: null, roundTripNs: null, code: null, nextHopMtu: null });
    this.#world.queue.schedule(this.#request.timeoutNs, this, timeoutFlag + index, null);
    if (!this.#sender.sendEcho(this.#identifier, index + 1, this.#request, index === 0 ? this.#trace : null)) {
      this.#finish(index, 'failed', null, null, null);
    }
  }

  #finish(index: number, status: PingReplyStatus, from: number | null, timeToLive: number | null, code: number | null): void {
    const attempt = this.#attempts[index];
    if (attempt === undefined) return;
    attempt.status = status;
    attempt.from = from;
    attempt.timeToLive = timeToLive;
    attempt.code = code;
    if (status !== 'timeout' && status !== 'failed') attempt.roundTripNs = this.#world.queue.now - attempt.sentAt;
    if (status === 'timeout' && index === 0) this.#trace.fate ??= 'No answer came in time.';
    if (this.#nextIsScheduled || index !== this.#attempts.length - 1) return;
    this.#nextIsScheduled = true;
    const due = Math.max(attempt.sentAt + this.#request.intervalNs, this.#world.queue.now);
    this.#world.queue.schedule(due - this.#world.queue.now, this, 0, null);
  }

  get trace(): TraceRecorder {
    return this.#trace;
  }

  state(): PingState {
    const replies = this.#attempts.map((attempt, index): PingReplyState => ({ sequence: index + 1, status: attempt.status, from: attempt.from, timeToLive: attempt.timeToLive, roundTripNs: attempt.roundTripNs, code: attempt.code, nextHopMtu: attempt.nextHopMtu }));
    const pending = replies.some((reply) => reply.status === 'pending');
    return {
      source: this.#sender.sourceTowards(this.#request.destination),
      destination: this.#request.destination,
      payloadSize: this.#request.payloadSize,
      sent: replies.length,
      received: replies.filter((reply) => reply.status === 'reply').length,
      done: !pending && (this.#stopped || replies.length >= this.#request.count),
      replies,
      trace: this.#trace.steps,
      crossings: this.#trace.crossings,
      fate: this.#trace.fate,
    };
  }
}
