import type { Migration } from './migration.ts';

/** Each job with its PowerShell and with what would undo it, as of before its first step; and which job undid which. */
export const jobScriptsMigration: Migration = {
  version: 17,
  name: 'job-scripts',
  sql: `
CREATE TABLE job_script (
  job_id TEXT PRIMARY KEY REFERENCES job(id) ON DELETE CASCADE,
  -- PowerShell as View Script shows it; never a secret.
  script TEXT,
  no_script TEXT,
  -- JSON of the operation that undoes the job, with its input.
  inverse TEXT,
  no_inverse TEXT,
  CHECK ((script IS NULL) <> (no_script IS NULL)),
  CHECK ((inverse IS NULL) <> (no_inverse IS NULL))
) STRICT;

CREATE TABLE job_undo (
  job_id TEXT PRIMARY KEY REFERENCES job(id) ON DELETE CASCADE,
  undoes_job_id TEXT NOT NULL REFERENCES job(id) ON DELETE CASCADE CHECK (undoes_job_id <> job_id)
) STRICT;
CREATE INDEX job_undo_by_undone ON job_undo(undoes_job_id);
`,
};
