/** For tests: jobs put straight into the file, and the chain computed by hand from what is stored. */
import { createHash } from 'node:crypto';
import type { Db } from '../database.ts';

/** A job with a group, a step that completed with one change, and a step that has the status of the job. */
export function logTestJob(db: Db, id: string, status: 'Completed' | 'Running'): void {
  const end = status === 'Completed' ? `'2026-01-01T00:00:02.000Z'` : 'NULL';
  db.exec(`
    INSERT INTO job (id, operation_id, input, name, status, owner, created_at, start_time, end_time) VALUES ('${id}', 'o', '{}', 'Job ${id}', '${status}', 'me', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z', ${end});
    INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, status) VALUES ('${id}-g', '${id}', 0, 'g', '1', 'Group', 1, '${status}');
    INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, status) VALUES ('${id}-s', '${id}', 1, 's', '1.1', 'Step', 0, 'Completed');
    INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, status) VALUES ('${id}-t', '${id}', 2, 't', '1.2', 'Next', 0, 'NotStarted');
    INSERT INTO audit_record (job_id, job_step_id, time, object_type, object_id, object_name, property, new_value) VALUES ('${id}', '${id}-s', '2026-01-01T00:00:02.000Z', 'VMNetwork', 'n', 'N', 'p', 'v');`);
}

/** What is wrong with the chain of the file, by the words of its definition and with no code of the chain itself. */
export function chainProblems(db: Db): readonly string[] {
  const rows = db.prepare<[], { sequence: number; kind: string; record: string; hash: string }>('SELECT sequence, kind, record, lower(hex(hash)) AS hash FROM job_log_record ORDER BY sequence').all();
  const problems: string[] = [];
  let previous = '0'.repeat(64);
  rows.forEach((row, index) => {
    if (row.sequence !== index + 1) problems.push(`record ${row.sequence} stands at place ${index + 1}`);
    const text = `{"kind":"${row.kind}","previous":"${previous}","record":${row.record},"sequence":${row.sequence}}`;
    if (createHash('sha256').update(text).digest('hex') !== row.hash) problems.push(`record ${row.sequence} has another hash`);
    previous = row.hash;
  });
  return problems;
}
