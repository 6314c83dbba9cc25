/** One subscription wrapper: fast-moving state is read only while something looks at it, at most ten times a second. */
import type { Envelope } from '../../shared/contract/errors.ts';
import {
  subscriptions,
  type SubscriptionParsedInput,
  type SubscriptionName,
  type SubscriptionPayload,
} from '../../shared/contract/procedures.ts';
import { parseInput, toConsoleError, unknownName } from './router.ts';

/** Reads the present state for one subscription of the contract; undefined while there is none to tell of yet. */
export type SubscriptionReaders = {
  readonly [S in SubscriptionName]: (input: SubscriptionParsedInput<S>) => SubscriptionPayload<S> | undefined;
};

export interface Ticker {
  /** Calls back every `milliseconds` until the returned function is called. */
  every(milliseconds: number, callback: () => void): () => void;
}

export interface SubscriptionSink {
  send(message: Envelope<unknown>): void;
}

const periodMs = 100;
/** One window cannot make main work without end. */
const maximumPerOwner = 64;

interface Subscription {
  readonly owner: number;
  readonly read: () => unknown;
  readonly sink: SubscriptionSink;
  last: string;
}

export class SubscriptionHub {
  readonly #readers: SubscriptionReaders;
  readonly #ticker: Ticker;
  readonly #reportFault: (error: unknown, where: string) => void;
  readonly #active = new Map<string, Subscription>();
  #stopTicker: (() => void) | undefined;

  constructor(readers: SubscriptionReaders, ticker: Ticker, reportFault: (error: unknown, where: string) => void) {
    this.#readers = readers;
    this.#ticker = ticker;
    this.#reportFault = reportFault;
  }

  /** `owner` identifies the window, `id` is unique in it. A first payload, or the error, is sent at once. */
  start(owner: number, id: string, name: string, input: unknown, sink: SubscriptionSink): void {
    try {
      const read = this.#reader(name, input);
      if (this.#countOf(owner) >= maximumPerOwner) throw new Error(`more than ${maximumPerOwner} subscriptions from one window`);
      const subscription: Subscription = { owner, read, sink, last: '' };
      this.#active.set(keyOf(owner, id), subscription);
      this.#push(keyOf(owner, id), subscription, name);
      this.#stopTicker ??= this.#ticker.every(periodMs, () => this.#tick());
    } catch (error) {
      sink.send({ ok: false, error: toConsoleError(error, name, this.#reportFault).toPayload() });
    }
  }

  stop(owner: number, id: string): void {
    this.#active.delete(keyOf(owner, id));
    this.#stopWhenIdle();
  }

  stopAllOf(owner: number): void {
    for (const [key, subscription] of this.#active) if (subscription.owner === owner) this.#active.delete(key);
    this.#stopWhenIdle();
  }

  get activeCount(): number {
    return this.#active.size;
  }

  #reader(name: string, input: unknown): () => unknown {
    if (!isSubscription(name)) throw unknownName('subscription', name);
    return bindReader(this.#readers, name, input);
  }

  #countOf(owner: number): number {
    let count = 0;
    for (const subscription of this.#active.values()) if (subscription.owner === owner) count += 1;
    return count;
  }

  #tick(): void {
    for (const [key, subscription] of this.#active) this.#push(key, subscription, 'subscription');
    this.#stopWhenIdle();
  }

  /** Sends only what changed; a reader that fails ends its subscription with the reason. */
  #push(key: string, subscription: Subscription, where: string): void {
    try {
      const value = subscription.read();
      if (value === undefined) return;
      const text = JSON.stringify(value);
      if (text === subscription.last) return;
      subscription.last = text;
      subscription.sink.send({ ok: true, value });
    } catch (error) {
      this.#active.delete(key);
      subscription.sink.send({ ok: false, error: toConsoleError(error, where, this.#reportFault).toPayload() });
    }
  }

  #stopWhenIdle(): void {
    if (this.#active.size > 0) return;
    this.#stopTicker?.();
    this.#stopTicker = undefined;
  }
}

function isSubscription(name: string): name is SubscriptionName {
  return Object.hasOwn(subscriptions, name);
}

function bindReader<S extends SubscriptionName>(readers: SubscriptionReaders, name: S, input: unknown): () => unknown {
  const parsed = parseInput(subscriptions[name].input, input, name) as SubscriptionParsedInput<S>;
  return () => readers[name](parsed);
}

function keyOf(owner: number, id: string): string {
  return `${owner}/${id}`;
}
