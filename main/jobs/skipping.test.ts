import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { chainProblems } from '../store/jobLog/testChain.ts';
import { openStore, type Store } from '../store/store.ts';
import { makeFolder } from '../store/testFolder.ts';
import type { JobPlan, StepDefinition } from './plan.ts';
import type { JobRunner } from './runner.ts';
import { refusal, testRunner } from './testJobs.ts';

let store: Store;
beforeEach(() => {
  const opened = openStore({ path: join(makeFolder(), 'jobs.db') });
  onTestFinished(() => { opened.close(); });
  store = opened;
});

const failing = (): never => { throw refusal(); };

function plan(steps: readonly StepDefinition[]): JobPlan {
  return { name: 'Set up', resultType: 'VMNetwork', resultId: null, resultName: 'Adatum', locks: [], steps };
}

/** Group 1 with 1.1, 1.2 that fails, 1.3; `second` and `third` change the last two. */
function planOf(ran: string[], second: Partial<StepDefinition>, third: Partial<StepDefinition> = {}): JobPlan {
  const run = (key: string) => () => { ran.push(key); return { output: key }; };
  return plan([
    { key: 'all', number: '1', name: 'Set up' },
    { key: 'a', number: '1.1', name: 'Write', run: run('a') },
    { key: 'b', number: '1.2', name: 'Verify', run: failing, ...second },
    { key: 'c', number: '1.3', name: 'Tell', run: run('c'), ...third },
  ]);
}

/** A job that has failed at its step 1.2, and a runner that would plan it again the same. */
async function failed(planned: JobPlan): Promise<{ runner: JobRunner; id: string }> {
  const runner = testRunner(store, undefined, { planner: () => planned });
  const id = runner.start('test', null, planned);
  expect(await runner.waitFor(id)).toBe('Failed');
  return { runner, id };
}

describe('restart and skip last failed step', () => {
  it('goes on behind the step, which tells that it was skipped and why, and ends with information', async () => {
    const ran: string[] = [];
    const { runner, id } = await failed(planOf(ran, { skippable: true }));
    const before = store.lists.jobs.get(id);
    expect(before.canSkipLastFailedStep).toBe(true);
    runner.restart(id, { skipLastFailedStep: true });
    expect(await runner.waitFor(id)).toBe('SucceedWithInfo');
    expect(ran).toEqual(['a', 'c']);
    const job = store.lists.jobs.get(id);
    expect(job).toMatchObject({ attempts: 2, error: null, progress: 100, canSkipLastFailedStep: false });
    expect(job.steps.map(({ number, status, isSkipped }) => [number, status, isSkipped])).toEqual([
      ['1', 'SucceedWithInfo', false], ['1.1', 'Completed', false], ['1.2', 'SucceedWithInfo', true], ['1.3', 'Completed', false],
    ]);
    expect(job.steps[2]?.message).toBe('Skipped by CONTOSO\\operator after it had failed: The pool has no free address. Error (HNV-2004)');
    // Its times are those of the attempt that failed.
    expect(job.steps[2]).toMatchObject({ startTime: before.steps[2]?.startTime, endTime: before.steps[2]?.endTime });
  });

  it('stands in the chain of the job log, behind the record of the failure', async () => {
    const { runner, id } = await failed(planOf([], { skippable: true }));
    runner.restart(id, { skipLastFailedStep: true });
    await runner.whenIdle();
    const records = store.db.prepare<[], string>(`SELECT record FROM job_log_record WHERE kind = 'step' ORDER BY sequence`).pluck().all().map((text) => JSON.parse(text) as { number: string; status: string; isSkipped?: boolean });
    expect(records.map(({ number, status, isSkipped }) => [number, status, isSkipped])).toEqual([
      ['1.1', 'Completed', undefined], ['1.2', 'Failed', undefined], ['1.2', 'SucceedWithInfo', true], ['1.3', 'Completed', undefined],
    ]);
    expect(chainProblems(store.db)).toEqual([]);
  });

  it('stays skipped when a later step fails and the job is restarted once more', async () => {
    let isFailing = true;
    const { runner, id } = await failed(planOf([], { skippable: true }, { run: () => (isFailing ? failing() : undefined) }));
    runner.restart(id, { skipLastFailedStep: true });
    expect(await runner.waitFor(id)).toBe('Failed');
    expect(store.lists.jobs.get(id).canSkipLastFailedStep).toBe(false);
    isFailing = false;
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('SucceedWithInfo');
    expect(store.lists.jobs.get(id).steps[2]).toMatchObject({ isSkipped: true, status: 'SucceedWithInfo' });
  });

  it('runs the step again when the operator does not ask to skip it', async () => {
    const ran: string[] = [];
    const { runner, id } = await failed(planOf(ran, { skippable: true, run: () => { ran.push('b'); if (ran.length < 3) failing(); return undefined; } }));
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(ran).toEqual(['a', 'b', 'b', 'c']);
    expect(store.lists.jobs.get(id).steps.some(({ isSkipped }) => isSkipped)).toBe(false);
  });
});

describe('skipping is refused, and the job stays as it was', () => {
  const refusedWith = async (planned: JobPlan, words: RegExp, planAgain = planned) => {
    const runner = testRunner(store, undefined, { planner: () => planAgain });
    const id = runner.start('test', null, planned);
    await runner.whenIdle();
    const before = store.lists.jobs.get(id);
    const records = () => store.db.prepare('SELECT count(*) FROM job_log_record').pluck().get();
    const recordsBefore = records();
    expect(() => { runner.restart(id, { skipLastFailedStep: true }); }).toThrow(expect.objectContaining({ code: errorCodes.stepNotSkippable, message: expect.stringMatching(words) as string }));
    expect(store.lists.jobs.get(id)).toEqual(before);
    expect(records()).toBe(recordsBefore);
    return before;
  };

  it('when the plan does not say that the job can go on without it', async () => {
    const job = await refusedWith(planOf([], {}), /^Step 1\.2 "Verify" of the job "Set up" cannot be skipped: .*later steps build on it/);
    expect(job.canSkipLastFailedStep).toBe(false);
  });

  it('when a later step needs what it makes, whatever the plan says', async () => {
    const job = await refusedWith(planOf([], { skippable: true }, { uses: ['b'] }), /cannot be skipped: step 1\.3 "Tell" needs what it makes/);
    expect(job.canSkipLastFailedStep).toBe(false);
  });

  it('when the step is in the plan no more', async () => {
    await refusedWith(planOf([], { skippable: true }), /is not needed any more/, plan([{ key: 'a', number: '1', name: 'Write', run: () => undefined }]));
  });

  it('when no step failed: the job was canceled, or the simulation could not follow', async () => {
    const steps = [{ key: 'a', number: '1', name: 'Write', skippable: true, run: () => undefined }];
    const waiting: (() => void)[] = [];
    const slow = testRunner(store, undefined, { planner: () => plan(steps), pace: () => new Promise<void>((resolve) => { waiting.push(resolve); }) });
    const canceled = slow.start('test', null, plan(steps));
    slow.cancel(canceled);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    for (const go of waiting) go();
    expect(await slow.waitFor(canceled)).toBe('Canceled');
    const deaf = testRunner(store, undefined, { planner: () => plan(steps), afterStep: failing });
    const unfollowed = deaf.start('test', null, plan(steps));
    expect(await deaf.waitFor(unfollowed)).toBe('Failed');
    for (const id of [canceled, unfollowed]) {
      expect(() => { deaf.restart(id, { skipLastFailedStep: true }); }).toThrow(expect.objectContaining({ code: errorCodes.stepNotSkippable, message: expect.stringContaining('no failed step') as string }));
    }
  });
});

it('a step that reads the output of a skipped one after all fails with words for it', async () => {
  const { runner, id } = await failed(planOf([], { skippable: true }, { run: (context) => { context.output('b'); return undefined; } }));
  runner.restart(id, { skipLastFailedStep: true });
  expect(await runner.waitFor(id)).toBe('Failed');
  expect(store.lists.jobs.get(id).error).toMatchObject({ code: errorCodes.stepWasSkipped, message: 'Step 1.3 "Tell" needs what step 1.2 "Verify" makes, and that was skipped.' });
});

it('a process that dies behind the skip leaves it skipped, and the restart goes on from there', async () => {
  const planned = planOf([], { skippable: true });
  const { id } = await failed(planned);
  // Its pace never comes back: it stands between the skip and the next step, as a killed process would.
  const dead = testRunner(store, undefined, { planner: () => planned, pace: () => new Promise(() => undefined) });
  dead.restart(id, { skipLastFailedStep: true });
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  const runner = testRunner(store, undefined, { planner: () => planned });
  expect(runner.recover()).toEqual([id]);
  expect(store.lists.jobs.get(id).steps.map(({ status, isSkipped }) => [status, isSkipped])).toEqual([['Failed', false], ['Completed', false], ['SucceedWithInfo', true], ['Failed', false]]);
  runner.restart(id);
  expect(await runner.waitFor(id)).toBe('SucceedWithInfo');
  expect(chainProblems(store.db)).toEqual([]);
});
