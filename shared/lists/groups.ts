/** Entries of a list by what they belong to, kept up with one list after the other. */
import { differenceOf } from './difference.ts';
import { placeBehind } from './search.ts';

/** With more changes than this, going through the whole list once costs less than finding places in it. */
const mostChanges = 32;

const nothing: readonly never[] = [];

export class Groups<K, E> {
  readonly #keyOf: (entry: E) => K;
  readonly #groups = new Map<K, readonly E[]>();
  #entries: readonly E[] = [];

  constructor(keyOf: (entry: E) => K) {
    this.#keyOf = keyOf;
  }

  /** In the order of the list; empty where there is none. A group that nothing happened to stays the same array. */
  get(key: K): readonly E[] {
    return this.#groups.get(key) ?? nothing;
  }

  /** Takes the list as it is now, and gives the keys of which something is different. */
  follow(entries: readonly E[]): Iterable<K> {
    const { removed, added } = differenceOf(this.#entries, entries);
    this.#entries = entries;
    const changed = new Map<K, E[]>([...removed, ...added].map((entry) => [this.#keyOf(entry), []]));
    if (removed.length + added.length > mostChanges) for (const entry of entries) changed.get(this.#keyOf(entry))?.push(entry);
    else this.#patch(changed, removed, added);
    for (const [key, group] of changed) {
      if (group.length === 0) this.#groups.delete(key);
      else this.#groups.set(key, group);
    }
    return changed.keys();
  }

  #patch(changed: ReadonlyMap<K, E[]>, removed: readonly E[], added: readonly E[]): void {
    for (const [key, group] of changed) group.push(...this.get(key));
    for (const entry of removed) {
      const group = changed.get(this.#keyOf(entry));
      group?.splice(group.indexOf(entry), 1);
    }
    for (const entry of added) {
      const group = changed.get(this.#keyOf(entry));
      group?.splice(placeIn(group, entry, this.#entries), 0, entry);
    }
  }
}

/** Place of an entry in its group, by where it and the others stand in the list. */
function placeIn<E>(group: readonly E[], entry: E, list: readonly E[]): number {
  const position = list.indexOf(entry);
  return placeBehind(group, (other) => list.indexOf(other) < position);
}
