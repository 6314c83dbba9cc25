/** How much of the job log a scope has. */
import type { ExportScope, ExportSize } from '../../../shared/contract/jobExport.ts';
import type { Db } from '../database.ts';
import { scopeSql } from './scope.ts';

export class JobLogSize {
  readonly #db: Db;
  readonly #beforeSearch: () => void;

  constructor(db: Db, beforeSearch: () => void = () => undefined) {
    this.#db = db;
    this.#beforeSearch = beforeSearch;
  }

  size(scope: ExportScope): ExportSize {
    this.#beforeSearch();
    const { condition, parameters } = scopeSql(scope);
    const size = this.#db.prepare<[typeof parameters], ExportSize>(`
      SELECT count(*) AS jobs,
        coalesce(sum((SELECT count(*) FROM job_step s WHERE s.job_id = j.id)), 0) AS steps,
        coalesce(sum((SELECT count(*) FROM audit_record a WHERE a.job_id = j.id)), 0) AS changes
      FROM job j WHERE ${condition}`).get(parameters);
    return size ?? { jobs: 0, steps: 0, changes: 0 };
  }
}
