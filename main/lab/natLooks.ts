/**
 * NAT sessions for whoever looks at them again and again. A gateway may hold hundreds of thousands, and a filter looks at each of them: that is done in
 * slices between other turns of the event loop, and until a look is done the one before stands.
 */
import type { NatSessionsView } from '../../shared/contract/liveGateway.ts';
import type { LiveViews, NatLook, NatQuery } from './liveViews.ts';

/** Milliseconds that one turn gives to a look; the budget for a turn is 16 (design, event-loop delay). */
const sliceMs = 3;
/** Sessions between two looks at the clock. */
const portion = 256;
/** Views that are kept: more windows than this look at nothing twice. */
const mostViews = 16;

export interface Turns {
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Calls back in a later turn, after what waits already. */
  later(callback: () => void): void;
}

const eventLoop: Turns = { now: () => performance.now(), later: (callback) => void setImmediate(callback) };

interface Watched {
  view: NatSessionsView | undefined;
  isUnderWay: boolean;
  /** In a turn for which nobody waited: told to whoever reads next. */
  fault: Error | undefined;
}

export class NatLooks {
  readonly #live: Pick<LiveViews, 'natLook'>;
  readonly #turns: Turns;
  readonly #watched = new Map<string, Watched>();

  constructor(live: Pick<LiveViews, 'natLook'>, turns: Turns = eventLoop) {
    this.#live = live;
    this.#turns = turns;
  }

  /** The latest view that is whole; undefined while the first is under way. Throws objectNotFound. */
  read(query: NatQuery): NatSessionsView | undefined {
    const key = JSON.stringify(query);
    const watched = this.#watch(key);
    if (watched.fault !== undefined) {
      this.#watched.delete(key);
      throw watched.fault;
    }
    if (watched.isUnderWay) return watched.view;
    // A small table, as most are, is done with in the first slice. To list what lives is part of it.
    const began = this.#turns.now();
    this.#go(watched, this.#live.natLook(query), began);
    return watched.view;
  }

  /** The one that was not read for the longest goes first. */
  #watch(key: string): Watched {
    const watched = this.#watched.get(key) ?? { view: undefined, isUnderWay: false, fault: undefined };
    this.#watched.delete(key);
    this.#watched.set(key, watched);
    const oldest = this.#watched.keys().next();
    if (this.#watched.size > mostViews && oldest.done !== true) this.#watched.delete(oldest.value);
    return watched;
  }

  #go(watched: Watched, look: NatLook, began: number): void {
    watched.isUnderWay = !this.#slice(look, began + sliceMs);
    if (!watched.isUnderWay) watched.view = look.view();
    else this.#turns.later(() => this.#goOn(watched, look));
  }

  #goOn(watched: Watched, look: NatLook): void {
    try {
      this.#go(watched, look, this.#turns.now());
    } catch (error) {
      watched.isUnderWay = false;
      watched.fault = error instanceof Error ? error : new Error('A look at NAT sessions failed.', { cause: error });
    }
  }

  #slice(look: NatLook, end: number): boolean {
    do {
      if (look.advance(portion)) return true;
    } while (this.#turns.now() < end);
    return false;
  }
}
