/** Writes the chain over the job log, each record in the transaction of what it records. */
import { canonicalJson, genesis, linkHash, type ChainedKind } from './hashChain.ts';
import type { Db } from '../database.ts';

/** A row of the audit records, all its columns under the names that they have in the chain. */
export interface ChainedChange {
  readonly id: number;
  readonly jobId: string;
}

export class JobLogChain {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** A step that ended, one way or the other; groups do nothing themselves and are left out. */
  stepEnded(stepId: string): void {
    const step = this.#statements.step.get(stepId);
    if (!step) return;
    const { isSkipped, ...record } = step;
    this.#append(step.jobId, 'step', isSkipped === 1 ? { ...record, isSkipped: true } : record);
  }

  /** The audit record as it was written. */
  changed(change: ChainedChange): void {
    this.#append(change.jobId, 'auditRecord', change);
  }

  jobEnded(jobId: string): void {
    const job = this.#statements.job.get(jobId);
    if (job) this.#append(jobId, 'job', { ...job, error: job.error === null ? null : (JSON.parse(job.error) as unknown) });
  }

  #append(jobId: string, kind: ChainedKind, value: object): void {
    const last = this.#statements.last.get() ?? { sequence: 0, hash: genesis };
    const record = canonicalJson(value);
    const sequence = last.sequence + 1;
    const hash = linkHash({ sequence, kind, record, previous: last.hash });
    this.#statements.insert.run(sequence, jobId, kind, record, Buffer.from(hash, 'hex'));
  }
}

function prepare(db: Db) {
  return {
    last: db.prepare<[], { sequence: number; hash: string }>('SELECT sequence, lower(hex(hash)) AS hash FROM job_log_record ORDER BY sequence DESC LIMIT 1'),
    insert: db.prepare('INSERT INTO job_log_record (sequence, job_id, kind, record, hash) VALUES (?, ?, ?, ?, ?)'),
    step: db.prepare<[string], { jobId: string; isSkipped: number }>(`
      SELECT id, job_id AS jobId, number, name, status, start_time AS startTime, end_time AS endTime, message, is_skipped AS isSkipped
      FROM job_step WHERE id = ? AND is_group = 0`),
    job: db.prepare<[string], { error: string | null }>(`
      SELECT id, name, operation_id AS operationId, owner, status, start_time AS startTime, end_time AS endTime, result_type AS resultType,
        result_id AS resultId, result_name AS resultName, attempts, error
      FROM job WHERE id = ?`),
  };
}
