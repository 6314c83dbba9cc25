/** The script of each job and what undoes it, written down before its first step; and jobs that undo jobs. */
import { z } from 'zod';
import { ConsoleError, errorCodes, type Problem } from '../../../shared/contract/errors.ts';
import type { JobScript } from '../../../shared/contract/jobs.ts';
import { operationIdSchema } from '../../../shared/contract/operations.ts';
import type { JobPlan } from '../../jobs/plan.ts';
import { endedWell } from '../../store/jobRepository.ts';
import type { JobFacts, JobScriptRecord, JobScripts } from '../../store/jobScripts.ts';
import { labels } from '../labels.ts';
import type { Operations } from '../operations.ts';

const inverseSchema = z.object({ operationId: operationIdSchema, input: z.record(z.string(), z.unknown()), madeAt: z.string().optional() });

interface Start {
  readonly operationId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export class JobUndo {
  readonly #operations: Operations;
  readonly #scripts: JobScripts;

  constructor(operations: Operations, scripts: JobScripts) {
    this.#operations = operations;
    this.#scripts = scripts;
  }

  /** Called while nothing of the job is done. A restart keeps what its first attempt wrote down. */
  remember(jobId: string, plan: JobPlan): void {
    if (this.#scripts.find(jobId) === undefined) this.#scripts.write(jobId, this.#record(() => this.#operations.describeStarted(plan) ?? this.#describe(jobId)));
  }

  #describe(jobId: string): ReturnType<Operations['describe']> {
    const { operationId, input } = this.#find(jobId);
    return this.#operations.describe(operationId, input);
  }

  #record(describe: () => ReturnType<Operations['describe']>): JobScriptRecord {
    try {
      const { script, inverse } = describe();
      const undo = 'reason' in inverse ? { inverse: null, noInverse: inverse.reason } : { inverse: JSON.stringify(inverse), noInverse: null };
      return { ...textOf(script), ...undo };
    } catch (error) {
      const reason = reasonOf(error);
      return { script: null, noScript: reason, inverse: null, noInverse: reason };
    }
  }

  /** Starts the job that undoes this one; returns its id. Throws ConsoleError objectNotFound, or jobNotUndoable with the problems. */
  start(jobId: string): string {
    const job = this.#find(jobId);
    const { operationId, input } = this.#undoOf(job);
    try {
      const undoId = this.#operations.start(operationId, input, () => `${labels.undo} ${job.name}`);
      this.#scripts.setUndoes(undoId, jobId);
      return undoId;
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      throw notUndoable(job, reasonOf(error), error.recommendedAction, error.problems);
    }
  }

  /** *View Script* of a job. The reverse script is of now: it finds what the job made. Throws ConsoleError objectNotFound. */
  scriptOf(jobId: string): JobScript {
    const job = this.#find(jobId);
    const { script, noScript } = this.#scripts.find(jobId) ?? { script: null, noScript: 'The job has not begun, or is older than the scripts of jobs.' };
    try {
      const { operationId, input } = this.#undoOf(job);
      const reverse = this.#operations.script(operationId, input);
      return { script, noScript, reverse: reverse.script.toText(`${labels.undo} ${job.name}`), noReverse: null };
    } catch (error) {
      return { script, noScript, reverse: null, noReverse: reasonOf(error) };
    }
  }

  /** Throws jobNotUndoable for everything that can be known without the checks of the operation that undoes it. */
  #undoOf(job: JobFacts): Start {
    const record = this.#scripts.find(job.id);
    if (typeof record?.noInverse === 'string') throw notUndoable(job, record.noInverse);
    if (!endedWell(job.status)) throw notUndoable(job, 'Only a job that completed can be undone.');
    if (record === undefined || record.inverse === null) throw notUndoable(job, 'It is older than undo, so that nobody wrote down what was there before.');
    const undo = this.#scripts.undoneBy(job.id);
    if (undo !== null) throw notUndoable(job, 'It is undone already.');
    const [later] = this.#scripts.laterChanges(job.id);
    if (later !== undefined) throw notUndoable(job, `What it changed was changed again later, by the job "${later.name}".`, 'Undo that one first.');
    const { operationId, input, madeAt } = inverseSchema.parse(JSON.parse(record.inverse));
    return { operationId, input: madeAt === undefined ? input : { ...input, [madeAt]: job.resultId } };
  }

  #find(jobId: string): JobFacts {
    const job = this.#scripts.job(jobId);
    if (job === undefined) throw new ConsoleError('objectNotFound', `There is no job with the ID ${jobId}.`, 'Refresh the list of jobs.');
    return job;
  }
}

function textOf(write: ReturnType<Operations['describe']>['script']): Pick<JobScriptRecord, 'script' | 'noScript'> {
  try {
    const { title, script } = write();
    return { script: script.toText(title), noScript: null };
  } catch (error) {
    return { script: null, noScript: reasonOf(error) };
  }
}

function notUndoable(job: JobFacts, reason: string, action = 'Change what is there by hand, in its Properties.', problems: readonly Problem[] = []): ConsoleError {
  return new ConsoleError('jobNotUndoable', `The job "${job.name}" cannot be undone. ${reason}`, action, problems);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ConsoleError)) throw error;
  const problems = error.problems.map(({ message }) => message);
  if (problems.length > 0) return problems.join(' ');
  return error.code === errorCodes.jobNotUndoable || error.recommendedAction === '' ? error.message : `${error.message} ${error.recommendedAction}`;
}
