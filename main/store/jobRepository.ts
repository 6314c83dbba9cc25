/** Rows of jobs, their steps and their audit records: what the job runner writes, and reads back after a restart. */
import type { ErrorPayload } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';
import { savepointIn, transactionIn, type Db } from './database.ts';
import { JobLogChain, type ChainedJob, type ChainedStep } from './jobLog/jobLogChain.ts';
import { JobSearchIndex } from './jobSearch/jobSearchIndex.ts';

/** A job as the runner needs it. `input` and `error` are parsed JSON. */
export interface StoredJob {
  readonly id: string;
  readonly operationId: string;
  readonly input: unknown;
  readonly name: string;
  readonly status: JobStatus;
  readonly isStoppable: boolean;
  readonly error: ErrorPayload | null;
}

export interface NewJob {
  readonly id: string;
  readonly operationId: string;
  /** Anything that JSON can carry; never a secret. */
  readonly input: unknown;
  readonly name: string;
  readonly owner: string;
  readonly resultType: string;
  readonly resultId: string | null;
  readonly resultName: string;
  readonly isStoppable: boolean;
  readonly createdAt: Date;
}

export interface NewStep {
  readonly id: string;
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly isGroup: boolean;
  /** Whether the job can go on without it. */
  readonly isSkippable: boolean;
}

export interface StoredStep extends NewStep {
  readonly status: JobStatus;
  readonly isSkipped: boolean;
  /** Parsed checkpoint of the step; undefined while it left none. */
  readonly output: unknown;
}

export interface NewAuditRecord {
  readonly jobId: string;
  readonly stepId: string;
  readonly time: Date;
  readonly objectType: string;
  readonly objectId: string;
  readonly objectName: string;
  readonly property: string;
  readonly previousValue: string | null;
  readonly newValue: string | null;
}

/** `output`: anything that JSON can carry; undefined for none. */
export interface StepEnd {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly message: string;
  readonly output: unknown;
}

type EndedStep = ChainedStep & { readonly isGroup: number };

interface JobRecord {
  readonly id: string;
  readonly operation_id: string;
  readonly input: string;
  readonly name: string;
  readonly status: JobStatus;
  readonly is_stoppable: number;
  readonly error: string | null;
}

interface StepRecord {
  readonly id: string;
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly is_group: number;
  readonly is_skippable: number;
  readonly is_skipped: number;
  readonly status: JobStatus;
  readonly output: string | null;
}

export class JobRepository {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #transaction: ReturnType<typeof transactionIn>;
  readonly #savepoint: ReturnType<typeof savepointIn>;
  readonly #db: Db;
  readonly #chain: JobLogChain;
  readonly #search: JobSearchIndex;

  constructor(db: Db) {
    this.#db = db;
    this.#transaction = transactionIn(db);
    this.#savepoint = savepointIn(db);
    this.#chain = new JobLogChain(db);
    this.#search = new JobSearchIndex(db);
    this.#statements = prepare(db);
  }

  /** Everything that `work` writes is kept, or, when it throws, nothing of it. Inside another transaction that one decides. */
  transaction<T>(work: () => T): T {
    return this.#db.inTransaction ? work() : this.#chain.within(() => this.#transaction(work));
  }

  /** As `transaction`, but inside another one too nothing of it is kept when it throws. */
  whole<T>(work: () => T): T {
    return this.#db.inTransaction ? this.#chain.part(() => this.#savepoint(work)) : this.transaction(work);
  }

  insert(job: NewJob, steps: readonly NewStep[]): void {
    this.transaction(() => {
      this.#statements.insertJob.run({
        ...job,
        input: JSON.stringify(job.input) ?? 'null',
        isStoppable: Number(job.isStoppable),
        createdAt: job.createdAt.toISOString(),
      });
      this.#insertSteps(job.id, steps, 0);
    });
  }

  find(id: string): StoredJob | undefined {
    const row = this.#statements.findJob.get(id);
    if (!row) return undefined;
    return {
      id: row.id,
      operationId: row.operation_id,
      input: JSON.parse(row.input) as unknown,
      name: row.name,
      status: row.status,
      isStoppable: row.is_stoppable === 1,
      error: row.error === null ? null : (JSON.parse(row.error) as ErrorPayload),
    };
  }

  /** Ids of the jobs that neither ended nor can go on by themselves, oldest first. */
  unfinishedIds(): readonly string[] {
    return this.#statements.unfinished.all().map((row) => row.id);
  }

  steps(jobId: string): readonly StoredStep[] {
    return this.#statements.steps.all(jobId).map((row) => ({
      id: row.id,
      key: row.key,
      number: row.number,
      name: row.name,
      isGroup: row.is_group === 1,
      isSkippable: row.is_skippable === 1,
      isSkipped: row.is_skipped === 1,
      status: row.status,
      output: row.output === null ? undefined : (JSON.parse(row.output) as unknown),
    }));
  }

  /**
   * Puts `steps` in the place of the job's steps. A row whose id is among `steps` keeps its status, times and output;
   * other rows that had ended well stay in front as history; the rest goes.
   */
  replaceSteps(jobId: string, steps: readonly NewStep[]): void {
    this.transaction(() => {
      const wanted = new Set(steps.map((step) => step.id));
      const stored = this.steps(jobId);
      const existing = new Set(stored.map((step) => step.id));
      let history = 0;
      for (const step of stored) {
        if (wanted.has(step.id)) continue;
        if (endedWell(step.status) && !step.isGroup) history += 1;
        else this.#statements.deleteStep.run(step.id);
      }
      this.#statements.shiftSteps.run(jobId);
      this.#statements.renumberHistory.run({ jobId, wanted: JSON.stringify([...wanted]) });
      steps.forEach((step, index) => {
        const ordinal = history + index;
        if (existing.has(step.id)) this.#statements.placeStep.run({ id: step.id, number: step.number, name: step.name, isSkippable: Number(step.isSkippable), ordinal });
        else this.#insertSteps(jobId, [step], ordinal);
      });
    });
  }

  /** Back to the queue: no end, no error, no request to cancel. */
  requeue(id: string, isStoppable: boolean): void {
    this.transaction(() => {
      this.#statements.requeue.run({ id, isStoppable: Number(isStoppable) });
      this.#search.jobRequeued(id);
    });
  }

  /** The job runs from `time` on, for one more attempt. */
  begin(id: string, time: Date): void {
    this.#statements.begin.run({ id, time: time.toISOString() });
  }

  requestCancel(id: string): void {
    this.#statements.requestCancel.run(id);
  }

  setResult(id: string, type: string, resultId: string | null, name: string): void {
    this.#statements.setResult.run({ id, type, resultId, name });
  }

  finish(id: string, status: JobStatus, error: ErrorPayload | null, time: Date): void {
    this.transaction(() => {
      const ended = this.#statements.finish.get({ id, status, error: error === null ? null : JSON.stringify(error), time: time.toISOString() });
      if (ended === undefined) return;
      this.#chain.jobEnded(ended);
      this.#search.jobEnded(id);
    });
  }

  /**
   * Sets a step's status. Running stamps its start; an end stamps its end, and `startedAt` its start where it was never shown as Running;
   * NotStarted clears both.
   */
  setStepStatus(stepId: string, status: JobStatus, time: Date, startedAt?: Date): void {
    this.transaction(() => {
      this.#chainStep(this.#statements.setStepStatus.get({ id: stepId, status, time: time.toISOString(), startedAt: startedAt?.toISOString() ?? null }), status);
    });
  }

  /** The end of a step that did its work: its status, a line for the operator, and the checkpoint for later steps. */
  completeStep(stepId: string, status: JobStatus, { startedAt, endedAt, message, output }: StepEnd): void {
    this.transaction(() => {
      const end = { id: stepId, status, time: endedAt.toISOString(), startedAt: startedAt.toISOString(), message, output: textOf(output) };
      this.#chainStep(this.#statements.completeStep.get(end), status);
    });
  }

  /** A step that failed counts as done, with a line that says so; its times stay those of its attempt. */
  skipStep(stepId: string, message: string): void {
    this.transaction(() => {
      this.#chainStep(this.#statements.skipStep.get({ id: stepId, message }), 'SucceedWithInfo');
    });
  }

  /** What a step leaves behind: a line for the operator, and the checkpoint for later steps. */
  setStepResult(stepId: string, message: string, output: unknown): void {
    this.#statements.setStepResult.run({ id: stepId, message, output: textOf(output) });
  }

  addAuditRecord(record: NewAuditRecord): void {
    this.transaction(() => {
      const { jobId, stepId, objectType, objectId, property, previousValue } = record;
      const row = { jobId, newValue: storable(record.newValue), objectId, objectName: storable(record.objectName), objectType, previousValue: storable(previousValue), property, stepId, time: record.time.toISOString() };
      const { lastInsertRowid } = this.#statements.insertAudit.run(row);
      this.#chain.changed({ id: Number(lastInsertRowid), ...row });
    });
  }

  #chainStep(step: EndedStep | undefined, status: JobStatus): void {
    if (step === undefined || status === 'NotStarted' || status === 'Running') return;
    const { isGroup, ...ended } = step;
    if (isGroup === 0) this.#chain.stepEnded(ended);
  }

  #insertSteps(jobId: string, steps: readonly NewStep[], firstOrdinal: number): void {
    steps.forEach((step, index) => {
      this.#statements.insertStep.run({ ...step, jobId, isGroup: Number(step.isGroup), isSkippable: Number(step.isSkippable), ordinal: firstOrdinal + index });
    });
  }
}

/** Completed, with or without something to say. */
export function endedWell(status: JobStatus): boolean {
  return status === 'Completed' || status === 'SucceedWithInfo';
}

function textOf(output: unknown): string | null {
  return output === undefined ? null : JSON.stringify(output);
}

/** As it comes back from the database, which keeps UTF-8: half a surrogate pair is no character there. */
function storable<T extends string | null>(text: T): T {
  return (text === null ? text : text.replace(/\p{Surrogate}/gu, '\uFFFD')) as T;
}

const endedStep = `RETURNING end_time AS endTime, id, is_skipped AS isSkipped, job_id AS jobId, message, name, number, start_time AS startTime, status, is_group AS isGroup`;

function prepare(db: Db) {
  return {
    insertJob: db.prepare(`
      INSERT INTO job (id, operation_id, input, name, status, owner, result_type, result_id, result_name, created_at, is_stoppable)
      VALUES (@id, @operationId, @input, @name, 'NotStarted', @owner,
        @resultType, @resultId, @resultName, @createdAt, @isStoppable)`),
    insertStep: db.prepare(`
      INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, is_skippable, status)
      VALUES (@id, @jobId, @ordinal, @key, @number, @name, @isGroup, @isSkippable, 'NotStarted')`),
    findJob: db.prepare<[string], JobRecord>(
      'SELECT id, operation_id, input, name, status, is_stoppable, error FROM job WHERE id = ?'),
    unfinished: db.prepare<[], { id: string }>(
      `SELECT id FROM job WHERE status IN ('NotStarted', 'Running') ORDER BY sequence`),
    steps: db.prepare<[string], StepRecord>(
      'SELECT id, key, number, name, is_group, is_skippable, is_skipped, status, output FROM job_step WHERE job_id = ? ORDER BY ordinal'),
    deleteStep: db.prepare('DELETE FROM job_step WHERE id = ?'),
    // Ordinals are unique in a job: out of the way first, then each to its place.
    shiftSteps: db.prepare('UPDATE job_step SET ordinal = -1 - ordinal WHERE job_id = ?'),
    renumberHistory: db.prepare(`
      UPDATE job_step SET ordinal = place.ordinal
      FROM (
        SELECT id, row_number() OVER (ORDER BY ordinal DESC) - 1 AS ordinal FROM job_step
        WHERE job_id = @jobId AND id NOT IN (SELECT value FROM json_each(@wanted))
      ) AS place
      WHERE job_step.id = place.id`),
    placeStep: db.prepare('UPDATE job_step SET number = @number, name = @name, is_skippable = @isSkippable, ordinal = @ordinal WHERE id = @id'),
    requeue: db.prepare(`
      UPDATE job SET status = 'NotStarted', start_time = NULL, end_time = NULL, error = NULL, cancel_requested = 0, is_stoppable = @isStoppable
      WHERE id = @id`),
    begin: db.prepare(`UPDATE job SET status = 'Running', start_time = @time, attempts = attempts + 1 WHERE id = @id`),
    requestCancel: db.prepare('UPDATE job SET cancel_requested = 1 WHERE id = ?'),
    setResult: db.prepare(
      'UPDATE job SET result_type = @type, result_id = @resultId, result_name = @name WHERE id = @id'),
    finish: db.prepare<[object], ChainedJob>(`
      UPDATE job SET status = @status, end_time = @time, error = @error WHERE id = @id
      RETURNING attempts, end_time AS endTime, error, id, name, operation_id AS operationId, owner, result_id AS resultId, result_name AS resultName,
        result_type AS resultType, start_time AS startTime, status`),
    setStepStatus: db.prepare<[object], EndedStep>(`
      UPDATE job_step SET status = @status,
        start_time = CASE @status WHEN 'NotStarted' THEN NULL WHEN 'Running' THEN coalesce(@startedAt, @time) ELSE coalesce(start_time, @startedAt) END,
        end_time = CASE WHEN @status IN ('NotStarted', 'Running') THEN NULL ELSE @time END
      WHERE id = @id ${endedStep}`),
    completeStep: db.prepare<[object], EndedStep>(`
      UPDATE job_step SET status = @status, start_time = coalesce(start_time, @startedAt), end_time = @time, message = @message, output = @output
      WHERE id = @id ${endedStep}`),
    skipStep: db.prepare<[object], EndedStep>(`
      UPDATE job_step SET status = 'SucceedWithInfo', is_skipped = 1, message = @message, output = NULL WHERE id = @id ${endedStep}`),
    setStepResult: db.prepare('UPDATE job_step SET message = @message, output = @output WHERE id = @id'),
    insertAudit: db.prepare(`
      INSERT INTO audit_record (job_id, job_step_id, time, object_type, object_id, object_name, property, previous_value, new_value)
      VALUES (@jobId, @stepId, @time, @objectType, @objectId, @objectName, @property, @previousValue, @newValue)`),
  };
}
