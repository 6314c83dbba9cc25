/** Rows of jobs, their steps and their audit records: what the job runner writes, and reads back after a restart. */
import type { ErrorPayload } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';
import type { Db } from './database.ts';
import { JobLogChain, type ChainedChange, type ChainedStep } from './jobLog/jobLogChain.ts';
import { JobSearchIndex } from './jobSearch/jobSearchIndex.ts';
import type { EndedStep, JobRun, NewAuditRecord, NewJob, NewStep, StepEnd, StoredJob, StoredStep } from './jobRows.ts';
import { prepareJobStatements, type StepEndRecord } from './jobStatements.ts';
import { JobTransactions } from './jobTransactions.ts';

export class JobRepository {
  readonly isTemporary: boolean;
  readonly #statements: ReturnType<typeof prepareJobStatements>;
  readonly #transactions: JobTransactions;
  readonly #chain: JobLogChain;
  readonly #search: JobSearchIndex;

  /** `isTemporary`: of a file that nobody needs who does not use this connection, so that its jobs are committed many at a time. */
  constructor(db: Db, isTemporary = false) {
    this.isTemporary = isTemporary;
    this.#chain = new JobLogChain(db);
    this.#search = new JobSearchIndex(db, isTemporary);
    this.#transactions = new JobTransactions(db, this.#chain, { gathers: isTemporary });
    this.#statements = prepareJobStatements(db);
  }

  /** Everything that `work` writes is kept, or, when it throws, nothing of it. Inside another transaction that one decides. */
  transaction<T>(work: () => T): T {
    return this.#transactions.run(work);
  }

  /** As `transaction`, but inside another one too nothing of it is kept when it throws. */
  whole<T>(work: () => T): T {
    return this.#transactions.whole(work);
  }

  /** From here on other connections find everything in the file that was told to be done, and every search does. Inside of a transaction that is not known yet. */
  settle(): void {
    if (this.#transactions.settle()) this.#search.write();
  }

  insert(job: NewJob, steps: readonly NewStep[]): void {
    if (steps.length === 0) return this.#transactions.statement(() => { this.#insertJob(job); });
    this.transaction(() => {
      this.#insertJob(job);
      this.insertSteps(job.id, steps);
    });
  }

  /** Of a job that has none yet. */
  insertSteps(jobId: string, steps: readonly NewStep[]): void {
    this.transaction(() => { this.#insertSteps(jobId, steps, 0); });
  }

  /** What else would be written of a job from its beginning to its end, all at once and each row once. */
  writeRun({ jobId, status, startedAt, endedAt, result, steps }: JobRun): void {
    this.transaction(() => {
      this.#writeSteps(jobId, steps);
      const times = { startTime: startedAt.toISOString(), endTime: endedAt.toISOString() };
      const ended = this.#statements.finishRun.get({ id: jobId, status, ...times, type: result?.type ?? null, resultId: result?.id ?? null, name: result?.name ?? null });
      if (ended === undefined) return;
      this.#chain.jobEnded(ended);
      this.#search.jobEnded(jobId);
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
    this.transaction(() => { for (const change of this.#insertAuditRecords([record])) this.#chain.changed(change); });
  }

  #writeSteps(jobId: string, steps: readonly EndedStep[]): void {
    const ended = steps.map((step) => ({ step, record: recordOf(jobId, step) }));
    this.#statements.endedSteps.insert(ended.map(rowOf));
    const changes = this.#insertAuditRecords(steps.flatMap((step) => step.changes));
    let chained = 0;
    for (const { step, record } of ended) {
      const end = chained + step.changes.length;
      for (const change of changes.slice(chained, end)) this.#chain.changed(change);
      chained = end;
      if (!step.isGroup) this.#chain.stepEnded(record);
    }
  }

  #insertAuditRecords(records: readonly NewAuditRecord[]): readonly ChainedChange[] {
    const rows = records.map(auditRowOf);
    const last = this.#statements.auditRecords.insert(rows);
    return rows.map(([jobId, stepId, time, objectType, objectId, objectName, property, previousValue, newValue], at) => (
      { id: last - rows.length + 1 + at, jobId, newValue, objectId, objectName, objectType, previousValue, property, stepId, time }
    ));
  }

  #chainStep(step: StepEndRecord | undefined, status: JobStatus): void {
    if (step === undefined || status === 'NotStarted' || status === 'Running') return;
    const { isGroup, ...ended } = step;
    if (isGroup === 0) this.#chain.stepEnded(ended);
  }

  #insertJob(job: NewJob): void {
    const [input, createdAt] = [JSON.stringify(job.input) ?? 'null', job.createdAt.toISOString()];
    this.#statements.insertJob.run({ ...job, input, isStoppable: Number(job.isStoppable), createdAt });
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

function recordOf(jobId: string, { id, number, name, status, startedAt, endedAt, message }: EndedStep): ChainedStep {
  return {
    endTime: endedAt?.toISOString() ?? null, id, isSkipped: 0, jobId, message: storable(message), name: storable(name), number,
    startTime: startedAt?.toISOString() ?? null, status,
  };
}

function rowOf({ step, record }: { readonly step: EndedStep; readonly record: ChainedStep }, ordinal: number) {
  const { id, jobId, number, name, status, startTime, endTime, message } = record;
  return [id, jobId, ordinal, step.key, number, name, Number(step.isGroup), Number(step.isSkippable), status, startTime, endTime, message, textOf(step.output)];
}

function auditRowOf({ jobId, stepId, time, objectType, objectId, objectName, property, previousValue, newValue }: NewAuditRecord) {
  return [jobId, stepId, time.toISOString(), objectType, objectId, storable(objectName), property, storable(previousValue), storable(newValue)] as const;
}

/** As it comes back from the database, which keeps UTF-8: half a surrogate pair is no character there. */
function storable<T extends string | null>(text: T): T {
  return (text === null ? text : text.replace(/\p{Surrogate}/gu, '\uFFFD')) as T;
}
