/** What is different between two lists of which most entries are the same objects, in nearly the same order. */

/** How far ahead an entry is looked for that seems to be gone or new; beyond, it is taken for both. */
const lookAhead = 16;

export interface Difference<E> {
  readonly removed: readonly E[];
  readonly added: readonly E[];
}

/** How a list was made: from which one, and what is different since. Lists go by numbers here: pointing to one another, each would keep all that came before it. */
interface Origin {
  readonly list: number;
  readonly before: number;
  readonly difference: Difference<unknown>;
}

/** Of lists whose makers have told, and of those that they were made from. */
const origins = new WeakMap<readonly unknown[], Origin>();
let lists = 0;
const none: Difference<never> = { removed: [], added: [] };

/**
 * Whoever makes a list from another one, and knows what is different, tells it here once: `differenceOf` these two then costs nothing.
 * `difference` is what `differenceOf` could give for them, in any order. Neither list may change any more.
 */
export function tellDifference<E>(before: readonly E[], after: readonly E[], difference: Difference<E>): void {
  origins.set(after, { list: (lists += 1), before: numberOf(before), difference });
}

function numberOf(list: readonly unknown[]): number {
  const known = origins.get(list);
  if (known !== undefined) return known.list;
  const origin = { list: (lists += 1), before: 0, difference: none };
  origins.set(list, origin);
  return origin.list;
}

/**
 * Entries that are in one list only; an entry that moved may be in both lists of the answer. All others stand in the same order in both
 * lists. No list has an entry twice.
 */
export function differenceOf<E>(before: readonly E[], after: readonly E[]): Difference<E> {
  if (before === after) return none;
  const origin = origins.get(after);
  // It was told of these two lists, so its entries are theirs.
  return origin !== undefined && origin.before === origins.get(before)?.list ? (origin.difference as Difference<E>) : compared(before, after);
}

function compared<E>(before: readonly E[], after: readonly E[]): Difference<E> {
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

/** With more entries than this, going through the whole list once costs less than looking for each. */
const mostSought = 32;

/** Entries of a list, in its order. */
export function inOrder<E>(entries: readonly E[], list: readonly E[]): readonly E[] {
  if (entries.length <= 1) return entries;
  if (entries.length <= mostSought) return entries.map((entry) => ({ entry, at: list.indexOf(entry) })).sort((a, b) => a.at - b.at).map(({ entry }) => entry);
  const sought = new Set(entries);
  return list.filter((entry) => sought.has(entry));
}
