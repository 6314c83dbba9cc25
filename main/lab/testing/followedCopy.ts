/** Copies of a lab's database with a reader that follows what is written, for tests that write what no operation would. */
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openDatabase, type Db } from '../../store/database.ts';
import { SnapshotReader } from '../../store/inventory/snapshotReader.ts';
import type { TestLab } from './testLab.ts';

/** Of a lab that is closed. */
export function withFollowedCopy({ folder, databasePath }: TestLab, use: (db: Db, reader: SnapshotReader) => void): void {
  const copy = path.join(folder, 'copy.sqlite');
  copyFileSync(databasePath, copy);
  const db = openDatabase({ path: copy });
  try {
    const reader = new SnapshotReader(db);
    reader.followChanges();
    use(db, reader);
  } finally {
    db.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  }
}

/** False when the schema, or the lack of a transaction, refuses it. */
export function attempted(db: Db, sql: string): boolean {
  try {
    db.exec(sql);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'SqliteError') return false;
    throw error;
  }
}
