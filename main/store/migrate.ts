/** Brings a database to the newest schema, and keeps the ledger of how it got there. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { Db } from './database.ts';
import type { Migration } from './migrations/migration.ts';

/** `PRAGMA application_id` of every database of this console: "HNVg" in ASCII. */
export const applicationId = 0x48_4e_56_67;

const ledgerSql = `
CREATE TABLE IF NOT EXISTS schema_migration (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT`;

interface LedgerRow {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/** SHA-256 of a migration's SQL, in hex. */
export function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql, 'utf8').digest('hex');
}

/**
 * Compares the ledger with the migrations of this program; changes nothing.
 * Throws databaseNewer when the file knows more, migrationChanged when it was made by other SQL.
 */
export function checkLedger(db: Db, path: string, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const version = schemaVersion(db);
  if (version > newest) throw newer(path, version, newest);
  const rows = ledger(db);
  const expected = migrations.filter((migration) => migration.version <= version);
  if (rows.length !== expected.length || (rows.at(-1)?.version ?? 0) !== version) {
    throw changed(path, `its ledger lists ${rows.length} migrations up to ${rows.at(-1)?.version ?? 0}, but the schema has version ${version}, which takes ${expected.length}`);
  }
  rows.forEach((row, index) => {
    const known = expected[index];
    if (known?.version !== row.version || known.name !== row.name) {
      throw changed(path, `its ledger has migration ${row.version} "${row.name}", which this program does not know`);
    }
    if (checksumOf(known) !== row.checksum) {
      throw changed(path, `migration ${row.version} "${row.name}" was applied with other SQL than this program has`);
    }
  });
}

/**
 * Applies what is missing, each migration in its own transaction. A file that held data before is copied to
 * `<file>.before-vN.bak` ahead of migration N. Returns the names of these copies.
 */
export function migrate(db: Db, path: string, migrations: readonly Migration[], now: () => Date): readonly string[] {
  const backups: string[] = [];
  const first = schemaVersion(db);
  for (const migration of migrations.filter(({ version }) => version > first)) {
    if (first > 0) backups.push(backUp(db, path, migration.version));
    apply(db, migration, now());
  }
  return backups;
}

function schemaVersion(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function ledger(db: Db): readonly LedgerRow[] {
  const exists = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'`).get();
  if (exists === undefined) return [];
  return db
    .prepare<[], LedgerRow>('SELECT version, name, checksum FROM schema_migration ORDER BY version')
    .all();
}

function apply(db: Db, migration: Migration, now: Date): void {
  // Tables that are rebuilt would drag their referrers along while foreign keys are enforced; checked as a whole below.
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      db.exec(ledgerSql);
      db.exec(migration.sql);
      migration.fill?.(db);
      const broken = db.pragma('foreign_key_check');
      if (Array.isArray(broken) && broken.length > 0) {
        throw new Error(`Migration ${migration.version} "${migration.name}" leaves ${broken.length} dangling references`);
      }
      db.prepare('INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)').run(
        migration.version,
        migration.name,
        checksumOf(migration),
        now.toISOString(),
      );
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

/** Copies the database beside itself under a name that is still free. */
function backUp(db: Db, path: string, version: number): string {
  const base = `${path}.before-v${version}`;
  let target = `${base}.bak`;
  for (let n = 2; existsSync(target); n++) target = `${base}-${n}.bak`;
  db.prepare('VACUUM INTO ?').run(target);
  return target;
}

function newer(path: string, version: number, newest: number): ConsoleError {
  return new ConsoleError(
    'databaseNewer',
    `The database "${path}" has schema version ${version}; this version of the console knows versions up to ${newest}.`,
    'Start the version of the console that wrote the file, or a newer one. The file was not changed.',
  );
}

function changed(path: string, why: string): ConsoleError {
  return new ConsoleError(
    'migrationChanged',
    `The database "${path}" was not built by this program: ${why}.`,
    'Start the version of the console that wrote the file, or open another file. The file was not changed.',
  );
}
