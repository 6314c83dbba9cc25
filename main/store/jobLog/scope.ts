/** The jobs of an export as SQL. */
import type { ExportScope } from '../../../shared/contract/jobExport.ts';
import { jobMatches, jobScopes } from '../lists/jobList.ts';
import { likePattern } from '../lists/pageReader.ts';

export interface ScopeSql {
  /** Condition over `job j`. What a person typed is in the parameters only. */
  readonly condition: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** When a job counts: its start, or its creation while it waits. */
const countsAt = 'coalesce(j.start_time, j.created_at)';

export function scopeSql(scope: ExportScope): ScopeSql {
  if (scope.kind === 'jobs') return { condition: 'j.id IN (SELECT value FROM json_each(@ids))', parameters: { ids: JSON.stringify(scope.ids) } };
  const conditions = [jobScopes[scope.scope].condition];
  const parameters: Record<string, string> = {};
  const add = (condition: string, name: string, value: string): void => {
    conditions.push(condition);
    parameters[name] = value;
  };
  if (scope.statuses.length > 0) add('j.status IN (SELECT value FROM json_each(@statuses))', 'statuses', JSON.stringify(scope.statuses));
  if (scope.text !== '') add(`(${jobMatches})`, 'pattern', likePattern(scope.text));
  // Stored instants all have milliseconds; a typed one may not, and is compared as text.
  if (scope.from !== null) add(`${countsAt} >= @from`, 'from', new Date(scope.from).toISOString());
  if (scope.to !== null) add(`${countsAt} < @to`, 'to', new Date(scope.to).toISOString());
  return { condition: conditions.join(' AND '), parameters };
}
