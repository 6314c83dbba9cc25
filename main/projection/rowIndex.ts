/** Rows found by what refers to them, kept up with lists of which most rows stay the same objects. */
import { differenceOf } from '../simulation/kernel/difference.ts';
import { outdate, type Maker, type Readers } from './parts.ts';

/** What is found by a key, and which parts have looked. */
abstract class Index<K, R, F> {
  readonly #maker: Maker;
  readonly #readers = new Map<K, Readers>();
  #rows: readonly R[] = [];

  constructor(maker: Maker) {
    this.#maker = maker;
  }

  /** Takes the list as it is now. Parts that looked for a key of which something is different are outdated. */
  follow(rows: readonly R[]): void {
    if (rows === this.#rows) return;
    const { removed, added } = differenceOf(this.#rows, rows);
    this.#rows = rows;
    for (const key of this.change(rows, removed, added)) {
      const readers = this.#readers.get(key);
      if (readers !== undefined) outdate(readers);
    }
  }

  get(key: K): F {
    if (this.#maker.isMaking) this.#maker.read(this.#readersOf(key));
    return this.find(key);
  }

  #readersOf(key: K): Readers {
    const known = this.#readers.get(key);
    if (known !== undefined) return known;
    const readers: Readers = [];
    this.#readers.set(key, readers);
    return readers;
  }

  protected abstract find(key: K): F;

  /** Keys of which something is different. */
  protected abstract change(rows: readonly R[], removed: readonly R[], added: readonly R[]): Iterable<K>;
}

/** One row a key. */
export class RowIndex<K, R> extends Index<K, R, R | undefined> {
  readonly #keyOf: (row: R) => K;
  readonly #byKey = new Map<K, R>();

  constructor(maker: Maker, keyOf: (row: R) => K) {
    super(maker);
    this.#keyOf = keyOf;
  }

  protected find(key: K): R | undefined {
    return this.#byKey.get(key);
  }

  protected change(_rows: readonly R[], removed: readonly R[], added: readonly R[]): Iterable<K> {
    for (const row of removed) this.#byKey.delete(this.#keyOf(row));
    for (const row of added) this.#byKey.set(this.#keyOf(row), row);
    return [...removed, ...added].map((row) => this.#keyOf(row));
  }
}

/** Rows by what they belong to, in their order. A group that nothing happened to stays the same array. */
export class RowGroups<K, R> extends Index<K, R, readonly R[]> {
  readonly #keyOf: (row: R) => K;
  readonly #groups = new Map<K, readonly R[]>();

  constructor(maker: Maker, keyOf: (row: R) => K) {
    super(maker);
    this.#keyOf = keyOf;
  }

  /** Empty where there is none. */
  protected find(key: K): readonly R[] {
    return this.#groups.get(key) ?? nothing;
  }

  protected change(rows: readonly R[], removed: readonly R[], added: readonly R[]): Iterable<K> {
    const changed = new Map<K, R[]>([...removed, ...added].map((row) => [this.#keyOf(row), []]));
    if (changed.size > 0) for (const row of rows) changed.get(this.#keyOf(row))?.push(row);
    for (const [key, group] of changed) {
      if (group.length === 0) this.#groups.delete(key);
      else this.#groups.set(key, group);
    }
    return changed.keys();
  }
}

const nothing: readonly never[] = [];
