import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { procedures } from '../../../shared/contract/procedures.ts';
import { jobListQuerySchema, type JobStatus } from '../../../shared/contract/jobs.ts';
import { openStore, type Store } from '../store.ts';

let store: Store;
beforeEach(() => {
  const opened = openStore({ path: ':memory:' });
  onTestFinished(() => { opened.close(); });
  store = opened;
  addJob('a', 'Update network service device', 'Completed', '2026-03-01T10:00:00.000Z');
  addJob('b', 'Change properties of VM network', 'Failed', '2026-03-01T11:30:00.000Z');
  addJob('c', 'Open lab', 'SucceedWithInfo', '2026-03-01T09:00:00.000Z');
  addJob('d', 'Change properties of VM network', 'Running', null);
  addJob('e', 'Change properties of VM network', 'NotStarted', null);
});

function addJob(id: string, name: string, status: JobStatus, end: string | null): void {
  const steps = [0, 1, 2].map((n) => ({ id: `${id}${n}`, key: `k${n}`, number: n === 0 ? '1' : `1.${n}`, name: `Step ${n}`, isGroup: n === 0, isSkippable: false }));
  store.jobs.insert(
    { id, operationId: 'test', input: {}, name, owner: `owner-${id}`, resultType: 'VMNetwork', resultId: 'n1', resultName: `Result ${id}`, isStoppable: true, createdAt: new Date(0) },
    steps,
  );
  if (status === 'NotStarted') return;
  store.jobs.begin(id, new Date('2026-03-01T08:00:00Z'));
  if (status === 'Running') store.jobs.setStepStatus(`${id}1`, 'Completed', new Date(0));
  else store.jobs.finish(id, status, null, new Date(end ?? 0));
}

const ids = (input: object) => store.lists.jobs.list(jobListQuerySchema.parse(input)).rows.map((row) => row.id).join('');

describe('the list of jobs', () => {
  it('has the newest first, as the contract has them', () => {
    const page = store.lists.jobs.list(jobListQuerySchema.parse({}));
    expect(procedures['job.list'].output.parse(page)).toEqual(page);
    expect(ids({})).toBe('edcba');
    expect(page.rows.map((row) => row.progress)).toEqual([0, 50, 100, 0, 100]);
    expect(page.rows.map((row) => [row.isRestartable, row.isStoppable])).toEqual([[false, true], [false, true], [false, false], [true, false], [false, false]]);
  });

  it('tells running ones from history', () => {
    expect(ids({ scope: 'running' })).toBe('ed');
    expect(ids({ scope: 'history' })).toBe('cba');
    expect(store.lists.jobs.list(jobListQuerySchema.parse({ scope: 'history', filter: 'open' }))).toMatchObject({ total: 1, unfilteredTotal: 3 });
  });

  it('is sorted by each column, and searched by what it shows, statuses in the words shown', () => {
    expect(ids({ sort: { column: 'endTime', direction: 'desc' }, scope: 'history' })).toBe('bac');
    expect(ids({ sort: { column: 'name', direction: 'asc' } })).toBe('bdeca');
    expect(ids({ sort: { column: 'resultName', direction: 'asc' } })).toBe('abcde');
    expect(ids({ sort: { column: 'owner', direction: 'desc' } })).toBe('edcba');
    expect(ids({ sort: { column: 'status', direction: 'asc' } })).toBe('acbed');
    expect(ids({ filter: 'w/ info' })).toBe('c');
    expect(ids({ filter: 'SucceedWithInfo' })).toBe('');
    expect(ids({ filter: '"RESULT A"' })).toBe('a');
    expect(ids({ filter: 'owner-b' })).toBe('b');
  });

  it('follows every change of a job', () => {
    expect(ids({ scope: 'running' })).toBe('ed');
    store.jobs.finish('d', 'Completed', null, new Date());
    expect(ids({ scope: 'running' })).toBe('e');
  });
});

describe('about single jobs', () => {
  it('the details are as the contract has them', () => {
    const job = store.lists.jobs.get('d');
    expect(procedures['job.get'].output.parse(job)).toEqual(job);
    expect(job.steps.map((step) => step.number)).toEqual(['1', '1.1', '1.2']);
  });

  it('the latest for an object is the one started last', () => {
    expect(store.lists.jobs.latestFor('n1')?.id).toBe('e');
    expect(store.lists.jobs.latestFor('n2')).toBeNull();
  });

  it('the summary counts what is not at its end, and failures of the last hour', () => {
    expect(store.lists.jobs.summary(new Date('2026-03-01T12:00:00Z'))).toEqual({ running: 2, failedLastHour: 1 });
    expect(store.lists.jobs.summary(new Date('2026-03-01T12:31:00Z'))).toEqual({ running: 2, failedLastHour: 0 });
  });
});
