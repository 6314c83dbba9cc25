/** Bundles of a real log, changed in every way that comes to mind. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportScope } from '../../../shared/contract/jobExport.ts';
import { accountsPlan, testRunner } from '../../jobs/testJobs.ts';
import { openStore } from '../../store/store.ts';
import { tmpdir } from 'node:os';
import { runExport } from '../runExport.ts';
import { verifyBundle } from './verifyBundle.ts';

const everything: ExportScope = { kind: 'filter', scope: 'all', statuses: [], operationIds: [], owner: '', text: '', from: null, to: null };
let folder = '';
let file = '';
let whole: Buffer;
let part: Buffer;
let lines: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hnv-bundle-'));
  file = path.join(folder, 'changed.jsonl');
  const databasePath = path.join(folder, 'log.db');
  const store = openStore({ path: databasePath });
  const runner = testRunner(store);
  for (const name of ['a', 'b „ü“ 🙂', 'c']) {
    const input = { name, steps: 3, locks: ['x'] };
    await runner.waitFor(runner.start('test.accounts', input, accountsPlan(store, input)));
  }
  store.close();
  whole = bundle(databasePath, everything);
  part = bundle(databasePath, { ...everything, text: '„ü“' });
  lines = whole.toString('utf8').split('\n').slice(0, -1);
  return () => { rmSync(folder, { recursive: true, force: true }); };
});

function bundle(databasePath: string, scope: ExportScope): Buffer {
  const target = path.join(folder, 'bundle.jsonl');
  runExport({ databasePath, scope, format: 'bundle', target, draft: `${target}.part`, exportedAt: '2026-01-02T03:04:05.000Z' }, { isCanceled: () => false, progress: () => undefined });
  return readFileSync(target);
}

function verdictOf(content: Buffer | string) {
  writeFileSync(file, content);
  return verifyBundle(file);
}

/** The bundle without its end of line, from changed lines. */
function fromLines(changed: readonly string[]): string {
  return changed.map((line) => `${line}\n`).join('');
}

describe('a bundle as it was written', () => {
  it('is found whole, with every record of the chain', () => {
    // A change and a step for each of three steps of three jobs, and the end of each job.
    expect(verdictOf(whole)).toMatchObject({ kind: 'ok', jobs: 3, header: { records: 21, chainLength: 21, isComplete: true } });
  });

  it('may hold some jobs only, and says so', () => {
    expect(verdictOf(part)).toMatchObject({ kind: 'ok', jobs: 1, header: { records: 7, chainLength: 21, isComplete: false } });
  });

  it.skipIf(spawnSync('jq', ['--version']).status !== 0)('has the hashes that jq and sha256sum compute', () => {
    for (const line of lines) {
      const text = execFileSync('jq', ['-cSj', 'del(.hash)'], { input: line });
      const hash = execFileSync('sha256sum', { input: text, encoding: 'utf8' }).slice(0, 64);
      expect(JSON.parse(line)).toMatchObject({ hash });
    }
  });
});

describe('a change', () => {
  it('of any one byte is found', () => {
    for (const original of [whole, part]) {
      fc.assert(
        fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
          const changed = Buffer.from(original);
          changed[at] = (changed[at] ?? 0) ^ by;
          expect(verdictOf(changed).kind).toBe('changed');
        }),
        { numRuns: 400 },
      );
    }
  });

  it('that takes bytes away or puts some in is found', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 300 }), fc.string({ maxLength: 5, unit: 'binary' }), (at, size, put) => {
        const changed = Buffer.concat([whole.subarray(0, at), Buffer.from(put), whole.subarray(at + size)]);
        fc.pre(!changed.equals(whole));
        expect(verdictOf(changed).kind).not.toBe('ok');
      }),
      { numRuns: 300 },
    );
  });

  it('is told with the record that was changed first', () => {
    const changed = [...lines];
    changed[5] = (changed[5] ?? '').replace('accounts', 'Accounts');
    changed[9] = (changed[9] ?? '').replace('accounts', 'Accounts');
    const jobId = (JSON.parse(lines[5] ?? '') as { record: { jobId: string } }).record.jobId;
    expect(verdictOf(fromLines(changed))).toEqual({ kind: 'changed', line: 6, what: `record 5, job ${jobId}`, why: 'Its content does not match its hash.' });
  });

  it.each([
    ['a record taken out', (all: string[]) => all.toSpliced(4, 1), /taken out/],
    ['two records exchanged', (all: string[]) => all.toSpliced(4, 2, all[5] ?? '', all[4] ?? ''), /taken out|order/],
    ['a record twice', (all: string[]) => all.toSpliced(4, 0, all[4] ?? ''), /order/],
    ['the last record taken out', (all: string[]) => all.toSpliced(-2, 1), /records, where/],
    ['no end', (all: string[]) => all.slice(0, -1), /cut off/],
    ['something behind the end', (all: string[]) => [...all, all[3] ?? ''], /behind the end/],
    ['a second header', (all: string[]) => all.toSpliced(3, 0, all[0] ?? ''), /one header/],
    ['spaces that JSON forgives', (all: string[]) => all.with(3, (all[3] ?? '').replace(':', ': ')), /not as it was written/],
  ])('%s: is found', (_what, change, why) => {
    expect(verdictOf(fromLines(change([...lines])))).toMatchObject({ kind: 'changed', why: expect.stringMatching(why) as string });
  });
});

describe('what is no bundle', () => {
  it.each([['empty', ''], ['text', 'hello\n'], ['another JSON', '{"a":1}\n'], ['bytes', '\0\0\0']])('%s is unreadable, not changed', (_what, content) => {
    expect(verdictOf(content).kind).toBe('unreadable');
  });

  it('a file that is not there, or a folder', () => {
    expect(verifyBundle(path.join(folder, 'none')).kind).toBe('unreadable');
    expect(verifyBundle(folder).kind).toBe('unreadable');
  });
});
