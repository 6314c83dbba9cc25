/** What is different between two lists of which most entries are the same objects, in nearly the same order. */

/** How far ahead an entry is looked for that seems to be gone or new; beyond, it is taken for both. */
const lookAhead = 16;

interface Difference<E> {
  readonly removed: readonly E[];
  readonly added: readonly E[];
}

/** Entries that are in one list only; an entry that moved may be in both lists of the answer. */
export function differenceOf<E>(before: readonly E[], after: readonly E[]): Difference<E> {
  const [removed, added]: [E[], E[]] = [[], []];
  let [old, next] = [0, 0];
  while (old < before.length && next < after.length) {
    if (before[old] === after[next]) {
      old += 1;
      next += 1;
      continue;
    }
    const inserted = distance(after, next, before[old]);
    const deleted = inserted > 0 ? 0 : distance(before, old, after[next]);
    if (inserted === 0 && deleted === 0) {
      removed.push(...before.slice(old, old + 1));
      added.push(...after.slice(next, next + 1));
    }
    added.push(...after.slice(next, next + inserted));
    removed.push(...before.slice(old, old + deleted));
    next += inserted > 0 ? inserted : deleted > 0 ? 0 : 1;
    old += deleted > 0 ? deleted : inserted > 0 ? 0 : 1;
  }
  removed.push(...before.slice(old));
  added.push(...after.slice(next));
  return { removed, added };
}

/** How far behind `from` the entry is; 0 when it is not near. */
function distance<E>(entries: readonly E[], from: number, entry: E | undefined): number {
  for (let ahead = 1; ahead <= lookAhead; ahead += 1) if (entries[from + ahead] === entry && entry !== undefined) return ahead;
  return 0;
}
