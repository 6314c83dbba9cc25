/** Lists of the configuration, made of parts one behind the other: kept up with their keys, what they cost goes with what is different. */
import { copyWithRoom } from '../../shared/lists/copy.ts';
import { differenceOf, tellDifference } from '../../shared/lists/difference.ts';
import { outdate, Parts, type Maker, type Readers } from './parts.ts';

/** With more changes than this, putting all together anew costs less than finding places. */
const mostChanges = 32;

/** For each key, in their order, what is made of it: none, one or several. Each value belongs to one key alone. */
export class JoinedParts<K extends object, V> {
  readonly #maker: Maker;
  readonly #parts: Parts<K, readonly V[]>;
  /** Parts that were made from the list. */
  readonly #readers: Readers = [];
  /** Keys whose parts have to be made anew. */
  readonly #outdated = new Set<K>();
  /** What stands in the list for each key. */
  readonly #placed = new Map<K, readonly V[]>();
  #keys: readonly K[] = [];
  #joined: readonly V[] = [];

  /** `make` as in `Parts`. */
  constructor(maker: Maker, make: (key: K) => readonly V[]) {
    this.#maker = maker;
    this.#parts = new Parts(maker, make, (key) => {
      this.#outdated.add(key);
      outdate(this.#readers);
    });
  }

  /** The list for these keys. While nothing is different it stays the same array. A part that is made from it has to read the keys from an index. */
  follow(keys: readonly K[]): readonly V[] {
    this.#maker.read(this.#readers);
    const { removed, added } = differenceOf(this.#keys, keys);
    const changes = removed.length + added.length + this.#outdated.size;
    this.#keys = keys;
    if (changes > mostChanges) this.#join();
    else if (changes > 0) this.#patch(removed, added);
    this.#outdated.clear();
    return this.#joined;
  }

  #join(): void {
    this.#placed.clear();
    const joined: V[] = [];
    // `flatMap` takes several times as long for long lists.
    for (const key of this.#keys) {
      const values = this.#parts.get(key);
      this.#placed.set(key, values);
      for (const value of values) joined.push(value);
    }
    this.#joined = joined;
  }

  #patch(removed: readonly K[], added: readonly K[]): void {
    const joined = copyWithRoom(this.#joined);
    const [gone, come]: [V[], V[]] = [[], []];
    const takeOut = (key: K): void => {
      const values = this.#placed.get(key) ?? [];
      this.#placed.delete(key);
      const [first] = values;
      if (first !== undefined) joined.splice(joined.indexOf(first), values.length);
      gone.push(...values);
    };
    for (const key of removed) takeOut(key);
    // Those that are among the keys still.
    const outdated = [...this.#outdated].filter((key) => this.#placed.has(key));
    for (const key of outdated) takeOut(key);
    for (const key of [...outdated, ...added]) {
      const values = this.#parts.get(key);
      joined.splice(this.#placeOf(key, joined), 0, ...values);
      this.#placed.set(key, values);
      come.push(...values);
    }
    if (gone.length + come.length === 0) return;
    tellDifference(this.#joined, joined, { removed: gone, added: come });
    this.#joined = joined;
  }

  /** Before what stands there for the keys behind it. */
  #placeOf(key: K, joined: readonly V[]): number {
    for (let at = this.#keys.indexOf(key) + 1; at < this.#keys.length; at += 1) {
      const behind = this.#keys[at];
      const first = behind && this.#placed.get(behind)?.[0];
      if (first !== undefined) return joined.indexOf(first);
    }
    return joined.length;
  }
}

/** A list for each of several owners, by their id: of the values that are made for the keys that each one has. */
export class OwnedParts<K extends object, V> {
  readonly #make: () => JoinedParts<K, V>;
  readonly #lists = new Map<string, JoinedParts<K, V>>();

  /** `make` as in `Parts`. */
  constructor(maker: Maker, make: (key: K) => readonly V[]) {
    this.#make = () => new JoinedParts(maker, make);
  }

  /** As `follow` of one list. */
  of(owner: string, keys: readonly K[]): readonly V[] {
    let list = this.#lists.get(owner);
    if (list === undefined) this.#lists.set(owner, (list = this.#make()));
    return list.follow(keys);
  }

  /** Forgets the lists of all others. */
  keep(owners: readonly { readonly id: string }[]): void {
    if (this.#lists.size <= owners.length) return;
    const kept = new Set(owners.map(({ id }) => id));
    for (const owner of this.#lists.keys()) if (!kept.has(owner)) this.#lists.delete(owner);
  }
}

/** Two lists, one behind the other. */
export class Concatenation<V> {
  #first: readonly V[] = [];
  #second: readonly V[] = [];
  #both: readonly V[] = [];

  follow(first: readonly V[], second: readonly V[]): readonly V[] {
    if (first === this.#first && second === this.#second) return this.#both;
    const both = first.concat(second);
    const differences = [differenceOf(this.#first, first), differenceOf(this.#second, second)];
    tellDifference(this.#both, both, { removed: differences.flatMap(({ removed }) => removed), added: differences.flatMap(({ added }) => added) });
    [this.#first, this.#second, this.#both] = [first, second, both];
    return both;
  }
}

/** How many different values the entries of a list have. */
export class Tally<E, V> {
  readonly #valueOf: (entry: E) => V;
  readonly #counts = new Map<V, number>();
  #entries: readonly E[] = [];

  constructor(valueOf: (entry: E) => V) {
    this.#valueOf = valueOf;
  }

  follow(entries: readonly E[]): number {
    const { removed, added } = differenceOf(this.#entries, entries);
    this.#entries = entries;
    for (const entry of added) this.#count(this.#valueOf(entry), 1);
    for (const entry of removed) this.#count(this.#valueOf(entry), -1);
    return this.#counts.size;
  }

  #count(value: V, by: number): void {
    const count = (this.#counts.get(value) ?? 0) + by;
    if (count === 0) this.#counts.delete(value);
    else this.#counts.set(value, count);
  }
}
