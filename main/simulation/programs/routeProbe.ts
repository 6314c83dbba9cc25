/** The tracert program: echo requests with a time to live of 1, 2, 3 and so on, one after the other, as Windows's tracert sends them. */
import type { EventTarget } from '../kernel/eventQueue.ts';
import type { World } from '../kernel/world.ts';
import type { PingReplyStatus, RouteHopState, RouteProbeRequest, RouteProbeState, RouteQueryState } from '../state.ts';
import type { EchoListener, EchoSender } from './probe.ts';

interface Query {
  status: PingReplyStatus;
  readonly sentAt: number;
  from: number | null;
  roundTripNs: number | null;
  code: number | null;
}

/** RECALL: tracert sends 64 bytes of data. */
const payloadSize = 64;
/** Wakes for the next request; any other argument is the query whose time is up. */
const sendNext = -1;

export class RouteProbe implements EventTarget, EchoListener {
  readonly #world: World;
  readonly #sender: EchoSender;
  readonly #request: RouteProbeRequest;
  readonly #identifier: number;
  /** In the order in which they were sent: all of hop 1, all of hop 2, and so on. */
  readonly #queries: Query[] = [];
  #isDone = false;

  constructor(world: World, sender: EchoSender, request: RouteProbeRequest, identifier: number) {
    this.#world = world;
    this.#sender = sender;
    this.#request = request;
    this.#identifier = identifier;
    world.queue.schedule(0, this, sendNext, null);
  }

  stop(): void {
    this.#isDone = true;
  }

  onEvent(argument: number): void {
    if (argument === sendNext) this.#send();
    else if (this.#queries[argument]?.status === 'pending') this.#finish(argument, 'timeout', null, null);
  }

  /** Only the answer to the query that is under way counts; tracert hears no others. */
  answer(sequence: number, status: PingReplyStatus, from: number, _timeToLive: number, code: number): void {
    if (this.#queries[sequence - 1]?.status === 'pending') this.#finish(sequence - 1, status, from, code);
  }

  #send(): void {
    if (this.#isDone) return;
    const index = this.#queries.length;
    const { destination, queriesPerHop, timeoutNs } = this.#request;
    this.#queries.push({ status: 'pending', sentAt: this.#world.queue.now, from: null, roundTripNs: null, code: null });
    this.#world.queue.schedule(timeoutNs, this, index, null);
    const timeToLive = Math.floor(index / queriesPerHop) + 1;
    if (!this.#sender.sendEcho(this.#identifier, index + 1, { destination, payloadSize, timeToLive, doNotFragment: false }, null)) this.#finish(index, 'failed', null, null);
  }

  #finish(index: number, status: PingReplyStatus, from: number | null, code: number | null): void {
    const query = this.#queries[index];
    if (query === undefined) return;
    query.status = status;
    query.from = from;
    query.code = code;
    if (from !== null) query.roundTripNs = this.#world.queue.now - query.sentAt;
    if (status === 'failed' || this.#isAtEnd(index)) this.#isDone = true;
    else this.#world.queue.schedule(0, this, sendNext, null);
  }

  /** After the last query of a hop that is the destination, that refuses, or that is the last. */
  #isAtEnd(index: number): boolean {
    const { queriesPerHop, maximumHops } = this.#request;
    if ((index + 1) % queriesPerHop !== 0) return false;
    const hop = this.#queries.slice(-queriesPerHop);
    return index + 1 >= queriesPerHop * maximumHops || hop.some(({ status }) => status === 'reply' || status === 'unreachable');
  }

  state(): RouteProbeState {
    const { destination, queriesPerHop } = this.#request;
    const hops: RouteHopState[] = [];
    for (let first = 0; first < this.#queries.length; first += queriesPerHop) {
      const queries = this.#queries.slice(first, first + queriesPerHop).map(({ status, from, roundTripNs, code }): RouteQueryState => ({ status, from, roundTripNs, code }));
      hops.push({ hop: hops.length + 1, from: queries.find(({ from }) => from !== null)?.from ?? null, queries });
    }
    return {
      source: this.#sender.sourceTowards(destination),
      destination,
      hops,
      reached: this.#queries.some(({ status }) => status === 'reply'),
      done: this.#isDone,
    };
  }
}
