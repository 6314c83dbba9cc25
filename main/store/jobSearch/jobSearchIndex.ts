/** Keeps the full-text index of jobs: one document for each job that has ended, written in the transaction that ends it. */
import type { Db } from '../database.ts';

export class JobSearchIndex {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #isLater: boolean;
  /** Jobs that ended since `write`; what was rolled back is among them. */
  #ended: string[] = [];

  /** `isLater`: documents are written when `write` is called, many at once, which costs a third. */
  constructor(db: Db, isLater: boolean) {
    this.#statements = prepare(db);
    this.#isLater = isLater;
  }

  /** What can be read of the job is found from now on, or from the next `write` on. */
  jobEnded(jobId: string): void {
    this.#ended.push(jobId);
    if (!this.#isLater) this.write();
  }

  write(): void {
    if (this.#ended.length === 0) return;
    this.#statements.add.run(JSON.stringify(this.#ended));
    this.#ended = [];
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
      INSERT OR REPLACE INTO job_search (rowid, text)
      SELECT j.sequence, concat_ws(char(10), j.name, j.operation_id, j.result_name, j.owner,
        j.error ->> 'code', j.error ->> 'message', j.error ->> 'recommendedAction', ${lines('name')}, ${lines('message')})
      FROM json_each(?) ended JOIN job j ON j.id = ended.value
      WHERE j.status NOT IN ('NotStarted', 'Running')`),
  };
}
