/** The rows of one table of the snapshot, brought up to date by what was written. */
import type { Db } from '../database.ts';
import type { FollowedRows, TableSource } from './snapshotTables.ts';
import type { Order } from './sqlOrder.ts';

/** With more changed keys than this, reading all of the table costs less. */
const mostKeys = 500;

type Row = object;

export class FollowedTable<R extends Row> {
  readonly #followed: FollowedRows<R> | undefined;
  readonly #all: () => R[];
  readonly #some: ((key: string | number) => R[]) | undefined;
  #rows: readonly R[] = [];
  /** Made with the first change. */
  #byKey: Map<string | number, readonly R[]> | undefined;

  constructor(db: Db, { table, columns, orderBy, followed }: TableSource<R>) {
    this.#followed = followed;
    const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy}`;
    const all = db.prepare<[], R>(`SELECT ${columns} FROM ${table}${order}`);
    this.#all = () => all.all();
    if (followed === undefined) return;
    const some = db.prepare<[string | number], R>(`SELECT ${columns} FROM ${table} WHERE ${followed.key} = ?${order}`);
    this.#some = (key) => some.all(key);
  }

  /** Never changed once it was given away. */
  get rows(): readonly R[] {
    return this.#rows;
  }

  load(): void {
    this.#rows = this.#all();
    this.#byKey = undefined;
  }

  /** `keys`: of everything that was written since; rows that are as they were stay the same objects. */
  follow(keys: ReadonlySet<string | number>): void {
    if (this.#followed === undefined || this.#some === undefined || keys.size > mostKeys) return this.load();
    this.#byKey ??= grouped(this.#rows, this.#followed.keyOf);
    for (const key of keys) this.#replace(this.#byKey, key, this.#some(key), this.#followed.order);
  }

  #replace(byKey: Map<string | number, readonly R[]>, key: string | number, read: readonly R[], order: Order<R> | undefined): void {
    const before = byKey.get(key) ?? [];
    const after = read.map((row) => before.find((known) => areEqual(known, row)) ?? row);
    if (after.length === before.length && after.every((row, index) => row === before[index])) return;
    if (after.length === 0) byKey.delete(key);
    else byKey.set(key, after);
    this.#rows = patched(this.#rows, before, after, order);
  }
}

/** A copy with `after` in the place of `before`. Without an order, one row stays in its place and a new one is the last. */
function patched<R>(rows: readonly R[], before: readonly R[], after: readonly R[], order: Order<R> | undefined): R[] {
  const result = rows.slice();
  const [old, next] = [before[0], after[0]];
  if (order === undefined && before.length === 1 && after.length === 1 && old !== undefined && next !== undefined) {
    result[rows.indexOf(old)] = next;
    return result;
  }
  for (const row of before) result.splice(result.indexOf(row), 1);
  for (const row of after) result.splice(order === undefined ? result.length : placeOf(result, row, order), 0, row);
  return result;
}

/** Behind everything that is not greater. */
function placeOf<R>(rows: readonly R[], row: R, order: Order<R>): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = rows[middle];
    if (other !== undefined && order(other, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grouped<R>(rows: readonly R[], keyOf: (row: R) => string | number): Map<string | number, R[]> {
  const groups = new Map<string | number, R[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function areEqual<R extends Row>(a: R, b: R): boolean {
  return (Object.keys(b) as (keyof R)[]).every((column) => a[column] === b[column]);
}
