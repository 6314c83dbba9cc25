import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import type { JobDetails } from '../../shared/contract/jobs.ts';
import { chainProblems } from '../store/jobLog/testChain.ts';
import { openStore, type Store } from '../store/store.ts';
import { makeFolder } from '../store/testFolder.ts';
import { wholeInventory, type JobPlan } from './plan.ts';
import type { JobRunner } from './runner.ts';
import { accountsPlan, contradictions, refusal, testRunner, type AccountsInput } from './testJobs.ts';

let store: Store;
beforeEach(() => {
  const opened = openStore({ path: join(makeFolder(), 'jobs.db') });
  onTestFinished(() => { opened.close(); });
  store = opened;
});

function start(runner: JobRunner, input: AccountsInput): string {
  return runner.start('test.accounts', input, accountsPlan(store, input));
}

function statuses(job: JobDetails): Record<string, string> {
  return Object.fromEntries(job.steps.map((step) => [step.number, step.status]));
}

function plan(steps: JobPlan['steps'], more: Partial<JobPlan> = {}): JobPlan {
  return { name: 'Test', resultType: 'VMNetwork', resultId: null, resultName: '', locks: [], steps, ...more };
}

/** A pace that the test lets go on, step by step. */
function gate() {
  const waiting: (() => void)[] = [];
  return {
    pace: () => new Promise<void>((resolve) => { waiting.push(resolve); }),
    waiting,
    open: async (): Promise<void> => {
      waiting.shift()?.();
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    },
  };
}

describe('a job', () => {
  it('runs its steps in order and keeps rows, audit records and checkpoints', async () => {
    const runner = testRunner(store);
    const id = start(runner, { name: 'Adatum', steps: 3 });
    expect(store.lists.jobs.get(id).status).toBe('NotStarted');
    expect(await runner.waitFor(id)).toBe('Completed');
    const job = store.lists.jobs.get(id);
    expect(job).toMatchObject({ name: 'Create accounts of Adatum', owner: 'CONTOSO\\operator', progress: 100, attempts: 1, error: null, isRestartable: false, isStoppable: false });
    expect(statuses(job)).toEqual({ 1: 'Completed', 1.1: 'Completed', 1.2: 'Completed', 1.3: 'Completed' });
    expect(job.auditRecords.map((record) => [record.stepNumber, record.previousValue, record.newValue])).toEqual([['1.1', '0', '3'], ['1.2', '3', '6'], ['1.3', '6', '9']]);
    expect(contradictions(store, id)).toEqual([]);
  });

  it('shows what it is doing: the step and its parent run while the others wait', async () => {
    const { pace, open } = gate();
    const runner = testRunner(store, undefined, { pace });
    const id = start(runner, { name: 'Adatum', steps: 2 });
    await open();
    expect(statuses(store.lists.jobs.get(id))).toEqual({ 1: 'Running', 1.1: 'Running', 1.2: 'NotStarted' });
    await open();
    expect(statuses(store.lists.jobs.get(id))).toEqual({ 1: 'Running', 1.1: 'Completed', 1.2: 'Running' });
    expect(store.lists.jobs.get(id)).toMatchObject({ status: 'Running', progress: 50, isStoppable: true });
    await open();
    expect(await runner.waitFor(id)).toBe('Completed');
  });

  it('has done nothing when its commit is refused, and whoever followed it goes back', async () => {
    let rows = 0;
    const count = () => Number(store.db.prepare('SELECT count(*) FROM run_as_account').pluck().get());
    const runner = testRunner(store, undefined, { afterStep: () => { rows = count(); } });
    const input = { name: 'Adatum', steps: 2 };
    const { steps, ...planned } = accountsPlan(store, input);
    const last = { key: 'refused', number: '1.3', name: 'Refused', run: () => {
      store.db.pragma('defer_foreign_keys = ON');
      store.db.prepare('INSERT INTO job_undo (job_id, undoes_job_id) VALUES (?, ?)').run('nobody', 'nothing');
      return undefined;
    } };
    const id = runner.start('test.accounts', input, { ...planned, steps: [...steps, last] });
    expect(await runner.waitFor(id)).toBe('Failed');
    expect([count(), rows]).toEqual([0, 0]);
    expect(store.lists.jobs.get(id)).toMatchObject({ attempts: 1, error: { code: errorCodes.internal } });
    expect(store.lists.jobs.get(id).startTime).not.toBeNull();
    expect(chainProblems(store.db)).toEqual([]);
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect([contradictions(store, id), rows]).toEqual([[], 6]);
  });

  it('has the same statuses and times of its steps whether somebody looks on or not', async () => {
    const seen = await Promise.all([undefined, () => Promise.resolve()].map(async (pace) => {
      let now = Date.parse('2026-01-01T00:00:00.000Z');
      const clock = () => new Date(now);
      const steps = ['1.1', '1.2'].map((number) => ({ key: number, number, name: number, run: () => { now += 1000; if (number === '1.2') throw refusal(); return undefined; } }));
      const runner = testRunner(store, undefined, { pace, clock });
      const id = runner.start('test', null, plan([{ key: 'all', number: '1', name: 'All' }, ...steps]));
      expect(await runner.waitFor(id)).toBe('Failed');
      return store.lists.jobs.get(id).steps.map(({ number, status, startTime, endTime }) => [number, status, startTime, endTime]);
    }));
    const at = (seconds: number) => `2026-01-01T00:00:0${seconds}.000Z`;
    expect(seen[0]).toEqual([['1', 'Failed', at(0), at(2)], ['1.1', 'Completed', at(0), at(1)], ['1.2', 'Failed', at(1), at(2)]]);
    expect(seen[1]).toEqual(seen[0]);
  });

  it('fails with the reason of its step, keeps the steps before, and goes on from there', async () => {
    let fail = true;
    const runner = testRunner(store, (_name, step) => { if (fail && step === 2) throw refusal(); });
    const id = runner.start('test.accounts', { name: 'Adatum', steps: 3 }, accountsPlan(store, { name: 'Adatum', steps: 3 }, (_n, step) => { if (step === 2) throw refusal(); }));
    expect(await runner.waitFor(id)).toBe('Failed');
    const failed = store.lists.jobs.get(id);
    expect(failed.error).toEqual({ code: errorCodes.poolExhausted, message: 'The pool has no free address.', recommendedAction: 'Enlarge the pool.', problems: [] });
    expect(statuses(failed)).toEqual({ 1: 'Failed', 1.1: 'Completed', 1.2: 'Failed', 1.3: 'NotStarted' });
    expect(failed.progress).toBe(33);
    expect(contradictions(store, id)).toEqual([]);
    fail = false;
    runner.restart(id);
    expect(statuses(store.lists.jobs.get(id))).toEqual({ 1: 'NotStarted', 1.1: 'Completed', 1.2: 'NotStarted', 1.3: 'NotStarted' });
    expect(await runner.waitFor(id)).toBe('Completed');
    const done = store.lists.jobs.get(id);
    expect(done).toMatchObject({ attempts: 2, error: null, progress: 100 });
    expect(done.steps[1]).toEqual(failed.steps[1]);
    expect(contradictions(store, id)).toEqual([]);
  });

  it('ends with information when a step says so', async () => {
    const runner = testRunner(store);
    const id = runner.start('test', null, plan([{ key: 'a', number: '1', name: 'A', run: () => ({ withInfo: true, message: 'No address left after this one.' }) }]));
    expect(await runner.waitFor(id)).toBe('SucceedWithInfo');
    expect(store.lists.jobs.get(id).steps[0]).toMatchObject({ status: 'SucceedWithInfo', message: 'No address left after this one.' });
  });

  it('hides the stack of an unexpected error and hands the error to the log', async () => {
    const faults: unknown[] = [];
    const runner = testRunner(store, undefined, { onFault: (error) => faults.push(error) });
    const fault = new TypeError('x is undefined');
    const id = runner.start('test', null, plan([{ key: 'a', number: '1', name: 'A', run: () => { throw fault; } }]));
    await runner.whenIdle();
    const { error } = store.lists.jobs.get(id);
    expect(error?.code).toBe(errorCodes.internal);
    expect(error?.message).toContain('step 1 "A"');
    expect(error?.message).toContain('x is undefined');
    expect(JSON.stringify(error)).not.toContain('runner.test');
    expect(faults).toEqual([fault]);
  });

  it('fails when the simulation cannot follow, keeps the step, and brings the simulation along at the restart', async () => {
    let reachable = false;
    let applied = 0;
    const runner = testRunner(store, undefined, {
      afterStep: () => {
        if (!reachable) throw new Error('no such host');
        applied += 1;
      },
    });
    const id = start(runner, { name: 'Adatum', steps: 1 });
    expect(await runner.waitFor(id)).toBe('Failed');
    expect(store.lists.jobs.get(id).error?.message).toContain('Step 1.1 "Create accounts 1" was kept');
    expect(contradictions(store, id)).toEqual([]);
    reachable = true;
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(applied).toBe(1);
  });

  it('can name its result when a step has made it', async () => {
    const runner = testRunner(store);
    const id = runner.start('test', null, plan([{ key: 'a', number: '1', name: 'A', run: (context) => { context.setResult('VMNetwork', 'n1', 'Fabrikam'); return undefined; } }]));
    await runner.whenIdle();
    expect(store.lists.jobs.get(id)).toMatchObject({ resultType: 'VMNetwork', resultName: 'Fabrikam' });
    expect(store.lists.jobs.latestFor('n1')?.id).toBe(id);
  });

  it('refuses a plan whose steps contradict each other, and leaves no job', () => {
    const runner = testRunner(store);
    const run = () => undefined;
    expect(() => runner.start('test', null, plan([{ key: 'a', number: '1', name: 'A', run }, { key: 'a', number: '2', name: 'B', run }]))).toThrow(/twice/);
    expect(() => runner.start('test', null, plan([{ key: 'a', number: '1.1', name: 'A', run }]))).toThrow(/parent/);
    expect(store.lists.jobs.summary(new Date())).toEqual({ running: 0, failedLastHour: 0 });
  });

  it('rolls deeper steps up to all their parents', async () => {
    const runner = testRunner(store);
    const run = () => undefined;
    const id = runner.start('test', null, plan([
      { key: 'a', number: '1', name: 'A' }, { key: 'b', number: '1.1', name: 'B' }, { key: 'c', number: '1.1.1', name: 'C', run },
      { key: 'd', number: '1.2', name: 'D', run: () => { throw refusal(); } }, { key: 'e', number: '2', name: 'E' }, { key: 'f', number: '2.1', name: 'F', run },
    ]));
    await runner.whenIdle();
    expect(statuses(store.lists.jobs.get(id))).toEqual({ 1: 'Failed', 1.1: 'Completed', '1.1.1': 'Completed', 1.2: 'Failed', 2: 'NotStarted', 2.1: 'NotStarted' });
  });
});

describe('canceling', () => {
  it('ends the job before the step that was to come; later steps have not started', async () => {
    const { pace, open } = gate();
    const runner = testRunner(store, undefined, { pace });
    const id = start(runner, { name: 'Adatum', steps: 3 });
    await open();
    await open();
    runner.cancel(id);
    await open();
    expect(await runner.waitFor(id)).toBe('Canceled');
    const job = store.lists.jobs.get(id);
    expect(statuses(job)).toEqual({ 1: 'Canceled', 1.1: 'Completed', 1.2: 'Canceled', 1.3: 'NotStarted' });
    expect(job.error).toMatchObject({ code: errorCodes.jobCanceled });
    expect(contradictions(store, id)).toEqual([]);
    runner.restart(id);
    for (let step = 0; step < 3; step++) await open();
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(contradictions(store, id)).toEqual([]);
  });

  it('takes a waiting job out of the queue', async () => {
    const { pace, open } = gate();
    const runner = testRunner(store, undefined, { pace });
    start(runner, { name: 'First', steps: 1, locks: ['n'] });
    const second = start(runner, { name: 'Second', steps: 1, locks: ['n'] });
    runner.cancel(second);
    expect(store.lists.jobs.get(second)).toMatchObject({ status: 'Canceled', attempts: 0 });
    await open();
    await open();
    await runner.whenIdle();
    expect(contradictions(store, second)).toEqual([]);
  });

  it('is refused for a job that has ended, that may not stop halfway, or that does not exist', async () => {
    const { pace, open } = gate();
    const runner = testRunner(store, undefined, { pace });
    const id = runner.start('test', null, plan([{ key: 'a', number: '1', name: 'A', run: () => undefined }], { stoppable: false }));
    expect(() => { runner.cancel(id); }).toThrow(expect.objectContaining({ code: errorCodes.jobNotCancelable, message: expect.stringContaining('halfway') as string }));
    expect(store.lists.jobs.get(id).isStoppable).toBe(false);
    await open();
    await open();
    await runner.whenIdle();
    expect(() => { runner.cancel(id); }).toThrow(expect.objectContaining({ code: errorCodes.jobNotCancelable, message: expect.stringContaining('completed') as string }));
    expect(() => { runner.cancel('nothing'); }).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });
});

describe('restarting', () => {
  it('is refused unless the job failed or was canceled', async () => {
    const runner = testRunner(store);
    const id = start(runner, { name: 'Adatum', steps: 1 });
    expect(() => { runner.restart(id); }).toThrow(expect.objectContaining({ code: errorCodes.jobNotRestartable }));
    await runner.whenIdle();
    expect(() => { runner.restart(id); }).toThrow(expect.objectContaining({ code: errorCodes.jobNotRestartable }));
  });

  it('takes the steps of the new plan, and keeps what was done under a key that is gone', async () => {
    const ran: string[] = [];
    const step = (key: string, number: string, run?: () => never) => ({ key, number, name: key, run: run ?? (() => { ran.push(key); return { output: key }; }) });
    const failing = () => { throw refusal(); };
    const runner = testRunner(store, undefined, { planner: () => plan([step('b', '1'), step('new', '2'), step('last', '3')]) });
    const id = runner.start('test', null, plan([step('a', '1'), step('b', '2'), step('c', '3', failing)]));
    expect(await runner.waitFor(id)).toBe('Failed');
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(ran).toEqual(['a', 'b', 'new', 'last']);
    expect(store.lists.jobs.get(id).steps.map(({ name, status }) => [name, status])).toEqual([['a', 'Completed'], ['b', 'Completed'], ['new', 'Completed'], ['last', 'Completed']]);
  });

  it('leaves the job as it was when no plan can be made any more', async () => {
    const runner = testRunner(store, undefined, { planner: () => { throw refusal(); } });
    const id = runner.start('test', null, plan([{ key: 'a', number: '1', name: 'A', run: () => { throw refusal(); } }]));
    await runner.whenIdle();
    const before = store.lists.jobs.get(id);
    expect(() => { runner.restart(id); }).toThrow(expect.objectContaining({ code: errorCodes.poolExhausted }));
    expect(store.lists.jobs.get(id)).toEqual(before);
  });
});

describe('locks', () => {
  it('let jobs on other objects interleave, and make those on the same one wait in order', async () => {
    const order: string[] = [];
    const runner = testRunner(store, (name) => order.push(name));
    const input = (name: string, locks: readonly string[]): AccountsInput => ({ name, steps: 2, locks });
    for (const one of [input('A1', ['a']), input('A2', ['a']), input('B1', ['b']), input('A3', ['a'])]) {
      runner.start('test.accounts', one, accountsPlan(store, one, (name) => order.push(name)));
    }
    await runner.whenIdle();
    expect(order.filter((name) => name.startsWith('A'))).toEqual(['A1', 'A1', 'A2', 'A2', 'A3', 'A3']);
    expect(order.indexOf('B1')).toBeLessThan(order.indexOf('A2'));
  });

  it('do not let a later job overtake one that waits for more', async () => {
    const order: string[] = [];
    const runner = testRunner(store, (name) => order.push(name));
    for (const [name, locks] of [['first', ['a']], ['both', ['a', 'b']], ['late', ['b']]] as const) {
      runner.start('test.accounts', { name, steps: 1, locks }, accountsPlan(store, { name, steps: 1, locks }, (done) => order.push(done)));
    }
    await runner.whenIdle();
    expect(order).toEqual(['first', 'both', 'late']);
  });

  it('of the whole inventory stand against every other', async () => {
    const { pace, open, waiting } = gate();
    const runner = testRunner(store, undefined, { pace });
    start(runner, { name: 'lab', steps: 1, locks: [wholeInventory] });
    const other = start(runner, { name: 'other', steps: 1, locks: [] });
    await open();
    expect(waiting.length).toBe(1);
    expect(store.lists.jobs.get(other).status).toBe('NotStarted');
    await open();
    await open();
    await runner.whenIdle();
    expect(store.lists.jobs.get(other).status).toBe('Completed');
  });

  it('have a job planned again after it waited, because the inventory is another now', async () => {
    const runner = testRunner(store);
    start(runner, { name: 'first', steps: 1, locks: ['n'] });
    const stale = plan([{ key: 'stale', number: '1', name: 'Stale', run: () => { throw new Error('planned before the first job ran'); } }], { locks: ['n'] });
    const id = runner.start('test.accounts', { name: 'second', steps: 2, locks: ['n'] }, stale);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(statuses(store.lists.jobs.get(id))).toEqual({ 1: 'Completed', 1.1: 'Completed', 1.2: 'Completed' });
  });
});

describe('after the process died', () => {
  it('what ran or waited is failed with the step that was running, and can be restarted', async () => {
    const { pace, open } = gate();
    const dead = testRunner(store, undefined, { pace });
    const running = start(dead, { name: 'running', steps: 3, locks: ['n'] });
    const queued = start(dead, { name: 'queued', steps: 1, locks: ['n'] });
    await open();
    await open();
    const runner = testRunner(store);
    expect(runner.recover()).toEqual([running, queued]);
    const job = store.lists.jobs.get(running);
    expect(job).toMatchObject({ status: 'Failed', error: { code: errorCodes.jobInterrupted } });
    expect(job.error?.message).toBe('The console stopped while step 1.2 "Create accounts 2" was running; nothing of that step was kept.');
    expect(statuses(job)).toEqual({ 1: 'Failed', 1.1: 'Completed', 1.2: 'Failed', 1.3: 'NotStarted' });
    expect(store.lists.jobs.get(queued).error?.message).toBe('The console stopped before the job began.');
    runner.restart(running);
    runner.restart(queued);
    await runner.whenIdle();
    for (const id of [running, queued]) {
      expect(store.lists.jobs.get(id).status).toBe('Completed');
      expect(contradictions(store, id)).toEqual([]);
    }
    expect(runner.recover()).toEqual([]);
  });

  it('stopping does the same in good order, and not one write follows', async () => {
    const { pace, open } = gate();
    const runner = testRunner(store, undefined, { pace });
    const id = start(runner, { name: 'Adatum', steps: 3 });
    await open();
    runner.stop();
    await runner.whenIdle();
    const before = store.lists.jobs.get(id);
    expect(before).toMatchObject({ status: 'Failed', error: { code: errorCodes.jobInterrupted } });
    await open();
    expect(store.lists.jobs.get(id)).toEqual(before);
    expect(contradictions(store, id)).toEqual([]);
  });
});

describe('any interleaving', () => {
  const command = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), lock: fc.integer({ min: 0, max: 2 }), steps: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), job: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), job: fc.nat(20) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), turns: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  );

  it('of starts, cancels, restarts, failures and crashes leaves no contradiction, and restarts bring every job to its end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 25 }), fc.integer(), async (commands, seed) => {
        const run = randomUUID().slice(0, 8);
        const jobs: string[] = [];
        let failing = true;
        const hook = (_name: string, step: number) => { if (failing && (Math.imul(step + seed, 2_654_435_761) >>> 28) === 0) throw refusal(); };
        let { pace, open, waiting } = gate();
        let runner = testRunner(store, hook, { pace });
        for (const one of commands) {
          const target = 'job' in one ? jobs[one.job % Math.max(1, jobs.length)] : undefined;
          switch (one.do) {
            case 'start': {
              const input = { name: `${run}-${jobs.length}`, steps: one.steps, locks: [`lock${one.lock}`] };
              jobs.push(runner.start('test.accounts', input, accountsPlan(store, input, hook)));
              break;
            }
            case 'cancel':
              ignoringRefusal(() => { if (target !== undefined) runner.cancel(target); });
              break;
            case 'restart':
              ignoringRefusal(() => { if (target !== undefined) runner.restart(target); });
              break;
            case 'pass':
              for (let turn = 0; turn < one.turns; turn++) await open();
              break;
            case 'crash':
              // The old runner never gets another turn: its pace stays closed.
              await open();
              ({ pace, open, waiting } = gate());
              runner = testRunner(store, hook, { pace });
              runner.recover();
              break;
          }
        }
        const drain = async () => { do await open(); while (waiting.length > 0); await runner.whenIdle(); };
        await drain();
        for (const id of jobs) expect(contradictions(store, id)).toEqual([]);
        failing = false;
        for (const id of jobs) if (store.lists.jobs.get(id).isRestartable) runner.restart(id);
        await drain();
        for (const id of jobs) {
          expect(contradictions(store, id)).toEqual([]);
          expect(store.lists.jobs.get(id).status).toBe('Completed');
        }
      }),
      { numRuns: 60 },
    );
  });
});

function ignoringRefusal(work: () => void): void {
  try {
    work();
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^HNV-3/) as string });
  }
}
