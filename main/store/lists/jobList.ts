/** Jobs as the Jobs workspace and the status bar show them. */
import type { z } from 'zod';
import { ConsoleError, type ErrorPayload } from '../../../shared/contract/errors.ts';
import type {
  AuditRecord,
  JobDetails,
  JobFailure,
  JobFilter,
  jobFilterChoicesSchema,
  jobListPageSchema,
  jobListQuerySchema,
  JobRow,
  JobSignals,
  JobStatus,
  JobStep,
  jobSummarySchema,
} from '../../../shared/contract/jobs.ts';
import type { Db } from '../database.ts';
import { JobScripts } from '../jobScripts.ts';
import { jobFilterSql } from '../jobSearch/jobFilterSql.ts';
import { jobSearchSql, statusTextSql } from '../jobSearch/jobSearchSql.ts';
import { PageReader } from './pageReader.ts';
import { pageKeys } from './sql.ts';

/** A caller inside main may leave the filter out. */
type Query = Omit<z.output<typeof jobListQuerySchema>, keyof JobFilter> & Partial<JobFilter>;
type Page = z.output<typeof jobListPageSchema>;
type Column = NonNullable<Query['sort']>['column'];

interface RowRecord {
  readonly sequence: number;
  readonly id: string;
  readonly name: string;
  readonly operationId: string;
  readonly status: JobStatus;
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly resultName: string;
  readonly resultType: string;
  readonly owner: string;
  readonly stoppable: number;
  readonly attempts: number;
  readonly error: string | null;
  readonly steps: number;
  readonly stepsDone: number;
  readonly noInverse: string | null;
  /** 1 where a job that undoes it stands. */
  readonly undone: number;
  readonly known: number;
  readonly skippable: number;
}

const hour = 3_600_000;

const selectRows = `
  SELECT j.sequence, j.id, j.name, j.operation_id AS operationId, j.status, j.start_time AS startTime, j.end_time AS endTime,
    j.result_name AS resultName, j.result_type AS resultType, j.owner, j.is_stoppable AS stoppable, j.attempts, j.error,
    (SELECT count(*) FROM job_step s WHERE s.job_id = j.id AND s.is_group = 0) AS steps,
    (SELECT count(*) FROM job_step s WHERE s.job_id = j.id AND s.is_group = 0 AND s.status IN ('Completed', 'SucceedWithInfo')) AS stepsDone,
    (j.status = 'Failed' AND EXISTS (SELECT 1 FROM job_step s WHERE s.job_id = j.id AND s.is_group = 0 AND s.status = 'Failed' AND s.is_skippable = 1)) AS skippable,
    (SELECT k.no_inverse FROM job_script k WHERE k.job_id = j.id) AS noInverse, EXISTS (SELECT 1 FROM job_script k WHERE k.job_id = j.id) AS known,
    EXISTS (SELECT 1 FROM job_undo u JOIN job w ON w.id = u.job_id WHERE u.undoes_job_id = j.id AND w.status NOT IN ('Failed', 'Canceled')
      AND NOT EXISTS (SELECT 1 FROM job_undo v JOIN job x ON x.id = v.job_id WHERE v.undoes_job_id = w.id AND x.status NOT IN ('Failed', 'Canceled'))) AS undone
  FROM job j`;

type JobOutcome = Pick<JobDetails, 'name' | 'resultName' | 'status' | 'error'>;

export class JobList {
  readonly #pages: PageReader<Column, number>;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #scripts: JobScripts;
  readonly #beforeSearch: () => void;

  constructor(db: Db, beforeSearch: () => void) {
    this.#beforeSearch = beforeSearch;
    this.#statements = prepare(db);
    this.#scripts = new JobScripts(db);
    this.#pages = new PageReader<Column, number>(db, {
      from: 'job j',
      key: 'j.sequence',
      sortBy: {
        name: 'j.name COLLATE NOCASE',
        status: statusTextSql,
        startTime: 'j.start_time',
        endTime: 'j.end_time',
        resultName: 'j.result_name COLLATE NOCASE',
        owner: 'j.owner COLLATE NOCASE',
        operation: 'j.operation_id COLLATE NOCASE',
        attempts: 'j.attempts',
        // One that still runs has none yet.
        duration: 'julianday(j.end_time) - julianday(j.start_time)',
      },
      tieBreak: 'j.sequence',
      defaultDirection: 'desc',
      matches: jobSearchSql,
    });
  }

  /** Newest first unless sorted. */
  list(query: Query): Page {
    if (query.filter !== '') this.#beforeSearch();
    const read = (keys: readonly number[]) =>
      new Map(this.#statements.rows.all(JSON.stringify(keys)).map((record) => [record.sequence, toRow(record)]));
    return this.#pages.page(query, read, jobFilterSql(query));
  }

  /** A job with its steps and what they changed. Throws objectNotFound. */
  get(id: string): JobDetails {
    const record = this.#statements.row.get(id);
    if (!record) throw noJob(id);
    return {
      ...toRow(record),
      steps: this.#statements.steps.all(id).map((step) => ({ ...step, isSkipped: step.isSkipped === 1 })),
      auditRecords: this.#statements.auditRecords.all(id),
      error: errorOf(record),
      undoes: this.#scripts.undoes(id),
      undoneBy: this.#scripts.undoneBy(id),
    };
  }

  /** How a job stands, without all that it did. Throws objectNotFound. */
  outcome(id: string): JobOutcome {
    const record = this.#statements.outcome.get(id);
    if (!record) throw noJob(id);
    return { ...record, error: errorOf(record) };
  }

  /** Operations and owners that the log has, for its filter. */
  filterChoices(): z.output<typeof jobFilterChoicesSchema> {
    return { operations: this.#statements.operations.all(), owners: this.#statements.owners.all() };
  }

  /** The job that was started last for an object; null when there was none. */
  latestFor(objectId: string): JobRow | null {
    const record = this.#statements.latest.get(objectId);
    return record ? toRow(record) : null;
  }

  /** How far the jobs are that have not ended, and those that failed last. */
  signals(): Omit<JobSignals, 'toShow'> {
    const { jobs, steps, done } = this.#statements.progress.get() ?? { jobs: 0, steps: 0, done: 0 };
    const failures = this.#statements.failures.all().map(({ error, ...failure }): JobFailure => ({ ...failure, message: error === null ? '' : (JSON.parse(error) as ErrorPayload).message }));
    return { progress: jobs === 0 ? null : steps === 0 ? 0 : Math.floor((100 * done) / steps), failures };
  }

  summary(now: Date): z.output<typeof jobSummarySchema> {
    const since = new Date(now.getTime() - hour).toISOString();
    return this.#statements.summary.get(since) ?? { running: 0, failedLastHour: 0 };
  }
}

function noJob(id: string): ConsoleError {
  return new ConsoleError('objectNotFound', `There is no job with the ID ${id}.`, 'Refresh the list of jobs.');
}

function toRow(record: RowRecord): JobRow {
  const { id, name, operationId, status, startTime, endTime, resultName, resultType, owner, attempts } = record;
  const ended = status !== 'NotStarted' && status !== 'Running';
  return {
    id, name, operationId, status, startTime, endTime, resultName, resultType, owner, attempts,
    errorCode: errorOf(record)?.code ?? null,
    progress: progressOf(record),
    isRestartable: status === 'Failed' || status === 'Canceled',
    canSkipLastFailedStep: record.skippable === 1,
    isStoppable: !ended && record.stoppable === 1,
    undoRefusal: undoRefusal(record),
  };
}

function undoRefusal({ status, noInverse, undone, known }: RowRecord): string | null {
  if (noInverse !== null) return noInverse;
  if (status !== 'Completed' && status !== 'SucceedWithInfo') return 'Only a job that completed can be undone.';
  if (undone === 1) return 'It is undone already.';
  return known === 1 ? null : 'It is older than undo, so that nobody wrote down what was there before.';
}

function errorOf({ error }: Pick<RowRecord, 'error'>): ErrorPayload | null {
  return error === null ? null : (JSON.parse(error) as ErrorPayload);
}

/** Share of the steps that are done, in whole percent; a job that ended well is at 100 whatever it had to do. */
export function progressOf(record: Pick<RowRecord, 'status' | 'steps' | 'stepsDone'>): number {
  if (record.status === 'Completed' || record.status === 'SucceedWithInfo') return 100;
  return record.steps === 0 ? 0 : Math.floor((100 * record.stepsDone) / record.steps);
}

function prepare(db: Db) {
  return {
    rows: db.prepare<[string], RowRecord>(`${selectRows} WHERE j.sequence IN ${pageKeys}`),
    row: db.prepare<[string], RowRecord>(`${selectRows} WHERE j.id = ?`),
    outcome: db.prepare<[string], Omit<JobOutcome, 'error'> & Pick<RowRecord, 'error'>>('SELECT name, result_name AS resultName, status, error FROM job WHERE id = ?'),
    latest: db.prepare<[string], RowRecord>(`${selectRows} WHERE j.result_id = ? ORDER BY j.sequence DESC LIMIT 1`),
    operations: db.prepare<[], { id: string; name: string }>('SELECT operation_id AS id, max(name) AS name FROM job GROUP BY operation_id ORDER BY name COLLATE NOCASE'),
    owners: db.prepare<[], string>('SELECT DISTINCT owner FROM job ORDER BY owner COLLATE NOCASE LIMIT 200').pluck(),
    steps: db.prepare<[string], Omit<JobStep, 'isSkipped'> & { readonly isSkipped: number }>(`
      SELECT id, number, name, status, start_time AS startTime, end_time AS endTime, message, is_skipped AS isSkipped
      FROM job_step WHERE job_id = ? ORDER BY ordinal`),
    auditRecords: db.prepare<[string], AuditRecord>(`
      SELECT a.sequence, s.number AS stepNumber, a.time, a.object_type AS objectType, a.object_name AS objectName, a.property,
        a.previous_value AS previousValue, a.new_value AS newValue
      FROM audit_record a JOIN job_step s ON s.id = a.job_step_id WHERE a.job_id = ? ORDER BY a.sequence`),
    progress: db.prepare<[], { jobs: number; steps: number; done: number }>(`
      SELECT count(DISTINCT j.sequence) AS jobs, count(s.id) AS steps, coalesce(sum(s.status IN ('Completed', 'SucceedWithInfo')), 0) AS done
      FROM job j LEFT JOIN job_step s ON s.job_id = j.id AND s.is_group = 0 WHERE j.status IN ('NotStarted', 'Running')`),
    failures: db.prepare<[], Omit<JobFailure, 'message'> & { readonly error: string | null }>(`
      SELECT id, name, result_name AS resultName, end_time AS endTime, error FROM job WHERE status = 'Failed' ORDER BY end_time DESC LIMIT 5`),
    summary: db.prepare<[string], { running: number; failedLastHour: number }>(`
      SELECT (SELECT count(*) FROM job WHERE status IN ('NotStarted', 'Running')) AS running,
        (SELECT count(*) FROM job WHERE status = 'Failed' AND end_time >= ?) AS failedLastHour`),
  };
}
