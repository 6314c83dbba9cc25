/** The script of each job, what would undo it, and which job undid which. */
import type { JobStatus } from '../../shared/contract/jobs.ts';
import type { Db } from './database.ts';

/** Of each pair one is null, and the other says why where it is a text of its own. */
export interface JobScriptRecord {
  readonly script: string | null;
  readonly noScript: string | null;
  /** JSON. */
  readonly inverse: string | null;
  readonly noInverse: string | null;
}

export interface JobLink {
  readonly id: string;
  readonly name: string;
}

export interface JobFacts extends JobLink {
  readonly operationId: string;
  /** As it was started with, parsed JSON. */
  readonly input: unknown;
  readonly status: JobStatus;
  /** The object that it made or worked on. */
  readonly resultId: string | null;
}

interface UndoRecord extends JobLink {
  readonly status: JobStatus;
}

export class JobScripts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  write(jobId: string, record: JobScriptRecord): void {
    this.#statements.insert.run({ jobId, ...record });
  }

  /** Undefined for a job that has not begun, or that is older than the scripts of jobs. */
  find(jobId: string): JobScriptRecord | undefined {
    return this.#statements.find.get(jobId);
  }

  setUndoes(jobId: string, undoesJobId: string): void {
    this.#statements.insertUndo.run({ jobId, undoesJobId });
  }

  /** Undefined when there is no such job. */
  job(jobId: string): JobFacts | undefined {
    const row = this.#statements.job.get(jobId);
    return row && { ...row, input: JSON.parse(row.input) as unknown };
  }

  /** The job that this one undoes. */
  undoes(jobId: string): JobLink | null {
    return this.#statements.undoes.get(jobId) ?? null;
  }

  /** The job that undid this one, or is about to; null when none did, or when that was undone itself. */
  undoneBy(jobId: string): JobLink | null {
    const found = this.#statements.undos.all(jobId).find(({ id, status }) => status !== 'Failed' && status !== 'Canceled' && this.undoneBy(id) === null);
    return found === undefined ? null : { id: found.id, name: found.name };
  }

  /** Jobs that changed one of the same objects later, and still stand: neither undone nor the undo of a later one. Latest first. */
  laterChanges(jobId: string): readonly JobLink[] {
    return this.#statements.later.all({ jobId }).filter(({ id, undoesLater }) => undoesLater === 0 && this.undoneBy(id) === null).map(({ id, name }) => ({ id, name }));
  }
}

function prepare(db: Db) {
  return {
    insert: db.prepare(`
      INSERT INTO job_script (job_id, script, no_script, inverse, no_inverse) VALUES (@jobId, @script, @noScript, @inverse, @noInverse)
      ON CONFLICT (job_id) DO NOTHING`),
    find: db.prepare<[string], JobScriptRecord>('SELECT script, no_script AS noScript, inverse, no_inverse AS noInverse FROM job_script WHERE job_id = ?'),
    job: db.prepare<[string], Omit<JobFacts, 'input'> & { input: string }>('SELECT id, name, operation_id AS operationId, input, status, result_id AS resultId FROM job WHERE id = ?'),
    insertUndo: db.prepare('INSERT INTO job_undo (job_id, undoes_job_id) VALUES (@jobId, @undoesJobId)'),
    undoes: db.prepare<[string], JobLink>('SELECT j.id, j.name FROM job_undo u JOIN job j ON j.id = u.undoes_job_id WHERE u.job_id = ?'),
    undos: db.prepare<[string], UndoRecord>('SELECT j.id, j.name, j.status FROM job_undo u JOIN job j ON j.id = u.job_id WHERE u.undoes_job_id = ? ORDER BY j.sequence DESC'),
    later: db.prepare<[{ jobId: string }], JobLink & { undoesLater: number }>(`
      SELECT DISTINCT later.id, later.name,
        CASE WHEN undone.sequence >= own.sequence THEN 1 ELSE 0 END AS undoesLater
      FROM job own
      JOIN audit_record a ON a.job_id = own.id
      JOIN audit_record b ON b.object_id = a.object_id
      JOIN job later ON later.id = b.job_id AND later.sequence > own.sequence
      LEFT JOIN job_undo u ON u.job_id = later.id
      LEFT JOIN job undone ON undone.id = u.undoes_job_id
      WHERE own.id = @jobId
      ORDER BY later.sequence DESC`),
  };
}
