/** Reads the job log in small portions, for files: however long the log is, few rows are held. */
import type { ErrorPayload } from '../../../shared/contract/errors.ts';
import type { ExportScope, ExportSize } from '../../../shared/contract/jobExport.ts';
import type { AuditRecord, JobStatus, JobStep } from '../../../shared/contract/jobs.ts';
import { openDatabase, type Db, type DatabaseOptions } from '../database.ts';
import { openingError } from '../fileCheck.ts';
import { genesis, type ChainLink } from './hashChain.ts';
import { scopeSql } from './scope.ts';
import { JobLogSize } from './size.ts';

/** A job as it stands in the file. Instants are ISO 8601 in UTC. */
export interface LoggedJob {
  readonly sequence: number;
  readonly id: string;
  readonly name: string;
  readonly operationId: string;
  readonly status: JobStatus;
  readonly owner: string;
  readonly createdAt: string;
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly resultType: string;
  readonly resultId: string | null;
  readonly resultName: string;
  readonly attempts: number;
  readonly isStoppable: boolean;
  readonly cancelRequested: boolean;
  readonly error: ErrorPayload | null;
  readonly steps: number;
  readonly stepsDone: number;
  readonly changes: number;
  readonly rootStepId: string | null;
  /** The step that runs, or at which the job ended. */
  readonly currentStepId: string | null;
}

/** `ordinal`: its place among the steps of its job. */
export type LoggedStep = JobStep & { readonly ordinal: number };
type StepRecord = Omit<LoggedStep, 'isSkipped'> & { readonly isSkipped: number };
export type LoggedChange = AuditRecord & { readonly objectId: string };

/** A record of the chain with its own hash. */
export interface HashedLink extends ChainLink {
  readonly hash: string;
}

/** A job comes first, then its steps in their order, then its changes in theirs, then its end. */
export type JobLogEvent =
  | { readonly kind: 'job'; readonly job: LoggedJob }
  | { readonly kind: 'step'; readonly step: LoggedStep }
  | { readonly kind: 'change'; readonly change: LoggedChange }
  | { readonly kind: 'jobEnd' };

type JobRecord = Omit<LoggedJob, 'isStoppable' | 'cancelRequested' | 'error'> & {
  readonly isStoppable: number;
  readonly cancelRequested: number;
  readonly error: string | null;
};

/**
 * A connection of its own that only reads, for another thread or process than the one that writes. Everything it gives
 * is of one moment, the one in which it was opened.
 */
export class JobLogReader {
  readonly #db: Db;

  /** Throws ConsoleError databaseUnavailable or databaseCorrupt. */
  static open(options: Omit<DatabaseOptions, 'readonly'>): JobLogReader {
    try {
      return new JobLogReader(openDatabase({ ...options, readonly: true }));
    } catch (error) {
      throw openingError(options.path, error);
    }
  }

  /** `db` is closed with the reader. */
  private constructor(db: Db) {
    this.#db = db;
    // The first read fixes what this connection sees.
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM schema_migration').get();
  }

  close(): void {
    this.#db.close();
  }

  labName(): string {
    return this.#db.prepare<[], string>('SELECT name FROM lab').pluck().get() ?? '';
  }

  size(scope: ExportScope): ExportSize {
    return new JobLogSize(this.#db).size(scope);
  }

  /** Length and last hash of the whole chain, and how many records of it the scope has. */
  chain(scope: ExportScope): { readonly length: number; readonly hash: string; readonly records: number } {
    const { condition, parameters } = scopeSql(scope);
    const last = this.#db.prepare<[], { length: number; hash: string }>('SELECT sequence AS length, lower(hex(hash)) AS hash FROM job_log_record ORDER BY sequence DESC LIMIT 1').get();
    const records = this.#db.prepare<[typeof parameters], number>(`SELECT count(*) FROM job_log_record r WHERE ${recordsOf(condition)}`).pluck().get(parameters);
    return { ...(last ?? { length: 0, hash: genesis }), records: records ?? 0 };
  }

  /** Records of the chain in its order; where a job is not of the scope, there is a gap. */
  links(scope: ExportScope): Iterable<HashedLink> {
    const { condition, parameters } = scopeSql(scope);
    return this.#db.prepare<[typeof parameters], HashedLink>(`
      SELECT r.sequence, r.kind, r.record, iif(before.hash IS NULL, '${genesis}', lower(hex(before.hash))) AS previous, lower(hex(r.hash)) AS hash
      FROM job_log_record r LEFT JOIN job_log_record before ON before.sequence = r.sequence - 1
      WHERE ${recordsOf(condition)} ORDER BY r.sequence`).iterate(parameters);
  }

  /** Oldest job first. */
  *events(scope: ExportScope): Generator<JobLogEvent> {
    const { condition, parameters } = scopeSql(scope);
    const jobs = this.#db.prepare<[typeof parameters], JobRecord>(`${selectJobs} WHERE ${condition} ORDER BY j.sequence`);
    const steps = this.#db.prepare<[string, number], StepRecord>(selectSteps);
    const changes = this.#db.prepare<[string, number], LoggedChange>(selectChanges);
    for (const record of jobs.iterate(parameters)) {
      yield { kind: 'job', job: toJob(record) };
      for (const rows of inPortions(steps, record.id, ({ ordinal }) => ordinal)) for (const row of rows) yield { kind: 'step', step: toStep(row) };
      for (const rows of inPortions(changes, record.id, ({ sequence }) => sequence)) for (const change of rows) yield { kind: 'change', change };
      yield { kind: 'jobEnd' };
    }
  }
}

/** Rows of a job, many at a time: to fetch them, or to hand them on, one by one takes twice as long. `key` orders the rows and is never negative. */
function* inPortions<Row>(statement: { all(jobId: string, after: number): Row[] }, jobId: string, key: (row: Row) => number): Generator<readonly Row[]> {
  let after = -1;
  for (;;) {
    const rows = statement.all(jobId, after);
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < portion) return;
    after = key(last);
  }
}

/** Condition over `job_log_record r`. Everything is taken without a look at the jobs. */
function recordsOf(jobs: string): string {
  return jobs === '1' ? '1' : `r.job_id IN (SELECT j.id FROM job j WHERE ${jobs})`;
}

/** Field by field, in the order of the columns: to spread a row takes three times as long. */
function toStep({ id, number, name, status, startTime, endTime, message, isSkipped, ordinal }: StepRecord): LoggedStep {
  return { id, number, name, status, startTime, endTime, message, isSkipped: isSkipped === 1, ordinal };
}

function toJob(record: JobRecord): LoggedJob {
  return {
    ...record,
    isStoppable: record.isStoppable === 1,
    cancelRequested: record.cancelRequested === 1,
    error: record.error === null ? null : (JSON.parse(record.error) as ErrorPayload),
  };
}

const selectJobs = `
  SELECT j.sequence, j.id, j.name, j.operation_id AS operationId, j.status, j.owner, j.created_at AS createdAt,
    j.start_time AS startTime, j.end_time AS endTime, j.result_type AS resultType, j.result_id AS resultId,
    j.result_name AS resultName, j.attempts, j.is_stoppable AS isStoppable, j.cancel_requested AS cancelRequested, j.error,
    (SELECT count(*) FROM job_step s WHERE s.job_id = j.id AND s.is_group = 0) AS steps,
    (SELECT count(*) FROM job_step s WHERE s.job_id = j.id AND s.is_group = 0 AND s.status IN ('Completed', 'SucceedWithInfo')) AS stepsDone,
    (SELECT count(*) FROM audit_record a WHERE a.job_id = j.id) AS changes,
    (SELECT s.id FROM job_step s WHERE s.job_id = j.id ORDER BY s.ordinal LIMIT 1) AS rootStepId,
    (SELECT s.id FROM job_step s WHERE s.job_id = j.id AND s.is_group = 0 AND s.status IN ('Running', 'Failed', 'Canceled')
      ORDER BY s.ordinal LIMIT 1) AS currentStepId
  FROM job j`;

/** Rows that are held at a time. */
const portion = 500;

const selectSteps = `
  SELECT id, number, name, status, start_time AS startTime, end_time AS endTime, message, is_skipped AS isSkipped, ordinal
  FROM job_step WHERE job_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ${portion}`;

const selectChanges = `
  SELECT a.sequence, s.number AS stepNumber, a.time, a.object_type AS objectType, a.object_id AS objectId,
    a.object_name AS objectName, a.property, a.previous_value AS previousValue, a.new_value AS newValue
  FROM audit_record a JOIN job_step s ON s.id = a.job_step_id WHERE a.job_id = ? AND a.sequence > ? ORDER BY a.sequence LIMIT ${portion}`;
