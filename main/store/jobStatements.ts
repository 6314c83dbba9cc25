/** SQL of the job log's rows. */
import type { JobStatus } from '../../shared/contract/jobs.ts';
import type { Db } from './database.ts';
import type { ChainedJob, ChainedStep } from './jobLog/jobLogChain.ts';
import { ManyRows } from './manyRows.ts';

export type StepEndRecord = ChainedStep & { readonly isGroup: number };

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

const endedJob = `RETURNING attempts, end_time AS endTime, error, id, name, operation_id AS operationId, owner, result_id AS resultId, result_name AS resultName,
        result_type AS resultType, start_time AS startTime, status`;

const endedStep = `RETURNING end_time AS endTime, id, is_skipped AS isSkipped, job_id AS jobId, message, name, number, start_time AS startTime, status, is_group AS isGroup`;

export function prepareJobStatements(db: Db) {
  return {
    insertJob: db.prepare(`
      INSERT INTO job (id, operation_id, input, name, status, owner, result_type, result_id, result_name, created_at, is_stoppable)
      VALUES (@id, @operationId, @input, @name, 'NotStarted', @owner,
        @resultType, @resultId, @resultName, @createdAt, @isStoppable)`),
    insertStep: db.prepare(`
      INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, is_skippable, status)
      VALUES (@id, @jobId, @ordinal, @key, @number, @name, @isGroup, @isSkippable, 'NotStarted')`),
    endedSteps: new ManyRows(db, 'job_step', ['id', 'job_id', 'ordinal', 'key', 'number', 'name', 'is_group', 'is_skippable', 'status', 'start_time', 'end_time', 'message', 'output']),
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
      ${endedJob}`),
    finishRun: db.prepare<[object], ChainedJob>(`
      UPDATE job SET status = @status, start_time = @startTime, end_time = @endTime, attempts = attempts + 1,
        result_type = coalesce(@type, result_type), result_id = CASE WHEN @type IS NULL THEN result_id ELSE @resultId END, result_name = coalesce(@name, result_name)
      WHERE id = @id
      ${endedJob}`),
    setStepStatus: db.prepare<[object], StepEndRecord>(`
      UPDATE job_step SET status = @status,
        start_time = CASE @status WHEN 'NotStarted' THEN NULL WHEN 'Running' THEN coalesce(@startedAt, @time) ELSE coalesce(start_time, @startedAt) END,
        end_time = CASE WHEN @status IN ('NotStarted', 'Running') THEN NULL ELSE @time END
      WHERE id = @id ${endedStep}`),
    completeStep: db.prepare<[object], StepEndRecord>(`
      UPDATE job_step SET status = @status, start_time = coalesce(start_time, @startedAt), end_time = @time, message = @message, output = @output
      WHERE id = @id ${endedStep}`),
    skipStep: db.prepare<[object], StepEndRecord>(`
      UPDATE job_step SET status = 'SucceedWithInfo', is_skipped = 1, message = @message, output = NULL WHERE id = @id ${endedStep}`),
    setStepResult: db.prepare('UPDATE job_step SET message = @message, output = @output WHERE id = @id'),
    auditRecords: new ManyRows(db, 'audit_record', ['job_id', 'job_step_id', 'time', 'object_type', 'object_id', 'object_name', 'property', 'previous_value', 'new_value']),
  };
}
