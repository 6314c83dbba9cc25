/** What the list of jobs is narrowed to, in words and as the contract wants it. Saved filters are such queries with a name. */
import { z } from 'zod';
import { jobFilterSchema, jobScopeSchema, jobStatusLabels, type JobStatus } from '../../../shared/contract/jobs.ts';
import { formatInstant } from '../shared/format.ts';

export const jobQuerySchema = z.object({ scope: jobScopeSchema.default('all'), text: z.string().max(200).default(''), ...jobFilterSchema.shape });
export type JobQuery = z.output<typeof jobQuerySchema>;

const savedJobFilterSchema = z.object({ id: z.string().min(1), name: z.string().min(1).max(80), query: jobQuerySchema });
export type SavedJobFilter = z.output<typeof savedJobFilterSchema>;

/** What was kept; one that is spoilt never costs the others. */
export const savedJobFiltersSchema = z.array(z.unknown()).transform((kept) => kept.map((one) => savedJobFilterSchema.safeParse(one).data).filter((one) => one !== undefined));

export function emptyQuery(scope: JobQuery['scope']): JobQuery {
  return jobQuerySchema.parse({ scope });
}

export function isEmpty(query: JobQuery): boolean {
  return isSame(query, emptyQuery(query.scope));
}

export function isSame(one: JobQuery, other: JobQuery): boolean {
  return JSON.stringify(jobQuerySchema.parse(one)) === JSON.stringify(jobQuerySchema.parse(other));
}

/** One condition as it is shown, and the query without it. */
export interface QueryPart {
  readonly key: string;
  readonly label: string;
  readonly without: JobQuery;
}

/** The conditions besides the text that was typed. `names`: of operations, by id. */
export function queryParts(query: JobQuery, names: ReadonlyMap<string, string>): readonly QueryPart[] {
  const part = (key: string, label: string, change: Partial<JobQuery>): QueryPart => ({ key, label, without: { ...query, ...change } });
  return [
    ...(query.statuses.length === 0 ? [] : [part('statuses', `Status: ${query.statuses.map((status) => jobStatusLabels[status]).join(', ')}`, { statuses: [] })]),
    ...(query.operationIds.length === 0 ? [] : [part('operationIds', `Operation: ${query.operationIds.map((id) => names.get(id) ?? id).join(', ')}`, { operationIds: [] })]),
    ...(query.owner === '' ? [] : [part('owner', `Owner: ${query.owner}`, { owner: '' })]),
    ...(query.from === null ? [] : [part('from', `Started from ${formatInstant(query.from)}`, { from: null })]),
    ...(query.to === null ? [] : [part('to', `Started before ${formatInstant(query.to)}`, { to: null })]),
  ];
}

/** Everything in one line, for a hint. */
export function queryText(query: JobQuery): string {
  const parts = queryParts(query, new Map()).map(({ label }) => label);
  const scope = query.scope === 'running' ? ['Running'] : [];
  return [...scope, ...(query.text === '' ? [] : [`"${query.text}"`]), ...parts].join('; ');
}

export function toggledStatus(statuses: readonly JobStatus[], status: JobStatus): JobStatus[] {
  return statuses.includes(status) ? statuses.filter((other) => other !== status) : [...statuses, status];
}

/** Why a saved filter cannot have this name; undefined when it can. */
export function nameProblem(name: string, saved: readonly SavedJobFilter[]): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return 'Type a name.';
  return saved.some((filter) => filter.name.toLowerCase() === trimmed.toLowerCase()) ? 'There is a filter of this name. Choose another one.' : undefined;
}

/** Local time as `datetime-local` has it; empty for null. */
export function localTime(instant: string | null): string {
  if (instant === null) return '';
  const time = new Date(instant);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The instant of a local time as `datetime-local` gives it; null while it is empty or no time. */
export function instantOf(local: string): string | null {
  const time = Date.parse(local);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
