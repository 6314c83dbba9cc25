/** Snapshots of the lab: their list, and their files in a folder beside the database. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { Db } from '../database.ts';

export interface LabSnapshot {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isAutomatic: boolean;
  readonly createdAt: string;
  readonly bytes: number;
  readonly jobs: number;
}

type Row = Omit<LabSnapshot, 'isAutomatic'> & { readonly isAutomatic: number };

/** Pages that are copied at a time, between which everything else goes on. */
const pagesAtATime = 400;

export class LabSnapshots {
  readonly #db: Db;
  readonly #folder: string;
  readonly #isInMemory: boolean;
  readonly #settle: () => void;
  readonly #statements: ReturnType<typeof prepare>;

  /** `settle`: commits whatever is not committed yet. */
  constructor(db: Db, databasePath: string, settle: () => void) {
    this.#settle = settle;
    this.#db = db;
    this.#isInMemory = databasePath === ':memory:';
    this.#folder = `${databasePath}.snapshots`;
    this.#statements = prepare(db);
  }

  /** By id or name. Throws objectNotFound. */
  snapshot(reference: string): LabSnapshot {
    const row = this.#statements.byId.get(reference) ?? this.#statements.byName.get(reference);
    if (row !== undefined) return fromRow(row);
    throw new ConsoleError('objectNotFound', `There is no snapshot with the name or ID "${reference.slice(0, 120)}".`, 'Look it up in the list of snapshots: it may have been deleted.');
  }

  findByName(name: string): LabSnapshot | undefined {
    const row = this.#statements.byName.get(name);
    return row && fromRow(row);
  }

  /** Copies the database as of now beside it. Throws ConsoleError snapshotFailed, and then there is no file. */
  async backUp(id: string): Promise<Pick<LabSnapshot, 'bytes' | 'jobs'>> {
    if (this.#isInMemory) throw new ConsoleError('databaseUnavailable', 'A lab in memory has no snapshots.', 'Open the lab from a database file.');
    const target = this.file(id);
    const draft = `${target}.part`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      this.#settle();
      await this.#db.backup(draft, { progress: () => pagesAtATime });
      renameSync(draft, target);
      return { bytes: statSync(target).size, jobs: this.#statements.jobs.get()?.count ?? 0 };
    } catch (error) {
      for (const name of [draft, target]) rmSync(name, { force: true });
      throw failed(this.#folder, error);
    }
  }

  add(snapshot: LabSnapshot): void {
    this.#statements.insert.run({ ...snapshot, isAutomatic: Number(snapshot.isAutomatic) });
  }

  /** From the list; its file goes with `removeStrays`, so that a step that fails afterwards has lost nothing. */
  remove(id: string): void {
    this.#statements.remove.run(id);
  }

  /** Where the copy of a snapshot is. */
  file(id: string): string {
    return path.join(this.#folder, `${id}.sqlite`);
  }

  /** Throws ConsoleError snapshotMissing when the file of a snapshot is gone. */
  requireFile({ id, name }: Pick<LabSnapshot, 'id' | 'name'>): void {
    if (existsSync(this.file(id))) return;
    throw new ConsoleError('snapshotMissing', `The file of snapshot ${name} is gone: ${this.file(id)}.`, 'Delete the snapshot from the list, or put its file back.');
  }

  /** A copy of the snapshot's file that may be changed. Throws ConsoleError objectNotFound or snapshotMissing. */
  copyOf(id: string, target: string): void {
    this.requireFile(this.snapshot(id));
    copyFileSync(this.file(id), target);
  }

  /** Takes away files that nothing lists: of deleted snapshots, and what a process that died left behind. */
  removeStrays(): void {
    if (this.#isInMemory) return;
    const known = new Set(this.#statements.ids.all().map((id) => `${id}.sqlite`));
    removeFiles(this.#folder, (name) => /^[0-9a-f-]{36}\.sqlite/.test(name) && !known.has(name));
  }
}

/** Copies that a process which died had open; before anything is opened from them. */
export function removeTemporaryFiles(databasePath: string): void {
  const base = path.basename(databasePath);
  removeFiles(path.dirname(databasePath), (name) => name.startsWith(`${base}.`) && /^[0-9a-f]{12}\.tmp/.test(name.slice(base.length + 1)));
}

function removeFiles(folder: string, isStray: (name: string) => boolean): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (isStray(name)) rmSync(path.join(folder, name), { force: true });
}

function failed(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new ConsoleError('snapshotFailed', `The snapshot could not be written to ${folder}: ${error.message}`, 'Check that the folder can be written and that the disk has space. Then restart the job.');
}

function fromRow(row: Row): LabSnapshot {
  return { ...row, isAutomatic: row.isAutomatic === 1 };
}

function prepare(db: Db) {
  const row = 'SELECT id, name, description, is_automatic AS isAutomatic, created_at AS createdAt, bytes, jobs FROM lab_snapshot';
  return {
    byId: db.prepare<[string], Row>(`${row} WHERE id = ?`),
    byName: db.prepare<[string], Row>(`${row} WHERE name = ?`),
    ids: db.prepare<[], string>('SELECT id FROM lab_snapshot').pluck(),
    jobs: db.prepare<[], { count: number }>('SELECT count(*) AS count FROM job'),
    insert: db.prepare(`
      INSERT INTO lab_snapshot (id, name, description, is_automatic, created_at, bytes, jobs)
      VALUES (@id, @name, @description, @isAutomatic, @createdAt, @bytes, @jobs)`),
    remove: db.prepare('DELETE FROM lab_snapshot WHERE id = ?'),
  };
}
