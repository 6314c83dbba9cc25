/** Errors of jobs, in words for the operator. */
import { ConsoleError, type ErrorPayload } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';
import type { StoredJob } from '../store/jobRepository.ts';

interface StepName {
  readonly number: string;
  readonly name: string;
}

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
  return internal(text.charAt(0).toUpperCase() + text.slice(1));
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

/** The stack stays in the log: it tells an operator nothing. */
function internal(message: string): ErrorPayload {
  return new ConsoleError('internal', message, 'Restart the job. If it fails again, report the message together with the log file.').toPayload();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
