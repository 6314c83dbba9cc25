/** Exports as the window starts them: a real lab, a real thread, real files. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ConsoleError, errorCodes } from '../../shared/contract/errors.ts';
import { exportFormats, exportScopeSchema, type ExportFormat, type ExportScope } from '../../shared/contract/jobExport.ts';
import { LocalSecretStore } from '../lab/localSecretStore.ts';
import { TestLab } from '../lab/testing/testLab.ts';
import type { SecretStore } from '../operations/secrets.ts';
import { makeFolder } from '../store/testFolder.ts';
import { Exports } from './exports.ts';
import { makeLargeLog } from './testing/largeLog.ts';
import { sourceWorkerFile } from './testing/workerFile.ts';

const everything: ExportScope = filter({});
const secret = 'Correct-Horse-7-Battery';
let test: TestLab;

function filter(part: object): ExportScope {
  return exportScopeSchema.parse({ kind: 'filter', scope: 'all', ...part });
}

beforeEach(async () => {
  test = new TestLab();
  onTestFinished(() => test.dispose());
  await test.open();
});

function target(name = 'log.txt'): string {
  return path.join(test.folder, 'out', name);
}

async function exported(format: ExportFormat, scope = everything): Promise<string> {
  mkdirSync(path.dirname(target()), { recursive: true });
  const { exports } = test.lab;
  const state = await exports.waitFor(exports.start({ format, scope }, target()));
  expect(state).toMatchObject({ status: 'completed', error: null, path: target() });
  expect(state.done).toBe(state.total);
  const text = readFileSync(target(), 'utf8');
  expect(state.bytes).toBe(Buffer.byteLength(text));
  return text;
}

interface Line {
  readonly record: string;
  readonly jobId: string;
  readonly name: string;
  readonly status: string;
}

async function lines(scope: ExportScope): Promise<readonly Line[]> {
  const text = await exported('jsonLines', scope);
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Line);
}

async function namesOf(scope: ExportScope): Promise<readonly string[]> {
  return (await lines(scope)).filter(({ record }) => record === 'job').map(({ name }) => name);
}

describe('an export', () => {
  it.each(exportFormats)('writes the log of the lab as %s, and nothing beside it', async (format) => {
    expect(await exported(format)).toContain('Open lab');
    expect(readdirSync(path.dirname(target()))).toEqual([path.basename(target())]);
  });

  it('holds every job, step and change that the window shows', async () => {
    await test.nat('Fabrikam');
    const all = await lines(everything);
    for (const { id } of test.lab.lists.jobs.list({ offset: 0, limit: 500, filter: '', scope: 'all' }).rows) {
      const shown = test.lab.lists.jobs.get(id);
      const of = (record: string) => all.filter((line) => line.record === record && line.jobId === id);
      expect(of('job')).toMatchObject([{ name: shown.name, status: shown.status, owner: shown.owner, startTime: shown.startTime, endTime: shown.endTime, error: shown.error }]);
      expect(of('step')).toMatchObject(shown.steps);
      expect(of('change')).toMatchObject(shown.auditRecords);
    }
    expect(all.at(0)).toMatchObject({ record: 'log', ...test.lab.lists.jobLog.size(everything) });
  });

  it('takes one job, a selection, or what a filter lets through', async () => {
    await test.nat('Fabrikam');
    const rows = test.lab.lists.jobs.list({ offset: 0, limit: 10, filter: '', scope: 'all' }).rows;
    const [second, opening] = [rows[0], rows.at(-1)];
    if (second === undefined || opening === undefined) throw new Error('no jobs');
    expect(await namesOf({ kind: 'jobs', ids: [second.id] })).toEqual([second.name]);
    expect(await namesOf({ kind: 'jobs', ids: [second.id, opening.id, 'none'] })).toEqual([opening.name, second.name]);
    expect(await namesOf(filter({ text: 'open LAB' }))).toEqual([opening.name]);
    expect(await namesOf(filter({ text: '%' }))).toEqual([]);
    expect(await namesOf(filter({ statuses: ['Canceled', 'Running'] }))).toEqual([]);
    expect(await namesOf(filter({ statuses: [opening.status] }))).toContain(opening.name);
    expect(await namesOf(filter({ scope: 'running' }))).toEqual([]);
  });

  it('takes a span of time, its end outside', async () => {
    const [job] = test.lab.lists.jobs.list({ offset: 0, limit: 1, filter: '', scope: 'all' }).rows;
    const start = job?.startTime ?? '';
    const later = new Date(Date.parse(start) + 1).toISOString();
    expect(await namesOf(filter({ from: start, to: later }))).toEqual([job?.name]);
    expect(await namesOf(filter({ from: later }))).toEqual([]);
    expect(await namesOf(filter({ to: start }))).toEqual([]);
  });

  it.each(exportFormats)('has no secret in %s, neither as it was typed nor sealed', async (format) => {
    const secrets = new LocalSecretStore();
    const sealed: Buffer[] = [];
    const remembering: SecretStore = {
      isProtecting: true,
      seal: (text) => {
        const bytes = secrets.seal(text);
        sealed.push(Buffer.from(bytes));
        return bytes;
      },
      open: (bytes) => secrets.open(bytes),
    };
    test.close();
    await test.open({ secrets: remembering });
    for (const operation of [
      () => test.lab.operations.start('runAsAccount.create', { name: 'Second admin', userName: 'CONTOSO\\second', secret, confirmation: secret }),
      () => test.lab.operations.start('runAsAccount.change', { runAsAccount: 'Second admin', secret: `${secret}2`, confirmation: `${secret}2` }),
    ]) expect(await test.lab.jobs.waitFor(operation())).toBe('Completed');
    const text = await exported(format);
    expect(text).toContain('Second admin');
    expect(sealed.length).toBeGreaterThanOrEqual(2);
    const forms = [secret, ...(['base64', 'hex'] as const).flatMap((encoding) => [Buffer.from(secret), ...sealed].map((bytes) => bytes.toString(encoding)))];
    for (const form of forms) expect(text).not.toContain(form);
  });
});

describe('an export that cannot be', () => {
  it('says why a folder that is not there cannot be written to', async () => {
    const { exports } = test.lab;
    const id = exports.start({ format: 'csv', scope: everything }, path.join(test.folder, 'no', 'such.csv'));
    expect(await exports.waitFor(id)).toMatchObject({ status: 'failed', error: { code: errorCodes.fileNotWritten } });
    expect(existsSync(path.join(test.folder, 'no'))).toBe(false);
    expect(() => exports.writtenPath(id)).toThrow(ConsoleError);
  });

  it('leaves the file of that name as it was, and nothing beside it, when the name is a folder', async () => {
    mkdirSync(path.join(target(), 'kept'), { recursive: true });
    const { exports } = test.lab;
    expect(await exports.waitFor(exports.start({ format: 'csv', scope: everything }, target()))).toMatchObject({ status: 'failed', error: { code: errorCodes.fileNotWritten } });
    expect(readdirSync(path.dirname(target()))).toEqual(['log.txt']);
    expect(readdirSync(target())).toEqual(['kept']);
  });

  it('is refused for a lab in memory, and unknown ids for everything', async () => {
    const memory = new TestLab();
    onTestFinished(() => memory.dispose());
    await memory.open({ databasePath: ':memory:' });
    expect(() => memory.lab.exports.start({ format: 'csv', scope: everything }, target())).toThrow(/in memory/);
    for (const call of ['state', 'cancel', 'writtenPath'] as const) expect(() => memory.lab.exports[call]('x')).toThrow(/no exported file/);
  });
});

describe('a long export', () => {
  function long(): { exports: Exports; folder: string; file: string } {
    const folder = makeFolder();
    const databasePath = path.join(folder, 'log.db');
    makeLargeLog(databasePath, { jobs: 400, stepsPerJob: 100, stepsPerChange: 4 });
    const exports = new Exports({ databasePath, workerFile: sourceWorkerFile, clock: () => new Date(), settle: () => undefined, reportFault: (error) => { throw error; } });
    return { exports, folder, file: path.join(folder, 'log.html') };
  }

  async function underWay(exports: Exports, id: string): Promise<void> {
    while (exports.state(id).status === 'running' && exports.state(id).done === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  it('that is canceled leaves the older file and nothing else', async () => {
    const { exports, folder, file } = long();
    writeFileSync(file, 'older');
    const id = exports.start({ format: 'html', scope: everything }, file);
    await underWay(exports, id);
    exports.cancel(id);
    expect(await exports.waitFor(id)).toMatchObject({ status: 'canceled', bytes: 0, sha256: null });
    expect(readFileSync(file, 'utf8')).toBe('older');
    expect(readdirSync(folder).filter((name) => !name.startsWith('log.db'))).toEqual(['log.html']);
  });

  it('ends with the console, and takes its unfinished file away', async () => {
    const { exports, folder, file } = long();
    const id = exports.start({ format: 'html', scope: everything }, file);
    await underWay(exports, id);
    exports.close();
    expect(readdirSync(folder).filter((name) => !name.startsWith('log.db'))).toEqual([]);
    expect(await exports.waitFor(id)).toMatchObject({ status: 'canceled' });
  });

  it('is of the moment at which it began, whatever jobs do meanwhile', async () => {
    const { exports, file } = long();
    const id = exports.start({ format: 'jsonLines', scope: everything }, file);
    const { status, done, total } = await exports.waitFor(id);
    expect({ status, done, total }).toEqual({ status: 'completed', done: 400 + 40_000 + 10_000, total: 50_400 });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(50_400 + 2);
  });
});
