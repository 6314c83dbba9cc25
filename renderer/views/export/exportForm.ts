/** What the operator chose in the export dialog, and the request that it makes. */
import type { ExportFormat, ExportRequest, ExportScope, ExportSize } from '../../../shared/contract/jobExport.ts';
import type { JobStatus } from '../../../shared/contract/jobs.ts';
import { emptyQuery, instantOf, type JobQuery } from '../jobs/jobQuery.ts';
import { formatNumber } from '../shared/format.ts';

export type ScopeChoice = 'job' | 'list' | 'all' | 'filter';

export interface ExportForm {
  readonly format: ExportFormat;
  readonly choice: ScopeChoice;
  /** None: any status. */
  readonly statuses: readonly JobStatus[];
  readonly text: string;
  /** As `datetime-local` gives them, in local time; empty for no limit. */
  readonly from: string;
  readonly to: string;
}

export function initialForm(choice: ScopeChoice): ExportForm {
  return { format: 'csv', choice, statuses: [], text: '', from: '', to: '' };
}

/** The scope of the form; undefined while it makes no sense: no job is there, or the time ends before it begins. `list`: what the list is narrowed to. */
export function scopeOf(form: ExportForm, jobId: string | undefined, list: JobQuery | undefined): ExportScope | undefined {
  switch (form.choice) {
    case 'job':
      return jobId === undefined ? undefined : { kind: 'jobs', ids: [jobId] };
    case 'all':
      return { kind: 'filter', ...emptyQuery('all') };
    case 'list':
      return list === undefined ? undefined : { kind: 'filter', ...list };
    case 'filter':
      if (timeProblem(form) !== undefined) return undefined;
      return { kind: 'filter', ...emptyQuery('all'), statuses: [...form.statuses], text: form.text.trim(), from: instantOf(form.from), to: instantOf(form.to) };
  }
}

export function requestOf(form: ExportForm, jobId: string | undefined, list: JobQuery | undefined): ExportRequest | undefined {
  const scope = scopeOf(form, jobId, list);
  return scope === undefined ? undefined : { format: form.format, scope };
}

/** What is wrong with the times, as a sentence for the field of the end. */
export function timeProblem({ choice, from, to }: ExportForm): string | undefined {
  if (choice !== 'filter' || from === '' || to === '') return undefined;
  return Date.parse(from) < Date.parse(to) ? undefined : 'The end lies before the beginning. Choose a later time.';
}

/** What a scope has, as a sentence. */
export function sizeText({ jobs, steps, changes }: ExportSize): string {
  if (jobs === 0) return 'No job matches. The file will have none.';
  return `${counted(jobs, 'job')} with ${counted(steps, 'step')} and ${counted(changes, 'change')}.`;
}

function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Share of the work that is done, 0 to 1; undefined before anything is known. */
export function progressOf({ done, total }: { readonly done: number; readonly total: number }): number | undefined {
  return total === 0 ? undefined : Math.min(1, done / total);
}
