import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { BadInput } from './badInput.ts';
import { runScenario, type RunOptions } from './run.ts';
import { ScenarioFolder } from './testing/scenarioFolder.ts';

let folder: ScenarioFolder;
let said: string[];

beforeEach(() => {
  folder = new ScenarioFolder();
  said = [];
});
afterEach(() => folder.dispose());

function run(file: string, options: Partial<RunOptions> = {}): Promise<boolean> {
  return runScenario({ file, databasePath: undefined, outputFolder: folder.out, seed: undefined, say: (line) => void said.push(line), environment: {}, ...options });
}

const connect = (vmNetwork: string, more = '') => [
  '  - do: vmNetwork.setConnectivity',
  `    input: { vmNetwork: ${vmNetwork}, directConnection: { routing: NAT, gatewayDevice: Gateway01${more} } }`,
];
const ping = (from: string) => [`  - ping: { from: ${from}, to: 192.0.2.80, count: 1 }`];
const block = ['  - do: vmNetwork.setConnectivity', '    input:'];
const head = 'scenario: A test\nsteps:\n';

describe('bad input names file, line and reason, and leaves no results', () => {
  it.each([
    ['an unknown operation', ['  - advance: 1s', '  - do: vmNetwork.conect'], 4, 'Use one of: lab.open, '],
    ['an unknown VM network', [...block, '      vmNetwork: Northwind', '      directConnection: null'], 5, 'Northwind'],
    ['an unknown machine', ['  - ping: { from: Nobody, to: 192.0.2.80 }'], 3, 'Nobody'],
    ['an unknown gateway', ['  - gateway: Gateway77'], 3, 'Gateway77'],
    ['an unknown probe', ['  - traceroute: { from: Fabrikam-VM01 }'], 3, 'exactly one of do, ping, udp, tcp, tracert, trace, mtu, advance, gateway'],
    ['two kinds in one step', ['  - advance: 1s', '    gateway: Gateway01'], 3, 'exactly one of'],
    ['an unknown key, shown where it stands', ['  - advance: 3s', '    expct:', '      received: 1'], 4, 'expct'],
    ['an unknown key of an operation', [...block, '      vmNetwork: Fabrikam', '      directConnection:', '        routing: NAT', '        gatewayDevice: Gateway01', '        ipAdress: 203.0.113.20'], 9, 'ipAdress'],
    ['a missing value, shown at what should have it', [...block, '      vmNetwork: Fabrikam'], 4, 'directConnection'],
    ['a value of the wrong type', ['  - ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: many }'], 3, 'count'],
    ['an address that is none', ['  - ping:', '      from: Fabrikam-VM01', '      to: 192.0.2.800'], 5, 'IPv4'],
    ['an address of an operation that is none', connect('Fabrikam', ', ipAddress: 203.0.113'), 4, 'IPv4'],
    ['an error code that nobody knows', [...ping('Fabrikam-VM01'), '    expect: { problem: HNV-0000 }'], 4, 'problem'],
    ['a job expected of a refused operation', [...connect('Fabrikam'), '    expect: { status: Failed, problem: HNV-2002 }'], 5, 'a refused operation has no job'],
    ['a duration that is none', ['  - advance: a while'], 3, 'is not a duration'],
    ['a duration without end', ['  - advance: 999999999h'], 3, 'at most 1000h'],
    ['broken YAML', ['  - advance: ['], 4, 'Flow sequence'],
    ['an alias of nothing', ['  - advance: 1s', '  - *other'], 4, 'other'],
  ])('%s', async (_what, lines, line, reason) => {
    const file = folder.steps(...lines);
    const failure: unknown = await run(file).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BadInput);
    const { message } = failure as BadInput;
    expect(message.slice(0, message.indexOf(': '))).toBe(`${file}:${line}`);
    expect(message).toContain(reason);
    expect(existsSync(folder.in('out/result.json'))).toBe(false);
  });

  it.each([
    ['an empty file', '', 1, 'expected object'],
    ['a duplicate key', 'scenario: one\nscenario: two\nsteps: [{ advance: 1s }]\n', 2, 'unique'],
    ['no steps', 'scenario: empty\nsteps: []\n', 2, 'steps'],
    ['two documents', `${head}  - advance: 1s\n---\nscenario: B\n`, 4, 'more than one document'],
    ['a lab that does not exist', `lab: atlantis\n${head}  - advance: 1s\n`, 1, 'atlantis'],
    ['a lab outside the folder of labs', `lab: ../../secrets\n${head}  - advance: 1s\n`, 1, 'is not the name of a lab'],
  ])('%s', async (_what, text, line, reason) => {
    const file = folder.write(text);
    await expect(run(file)).rejects.toThrow(`${file}:${line}: `);
    await expect(run(file)).rejects.toThrow(reason);
  });

  it('a file that is not there, a database that is none', async () => {
    await expect(run(folder.in('nowhere.yaml'))).rejects.toThrow(/nowhere\.yaml: there is no such file/);
    const databasePath = folder.in('letter.sqlite');
    writeFileSync(databasePath, 'Dear friend, '.repeat(500));
    await expect(run(folder.steps('  - advance: 1s'), { databasePath })).rejects.toThrow(BadInput);
    await expect(run(folder.steps('  - advance: 1s'), { databasePath: folder.in('no/such/folder/x.sqlite') })).rejects.toThrow(BadInput);
  });
});

it('results cannot be put where a file is, which stays as it is', async () => {
  writeFileSync(folder.out, 'a letter');
  await expect(run(folder.steps('  - advance: 1s'))).rejects.toThrow('the output folder cannot be made');
  expect(readFileSync(folder.out, 'utf8')).toBe('a letter');
});

describe('expectations', () => {
  it('a refused operation fails the step that expected a job, with the code and all that follows is still played', async () => {
    const file = folder.steps(...connect('Fabrikam', ', ipAddress: 203.0.113.200'), ...ping('Fabrikam-VM01'), '    expect: { received: 0, fate: no gateway }');
    expect(await run(file)).toBe(false);
    expect(folder.json('result.json')).toMatchObject({ outcome: 'failed', steps: [{ passed: false, detail: { problems: [{ code: errorCodes.addressOutsidePool }] } }, { passed: true }] });
    expect(folder.json('jobs.json')).toHaveLength(1);
  });

  it('a refusal holds only with the code that was expected, and not at all when the job runs', async () => {
    const taken = connect('Adatum', ', ipAddress: 203.0.113.10');
    const file = folder.steps(
      ...taken, `    expect: { problem: ${errorCodes.addressInUse} }`,
      ...taken, `    expect: { problem: ${errorCodes.poolExhausted} }`,
      ...connect('Adatum'), `    expect: { problem: ${errorCodes.addressInUse} }`,
    );
    expect(await run(file)).toBe(false);
    expect(said.map((line) => line.startsWith('ok'))).toEqual([true, false, false]);
  });

  it('a VM network that is expected not to exist is an expectation, not bad input', async () => {
    const file = folder.steps(...connect('Northwind'), `    expect: { problem: ${errorCodes.objectNotFound} }`, '  - ping: { from: Nobody, to: 192.0.2.80 }', `    expect: { problem: ${errorCodes.objectNotFound} }`);
    expect(await run(file)).toBe(true);
  });

  it('an empty expectation of an operation still wants its job to complete', async () => {
    const opened = ['  - do: lab.open', '    input: { lab: contoso }', '    expect: {}'];
    expect(await run(folder.steps(...opened, ...opened))).toBe(false);
    expect(said[1]).toContain('status: expected "Completed", got "refused"');
  });

  it('what a gateway shows is compared whole, in any order of names', async () => {
    const gateway = (expected: string) => ['  - gateway: Gateway01', `    expect: { ${expected} }`];
    const file = folder.steps(
      ...connect('Fabrikam'), ...connect('Adatum'),
      ...gateway('multitenant: true, vmNetworks: [Fabrikam, Adatum], externalAddresses: { Fabrikam: 203.0.113.11, Adatum: 203.0.113.12 }'),
      ...gateway('vmNetworks: [Fabrikam]'),
      ...gateway('externalAddresses: { Fabrikam: 203.0.113.11 }'),
    );
    expect(await run(file)).toBe(false);
    expect(said.slice(2).map((line) => line.startsWith('ok'))).toEqual([true, false, false]);
  });
});

describe('labs and databases', () => {
  it('opens the lab without its gateway, and then there is none to connect to', async () => {
    const file = folder.write(`lab: { name: contoso, gateway: absent }\n${head}${[...connect('Fabrikam'), `    expect: { problem: ${errorCodes.noGateway} }`].join('\n')}\n`);
    expect(await run(file)).toBe(true);
    expect(folder.json('compartments.json')).toEqual([]);
  });

  it('lab.open as a step fills the empty database once, and the capture begins with it', async () => {
    const file = folder.write(
      `capture: true\n${head}${['  - do: lab.open', ...connect('Fabrikam'), ...ping('Fabrikam-VM01'), '    expect: { received: 1 }', '  - do: lab.open', `    expect: { problem: ${errorCodes.labNotEmpty} }`].join('\n')}\n`,
    );
    expect(await run(file)).toBe(true);
    expect(folder.contents()['capture.pcapng']?.byteLength).toBeGreaterThan(1000);
  });

  it('goes on in a database of an earlier run, whose capture is not taken for its own', async () => {
    const databasePath = folder.in('kept.sqlite');
    expect(await run(folder.write(`capture: true\n${head}${connect('Fabrikam').join('\n')}\n`), { databasePath })).toBe(true);
    expect(await run(folder.steps(...ping('Fabrikam-VM01'), '    expect: { received: 1 }'), { databasePath })).toBe(true);
    expect(folder.json('jobs.json')).toHaveLength(2);
    expect(Object.keys(folder.contents())).toEqual(['compartments.json', 'inventory.json', 'jobs.json', 'result.json']);
  });

  it('another seed gives other bytes, a given seed the same ones in a new database', async () => {
    const file = folder.steps(...connect('Fabrikam'), ...ping('Fabrikam-VM01'));
    const outputs = async (seed: number, databasePath: string) => {
      await run(file, { seed, databasePath });
      return folder.contents();
    };
    const first = await outputs(7, folder.in('a.sqlite'));
    expect(await outputs(7, folder.in('b.sqlite'))).toEqual(first);
    expect(await outputs(8, folder.in('c.sqlite'))).not.toEqual(first);
  });
});

describe('secrets of Run As accounts', () => {
  const secret = 'Correct-Horse-7!battery';
  const account = (value: string) => ['  - do: runAsAccount.create', '    input:', '      name: Adatum_PSK', '      kind: preSharedKey', '      userName: Adatum', `      secret: ${value}`];

  it('come from an environment variable, and stand in no file of the run', async () => {
    expect(await run(folder.steps(...account('{ environment: HNV_PSK }')), { environment: { HNV_PSK: secret }, databasePath: folder.in('lab.sqlite') })).toBe(true);
    expect(said.join()).not.toContain('warning');
    const written = [...Object.values(folder.contents()), readFileSync(folder.in('lab.sqlite'))];
    expect(written.some((content) => content.includes('Adatum_PSK'))).toBe(true);
    for (const content of [...written, Buffer.from(said.join())]) expect(content.includes(secret)).toBe(false);
  });

  it('are taken from the file with a warning that names the line, not the secret', async () => {
    const file = folder.steps(...account(secret));
    expect(await run(file)).toBe(true);
    expect(said[0]).toContain(`${file}:8`);
    expect(said.join()).not.toContain(secret);
  });

  it.each([
    ['a variable that is not set', '{ environment: HNV_PSK }', 'HNV_PSK is not set'],
    ['a secret that somebody sealed', '{ sealed: AAAA }', 'neither a text'],
    ['a misspelt place', '{ enviroment: HNV_PSK }', 'neither a text'],
  ])('%s is bad input', async (_what, value, reason) => {
    const failure: unknown = await run(folder.steps(...account(value))).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BadInput);
    expect((failure as BadInput).message).toContain(reason);
  });
});
