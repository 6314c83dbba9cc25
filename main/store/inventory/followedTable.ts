/** The rows of one table of the snapshot, brought up to date by what was written. */
import { copyWithRoom } from '../../../shared/lists/copy.ts';
import { differenceOf, tellDifference } from '../../../shared/lists/difference.ts';
import { placeBehind } from '../../../shared/lists/search.ts';
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

  /** `keys`: of everything that was written since; rows that are as they were stay the same objects, and a list of which none is different the same list. */
  follow(keys: ReadonlySet<string | number>): void {
    if (this.#followed === undefined || this.#some === undefined || keys.size > mostKeys) return this.load();
    const byKey = (this.#byKey ??= grouped(this.#rows, this.#followed.keyOf));
    const [removed, added]: [R[], R[]] = [[], []];
    let rows: R[] | undefined;
    for (const key of keys) {
      const before = byKey.get(key) ?? [];
      const after = this.#some(key).map((row) => before.find((known) => areEqual(known, row)) ?? row);
      if (after.length === before.length && after.every((row, index) => row === before[index])) continue;
      if (after.length === 0) byKey.delete(key);
      else byKey.set(key, after);
      const difference = differenceOf(before, after);
      removed.push(...difference.removed);
      added.push(...difference.added);
      rows ??= copyWithRoom(this.#rows);
      patch(rows, before, after, this.#followed.order);
    }
    if (rows === undefined) return;
    tellDifference(this.#rows, rows, { removed, added });
    this.#rows = rows;
  }
}

/** Puts `after` in the place of `before`. Without an order, one row stays in its place and a new one is the last. */
function patch<R>(rows: R[], before: readonly R[], after: readonly R[], order: Order<R> | undefined): void {
  const [old, next] = [before[0], after[0]];
  if (order === undefined && before.length === 1 && after.length === 1 && old !== undefined && next !== undefined) {
    rows[rows.indexOf(old)] = next;
    return;
  }
  for (const row of before) rows.splice(rows.indexOf(row), 1);
  for (const row of after) rows.splice(order === undefined ? rows.length : placeBehind(rows, (other) => order(other, row) <= 0), 0, row);
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
