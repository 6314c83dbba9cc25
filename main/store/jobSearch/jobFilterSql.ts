/** Part of the jobs, as the list and an export narrow them, as SQL over `job j`. */
import type { z } from 'zod';
import type { JobFilter, jobScopeSchema } from '../../../shared/contract/jobs.ts';
import type { JobCondition } from './jobSearchSql.ts';

type Scope = z.output<typeof jobScopeSchema>;

const scopes: Record<Scope, string> = {
  running: `j.status IN ('NotStarted', 'Running')`,
  history: `j.status NOT IN ('NotStarted', 'Running')`,
  all: '1',
};

/** When a job counts: its start, or its creation while it waits. */
const countsAt = 'coalesce(j.start_time, j.created_at)';

export function jobFilterSql({ scope, statuses = [], operationIds = [], owner = '', from = null, to = null }: Partial<JobFilter> & { readonly scope: Scope }): JobCondition {
  const conditions = [scopes[scope]];
  const parameters: Record<string, string> = {};
  const add = (condition: string, name: string, value: string): void => {
    conditions.push(condition);
    parameters[name] = value;
  };
  if (statuses.length > 0) add('j.status IN (SELECT value FROM json_each(@statuses))', 'statuses', JSON.stringify(statuses));
  if (operationIds.length > 0) add('j.operation_id IN (SELECT value FROM json_each(@operationIds))', 'operationIds', JSON.stringify(operationIds));
  if (owner !== '') add('j.owner = @owner COLLATE NOCASE', 'owner', owner);
  // Stored instants all have milliseconds; a typed one may not, and is compared as text.
  if (from !== null) add(`${countsAt} >= @from`, 'from', new Date(from).toISOString());
  if (to !== null) add(`${countsAt} < @to`, 'to', new Date(to).toISOString());
  return { condition: conditions.join(' AND '), parameters };
}
