/** Orders of SQLite, for lists that are kept sorted outside of it. */

export type Order<R> = (a: R, b: R) => number;

/** Numbers. */
export function by<R>(valueOf: (row: R) => number, then?: Order<R>): Order<R> {
  return (a, b) => valueOf(a) - valueOf(b) || (then?.(a, b) ?? 0);
}

/** Texts of columns without collation (BINARY): by the bytes of their UTF-8. */
export function byBytes<R>(valueOf: (row: R) => string, then?: Order<R>): Order<R> {
  return (a, b) => compareBytes(valueOf(a), valueOf(b)) || (then?.(a, b) ?? 0);
}

/** Texts of columns with COLLATE NOCASE: letters of ASCII count as small ones. */
export function byName<R>(valueOf: (row: R) => string): Order<R> {
  return (a, b) => compareUnits(valueOf(a), valueOf(b), small);
}

function compareBytes(a: string, b: string): number {
  return a === b ? 0 : compareUnits(a, b, asItIs);
}

/** By the first units of UTF-16 that are different, in the order of the UTF-8 that they stand for. Makes no other texts: a place is sought often. */
function compareUnits(a: string, b: string, folded: (unit: number) => number): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const one = folded(a.charCodeAt(at));
    const other = folded(b.charCodeAt(at));
    if (one !== other) return rankOf(one) - rankOf(other);
  }
  return a.length - b.length;
}

function small(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}

function asItIs(unit: number): number {
  return unit;
}

/** Surrogates stand for what comes behind all other units. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
