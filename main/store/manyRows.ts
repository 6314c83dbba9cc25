/** Inserts many rows with one statement, which costs half of a statement for each. */
import type { Db } from './database.ts';

type Value = string | number | null | Buffer;

/** A statement for more rows costs no less for each of them. */
const rowsTogether = 32;

export class ManyRows {
  readonly #db: Db;
  readonly #head: string;
  readonly #row: string;
  /** By number of rows, made when it is needed. */
  readonly #statements = new Map<number, ReturnType<Db['prepare']>>();

  constructor(db: Db, table: string, columns: readonly string[]) {
    this.#db = db;
    this.#head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
    this.#row = `(${columns.map(() => '?').join(', ')})`;
  }

  /**
   * Values in the order of the columns. Gives the rowid of the last row; those before it are its predecessors where rowids are given by the table.
   * 0 for no rows. Throws what SQLite throws; rows in front of the one that is refused may be there then.
   */
  insert(rows: readonly (readonly Value[])[]): number {
    let last: number | bigint = 0;
    for (let at = 0; at < rows.length; at += rowsTogether) {
      const some = rows.slice(at, at + rowsTogether);
      last = this.#statement(some.length).run(some.flat()).lastInsertRowid;
    }
    return Number(last);
  }

  #statement(count: number): ReturnType<Db['prepare']> {
    const known = this.#statements.get(count);
    if (known) return known;
    const made = this.#db.prepare(this.#head + Array.from({ length: count }, () => this.#row).join(', '));
    this.#statements.set(count, made);
    return made;
  }
}
