/** Copies of lists of which a few entries are going to be different. */

/** More entries than a change mostly adds. */
const room: readonly undefined[] = Array.from({ length: 8 }, () => undefined);

/** A copy that takes a few more entries without being copied once more, as one that `slice` makes would be. */
export function copyWithRoom<E>(list: readonly E[]): E[] {
  const copy = (list as readonly (E | undefined)[]).concat(room);
  // What was behind it keeps its place in memory.
  copy.length = list.length;
  return copy as E[];
}
