/** For tests that compare a database before and after: every row of every table, whatever a later migration adds. */
import { openPlain } from '../database.ts';

/** Grows with every job and says what happened, not what is there. */
const log = new Set(['job', 'job_step', 'audit_record', 'job_log_record', 'schema_migration']);

/** The full-text index over the job log, with the tables that SQLite keeps for it. */
const isSearchIndex = (name: string) => name === 'job_search' || name.startsWith('job_search_');

export type TableRows = Readonly<Record<string, readonly string[]>>;

/** Rows as JSON in the order of their text, by name of their table; without the job log and the ledger of migrations. `path` may be open elsewhere. */
export function everyTable(path: string): TableRows {
  const db = openPlain({ path, readonly: true });
  try {
    const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all();
    return Object.fromEntries(names.filter((name) => !log.has(name) && !isSearchIndex(name)).map((name) => [name, rowsOf(db.prepare(`SELECT * FROM "${name}"`).all())]));
  } finally {
    db.close();
  }
}

function rowsOf(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
