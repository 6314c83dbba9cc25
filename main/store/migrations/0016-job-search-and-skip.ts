import type { Db } from '../database.ts';
import type { Migration } from './migration.ts';

/**
 * Steps that may be skipped or were, and the index for the full-text search over jobs that ended. A job is one document of
 * everything that can be read of it; the index keeps no copy of the text, only where each three characters in a row stand.
 */
export const jobSearchMigration: Migration = {
  version: 16,
  name: 'job-search-and-skip',
  sql: `
-- 1 while the plan lets the job go on without the step, should it fail.
ALTER TABLE job_step ADD COLUMN is_skippable INTEGER NOT NULL DEFAULT 0 CHECK (is_skippable IN (0, 1));
-- 1 for a step that failed and was skipped at a restart; its status is SucceedWithInfo then.
ALTER TABLE job_step ADD COLUMN is_skipped INTEGER NOT NULL DEFAULT 0 CHECK (is_skipped IN (0, 1));
-- What the filter offers, and what it takes.
CREATE INDEX job_by_operation ON job(operation_id, name);
-- rowid is job.sequence.
CREATE VIRTUAL TABLE job_search USING fts5(text, content = '', contentless_delete = 1, tokenize = 'trigram');
`,
  fill: indexWhatIsThere,
};

/** Columns as they are at this version; the console's own reading of them may change later, this may not. */
function indexWhatIsThere(db: Db): void {
  db.exec(`
    INSERT INTO job_search (rowid, text)
    SELECT j.sequence, concat_ws(char(10), j.name, j.operation_id, j.result_name, j.owner,
      j.error ->> 'code', j.error ->> 'message', j.error ->> 'recommendedAction',
      (SELECT group_concat(text, char(10)) FROM (SELECT DISTINCT s.name AS text FROM job_step s WHERE s.job_id = j.id)),
      (SELECT group_concat(text, char(10)) FROM (SELECT DISTINCT s.message AS text FROM job_step s WHERE s.job_id = j.id)))
    FROM job j WHERE j.status NOT IN ('NotStarted', 'Running')`);
}
