/** One process at a time writes a database: two job runners on one file would take each other's jobs for dead ones. */
import { openPlain, type Db } from './database.ts';
import { inUse } from './fileCheck.ts';

/**
 * Held through an exclusive transaction on an empty SQLite file `<path>.lock`, which the operating system gives free
 * when the process dies, however it dies. The file itself stays: to delete it would let two others lock two files.
 */
export class OwnerLock {
  readonly #db: Db;

  /** Throws databaseUnavailable when another process holds it. */
  constructor(path: string, nativeBinding: string | undefined) {
    this.#db = openPlain({ path: `${path}.lock`, nativeBinding });
    try {
      this.#db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      this.#db.close();
      throw error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY' ? inUse(path) : error;
    }
  }

  release(): void {
    if (this.#db.open) this.#db.close();
  }
}
