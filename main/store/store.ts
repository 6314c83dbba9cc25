/** The store: one database file, checked, migrated, and with its repositories. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { openDatabase, type Db } from './database.ts';
import { checkContent, checkHeader, checkWritable, openingError, withoutTrace } from './fileCheck.ts';
import { Inventory } from './inventory/inventory.ts';
import { JobRepository } from './jobRepository.ts';
import { JobScripts } from './jobScripts.ts';
import { ListOrders } from './lists/listOrders.ts';
import { Lists } from './lists/lists.ts';
import { applicationId, checkLedger, migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import { LabSnapshots, removeTemporaryFiles } from './snapshots/labSnapshots.ts';
import { OwnerLock } from './ownerLock.ts';

const inMemory = ':memory:';

export interface StoreOptions {
  /** File name, or ':memory:' for a store that ends with the process. A file that does not exist is made. */
  readonly path: string;
  /** File of the native addon where the prebuilt one does not fit the running Electron. */
  readonly nativeBinding?: string | undefined;
  /** For readers in other threads: no owner lock, no migration. */
  readonly readonly?: boolean | undefined;
  /** The file goes away with the process, so that it need not outlive a power cut. */
  readonly isTemporary?: boolean | undefined;
  readonly now?: (() => Date) | undefined;
  /** Another history than the console's own; for tests of the ledger. */
  readonly migrations?: readonly Migration[] | undefined;
}

export class Store {
  readonly db: Db;
  readonly path: string;
  readonly inventory: Inventory;
  readonly jobs: JobRepository;
  readonly jobScripts: JobScripts;
  readonly lists: Lists;
  readonly listOrders: ListOrders;
  readonly snapshots: LabSnapshots;
  /** Copies that were made because the schema was brought up to date. */
  readonly backups: readonly string[];
  readonly #lock: OwnerLock | null;

  constructor(db: Db, path: string, lock: OwnerLock | null, backups: readonly string[], isTemporary = false) {
    this.db = db;
    this.path = path;
    this.backups = backups;
    this.#lock = lock;
    this.inventory = new Inventory(db);
    this.jobs = new JobRepository(db, isTemporary);
    this.jobScripts = new JobScripts(db);
    this.listOrders = new ListOrders(db);
    if (isTemporary) this.listOrders.leaveOut();
    this.lists = new Lists(db, this.listOrders, () => { this.jobs.settle(); });
    this.snapshots = new LabSnapshots(db, path, () => { this.jobs.settle(); });
  }

  /** Copies the whole database, as of now, to a file that must not exist yet. */
  backup(target: string): void {
    this.jobs.settle();
    this.db.prepare('VACUUM INTO ?').run(target);
  }

  /** Puts the write-ahead log into the file and gives the file free. Does nothing the second time. */
  close(): void {
    if (!this.db.open) return;
    try {
      this.jobs.settle();
      if (!this.db.readonly) this.db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.db.close();
      this.#lock?.release();
    }
  }
}

/**
 * Opens a database of this console, or makes it. Throws ConsoleError databaseNewer, databaseCorrupt, databaseForeign,
 * databaseUnavailable or migrationChanged, and then has not changed one byte of the file.
 */
export function openStore(options: StoreOptions): Store {
  try {
    return options.path === inMemory ? openInMemory(options) : openFile(options);
  } catch (error) {
    throw openingError(options.path, error);
  }
}

function openInMemory(options: StoreOptions): Store {
  const db = openDatabase(options);
  // A backup of it is a database of this console.
  db.pragma(`application_id = ${applicationId}`);
  migrate(db, inMemory, historyOf(options), clockOf(options));
  return new Store(db, inMemory, null, []);
}

function openFile(options: StoreOptions): Store {
  const existed = existsSync(options.path);
  if (existed) checkHeader(options.path);
  if (options.readonly) {
    checkFile(options);
    return new Store(openDatabase(options), options.path, null, []);
  }
  if (existed) checkWritable(options.path);
  const lock = new OwnerLock(options.path, options.nativeBinding);
  try {
    if (existed) withoutTrace(options.path, () => { checkFile(options); });
    else create(options);
    return openChecked(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openChecked(options: StoreOptions, lock: OwnerLock): Store {
  const db = openDatabase(options);
  try {
    const backups = migrate(db, options.path, historyOf(options), clockOf(options));
    const store = new Store(db, options.path, lock, backups, options.isTemporary);
    store.snapshots.removeStrays();
    removeTemporaryFiles(options.path);
    return store;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Reads the file as it is: schema version and ledger first, because a newer file may hold what this SQLite cannot check. */
function checkFile(options: StoreOptions): void {
  const db = openDatabase({ ...options, readonly: true });
  try {
    checkLedger(db, options.path, historyOf(options));
    checkContent(db, options.path);
  } finally {
    db.close();
  }
}

/** Makes the new database under another name first, so that a file under `path` is never a half-made one. */
function create(options: StoreOptions): void {
  const unfinished = `${options.path}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${unfinished}${suffix}`, { force: true });
  const db = openDatabase({ ...options, path: unfinished });
  try {
    db.pragma(`application_id = ${applicationId}`);
    migrate(db, unfinished, historyOf(options), clockOf(options));
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  renameSync(unfinished, options.path);
}

function historyOf(options: StoreOptions): readonly Migration[] {
  return options.migrations ?? allMigrations;
}

function clockOf(options: StoreOptions): () => Date {
  return options.now ?? (() => new Date());
}
