import type { JobRow } from '../../../shared/contract/jobs.ts';

/** Why a job cannot go on without its failed step. */
export function noSkipReason({ status }: Pick<JobRow, 'status'>): string {
  return status === 'Failed' ? 'The step that failed cannot be left out: the job is made for it, or later steps build on it. Mend the cause and restart.' : 'Only a failed job can be restarted behind the step that failed.';
}

/** What restarts the job in VMM's own shell, in the words of its error box (fact sheet §6.4). */
export function restartCommand(jobId: string): string {
  return `Restart-Job -Job (Get-VMMServer localhost | Get-Job | where { $_.ID -eq "{${jobId}}"})`;
}
