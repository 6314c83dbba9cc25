/** For tests: jobs that write real rows, so that it shows whether a step was kept. Also loaded by the process that gets killed. */
import { randomUUID } from 'node:crypto';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';
import { endedWell } from '../store/jobRepository.ts';
import type { Store } from '../store/store.ts';
import type { JobPlan, StepDefinition } from './plan.ts';
import { JobRunner, type JobRunnerOptions } from './runner.ts';

const rowsPerStep = 3;

export interface AccountsInput {
  /** Tells the rows of one job from another's. */
  readonly name: string;
  readonly steps: number;
  readonly locks?: readonly string[];
}

/** Called in every step before it writes; throws to make the step fail. */
export type StepHook = (name: string, step: number) => void;

/** "Create accounts": step 1 with n steps 1.1, 1.2, ...; each writes three accounts, and adds up what the ones before wrote. */
export function accountsPlan(store: Store, input: AccountsInput, hook: StepHook = () => undefined): JobPlan {
  const insert = store.db.prepare('INSERT INTO run_as_account (id, name, kind, user_name) VALUES (?, ?, ?, ?)');
  const leaves = Array.from({ length: input.steps }, (_, index): StepDefinition => ({
    key: `account-${index}`,
    number: `1.${index + 1}`,
    name: `Create accounts ${index + 1}`,
    run: (context) => {
      const before = index === 0 ? 0 : Number(context.output(`account-${index - 1}`));
      for (let row = 0; row < rowsPerStep; row++) {
        // The hook comes between the rows: a step that fails has written some already.
        if (row === 1) hook(input.name, index + 1);
        insert.run(context.newId(), accountName(input.name, index, row), 'credential', 'user');
      }
      context.audit({ objectType: 'RunAsAccount', objectId: input.name, objectName: input.name, property: 'accounts', previousValue: String(before), newValue: String(before + rowsPerStep) });
      return { output: before + rowsPerStep };
    },
  }));
  return {
    name: `Create accounts of ${input.name}`,
    resultType: 'RunAsAccount',
    resultId: input.name,
    resultName: input.name,
    locks: input.locks ?? [input.name],
    steps: [{ key: 'all', number: '1', name: 'Create accounts' }, ...leaves],
  };
}

function accountName(name: string, step: number, row: number): string {
  return `${name} ${step + 1}/${row}`;
}

export function testRunner(store: Store, hook?: StepHook, options: Partial<JobRunnerOptions> = {}): JobRunner {
  return new JobRunner({
    repository: store.jobs,
    inventory: store.inventory,
    planner: (_operationId, input) => accountsPlan(store, input as AccountsInput, hook),
    owner: 'CONTOSO\\operator',
    clock: () => new Date(),
    newId: randomUUID,
    onChange: () => undefined,
    afterStep: () => undefined,
    ...options,
  });
}

export function refusal(): ConsoleError {
  return new ConsoleError('poolExhausted', 'The pool has no free address.', 'Enlarge the pool.');
}

/**
 * What must hold of any job at rest, as a list of what does not: rows and audit records of a step exist exactly when it
 * ended well, groups agree with their steps, and the job with all of them.
 */
export function contradictions(store: Store, jobId: string): readonly string[] {
  const job = store.lists.jobs.get(jobId);
  const found: string[] = [];
  const leaves = job.steps.filter((step) => step.number.includes('.'));
  for (const [index, step] of leaves.entries()) {
    const rows = count(store, 'SELECT count(*) FROM run_as_account WHERE name LIKE ?', `${job.resultName} ${index + 1}/%`);
    const audits = count(store, 'SELECT count(*) FROM audit_record WHERE job_step_id = ?', step.id);
    const well = endedWell(step.status);
    if (rows !== (well ? rowsPerStep : 0)) found.push(`step ${step.number} is ${step.status} with ${rows} rows`);
    if (audits !== (well ? 1 : 0)) found.push(`step ${step.number} is ${step.status} with ${audits} audit records`);
    if (index > 0 && well && !endedWell(leaves[index - 1]?.status ?? 'NotStarted')) found.push(`step ${step.number} overtook the one before`);
  }
  const statuses = leaves.map((step) => step.status);
  if (statuses.filter((status) => status === 'Failed' || status === 'Canceled').length > 1) found.push('more than one step ended the job');
  const group = job.steps.find((step) => step.number === '1');
  if (group && group.status === 'Running') found.push('the group is still running');
  found.push(...contradictionsOfEnd(job.status, statuses, job.error?.code));
  const well = statuses.filter(endedWell).length;
  if (job.progress !== (endedWell(job.status) ? 100 : Math.floor((100 * well) / statuses.length))) found.push(`progress is ${job.progress}`);
  return found;
}

function contradictionsOfEnd(status: JobStatus, steps: readonly JobStatus[], errorCode: string | undefined): readonly string[] {
  switch (status) {
    case 'Completed':
    case 'SucceedWithInfo':
      return [...(steps.every(endedWell) ? [] : ['the job completed without all its steps']), ...(errorCode === undefined ? [] : ['a completed job has an error'])];
    case 'Failed':
    case 'Canceled':
      return errorCode === undefined ? [`the job is ${status} without a reason`] : [];
    case 'NotStarted':
    case 'Running':
      return [`the job is at rest as ${status}`];
  }
}

function count(store: Store, sql: string, parameter: string): number {
  return Number(store.db.prepare(sql).pluck().get(parameter));
}
