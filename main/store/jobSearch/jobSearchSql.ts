/** What a person typed into the search of jobs, as SQL. */
import { jobStatusLabels } from '../../../shared/contract/jobs.ts';
import { anyLike, likePattern } from '../lists/pageReader.ts';

/** Condition over `job j`. What a person typed is in the parameters only. */
export interface JobCondition {
  readonly condition: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The status in the words in which it is shown. */
export const statusTextSql = `CASE j.status ${Object.entries(jobStatusLabels)
  .map(([status, label]) => `WHEN '${status}' THEN '${label}'`)
  .join(' ')} END`;

/** The index holds three characters in a row; what is shorter is looked for in the rows themselves. */
const shortestIndexed = 3;

/** A job is found when each of the words stands somewhere in it: in its names, its steps, their messages, or its error. */
export function jobSearchSql(text: string): JobCondition {
  const parameters: Record<string, string> = {};
  // Long words first: what the index rules out needs no look at the rows.
  const words = [...searchWords(text)].sort((a, b) => b.length - a.length);
  const conditions = words.map((word, at) => {
    parameters[`like${at}`] = likePattern(word);
    const status = `${statusTextSql} LIKE @like${at} ESCAPE '\\'`;
    const rows = rowsLike(`@like${at}`);
    if ([...word].length < shortestIndexed) return `(${status} OR ${rows})`;
    parameters[`match${at}`] = `"${word}"`;
    return `(${status} OR j.sequence IN (SELECT rowid FROM job_search WHERE job_search MATCH @match${at}) OR (j.status IN ('NotStarted', 'Running') AND (${rows})))`;
  });
  return { condition: conditions.length === 0 ? '1' : conditions.join(' AND '), parameters };
}

/**
 * Words of a search; what stands between quotation marks is one. Never empty, without quotation marks and control characters, so
 * that nothing that can be typed has a meaning for the index.
 */
export function searchWords(text: string): readonly string[] {
  const found = [...text.matchAll(/"(?<phrase>[^"]*)(?:"|$)|[^\s"]+/g)].map((match) => match.groups?.['phrase'] ?? match[0]);
  return [...new Set(found.map((word) => word.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()).filter((word) => word !== ''))];
}

/** Whether the rows of the job have the pattern: what the index has of a job that ended. */
function rowsLike(pattern: string): string {
  const like = (...expressions: readonly string[]) => anyLike(...expressions).replaceAll('@pattern', pattern);
  const ofJob = like('j.name', 'j.operation_id', 'j.result_name', 'j.owner', `j.error ->> 'code'`, `j.error ->> 'message'`, `j.error ->> 'recommendedAction'`);
  return `${ofJob} OR EXISTS (SELECT 1 FROM job_step s WHERE s.job_id = j.id AND (${like('s.name', 's.message')}))`;
}
