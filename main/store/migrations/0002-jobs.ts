import type { Migration } from './migration.ts';

/** Jobs, their steps and what they changed. Audit records are append-only: the database itself refuses to change them. */
export const jobsMigration: Migration = {
  version: 2,
  name: 'jobs',
  sql: `
CREATE TABLE job (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  operation_id TEXT NOT NULL,
  -- JSON of the parsed input; secrets never stand here.
  input TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('NotStarted', 'Running', 'Completed', 'SucceedWithInfo', 'Failed', 'Canceled')),
  owner TEXT NOT NULL,
  result_type TEXT NOT NULL DEFAULT '',
  result_id TEXT,
  result_name TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  start_time TEXT,
  end_time TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  is_stoppable INTEGER NOT NULL DEFAULT 1 CHECK (is_stoppable IN (0, 1)),
  -- JSON of ErrorPayload.
  error TEXT
) STRICT;
CREATE INDEX job_by_status ON job(status, end_time);
-- With the sequence at its end, as every index has it here, each is an order of the list of jobs; the status decides its scope.
CREATE INDEX job_by_start ON job(start_time, sequence, status);
CREATE INDEX job_by_end ON job(end_time, sequence, status);
CREATE INDEX job_by_name ON job(name COLLATE NOCASE, sequence, status);
CREATE INDEX job_by_result_name ON job(result_name COLLATE NOCASE, sequence, status);
CREATE INDEX job_by_owner ON job(owner COLLATE NOCASE, sequence, status);
CREATE INDEX job_by_result ON job(result_id, sequence);

CREATE TABLE job_step (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES job(id),
  ordinal INTEGER NOT NULL,
  -- Stable key of the step in its operation; a restart finds its place by it.
  key TEXT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  -- 1 for a parent of other steps: it does nothing itself and its status follows theirs.
  is_group INTEGER NOT NULL CHECK (is_group IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ('NotStarted', 'Running', 'Completed', 'SucceedWithInfo', 'Failed', 'Canceled')),
  start_time TEXT,
  end_time TEXT,
  message TEXT NOT NULL DEFAULT '',
  -- JSON that later steps read: the checkpoint.
  output TEXT,
  UNIQUE (job_id, ordinal),
  UNIQUE (job_id, key)
) STRICT;

CREATE TABLE audit_record (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL REFERENCES job(id),
  job_step_id TEXT NOT NULL REFERENCES job_step(id),
  time TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  object_name TEXT NOT NULL,
  property TEXT NOT NULL,
  previous_value TEXT,
  new_value TEXT
) STRICT;
CREATE INDEX audit_record_by_job ON audit_record(job_id);
CREATE INDEX audit_record_by_step ON audit_record(job_step_id);
CREATE INDEX audit_record_by_object ON audit_record(object_id);
CREATE TRIGGER audit_record_is_append_only_update BEFORE UPDATE ON audit_record
BEGIN SELECT RAISE(ABORT, 'audit records are append-only'); END;
CREATE TRIGGER audit_record_is_append_only_delete BEFORE DELETE ON audit_record
BEGIN SELECT RAISE(ABORT, 'audit records are append-only'); END;
`,
};
