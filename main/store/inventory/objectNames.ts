/** Names of objects by their ids, whatever kind of object it is: for what a person is to read or to play again elsewhere. */
import type { Db } from '../database.ts';

export class ObjectNames {
  readonly #db: Db;
  #find: ((id: string) => string | undefined) | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Undefined where there is no such object, or where another one of its kind has the same name. */
  nameOf(id: string): string | undefined {
    this.#find ??= finder(this.#db);
    return this.#find(id);
  }
}

/** Every table of the inventory whose rows have an id and a name. */
function finder(db: Db): (id: string) => string | undefined {
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT m.name FROM sqlite_master m
       WHERE m.type = 'table' AND m.name NOT LIKE 'job%' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'lab'
         AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'id') AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'name')
       ORDER BY m.name`,
    )
    .all();
  const statements = tables.map(({ name }) => {
    const table = `"${name.replaceAll('"', '""')}"`;
    return db.prepare<[string], { name: string; isUnique: number }>(
      `SELECT name, (SELECT count(*) FROM ${table} b WHERE b.name = a.name COLLATE NOCASE) = 1 AS isUnique FROM ${table} a WHERE id = ?`,
    );
  });
  return (id) => {
    for (const statement of statements) {
      const row = statement.get(id);
      if (row !== undefined) return row.isUnique === 1 ? row.name : undefined;
    }
    return undefined;
  };
}
