import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportScope } from '../../shared/contract/jobExport.ts';
import { operationInputs } from '../../shared/contract/operations.ts';
import { runExport } from '../export/runExport.ts';
import { accountsPlan, testRunner } from '../jobs/testJobs.ts';
import { openStore } from '../store/store.ts';
import { ScenarioFolder } from './testing/scenarioFolder.ts';

const cli = path.resolve(import.meta.dirname, 'cli.ts');
const sample = path.resolve(import.meta.dirname, '../../resources/scenarios/contoso-nat.yaml');
let folder: ScenarioFolder;

beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.dispose());

/** Runs the command as a user does: its own process, the working folder elsewhere. */
function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: folder.path, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A process of its own is needed only for exit codes and streams; what a scenario can say is tested in `run.test.ts`. */
describe('the command', () => {
  it('plays the sample: exit 0, the same bytes in two processes with the same seed', () => {
    const first = run('run', sample, '--out', folder.out, '--seed', '7');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const outputs = folder.contents();
    expect(Object.keys(outputs)).toEqual(['capture.pcapng', 'compartments.json', 'inventory.json', 'jobs.json', 'result.json']);
    expect(folder.json('result.json')).toMatchObject({ outcome: 'passed', seed: 7 });
    expect(folder.json('compartments.json')).toMatchObject([{ compartments: [{ id: 1 }, { nat: { externalAddress: '203.0.113.20' } }, { nat: { externalAddress: '203.0.113.11' } }] }]);
    expect(run('run', sample, '--out', folder.in('again'), '--seed', '7').stdout).toBe(first.stdout);
    expect(folder.contents(folder.in('again'))).toEqual(outputs);
  });

  it.each(readdirSync(path.dirname(sample)).filter((name) => path.join(path.dirname(sample), name) !== sample))('plays %s: exit 0', (name) => {
    expect(run('run', path.join(path.dirname(sample), name), '--out', folder.out)).toMatchObject({ status: 0, stderr: '' });
  });

  it('exits 1 when an expectation does not hold, and says which', () => {
    const file = folder.steps('  - ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1 }', '    expect: { received: 1 }');
    const result = run('run', file, '--out', folder.out);
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(result.stdout).toContain('received: expected 1, got 0');
    expect(folder.json('result.json')).toMatchObject({ outcome: 'failed', steps: [{ line: 3, passed: false }] });
  });

  it('exits 2 on a bad scenario, with file, line and reason on standard error and nothing else', () => {
    const file = folder.steps('  - advance: 1s', '  - do: vmNetwork.conect');
    const result = run('run', file, '--out', folder.out);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(/^\S+scenario\.yaml:4: .*vmNetwork\.conect/);
    expect(existsSync(folder.out)).toBe(false);
  });

  it('exits 2 on a truncated database, and leaves it as it is', () => {
    const database = folder.in('half.sqlite');
    const file = folder.steps('  - advance: 1s');
    expect(run('run', file, '--db', database, '--out', folder.out).status).toBe(0);
    truncateSync(database, 20_000);
    const before = readFileSync(database);
    const result = run('run', file, '--db', database, '--out', folder.in('second'));
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain('half.sqlite');
    expect(readFileSync(database).equals(before)).toBe(true);
    expect(existsSync(folder.in('second/result.json'))).toBe(false);
  });

  it.each([
    ['a word that is none', ['walk'], '"walk" is not a command'],
    ['a seed that is none', ['run', sample, '--seed', '4294967296'], '--seed 4294967296 is not a whole number'],
  ])('exits 2 on %s, and shows the usage', (_what, words, reason) => {
    const result = run(...words);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain(reason);
    expect(result.stderr).toContain('run FILE.yaml [--db PATH] [--out DIR] [--seed N] [--junit FILE]');
  });

  it('prints a JSON Schema for every operation and every kind of probe', () => {
    const result = run('operations');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    const printed = JSON.parse(result.stdout) as { operations: Record<string, { title: string; input: object }>; probes: Record<string, object> };
    expect(Object.keys(printed.operations).sort()).toEqual(Object.keys(operationInputs).sort());
    expect(Object.keys(printed.probes).sort()).toEqual(['advance', 'assert', 'capture', 'failOver', 'fault', 'gateway', 'mtu', 'ping', 'tcp', 'trace', 'tracert', 'tunnel', 'udp']);
    for (const schema of [...Object.values(printed.operations).map(({ input }) => input), ...Object.values(printed.probes)]) {
      expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: expect.any(Object) as object });
    }
    expect(printed.operations['vmNetwork.setConnectivity']?.input).toMatchObject({ required: ['vmNetwork'], properties: { vmNetwork: {}, vpnTunnel: {}, directConnection: {} } });
    expect(printed.probes['ping']).toMatchObject({ required: ['ping'], additionalProperties: false });
  });

  it('checks a bundle of the job log: exit 0 as it was written, 1 when one byte was changed, 2 when it is none', async () => {
    const store = openStore({ path: folder.in('log.sqlite') });
    const runner = testRunner(store);
    const input = { name: 'a', steps: 2 };
    await runner.waitFor(runner.start('test.accounts', input, accountsPlan(store, input)));
    store.close();
    const target = folder.in('bundle.jsonl');
    const scope: ExportScope = { kind: 'filter', scope: 'all', statuses: [], operationIds: [], owner: '', text: '', from: null, to: null };
    runExport({ databasePath: folder.in('log.sqlite'), scope, format: 'bundle', target, draft: `${target}.part`, exportedAt: '2026-01-01T00:00:00.000Z' }, { isCanceled: () => false, progress: () => undefined });
    expect(run('verify', target)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^ok: 5 records of 1 jobs/) as string });
    writeFileSync(target, readFileSync(target, 'utf8').replace('Create accounts 1', 'Create accounts 7'));
    expect(run('verify', target)).toMatchObject({ status: 1, stderr: '', stdout: expect.stringMatching(/^changed: line 3 \(record 2, step 1\.1, job /) as string });
    expect(run('verify', folder.in('log.sqlite'))).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('no bundle') as string });
    expect(run('verify', folder.in('no such file'))).toMatchObject({ status: 2, stdout: '' });
  });
});
