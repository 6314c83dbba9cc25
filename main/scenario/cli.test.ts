import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operationInputs } from '../../shared/contract/operations.ts';

const cli = path.resolve(import.meta.dirname, 'cli.ts');
const sample = path.resolve(import.meta.dirname, '../../resources/scenarios/contoso-nat.yaml');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hnv-scenario-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command as a user does: its own process, the working folder elsewhere. */
function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function scenario(text: string): string {
  const file = path.join(folder, 'scenario.yaml');
  writeFileSync(file, text);
  return file;
}

const head = 'scenario: A test\nsteps:\n';
const out = () => path.join(folder, 'out');
const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(out(), name), 'utf8'));

describe('scenario run', () => {
  it('plays the sample, writes its results and exits 0', () => {
    const result = run('run', sample, '--out', out());
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(out()).sort()).toEqual(['capture.pcapng', 'compartments.json', 'inventory.json', 'jobs.json', 'result.json']);
    expect(readJson('result.json')).toMatchObject({ outcome: 'passed' });
    const jobs = readJson('jobs.json') as { name: string; status: string }[];
    expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'Completed'));
    expect(JSON.stringify(readJson('compartments.json'))).toContain('203.0.113.20');
  });

  it('writes the same bytes for the same seed, and others for another', () => {
    const bytesOf = (seed: string, name: string) => {
      expect(run('run', sample, '--out', path.join(folder, name), '--seed', seed).status).toBe(0);
      return readdirSync(path.join(folder, name)).map((file) => readFileSync(path.join(folder, name, file)).toString('base64')).join('\n');
    };
    const first = bytesOf('7', 'a');
    expect(bytesOf('7', 'b')).toBe(first);
    expect(bytesOf('8', 'c')).not.toBe(first);
  });

  it('goes on in a database of an earlier run', () => {
    const database = path.join(folder, 'kept.sqlite');
    const connect = scenario(`${head}  - do: vmNetwork.setConnectivity\n    input: { vmNetwork: Fabrikam, directConnection: { routing: NAT, gatewayDevice: Gateway01 } }\n`);
    expect(run('run', connect, '--db', database, '--out', out()).status).toBe(0);
    const ping = scenario(`${head}  - ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1 }\n    expect: { received: 1 }\n`);
    expect(run('run', ping, '--db', database, '--out', out()).status).toBe(0);
  });

  it('exits 1 when an expectation does not hold, and says which', () => {
    const file = scenario(`${head}  - ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1 }\n    expect: { received: 1 }\n`);
    const result = run('run', file, '--out', out());
    expect(result.status).toBe(1);
    expect(result.stdout).toContain('received: expected 1, got 0');
    expect(readJson('result.json')).toMatchObject({ outcome: 'failed' });
  });

  it('exits 1 when an operation is refused that should have worked', () => {
    const file = scenario(`${head}  - do: vmNetwork.setConnectivity\n    input: { vmNetwork: Fabrikam, directConnection: { routing: NAT, gatewayDevice: Gateway01, ipAddress: 203.0.113.200 } }\n`);
    expect(run('run', file, '--out', out()).status).toBe(1);
    expect(readJson('result.json')).toMatchObject({ steps: [{ passed: false, detail: { problems: [{ code: 'HNV-2001' }] } }] });
  });
});

describe('bad input exits 2 with file, line and reason, and leaves no results', () => {
  const setConnectivity = '  - do: vmNetwork.setConnectivity\n    input:\n';
  it.each([
    ['an unknown operation', `${head}  - advance: 1s\n  - do: vmNetwork.conect\n`, 4, 'vmNetwork.conect'],
    ['an unknown object', `${head}${setConnectivity}      vmNetwork: Northwind\n      directConnection: null\n`, 5, 'Northwind'],
    ['an unknown machine', `${head}  - ping: { from: Nobody, to: 192.0.2.80 }\n`, 3, 'Nobody'],
    ['an unknown gateway', `${head}  - gateway: Gateway77\n`, 3, 'Gateway77'],
    ['an unknown kind of step', `${head}  - wait: 3s\n`, 3, 'exactly one of'],
    ['an unknown key', `${head}  - advance: 3s\n    expct: {}\n`, 4, 'expct'],
    ['a value of the wrong type', `${head}  - ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: many }\n`, 3, 'count'],
    ['an address that is none', `${head}${setConnectivity}      vmNetwork: Fabrikam\n      directConnection: { routing: NAT, gatewayDevice: Gateway01, ipAddress: 203.0.113 }\n`, 6, 'IPv4'],
    ['broken YAML', `${head}  - advance: [\n`, 4, ''],
    ['a duplicate key', `scenario: one\nscenario: two\nsteps: [{ advance: 1s }]\n`, 2, ''],
    ['no steps', 'scenario: empty\nsteps: []\n', 2, 'steps'],
    ['a lab that does not exist', 'scenario: x\nlab: atlantis\nsteps:\n  - advance: 1s\n', 2, 'atlantis'],
  ])('%s', (_what, text, line, reason) => {
    const file = scenario(text);
    const result = run('run', file, '--out', out());
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(new RegExp(`^${file.replaceAll('.', '\\.')}:${line}: `));
    expect(result.stderr).toContain(reason);
    expect(existsSync(path.join(out(), 'result.json'))).toBe(false);
  });

  it('a file that is not there, words that are none, a seed that is none', () => {
    expect(run('run', 'nowhere.yaml')).toMatchObject({ status: 2, stderr: expect.stringContaining('nowhere.yaml') as string });
    expect(run('walk')).toMatchObject({ status: 2, stderr: expect.stringContaining('"walk" is not a command') as string });
    expect(run('run', sample, '--seed', '-1').status).toBe(2);
    expect(run('run', sample, '--bogus').status).toBe(2);
    expect(run().status).toBe(2);
  });

  it('a truncated database', () => {
    const database = path.join(folder, 'half.sqlite');
    expect(run('run', scenario(`${head}  - advance: 1s\n`), '--db', database, '--out', out()).status).toBe(0);
    truncateSync(database, 20_000);
    const before = readFileSync(database);
    const result = run('run', scenario(`${head}  - advance: 1s\n`), '--db', database, '--out', path.join(folder, 'second'));
    expect(result.status).toBe(2);
    expect(result.stderr).toContain('half.sqlite');
    expect(readFileSync(database).equals(before)).toBe(true);
  });
});

describe('scenario operations', () => {
  it('prints the JSON Schema of every operation and probe', () => {
    const result = run('operations');
    expect(result.status).toBe(0);
    const printed = JSON.parse(result.stdout) as { operations: Record<string, object>; probes: Record<string, object> };
    expect(Object.keys(printed.operations).sort()).toEqual(Object.keys(operationInputs).sort());
    for (const schema of [...Object.values(printed.operations), ...Object.values(printed.probes)]) expect(JSON.stringify(schema)).toContain('"type":"object"');
  });
});
