/** The only place that opens better-sqlite3. */
import Database from 'better-sqlite3';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import { formatMac } from '../../shared/net/mac.ts';
import { hearRollbacks } from './rollbacks.ts';

/** An open database. Only the repositories under `main/store` see it. */
export type Db = Database.Database;

export interface DatabaseOptions {
  /** File name, or ':memory:'. */
  readonly path: string;
  /** File of the native addon where the prebuilt one does not fit the running Electron. */
  readonly nativeBinding?: string | undefined;
  readonly readonly?: boolean | undefined;
  /** Goes away with the process that opened it: what a power cut would leave of it matters to nobody. */
  readonly isTemporary?: boolean | undefined;
}

/** How long a statement waits for a reader or a checkpoint of another connection, in milliseconds. */
const busyTimeout = 5_000;

/** Page cache, in KiB: a list over 100,000 rows stays in memory between two pages. */
const cacheSize = 65_536;

/**
 * Pages that the write-ahead log takes before a commit moves them into the file (16 MiB; SQLite's own limit is a quarter of that).
 * Every move flushes log and file to the disk, and a burst of jobs writes the same pages again and again: the longer log moves each once.
 */
const checkpointPages = 4_096;

/** Of a temporary file, which is gone before most of its pages would have been worth the move. */
const temporaryCheckpointPages = 65_536;

/**
 * Opens the file with the connection settings of this console; throws what better-sqlite3 throws.
 *
 * `synchronous = NORMAL` with a write-ahead log: a commit survives the death of the process at any moment, because the
 * log is already with the operating system. After a power cut the file is consistent too and at most the last commits
 * are missing; the job that made them then stands as interrupted at an earlier step, and the simulation is built
 * from the same rows. FULL would add one disk flush to every step of every job for that case alone. A temporary file is never flushed.
 */
export function openDatabase(options: DatabaseOptions): Db {
  const db = openPlain(options, busyTimeout);
  try {
    db.pragma('foreign_keys = ON');
    db.pragma(`cache_size = -${cacheSize}`);
    db.pragma('temp_store = MEMORY');
    db.pragma('trusted_schema = OFF');
    if (!db.readonly) {
      db.pragma('journal_mode = WAL');
      const isTemporary = options.isTemporary === true;
      db.pragma(`synchronous = ${isTemporary ? 'OFF' : 'NORMAL'}`);
      db.pragma(`wal_autocheckpoint = ${isTemporary ? temporaryCheckpointPages : checkpointPages}`);
    }
    defineFunctions(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens a file without any setting; `timeout` in milliseconds. */
export function openPlain(options: DatabaseOptions, timeout = 0): Db {
  const db = new Database(options.path, {
    readonly: options.readonly ?? false,
    timeout,
    ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
  });
  const prepare = db.prepare.bind(db) as (source: string) => unknown;
  db.prepare = ((source: string) => prepare(plannedOnce(source))) as Db['prepare'];
  hearRollbacks(db);
  return db;
}

/**
 * The same statement, planned once for all values. SQLite, as better-sqlite3 compiles it (STAT4), looks into the values of parameters where
 * a statement that sorts, groups or joins compares a column with one: it then parses and plans the statement anew at each execution, which
 * costs ten times what such a small query does. What stands behind a plus sign it takes as it comes; the value is the same.
 */
function plannedOnce(source: string): string {
  return source.replaceAll(/(=|<>|\bIS(?: NOT)?)(\s+)(?=[?@])/g, '$1$2+');
}

/**
 * Runs `work` in a transaction of its own, or in the one that is open already: then whoever opened that one takes back what `work` wrote
 * before it threw. A savepoint around each of the small writes of a step would cost more than the writes.
 */
export function transactionIn(db: Db): <T>(work: () => T) => T {
  const transaction = db.transaction((work: () => unknown) => work());
  // It gives what `work` gives; its own type does not follow that.
  return <T>(work: () => T) => (db.inTransaction ? work() : (transaction.immediate(work) as T));
}

/** Runs `work` inside the transaction that is open; what it wrote before it threw is taken back, what was written before stays. */
export function savepointIn(db: Db): <T>(work: () => T) => T {
  const nested = db.transaction((work: () => unknown) => work());
  // As above.
  return <T>(work: () => T) => nested(work) as T;
}

/** SQL functions over the inventory's number forms; NULL gives NULL. */
function defineFunctions(db: Db): void {
  const pure = { deterministic: true } as const;
  db.function('format_ipv4', pure, (value: unknown) => (typeof value === 'number' ? formatIpv4(value) : null));
  db.function('format_mac', pure, (value: unknown) => (typeof value === 'number' ? formatMac(value) : null));
}
