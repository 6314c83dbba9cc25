/** For tests that compare a database before and after: every row of every table, whatever a later migration adds. */
import { openPlain } from '../database.ts';

/** The job log with all that hangs on it (scripts, undo, search index) and the ledger of migrations: what happened, not what is there. */
const isLog = (name: string) => name === 'job' || name.startsWith('job_') || name === 'audit_record' || name === 'schema_migration';

export type TableRows = Readonly<Record<string, readonly string[]>>;

/** Rows as JSON in the order of their text, by name of their table; without the job log and the ledger of migrations. `path` may be open elsewhere. */
export function everyTable(path: string): TableRows {
  const db = openPlain({ path, readonly: true });
  try {
    const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all();
    return Object.fromEntries(names.filter((name) => !isLog(name)).map((name) => [name, rowsOf(db.prepare(`SELECT * FROM "${name}"`).all())]));
  } finally {
    db.close();
  }
}

function rowsOf(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
