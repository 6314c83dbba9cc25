/** A temporary file leaves what any other leaves, and what was told to be done is found in it by whoever was promised it. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accountsPlan, contradictions, refusal, testRunner, type StepHook } from '../jobs/testJobs.ts';
import { openDatabase } from './database.ts';
import { chainProblems } from './jobLog/testChain.ts';
import { openStore, type Store } from './store.ts';
import { makeFolder } from './testFolder.ts';

const noon = new Date('2026-03-01T12:00:00.000Z');

function open(isTemporary: boolean): Store {
  const store = openStore({ path: join(makeFolder(), 'jobs.sqlite'), isTemporary });
  onTestFinished(() => { store.close(); });
  return store;
}

/** What another connection sees: a reader in another thread, say. */
function jobsInFile(store: Store): number {
  const reader = openDatabase({ path: store.path, readonly: true });
  try {
    return Number(reader.prepare('SELECT count(*) FROM job').pluck().get());
  } finally {
    reader.close();
  }
}

async function runJob(store: Store, name: string, hook?: StepHook): Promise<string> {
  const runner = testRunner(store, hook);
  const input = { name, steps: 3 };
  const id = runner.start('test.accounts', input, accountsPlan(store, input, hook));
  await runner.waitFor(id);
  return id;
}

describe('jobs of a temporary file', () => {
  it('are committed together when the work at hand is done', async () => {
    const store = open(true);
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) ids.push(await runJob(store, name));
    expect(jobsInFile(store)).toBe(0);
    await new Promise((resolve) => { setImmediate(resolve); });
    expect(store.db.inTransaction).toBe(false);
    expect(jobsInFile(store)).toBe(3);
    expect(ids.flatMap((id) => contradictions(store, id))).toEqual([]);
    expect(chainProblems(store.db)).toEqual([]);
  });

  it('are in the file before a copy of it, or whoever else asks for it', async () => {
    const store = open(true);
    await runJob(store, 'a');
    const copy = join(makeFolder(), 'copy.sqlite');
    store.backup(copy);
    const copied = openDatabase({ path: copy, readonly: true });
    onTestFinished(() => { copied.close(); });
    expect(copied.prepare('SELECT count(*) FROM job').pluck().get()).toBe(1);
    expect(chainProblems(copied)).toEqual([]);
    await runJob(store, 'b');
    await store.snapshots.backUp('00000000-0000-4000-8000-000000000001');
    expect(jobsInFile(store)).toBe(2);
    await runJob(store, 'c');
    store.jobs.settle();
    expect(jobsInFile(store)).toBe(3);
  });

  it('are found by the search at once', async () => {
    const store = open(true);
    const id = await runJob(store, 'Fabrikam');
    await runJob(store, 'Adatum');
    expect(jobsInFile(store)).toBe(0);
    const { rows } = store.lists.jobs.list({ offset: 0, limit: 10, filter: 'fabrikam', scope: 'all' });
    expect(rows.map((row) => row.id)).toEqual([id]);
  });

  it('lose what the file loses when it is full, and say so', async () => {
    const store = open(true);
    await runJob(store, 'a');
    await new Promise((resolve) => { setImmediate(resolve); });
    store.db.pragma(`max_page_count = ${Number(store.db.pragma('page_count', { simple: true })) + 2}`);
    // More than the pages that are free in the file.
    const big = 'x'.repeat(400_000);
    expect(() => {
      store.jobs.insert({ id: 'b', operationId: 'o', input: big, name: 'b', owner: 'me', resultType: '', resultId: null, resultName: '', isStoppable: true, createdAt: noon }, []);
      store.jobs.settle();
    }).toThrow(/full/);
    store.db.pragma('max_page_count = 1000000');
    expect(store.db.inTransaction).toBe(false);
    expect(jobsInFile(store)).toBe(1);
    await runJob(store, 'c');
    store.jobs.settle();
    expect(jobsInFile(store)).toBe(2);
    expect(chainProblems(store.db)).toEqual([]);
  });
});

/** One thing after the other, and some inside of another that may fail. */
type Action = { readonly kind: 'step' } | { readonly kind: 'finish' } | { readonly kind: 'settle' } | { readonly kind: 'turn' } | { readonly kind: 'whole' | 'transaction'; readonly fails: boolean; readonly inside: readonly Action[] };

const { action } = fc.letrec<{ action: Action }>((tie) => ({
  action: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Action>({ kind: 'step' }, { kind: 'step' }, { kind: 'finish' }, { kind: 'settle' }, { kind: 'turn' }),
    fc.record({ kind: fc.constantFrom('whole' as const, 'transaction' as const), fails: fc.boolean(), inside: fc.array(tie('action'), { maxLength: 4 }) }),
  ),
}));

/** Does the same with any store: jobs of one step, one after the other. */
class Script {
  readonly #store: Store;
  #jobs = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  async play(actions: readonly Action[]): Promise<void> {
    for (const each of actions) {
      if (each.kind === 'turn') await new Promise((resolve) => { setImmediate(resolve); });
      else this.#do(each);
    }
  }

  #do(each: Action): void {
    const { jobs } = this.#store;
    switch (each.kind) {
      case 'turn':
        return;
      case 'settle':
        jobs.settle();
        return;
      case 'step':
        this.#step();
        return;
      case 'finish':
        jobs.finish(`job${this.#jobs}`, 'Failed', refusal().toPayload(), noon);
        return;
      case 'whole':
      case 'transaction':
        this.#part(each);
    }
  }

  #part({ kind, fails, inside }: Extract<Action, { inside: readonly Action[] }>): void {
    const { jobs } = this.#store;
    try {
      jobs[kind](() => {
        for (const part of inside) this.#do(part);
        if (fails) throw refusal();
      });
    } catch {
      // What it left, or not, is what is compared.
    }
  }

  #step(): void {
    const { jobs } = this.#store;
    this.#jobs += 1;
    const [id, stepId] = [`job${this.#jobs}`, `step${this.#jobs}`];
    jobs.insert(
      { id, operationId: 'test.step', input: null, name: `Job ${this.#jobs}`, owner: 'me', resultType: '', resultId: null, resultName: '', isStoppable: true, createdAt: noon },
      [{ id: stepId, key: 'k', number: '1', name: 'Step', isGroup: false, isSkippable: false }],
    );
    jobs.begin(id, noon);
    jobs.addAuditRecord({ jobId: id, stepId, time: noon, objectType: 'X', objectId: id, objectName: id, property: 'p', previousValue: null, newValue: 'v' });
    jobs.completeStep(stepId, 'Completed', { startedAt: noon, endedAt: noon, message: 'Done', output: undefined });
  }
}

function leftIn(store: Store): unknown {
  store.jobs.settle();
  const rows = (sql: string) => store.db.prepare(sql).all();
  return {
    jobs: rows('SELECT id, status, error FROM job ORDER BY sequence'),
    steps: rows('SELECT id, status FROM job_step ORDER BY id'),
    // Its numbers may have gaps where something was rolled back.
    changes: rows('SELECT job_id, job_step_id, property FROM audit_record ORDER BY sequence'),
    chain: rows('SELECT sequence, kind, job_id, record FROM job_log_record ORDER BY sequence'),
    searched: store.lists.jobs.list({ offset: 0, limit: 500, filter: 'pool has no free', scope: 'all' }).rows.map(({ id }) => id),
  };
}

describe('a temporary file', () => {
  it('has in the end what any other file has', { timeout: 120_000 }, async () => {
    const folder = makeFolder();
    // Made once: bringing an empty file to today's schema takes longer than all the rest.
    const empty = join(folder, 'empty.sqlite');
    openStore({ path: empty }).close();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
        const stores = [true, false].map((isTemporary) => {
          const path = join(folder, `${runs += 1}.sqlite`);
          copyFileSync(empty, path);
          return openStore({ path, isTemporary });
        });
        try {
          for (const store of stores) await new Script(store).play(actions);
          const [temporary, lasting] = stores.map(leftIn);
          expect(temporary).toEqual(lasting);
          for (const store of stores) expect(chainProblems(store.db)).toEqual([]);
        } finally {
          for (const store of stores) store.close();
        }
      }),
      { numRuns: 100 },
    );
  });
});
