/** Rows found by what refers to them, kept up with lists of which most rows stay the same objects. */
import { differenceOf } from '../../shared/lists/difference.ts';
import { Groups } from '../../shared/lists/groups.ts';
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
    const before = this.#rows;
    this.#rows = rows;
    for (const key of this.change(before, rows)) {
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
  protected abstract change(before: readonly R[], rows: readonly R[]): Iterable<K>;
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

  protected change(before: readonly R[], rows: readonly R[]): Iterable<K> {
    const { removed, added } = differenceOf(before, rows);
    for (const row of removed) this.#byKey.delete(this.#keyOf(row));
    for (const row of added) this.#byKey.set(this.#keyOf(row), row);
    return [...removed, ...added].map((row) => this.#keyOf(row));
  }
}

/** Rows by what they belong to, in their order. A group that nothing happened to stays the same array. */
export class RowGroups<K, R> extends Index<K, R, readonly R[]> {
  readonly #groups: Groups<K, R>;

  constructor(maker: Maker, keyOf: (row: R) => K) {
    super(maker);
    this.#groups = new Groups(keyOf);
  }

  /** Empty where there is none. */
  protected find(key: K): readonly R[] {
    return this.#groups.get(key);
  }

  protected change(_before: readonly R[], rows: readonly R[]): Iterable<K> {
    return this.#groups.follow(rows);
  }
}
