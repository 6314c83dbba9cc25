/** For tests and the bench: a long job log, put straight into a new database file. */
import { jobLogChainMigration } from '../../store/migrations/0012-job-log-chain.ts';
import { jobSearchMigration } from '../../store/migrations/0016-job-search-and-skip.ts';
import { openStore } from '../../store/store.ts';

export interface LogSize {
  readonly jobs: number;
  readonly stepsPerJob: number;
  /** One change for every so many steps. */
  readonly stepsPerChange: number;
}

export function makeLargeLog(path: string, { jobs, stepsPerJob, stepsPerChange }: LogSize): void {
  const store = openStore({ path });
  try {
    const insertJob = store.db.prepare(`
      INSERT INTO job (id, operation_id, input, name, status, owner, result_type, result_id, result_name, created_at, start_time, end_time, attempts)
      VALUES (?, 'vmNetwork.setConnectivity', '{}', 'Change properties of virtual machine network', 'Completed', 'CONTOSO\\operator', 'VMNetwork', ?, ?, ?, ?, ?, 1)`);
    const insertStep = store.db.prepare(`
      INSERT INTO job_step (id, job_id, ordinal, key, number, name, is_group, status, start_time, end_time, message)
      VALUES (?, ?, ?, ?, ?, 'Allocate an address of the external pool', 0, 'Completed', ?, ?, 'Address 203.0.113.20 of "External pool" & <others>')`);
    const insertChange = store.db.prepare(`
      INSERT INTO audit_record (job_id, job_step_id, time, object_type, object_id, object_name, property, previous_value, new_value)
      VALUES (?, ?, ?, 'VMNetwork', ?, ?, 'External address', NULL, '203.0.113.20')`);
    const time = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
    store.db.transaction(() => {
      for (let job = 0; job < jobs; job += 1) {
        const id = `00000000-0000-4000-8000-${String(job).padStart(12, '0')}`;
        const name = `Tenant ${job}`;
        const [start, end] = [time(job), time(job + 1)];
        insertJob.run(id, id, name, start, start, end);
        for (let step = 0; step < stepsPerJob; step += 1) {
          const stepId = `${id.slice(0, 30)}-${job}-${step}`;
          insertStep.run(stepId, id, step, `s${step}`, String(step + 1), start, end);
          if (step % stepsPerChange === 0) insertChange.run(id, stepId, end, id, name);
        }
      }
      jobLogChainMigration.fill?.(store.db);
      jobSearchMigration.fill?.(store.db);
    })();
  } finally {
    store.close();
  }
}
