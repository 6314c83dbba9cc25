/** Keeps the full-text index of jobs: one document for each job that has ended, written in the transaction that ends it. */
import type { Db } from '../database.ts';

export class JobSearchIndex {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** What can be read of the job is found from now on. */
  jobEnded(jobId: string): void {
    this.#statements.remove.run(jobId);
    this.#statements.add.run(jobId);
  }

  /** The job runs again: its rows change with every step, and are searched themselves meanwhile. */
  jobRequeued(jobId: string): void {
    this.#statements.remove.run(jobId);
  }
}

/** Each text once, however many steps have it, on a line of its own. */
function lines(column: 'name' | 'message'): string {
  return `(SELECT group_concat(text, char(10)) FROM (SELECT DISTINCT s.${column} AS text FROM job_step s WHERE s.job_id = j.id))`;
}

function prepare(db: Db) {
  return {
    remove: db.prepare('DELETE FROM job_search WHERE rowid = (SELECT sequence FROM job WHERE id = ?)'),
    add: db.prepare(`
      INSERT INTO job_search (rowid, text)
      SELECT j.sequence, concat_ws(char(10), j.name, j.operation_id, j.result_name, j.owner,
        j.error ->> 'code', j.error ->> 'message', j.error ->> 'recommendedAction', ${lines('name')}, ${lines('message')})
      FROM job j WHERE j.id = ?`),
  };
}
