/** Which rows were written since somebody last looked. Kept by triggers of this connection alone, in memory, as true as the rows: a rollback takes it back too. */
import type { Db } from '../database.ts';

/** Keys of written rows, by table. A key whose rows are gone is among them. */
export type ChangedKeys = ReadonlyMap<string, ReadonlySet<string | number>>;

interface Entry {
  readonly source: string;
  readonly key: string | number;
}

/** Name under which the log notes what was taken; no table has it. */
const takenMark = '';

export class ChangeLog {
  readonly #statements: ReturnType<typeof prepare>;
  /** What was taken inside a transaction that may yet be rolled back; then it has changed once more. */
  readonly #uncertain = new Map<string, Set<string | number>>();
  /** Number of the last taking inside a transaction, which stands in the log as long as that was not rolled back. */
  #mark: number | null = null;
  #marks = 0;

  /** `sources`: column of the key by table. Outside of a transaction: triggers that a rollback took away would log nothing. */
  constructor(db: Db, sources: ReadonlyMap<string, string>) {
    db.exec(['CREATE TEMP TABLE inventory_change (source TEXT NOT NULL, key)', ...[...sources].flatMap(([table, key]) => triggersOf(table, key))].join(';\n'));
    this.#statements = prepare(db);
  }

  /** Everything written since the last call, and what a rollback took back after it was taken. `isWriting`: in a transaction that may be rolled back. */
  take(isWriting: boolean): ChangedKeys {
    const { all, clear, note } = this.#statements;
    const entries = all.all();
    const isRolledBack = this.#mark !== null && !entries.some(({ source, key }) => source === takenMark && key === this.#mark);
    const changed = new Map<string, Set<string | number>>();
    for (const { source, key } of entries) if (source !== takenMark) add(changed, source, key);
    if (isRolledBack) {
      for (const [source, keys] of this.#uncertain) for (const key of keys) add(changed, source, key);
      this.#uncertain.clear();
    }
    if (entries.length > 0) clear.run();
    this.#mark = null;
    if (isWriting) {
      for (const [source, keys] of changed) for (const key of keys) add(this.#uncertain, source, key);
      this.#mark = this.#marks += 1;
      note.run({ source: takenMark, key: this.#mark });
    } else {
      this.#uncertain.clear();
    }
    return changed;
  }
}

function add(changed: Map<string, Set<string | number>>, source: string, key: string | number): void {
  const keys = changed.get(source);
  if (keys) keys.add(key);
  else changed.set(source, new Set([key]));
}

/** In a temporary trigger a table is meant in all of the connection's databases, the temporary one first. */
function triggersOf(table: string, key: string): readonly string[] {
  const log = (row: 'OLD' | 'NEW') => `INSERT INTO inventory_change (source, key) VALUES ('${table}', ${row}.${key})`;
  const trigger = (event: string, ...statements: readonly string[]) =>
    `CREATE TEMP TRIGGER inventory_${table}_${event.toLowerCase()} AFTER ${event} ON main.${table} BEGIN ${statements.map((statement) => `${statement};`).join(' ')} END`;
  return [trigger('INSERT', log('NEW')), trigger('UPDATE', log('OLD'), log('NEW')), trigger('DELETE', log('OLD'))];
}

function prepare(db: Db) {
  return {
    all: db.prepare<[], Entry>('SELECT source, key FROM temp.inventory_change'),
    clear: db.prepare('DELETE FROM temp.inventory_change'),
    note: db.prepare<Entry>('INSERT INTO temp.inventory_change (source, key) VALUES (@source, @key)'),
  };
}
