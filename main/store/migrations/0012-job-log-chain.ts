import { canonicalJson, genesis, linkHash, type ChainedKind, type ChainLink } from '../jobLog/hashChain.ts';
import type { Db } from '../database.ts';
import type { Migration } from './migration.ts';

/**
 * The job log as a chain of hashes. What was there before is chained in the order of jobs, steps and changes; that proves nothing
 * about the time before, and everything from then on.
 */
export const jobLogChainMigration: Migration = {
  version: 12,
  name: 'job-log-chain',
  sql: `
CREATE TABLE job_log_record (
  sequence INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES job(id),
  kind TEXT NOT NULL CHECK (kind IN ('auditRecord', 'job', 'step')),
  -- Canonical JSON of what happened, as it was then: a step that is restarted gets a second record.
  record TEXT NOT NULL,
  -- SHA-256 over this record and the hash before it.
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX job_log_record_by_job ON job_log_record(job_id);
CREATE TRIGGER job_log_record_is_append_only_update BEFORE UPDATE ON job_log_record
BEGIN SELECT RAISE(ABORT, 'the job log is append-only'); END;
CREATE TRIGGER job_log_record_is_append_only_delete BEFORE DELETE ON job_log_record
BEGIN SELECT RAISE(ABORT, 'the job log is append-only'); END;
`,
  fill: chainWhatIsThere,
};

interface Entry {
  readonly kind: ChainedKind;
  readonly record: object;
}

/** Columns as they are at this version; the console's own reading of them may change later, this may not. */
function chainWhatIsThere(db: Db): void {
  const steps = db.prepare<[string], object>(`
    SELECT id, job_id AS jobId, number, name, status, start_time AS startTime, end_time AS endTime, message
    FROM job_step WHERE job_id = ? AND is_group = 0 AND status NOT IN ('NotStarted', 'Running') ORDER BY ordinal`);
  const changes = db.prepare<[string], object>(`
    SELECT sequence AS id, job_id AS jobId, job_step_id AS stepId, time, object_type AS objectType, object_id AS objectId,
      object_name AS objectName, property, previous_value AS previousValue, new_value AS newValue
    FROM audit_record WHERE job_id = ? ORDER BY sequence`);
  const job = db.prepare<[string], { error: string | null; status: string }>(`
    SELECT id, name, operation_id AS operationId, owner, status, start_time AS startTime, end_time AS endTime, result_type AS resultType,
      result_id AS resultId, result_name AS resultName, attempts, error
    FROM job WHERE id = ? AND status NOT IN ('NotStarted', 'Running')`);
  const insert = db.prepare('INSERT INTO job_log_record (sequence, job_id, kind, record, hash) VALUES (?, ?, ?, ?, ?)');
  let sequence = 0;
  let previous = genesis;
  const append = (jobId: string, { kind, record }: Entry): void => {
    sequence += 1;
    const link: ChainLink = { sequence, kind, record: canonicalJson(record), previous };
    previous = linkHash(link);
    insert.run(sequence, jobId, kind, link.record, Buffer.from(previous, 'hex'));
  };
  for (const id of db.prepare<[], string>('SELECT id FROM job ORDER BY sequence').pluck().all()) {
    for (const record of changes.all(id)) append(id, { kind: 'auditRecord', record });
    for (const record of steps.all(id)) append(id, { kind: 'step', record });
    for (const record of job.all(id)) append(id, { kind: 'job', record: { ...record, error: parsed(record.error) } });
  }
}

function parsed(json: string | null): unknown {
  return json === null ? null : (JSON.parse(json) as unknown);
}
