/** The jobs of an export as SQL: what the list of jobs would show. */
import type { ExportScope } from '../../../shared/contract/jobExport.ts';
import { jobFilterSql } from '../jobSearch/jobFilterSql.ts';
import { jobSearchSql, type JobCondition } from '../jobSearch/jobSearchSql.ts';

export function scopeSql(scope: ExportScope): JobCondition {
  if (scope.kind === 'jobs') return { condition: 'j.id IN (SELECT value FROM json_each(@ids))', parameters: { ids: JSON.stringify(scope.ids) } };
  const filter = jobFilterSql(scope);
  const search = jobSearchSql(scope.text);
  if (search.condition === '1') return filter;
  return { condition: `${filter.condition} AND ${search.condition}`, parameters: { ...filter.parameters, ...search.parameters } };
}
