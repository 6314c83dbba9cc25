import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleError, errorCodes } from '../../shared/contract/errors.ts';
import { openStore, type Store } from '../store/store.ts';
import { makeFolder } from '../store/testFolder.ts';
import type { JobPlan } from './plan.ts';
import { accountsPlan, testRunner, type AccountsInput } from './testJobs.ts';

let store: Store;
beforeEach(() => {
  const opened = openStore({ path: join(makeFolder(), 'jobs.db') });
  onTestFinished(() => { opened.close(); });
  store = opened;
});

const accounts = (name: string) => Number(store.db.prepare('SELECT count(*) FROM run_as_account WHERE name LIKE ?').pluck().get(`${name} %`));

/** "Create accounts", which takes all of them away again. */
function plan(input: AccountsInput, failsAt: () => number, fails = false): JobPlan {
  return {
    ...accountsPlan(store, input, (_name, step) => {
      if (step === failsAt()) throw new ConsoleError('verificationFailed', `Step ${step} does not work.`, 'Mend it.');
    }),
    takeBack: (context) => {
      if (fails) throw new Error('cannot be taken back');
      const before = Number(context.output('account-0'));
      store.db.prepare('DELETE FROM run_as_account WHERE name LIKE ?').run(`${input.name} %`);
      context.audit({ objectType: 'RunAsAccount', objectId: input.name, objectName: input.name, property: 'accounts', previousValue: String(before), newValue: '0' });
      return { message: 'No account is left.' };
    },
  };
}

function runnerOf(makePlan: (input: AccountsInput) => JobPlan) {
  const followed: string[] = [];
  const runner = testRunner(store, undefined, { planner: (_id, input) => makePlan(input as AccountsInput), afterStep: (id) => void followed.push(id) });
  return { runner, followed };
}

describe('a job that can be taken back', () => {
  it('leaves nothing when a step fails, says so, and begins anew on a restart', async () => {
    let failsAt = 3;
    const makePlan = (input: AccountsInput) => plan(input, () => failsAt);
    const { runner, followed } = runnerOf(makePlan);
    const input = { name: 'Adatum', steps: 3 };
    const id = runner.start('test.accounts', input, makePlan(input));
    expect(await runner.waitFor(id)).toBe('Failed');
    const job = store.lists.jobs.get(id);
    expect(accounts('Adatum')).toBe(0);
    expect(job.error).toMatchObject({ code: errorCodes.verificationFailed });
    expect(job.steps.map(({ number, status }) => [number, status])).toEqual([['1', 'Failed'], ['1.1', 'NotStarted'], ['1.2', 'NotStarted'], ['1.3', 'Failed']]);
    expect(job.steps[1]?.message).toBe('Taken back. No account is left.');
    expect(job.auditRecords.at(-1)).toMatchObject({ property: 'accounts', newValue: '0' });
    // Two steps and the way back reached what follows the inventory.
    expect(followed).toHaveLength(3);
    failsAt = 0;
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(accounts('Adatum')).toBe(9);
  });

  it('has nothing to take back when its first step fails', async () => {
    const makePlan = (input: AccountsInput) => plan(input, () => 1, true);
    const { runner } = runnerOf(makePlan);
    const input = { name: 'Adatum', steps: 2 };
    const id = runner.start('test.accounts', input, makePlan(input));
    expect(await runner.waitFor(id)).toBe('Failed');
    expect(store.lists.jobs.get(id).error).toMatchObject({ code: errorCodes.verificationFailed });
    expect(accounts('Adatum')).toBe(0);
  });

  it('stays as far as it came when the way back is barred, and can be restarted from there', async () => {
    let failsAt = 2;
    const makePlan = (input: AccountsInput) => plan(input, () => failsAt, true);
    const { runner } = runnerOf(makePlan);
    const input = { name: 'Adatum', steps: 2 };
    const id = runner.start('test.accounts', input, makePlan(input));
    expect(await runner.waitFor(id)).toBe('Failed');
    expect(accounts('Adatum')).toBe(3);
    failsAt = 0;
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(accounts('Adatum')).toBe(6);
  });
});
