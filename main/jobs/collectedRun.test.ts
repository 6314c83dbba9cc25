/** A job that is written in one go leaves what a job leaves that is written step by step. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { chainProblems } from '../store/jobLog/testChain.ts';
import { openStore, type Store } from '../store/store.ts';
import { makeFolder } from '../store/testFolder.ts';
import type { JobPlan, StepDefinition } from './plan.ts';
import type { JobRunner } from './runner.ts';
import { refusal, testRunner } from './testJobs.ts';

const noon = new Date('2026-03-01T12:00:00.000Z');

interface Step {
  readonly group: number;
  readonly outcome: 'output' | 'message' | 'info' | 'result' | 'nothing' | 'refused' | 'fault';
  readonly changes: number;
}

interface Job {
  /** Steps 1.x and 2.x under their groups, and such that stand alone. */
  readonly steps: readonly Step[];
  /** The same as another job's: one of them has to wait. */
  readonly lock: 'a' | 'b';
  readonly isCanceled: boolean;
}

const outcomes = ['output', 'message', 'info', 'result', 'nothing', 'output', 'message', 'refused', 'fault'] as const;
const job: fc.Arbitrary<Job> = fc.record({
  steps: fc.array(fc.record({ group: fc.integer({ min: 1, max: 3 }), outcome: fc.constantFrom(...outcomes), changes: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 6 }),
  lock: fc.constantFrom('a', 'b'),
  isCanceled: fc.boolean(),
});

function planOf(name: string, { steps, lock }: Job): JobPlan {
  const groups = [1, 2].filter((group) => steps.some((step) => step.group === group));
  const definitions = steps.map((step, index): StepDefinition & { readonly group: number } => ({
    group: step.group,
    key: `${name}-${index}`,
    number: `${step.group}.${index}`,
    name: `Step ${index}`,
    run: (context) => {
      for (let change = 0; change < step.changes; change += 1) {
        context.audit({ objectType: 'X', objectId: `${name}-${index}`, objectName: 'Half a \ud800 pair', property: `p${change}`, previousValue: null, newValue: String(change) });
      }
      switch (step.outcome) {
        case 'output':
          return { output: { index } };
        case 'message':
          return { message: `Did \ud800 ${index}.` };
        case 'info':
          return { withInfo: true };
        case 'result':
          context.setResult('X', `${name}-${index}`, `Made by ${index}`);
          return undefined;
        case 'nothing':
          return undefined;
        case 'refused':
          throw refusal();
        case 'fault':
          throw new Error('The step is at fault.');
      }
    },
  }));
  const alone = definitions.filter(({ group }) => group === 3).map(({ group: _group, ...step }, index) => ({ ...step, number: String(3 + index) }));
  const grouped = groups.flatMap((group): StepDefinition[] => [
    { key: `group-${group}`, number: String(group), name: `Group ${group}` },
    ...definitions.filter((step) => step.group === group).map(({ group: _group, ...step }) => step),
  ]);
  return { name, resultType: 'X', resultId: null, resultName: name, locks: [lock], steps: [...grouped, ...alone] };
}

function runnerOf(store: Store, jobs: ReadonlyMap<string, Job>, faults: unknown[]): JobRunner {
  const [prefix = ''] = jobs.keys();
  let logIds = 0;
  return testRunner(store, undefined, {
    clock: () => noon,
    newLogId: () => `${prefix} ${String((logIds += 1)).padStart(6, '0')}`,
    planner: (name) => planOf(name, jobs.get(name) ?? { steps: [], lock: 'a', isCanceled: false }),
    onFault: (error) => { faults.push(error); },
  });
}

async function play(store: Store, jobs: ReadonlyMap<string, Job>): Promise<{ readonly statuses: readonly string[]; readonly faults: number }> {
  const faults: unknown[] = [];
  const runner = runnerOf(store, jobs, faults);
  const ids: string[] = [];
  for (const [name, each] of jobs) {
    // Not awaited: those with the same lock wait for each other.
    const id = runner.start(name, null, planOf(name, each));
    ids.push(id);
    if (each.isCanceled) runner.cancel(id);
  }
  const statuses = await Promise.all(ids.map((id) => runner.waitFor(id)));
  return { statuses, faults: faults.length };
}

function leftIn(store: Store): unknown {
  store.jobs.settle();
  return Object.fromEntries(['job', 'job_step', 'audit_record', 'job_log_record'].map((table) => [table, store.db.prepare(`SELECT * FROM ${table} ORDER BY ${table === 'job_step' ? 'job_id, ordinal' : 'sequence'}`).all()]));
}

it('leaves the same rows, changes and chain, whatever its steps do', { timeout: 120_000 }, async () => {
  const stores = [true, false].map((isTemporary) => openStore({ path: join(makeFolder(), 'jobs.sqlite'), isTemporary }));
  onTestFinished(() => { for (const store of stores) store.close(); });
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(job, { minLength: 1, maxLength: 4 }), async (drawn) => {
      seen += 1;
      const jobs = new Map(drawn.map((each, index) => [`run${seen}/${index}`, each]));
      const [temporary, lasting] = [await play(stores[0] as Store, jobs), await play(stores[1] as Store, jobs)];
      expect(temporary).toEqual(lasting);
      expect(leftIn(stores[0] as Store)).toEqual(leftIn(stores[1] as Store));
    }),
    { numRuns: 150 },
  );
  for (const store of stores) expect(chainProblems(store.db)).toEqual([]);
});
