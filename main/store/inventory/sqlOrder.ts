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
  return (a, b) => compareBytes(folded(valueOf(a)), folded(valueOf(b)));
}

function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** UTF-16 has another order than UTF-8 only where there are surrogates. */
function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  if (hasSurrogates.test(a) || hasSurrogates.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

const hasSurrogates = /[\ud800-\udfff]/;
