/** Errors of jobs, in words for the operator. */
import { ConsoleError, type ErrorPayload } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';
import type { StoredJob } from '../store/jobRows.ts';

interface StepName {
  readonly number: string;
  readonly name: string;
}

/** Why the failed step of a job cannot be skipped. */
export type SkipRefusal =
  | { readonly kind: 'noFailedStep' }
  | { readonly kind: 'notInPlan' | 'builtOn'; readonly step: StepName }
  | { readonly kind: 'outputNeeded'; readonly step: StepName; readonly by: StepName };

const restartHint = 'Restart the job to go on from there.';

function stepText(step: StepName): string {
  return `step ${step.number} "${step.name}"`;
}

/** Of a job that a dead process left behind; `running` is the step it was in, `next` the one before which it stopped. */
export function interrupted(running: StepName | undefined, next: StepName | undefined, started: boolean): ErrorPayload {
  const message = running
    ? `The console stopped while ${stepText(running)} was running; nothing of that step was kept.`
    : started && next
      ? `The console stopped before ${stepText(next)}.`
      : started
        ? 'The console stopped after the last step, before the job was marked as completed.'
        : 'The console stopped before the job began.';
  return new ConsoleError('jobInterrupted', message, restartHint).toPayload();
}

export function canceled(next: StepName | undefined): ErrorPayload {
  const where = next ? `before ${stepText(next)}` : 'before it began';
  return new ConsoleError('jobCanceled', `The job was canceled ${where}; the steps before it were kept.`, restartHint).toPayload();
}

export function stepFailed(step: StepName, error: unknown): ErrorPayload {
  if (error instanceof ConsoleError) return error.toPayload();
  return internal(`A fault of the console ended ${stepText(step)}; nothing of that step was kept: ${messageOf(error)}`);
}

/** The step's rows stay, but what follows them could not be brought along. */
export function followUpFailed(step: StepName | undefined, error: unknown): ErrorPayload {
  if (error instanceof ConsoleError) return error.toPayload();
  const what = step ? `${stepText(step)} was kept` : 'The steps done before were kept';
  const text = `${what}, but the simulation could not be brought to the same state: ${messageOf(error)}`;
  return internal(capitalized(text));
}

/** The plan let it be skipped although a later step reads what it leaves. */
export function outputOfSkipped(step: StepName, skipped: StepName): ConsoleError {
  return new ConsoleError('stepWasSkipped', `${capitalized(stepText(step))} needs what ${stepText(skipped)} makes, and that was skipped.`, 'Start the same action anew instead of restarting this job.');
}

/** What is to be read at a step that was skipped. `error` is that of the job. */
export function skippedText(owner: string, error: ErrorPayload | null): string {
  return error === null ? `Skipped by ${owner} after it had failed.` : `Skipped by ${owner} after it had failed: ${error.message} Error (${error.code})`;
}

export function notSkippable(job: StoredJob, reason: SkipRefusal): ConsoleError {
  const noSkip = 'Mend the cause and restart the job without skipping.';
  switch (reason.kind) {
    case 'noFailedStep':
      return new ConsoleError('stepNotSkippable', `The job "${job.name}" has no failed step that could be skipped.`, 'Restart the job without skipping.');
    case 'notInPlan':
      return new ConsoleError('stepNotSkippable', `${capitalized(stepText(reason.step))} of the job "${job.name}" is not needed any more.`, 'Restart the job without skipping.');
    case 'builtOn':
      return new ConsoleError('stepNotSkippable', `${capitalized(stepText(reason.step))} of the job "${job.name}" cannot be skipped: what it does is what the job is for, or later steps build on it.`, noSkip);
    case 'outputNeeded':
      return new ConsoleError('stepNotSkippable', `${capitalized(stepText(reason.step))} of the job "${job.name}" cannot be skipped: ${stepText(reason.by)} needs what it makes.`, noSkip);
  }
}

export function jobFailed(error: unknown): ErrorPayload {
  if (error instanceof ConsoleError) return error.toPayload();
  return internal(`A fault of the console ended the job: ${messageOf(error)}`);
}

export function notFound(jobId: string): ConsoleError {
  return new ConsoleError('objectNotFound', `There is no job with the ID ${jobId}.`, 'Refresh the list of jobs.');
}

export function notRestartable(job: StoredJob): ConsoleError {
  return new ConsoleError(
    'jobNotRestartable',
    `The job "${job.name}" cannot be restarted: it is ${statusText(job.status)}.`,
    'Only a job that failed or was canceled can be restarted.',
  );
}

export function notCancelable(job: StoredJob): ConsoleError {
  const running = job.status === 'NotStarted' || job.status === 'Running';
  return new ConsoleError(
    'jobNotCancelable',
    running ? `The job "${job.name}" cannot be canceled halfway.` : `The job "${job.name}" cannot be canceled: it is ${statusText(job.status)}.`,
    running ? 'Wait until it has ended.' : 'Only a job that waits or runs can be canceled.',
  );
}

function statusText(status: JobStatus): string {
  switch (status) {
    case 'NotStarted': return 'waiting to start';
    case 'Running': return 'running';
    case 'Completed': return 'completed';
    case 'SucceedWithInfo': return 'completed with information';
    case 'Failed': return 'failed';
    case 'Canceled': return 'canceled';
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The stack stays in the log: it tells an operator nothing. */
function internal(message: string): ErrorPayload {
  return new ConsoleError('internal', message, 'Restart the job. If it fails again, report the message together with the log file.').toPayload();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
