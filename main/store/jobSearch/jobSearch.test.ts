import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { jobListQuerySchema, jobStatusLabels, type JobStatus } from '../../../shared/contract/jobs.ts';
import { procedures } from '../../../shared/contract/procedures.ts';
import { openStore, type Store } from '../store.ts';
import { searchWords } from './jobSearchSql.ts';

let store: Store;

/** One store for tests that only read. */
function openForAll(fill: () => void): void {
  let opened: Store | undefined;
  beforeAll(() => {
    opened = store = openStore({ path: ':memory:' });
    fill();
  });
  afterAll(() => { opened?.close(); });
}

function openForEach(fill: () => void = () => undefined): void {
  beforeEach(() => {
    const opened = openStore({ path: ':memory:' });
    onTestFinished(() => { opened.close(); });
    store = opened;
    fill();
  });
}

interface Words {
  readonly name: string;
  readonly resultName: string;
  readonly owner: string;
  readonly step: string;
  readonly message: string;
  readonly error: string;
  readonly status: JobStatus;
}

const plain: Words = { name: 'Update network service device', resultName: 'GatewayVM01', owner: 'CONTOSO\\anna', step: 'Verify gateway', message: '', error: '', status: 'Completed' };

function add(id: string, part: Partial<Words>): void {
  const { name, resultName, owner, step, message, error, status } = { ...plain, ...part };
  store.jobs.insert(
    { id, operationId: 'networkService.change', input: {}, name, owner, resultType: 'X', resultId: null, resultName, isStoppable: true, createdAt: new Date('2026-03-01T07:00:00Z') },
    [{ id: `${id}-1`, key: 'k', number: '1', name: step, isGroup: false, isSkippable: false }],
  );
  store.jobs.setStepResult(`${id}-1`, message, undefined);
  if (status === 'NotStarted') return;
  store.jobs.begin(id, new Date('2026-03-01T08:00:00Z'));
  if (status !== 'Running') store.jobs.finish(id, status, error === '' ? null : new ConsoleError('poolExhausted', error, 'Enlarge it.').toPayload(), new Date('2026-03-01T08:00:10Z'));
}

function found(filter: string, more: object = {}): readonly string[] {
  return store.lists.jobs.list(jobListQuerySchema.parse({ filter, ...more })).rows.map(({ id }) => id).sort();
}

function addExamples(): void {
  add('a', { name: 'Create new VM Network', resultName: 'Fabrikam' });
  add('b', { step: 'Allocate an address of the pool', message: '203.0.113.20 of "External pool"' });
  add('c', { status: 'Failed', error: 'Pool Ñandú has no free address.', owner: 'CONTOSO\\ben' });
  add('d', { status: 'Running', step: 'Allocate an address' });
  add('e', { status: 'NotStarted', resultName: 'Fabrikam' });
}

describe('the search', () => {
  openForAll(addExamples);

  it.each([
    ['fabri', ['a', 'e']], ['FABRIKAM', ['a', 'e']], ['\\ben', ['c']], ['gateway', ['a', 'b', 'c', 'd', 'e']],
    ['allocate', ['b', 'd']], ['External', ['b']], ['203.0.113.2', ['b']],
    ['free address', ['c']], ['HNV-2004', ['c']], ['enlarge', ['c']], ['ÑANDÚ', ['c']],
    ['networkService.change', ['a', 'b', 'c', 'd', 'e']], ['completed', ['a', 'b']], ['running', ['d']],
    // Each word anywhere; what is quoted as it stands.
    ['vm fabrikam create', ['a']], ['address pool', ['b', 'c']], ['"address pool"', []], ['"of the pool"', ['b']], ['"of the po', ['b']], ['create allocate', []],
    // Shorter than what the index holds.
    ['vm', ['a', 'b', 'c', 'd']], ['ñ', []], ['Ñ', ['c']], ['2 20', ['b', 'c']], ['', ['a', 'b', 'c', 'd', 'e']], ['"  "', ['a', 'b', 'c', 'd', 'e']],
  ] as const)('for %j finds %j', (filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });

  it('counts what it finds among all', () => {
    expect(store.lists.jobs.list(jobListQuerySchema.parse({ filter: 'fabrikam', limit: 1 }))).toMatchObject({ total: 2, unfilteredTotal: 5 });
  });

});

describe('the index', () => {
  openForEach(addExamples);

  it('follows a job that runs again: its old error is found no more, what its steps say now is', () => {
    expect(found('Ñandú')).toEqual(['c']);
    store.jobs.requeue('c', true);
    store.jobs.setStepResult('c-1', 'Second attempt', undefined);
    expect(found('Ñandú')).toEqual([]);
    expect(found('second attempt')).toEqual(['c']);
    store.jobs.finish('c', 'Completed', null, new Date());
    expect(found('second attempt')).toEqual(['c']);
    expect(found('Ñandú')).toEqual([]);
  });

  it('loses nothing of a transaction that is taken back', () => {
    expect(() => store.jobs.transaction(() => { store.jobs.requeue('a', true); throw new Error('power cut'); })).toThrow('power cut');
    expect(found('fabrikam')).toEqual(['a', 'e']);
  });
});

describe('whatever is typed', () => {
  openForEach();
  const pieces = ['"', "'", '%', '_', '\\', '*', '(', ')', ':', '^', '-', '+', '{', '}', ';', '--', '\u0000', '\n', '\t', ' ', 'AND', 'OR', 'NOT', 'NEAR(', 'text:', 'a', 'ab', 'abc', 'aBcD', '中', '文', '中文字', '🙂', '@like0', '@match0', '?', '$x', '\ud800'];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => parts.join(''));
  // In the rows LIKE ends at a zero byte; nothing of this console writes one.
  const stored = text.map((typed) => typed.replaceAll('\u0000', ''));
  const words = fc.record({ name: stored, resultName: stored, owner: stored, step: stored, message: stored, error: stored, status: fc.constantFrom<JobStatus>('Completed', 'Failed', 'Running', 'NotStarted') });

  it('is no error, and finds exactly the jobs in which each word stands', () => {
    let number = 0;
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), text, (jobs, filter) => {
        store.db.exec('SAVEPOINT jobs');
        try {
          const expected: string[] = [];
          for (const job of jobs) {
            const id = `j${number++}`;
            add(id, job);
            const error = job.error === '' || job.status === 'Running' || job.status === 'NotStarted' ? '' : `\nHNV-2004\n${job.error}\nEnlarge it.`;
            const everything = `${jobStatusLabels[job.status]}\n${job.name}\nnetworkService.change\n${job.resultName}\n${job.owner}\n${job.step}\n${job.message}${error}`.toLowerCase();
            if (searchWords(filter).every((word) => everything.includes(word.toLowerCase()))) expected.push(id);
          }
          expect(found(filter, { limit: 500 })).toEqual(expected.sort());
        } finally {
          store.db.exec('ROLLBACK TO jobs; RELEASE jobs');
        }
      }),
      { numRuns: 400 },
    );
  });

  it('passes the contract up to its length, and no further', () => {
    expect(procedures['job.list'].input.safeParse({ filter: '"'.repeat(200) }).success).toBe(true);
    expect(found('"'.repeat(200))).toEqual([]);
    expect(found(Array.from({ length: 66 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(' '))).toEqual([]);
    expect(procedures['job.list'].input.safeParse({ filter: 'a'.repeat(201) }).success).toBe(false);
  });
});

describe('the filter', () => {
  openForAll(() => {
    add('a', { status: 'Completed' });
    add('b', { status: 'Failed', owner: 'CONTOSO\\ben', error: 'x' });
    add('c', { status: 'Running' });
    add('d', { status: 'NotStarted' });
  });

  it.each([
    [{ statuses: ['Failed', 'Running'] }, ['b', 'c']],
    [{ owner: 'contoso\\BEN' }, ['b']],
    [{ owner: 'ben' }, []],
    [{ operationIds: ['networkService.change'] }, ['a', 'b', 'c', 'd']],
    [{ operationIds: ['lab.open'] }, []],
    // What waits counts by its creation at 7.
    [{ from: '2026-03-01T08:00:00Z' }, ['a', 'b', 'c']],
    [{ to: '2026-03-01T08:00:00Z' }, ['d']],
    [{ from: '2026-03-01T07:00:00Z', to: '2026-03-01T08:00:00.001Z', statuses: ['Completed'], scope: 'history' }, ['a']],
    [{ scope: 'running' }, ['c', 'd']],
  ])('%j leaves %j', (filter, expected) => {
    expect(found('', filter)).toEqual(expected);
    // An export of the same is the same.
    const { statuses = [], operationIds = [], owner = '', from = null, to = null, scope = 'all' } = filter as { statuses?: JobStatus[]; operationIds?: string[]; owner?: string; from?: string; to?: string; scope?: 'all' };
    expect(store.lists.jobLog.size({ kind: 'filter', text: '', scope, statuses, operationIds, owner, from, to })).toMatchObject({ jobs: expected.length });
  });

  it('offers the operations and owners that the log has', () => {
    const choices = store.lists.jobs.filterChoices();
    expect(procedures['job.filterChoices'].output.parse(choices)).toEqual(choices);
    expect(choices).toEqual({ operations: [{ id: 'networkService.change', name: plain.name }], owners: ['CONTOSO\\anna', 'CONTOSO\\ben'] });
  });

  it.each([{ statuses: ['Done'] }, { from: 'yesterday' }, { to: 5 }, { operationIds: [''] }, { owner: 'x'.repeat(201) }])('refuses %j', (filter) => {
    expect(procedures['job.list'].input.safeParse(filter).success).toBe(false);
  });
});
