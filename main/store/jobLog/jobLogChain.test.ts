/** The chain, as jobs write it. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accountsPlan, refusal, testRunner, type StepHook } from '../../jobs/testJobs.ts';
import { openStore, type Store } from '../store.ts';
import { makeFolder } from '../testFolder.ts';
import { canonicalJson } from './hashChain.ts';
import { chainProblems } from './testChain.ts';

function open(): Store {
  const store = openStore({ path: join(makeFolder(), 'chain.db') });
  onTestFinished(() => { store.close(); });
  return store;
}

interface Entry {
  readonly kind: string;
  readonly number?: string;
  readonly status?: string;
}

function entries(store: Store): readonly Entry[] {
  return store.db.prepare<[], { kind: string; record: string }>('SELECT kind, record FROM job_log_record ORDER BY sequence').all()
    .map(({ kind, record }) => ({ ...(JSON.parse(record) as object), kind }));
}

async function run(store: Store, hook?: StepHook): Promise<string> {
  const runner = testRunner(store, hook);
  const input = { name: 'a', steps: 3 };
  const id = runner.start('test.accounts', input, accountsPlan(store, input, hook));
  await runner.waitFor(id);
  return id;
}

describe('the chain over the job log', () => {
  it('has every change, every step at its end and the end of the job, in the order in which they happened', async () => {
    const store = open();
    await run(store);
    const step = (number: string) => [['auditRecord', undefined, undefined], ['step', number, 'Completed']];
    expect(entries(store).map(({ kind, number, status }) => [kind, number, status])).toEqual([...step('1.1'), ...step('1.2'), ...step('1.3'), ['job', undefined, 'Completed']]);
    expect(chainProblems(store.db)).toEqual([]);
  });

  it('keeps the failed attempt beside the one that went well, and nothing of a step that was rolled back', async () => {
    const store = open();
    let fails = true;
    const hook: StepHook = (_name, step) => { if (step === 2 && fails) throw refusal(); };
    const id = await run(store, hook);
    fails = false;
    const runner = testRunner(store, hook);
    runner.restart(id);
    expect(await runner.waitFor(id)).toBe('Completed');
    expect(entries(store).filter(({ kind }) => kind !== 'auditRecord').map(({ number, status }) => [number, status])).toEqual([
      ['1.1', 'Completed'], ['1.2', 'Failed'], [undefined, 'Failed'], ['1.2', 'Completed'], ['1.3', 'Completed'], [undefined, 'Completed'],
    ]);
    expect(entries(store).filter(({ kind }) => kind === 'auditRecord')).toHaveLength(3);
    expect(chainProblems(store.db)).toEqual([]);
  });

  it('goes on where it was in the next process, and records what the dead one left', async () => {
    const path = join(makeFolder(), 'chain.db');
    const first = openStore({ path });
    await run(first);
    const runner = testRunner(first, undefined, { pace: () => new Promise(() => undefined) });
    runner.start('test.accounts', { name: 'b', steps: 1 }, accountsPlan(first, { name: 'b', steps: 1 }));
    await Promise.resolve();
    await Promise.resolve();
    first.close();
    const second = openStore({ path });
    onTestFinished(() => { second.close(); });
    testRunner(second).recover();
    expect(entries(second).at(-1)).toMatchObject({ kind: 'job', status: 'Failed' });
    expect(chainProblems(second.db)).toEqual([]);
  });

  it('has a change as the database keeps it, whatever its texts are', () => {
    const store = open();
    const texts = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) });
    fc.assert(fc.property(texts, fc.option(texts), (objectName, newValue) => {
      const id = randomUUID();
      store.jobs.insert({ id, operationId: 'o', input: null, name: 'n', owner: 'me', resultType: '', resultId: null, resultName: '', isStoppable: true, createdAt: new Date() }, [{ id: `${id}-s`, key: 'k', number: '1', name: 'S', isGroup: false, isSkippable: false }]);
      store.jobs.addAuditRecord({ jobId: id, stepId: `${id}-s`, time: new Date(), objectType: 'VMNetwork', objectId: 'x', objectName, property: 'p', previousValue: null, newValue });
      const row = store.db.prepare(`SELECT sequence AS id, job_id AS jobId, job_step_id AS stepId, time, object_type AS objectType, object_id AS objectId,
        object_name AS objectName, property, previous_value AS previousValue, new_value AS newValue FROM audit_record WHERE job_id = ?`).get(id);
      const record = store.db.prepare<[string], string>('SELECT record FROM job_log_record WHERE job_id = ?').pluck().get(id) ?? '';
      expect(record).toBe(canonicalJson(row));
    }));
    expect(chainProblems(store.db)).toEqual([]);
  });

  it('finds a row that somebody changed with another tool', async () => {
    const store = open();
    await run(store);
    store.db.exec(`DROP TRIGGER job_log_record_is_append_only_update; UPDATE job_log_record SET record = replace(record, 'Completed', 'Canceled') WHERE sequence = 4`);
    expect(chainProblems(store.db)).toEqual(['record 4 has another hash']);
  });
});

describe('canonical JSON', () => {
  it('is the same for the same value, however it was put together, and reads back as it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

/** The same value with the members of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, member]) => [name, reversed(member)]));
}
