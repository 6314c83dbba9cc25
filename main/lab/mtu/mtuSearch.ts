/** Finds the largest packet that passes with "do not fragment": a binary search that takes the hints of routers (RFC 1191 §4). Pure. */
import type { MtuProbe } from '../../../shared/contract/mtuCheck.ts';

/** Every host has to take a packet of this size (RFC 791 §3.2). */
export const leastMtu = 68;

/** What came back for one packet. */
export interface ProbeAnswer {
  readonly result: MtuProbe['result'];
  /** Of `tooLarge`: the MTU that was told, or null. */
  readonly nextHopMtu: number | null;
}

export interface SearchResult {
  /** Null: not even the smallest passes. */
  readonly largest: number | null;
  /** Smallest that did not pass; null when everything that was tried did. */
  readonly stopped: number | null;
}

/** Hints that are followed: a router that tells nonsense costs a few probes, and no more. */
const mostHints = 4;

/** Asks for a size, is given the answer. At most `mostProbesFor(highest)` times. */
export function* searchMtu(highest: number): Generator<number, SearchResult, ProbeAnswer> {
  const smallest = Math.min(leastMtu, highest);
  const first = yield smallest;
  if (first.result !== 'passed') return { largest: null, stopped: smallest };
  let passes = smallest;
  let stops = highest + 1;
  let next = highest;
  let hintsLeft = mostHints;
  let hint: number | null = null;
  while (stops - passes > 1) {
    const answer: ProbeAnswer = yield next;
    const wasHint: boolean = next === hint;
    if (answer.result === 'passed') passes = next;
    else stops = next;
    hint = hintsLeft > 0 && isBetween(answer.nextHopMtu, passes, stops) ? answer.nextHopMtu : null;
    if (hint !== null) hintsLeft -= 1;
    // A size that was told and passes is the answer, if one byte more does not pass.
    next = hint ?? (wasHint && passes === next ? passes + 1 : Math.floor((passes + stops) / 2));
  }
  return { largest: passes, stopped: stops > highest ? null : stops };
}

function isBetween(size: number | null, passes: number, stops: number): boolean {
  return size !== null && size > passes && size < stops;
}

/** The first two sizes are fixed, a hint costs two at most, and the rest is halving. */
export function mostProbesFor(highest: number): number {
  return 2 + 2 * mostHints + Math.ceil(Math.log2(Math.max(2, highest - leastMtu + 1)));
}
