/** The inventory of another database file: of a snapshot, or of an import that is not applied yet. */
import { rmSync } from 'node:fs';
import { openDatabase, type Db } from '../database.ts';
import { readLabDocument, type LabDocument } from '../labDocument/labDocument.ts';
import { openStore } from '../store.ts';

export class InventoryFile {
  /** For `main/store` only. */
  readonly db: Db;
  readonly #path: string;

  /** Brings the file to today's schema first, so it must be a copy of one's own. Throws what `openStore` throws. */
  static open(path: string, nativeBinding: string | undefined): InventoryFile {
    const store = openStore({ path, nativeBinding });
    store.close();
    for (const name of [...store.backups, `${path}.lock`]) rmSync(name, { force: true });
    return new InventoryFile(openDatabase({ path, nativeBinding, readonly: true }), path);
  }

  private constructor(db: Db, path: string) {
    this.db = db;
    this.#path = path;
  }

  document(): LabDocument {
    return readLabDocument(this.db);
  }

  close(): void {
    this.db.close();
  }

  /** Closes it, and takes the file away. */
  remove(): void {
    this.close();
    removeDatabase(this.#path);
  }
}

/** A database file with what SQLite may have put beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal', '.lock']) rmSync(`${path}${suffix}`, { force: true });
}
