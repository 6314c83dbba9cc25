import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ConsoleError, errorCodes } from '../../shared/contract/errors.ts';
import { openFakeConsole, type FakeConsole } from '../ipc/testing/fakeBridge.ts';
import { Lab } from '../lab/lab.ts';
import { inventoryReport } from './inventoryReport.ts';
import { runScenario } from './run.ts';
import { readScenario } from './testing/walkScenario.ts';

const labsFolder = path.resolve(import.meta.dirname, '../../resources/labs');
const secret = 'only-for-rehearsal';
const folders: string[] = [];
let fake: FakeConsole | undefined;

afterEach(() => {
  fake?.close();
  fake = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Recording {
  readonly console: FakeConsole;
  readonly folder: string;
  readonly file: string;
}

async function recording(lab: string, gateway: 'connected' | 'absent' = 'connected'): Promise<Recording> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-record-'));
  folders.push(folder);
  const file = path.join(folder, 'recorded.yaml');
  fake = await openFakeConsole({ databasePath: path.join(folder, 'window.sqlite'), labsFolder, owner: 'operator', initialLab: { lab, gateway } }, file);
  await fake.call('scenario.startRecording', {});
  return { console: fake, folder, file };
}

async function start(console: FakeConsole, operationId: string, input: unknown): Promise<string> {
  const { jobId } = await console.call('operation.start', { operationId: operationId as 'lab.open', input });
  await console.lab.jobs.waitFor(jobId);
  return jobId;
}

async function ping(console: FakeConsole, virtualMachine: string, destination: string, count = 1): Promise<void> {
  const { pingId } = await console.call('probe.startPing', { virtualMachine, destination, count });
  while (!console.lab.probes.pingState(pingId).done) console.lab.advance(1e8);
}

/** Addresses, names, allocations, connections: without what is drawn anew in every lab. */
function comparable(lab: Lab): unknown {
  return JSON.parse(JSON.stringify(inventoryReport(lab.snapshot()), (key, value: unknown) => (key === 'routingDomainId' || key === 'seed' ? undefined : value))) as unknown;
}

async function replayed(file: string, folder: string, environment: Readonly<Record<string, string>>): Promise<unknown> {
  const said: string[] = [];
  const databasePath = path.join(folder, 'replay.sqlite');
  const passed = await runScenario({ file, databasePath, outputFolder: path.join(folder, 'out'), seed: undefined, say: (line) => void said.push(line), environment });
  expect(passed, said.join('\n')).toBe(true);
  const lab = await Lab.open({ databasePath, labsFolder, owner: 'reader' });
  try {
    return comparable(lab);
  } finally {
    lab.close();
  }
}

it("the article's story, done in the window and recorded, leaves the same inventory when it is played again", async () => {
  const { console, folder, file } = await recording('contoso-bare');
  for (const step of readScenario('contoso-story.yaml').steps) {
    if ('do' in step) await start(console, step.do, step.input);
    else if ('ping' in step) await ping(console, step.ping.from, step.ping.to, step.ping.count);
    else if ('advance' in step) console.lab.advance(step.advance);
  }
  const wanted = comparable(console.lab);
  expect(await console.call('scenario.saveRecording', { withExpectations: true })).toMatchObject({ path: file });
  expect(await console.call('scenario.recording', {})).toEqual({ isRecording: false, steps: 0 });
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(secret);
  expect(text).toContain('# Secrets come from the environment: HNV_SECRET_GATEWAYLOCALADMIN, HNV_SECRET_FABRIKAM_PSK.');
  expect(text).not.toContain('before the recording began');
  expect(await replayed(file, folder, { HNV_SECRET_GATEWAYLOCALADMIN: secret, HNV_SECRET_FABRIKAM_PSK: secret })).toEqual(wanted);
});

/** Types a line and lets time pass until the prompt is back. */
async function type(console: FakeConsole, terminalId: string, line: string): Promise<void> {
  let { isBusy } = await console.call('terminal.run', { terminalId, line });
  while (isBusy) {
    console.lab.advance(1e8);
    ({ isBusy } = console.lab.terminals.output(terminalId));
  }
}

const nat = { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } };

it('what was typed in terminals, captured, checked and broken is played again, and everything is as it was', async () => {
  const { console, folder, file } = await recording('contoso');
  await start(console, 'vmNetwork.setConnectivity', nat);
  const { captureId } = await console.call('capture.start', {});
  const { terminalId } = await console.call('terminal.open', { kind: 'virtualMachine', id: 'Fabrikam-VM01' });
  await type(console, terminalId, 'ping -n 2 -l 100 192.0.2.80');
  await type(console, terminalId, 'tracert 192.0.2.80');
  await type(console, terminalId, 'powershell');
  await type(console, terminalId, 'Test-NetConnection 192.0.2.80 -Port 25');
  await type(console, terminalId, 'ping here.example');
  await console.call('capture.save', { captureId });
  const slow = { kind: 'link', segment: 'Internet', quality: { extraLatencyNs: 12_500_000 } } as const;
  console.lab.faults.set([slow]);
  const broken = { kind: 'link', segment: 'Internet', quality: { isDown: true } } as const;
  console.lab.faults.set([broken]);
  await type(console, terminalId, 'ping -n 1 -w 500 192.0.2.80');
  await ping(console, 'Fabrikam-VM01', '192.0.2.80');
  console.lab.faults.set([]);
  const { checkId } = await console.call('probe.startMtuCheck', { virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80' });
  while (console.lab.probes.mtuCheckState(checkId).status === 'running') await new Promise((resolve) => { setImmediate(resolve); });
  const gateway = await console.call('terminal.open', { kind: 'virtualMachine', id: 'GatewayVM01' });
  await type(console, gateway.terminalId, 'ping -n 1 203.0.113.1');
  await console.call('scenario.saveRecording', { withExpectations: true });
  const text = readFileSync(file, 'utf8');
  const { steps } = parse(text) as { steps: Record<string, unknown>[] };
  expect(steps.filter((step) => !('advance' in step))).toEqual([
    { do: 'vmNetwork.setConnectivity', input: nat, expect: { status: 'Completed' } },
    { capture: { start: 'capture-1' } },
    { ping: { from: 'Fabrikam-VM01', to: '192.0.2.80', count: 2, size: 100 }, expect: { received: 2 } },
    { tracert: { from: 'Fabrikam-VM01', to: '192.0.2.80' }, expect: { reached: true, hops: expect.arrayContaining(['192.0.2.80']) as unknown } },
    { ping: { from: 'Fabrikam-VM01', to: '192.0.2.80', count: 1 }, expect: { received: 1 } },
    { tcp: { from: 'Fabrikam-VM01', to: '192.0.2.80', port: 25 }, expect: { status: 'refused' } },
    { capture: { stop: 'capture-1', save: 'capture-1.pcapng' }, expect: [{ atLeast: 1 }] },
    { fault: { kind: 'link', segment: 'Internet', extraLatency: '12.5ms' } },
    { fault: { kind: 'link', segment: 'Internet', isDown: true } },
    { ping: { from: 'Fabrikam-VM01', to: '192.0.2.80', count: 1 } },
    { ping: { from: 'Fabrikam-VM01', to: '192.0.2.80', count: 1 }, expect: { received: 0 } },
    { fault: 'none' },
    { mtu: { from: 'Fabrikam-VM01', to: '192.0.2.80' }, expect: { mtu: 1458, limit: 'encapsulation' } },
  ]);
  expect(text).toContain('# It waited 500 ms for each answer, a scenario waits 4000');
  expect(text).toContain('# Left out: ping 203.0.113.1 from GatewayVM01');
  await replayed(file, folder, {});
  expect(existsSync(path.join(folder, 'out', 'capture-1.pcapng'))).toBe(true);
});

it('what is broken before the recording begins is broken at the beginning of the file; each fault is taken back by itself', async () => {
  const { console, folder, file } = await recording('contoso');
  const snapshot = console.lab.snapshot();
  const host = snapshot.hosts.find(({ name }) => name === 'HyperV02.contoso.lab');
  const gateway = snapshot.networkServices[0];
  const down = { kind: 'hostDown', hostId: host?.id ?? '' } as const;
  const closed = { kind: 'gatewayFirewallOn', gatewayId: gateway?.id ?? '' } as const;
  console.lab.faults.set([down]);
  await console.call('scenario.startRecording', {});
  console.lab.faults.set([down, closed]);
  console.lab.faults.set([closed]);
  // About an object that is not there.
  console.lab.faults.set([closed, { kind: 'peerSilent', deviceId: 'nobody' }]);
  await console.call('scenario.saveRecording', { withExpectations: false });
  const text = readFileSync(file, 'utf8');
  expect((parse(text) as { steps: unknown[] }).steps).toEqual([
    { fault: { kind: 'hostDown', host: 'HyperV02.contoso.lab' } },
    { fault: { kind: 'gatewayFirewallOn', gateway: 'Gateway01' } },
    { fault: { kind: 'hostDown', host: 'HyperV02.contoso.lab' }, takeBack: true },
  ]);
  expect(text).toContain('# Left out: fault peerSilent');
  await replayed(file, folder, {});
});

describe('what is recorded', () => {
  it('calls objects by name where the window used ids, and lets the same time pass', async () => {
    const { console, file } = await recording('contoso');
    const { rows } = await console.call('vmNetwork.list', { filter: 'Fabrikam' });
    const { rows: services } = await console.call('networkService.list', {});
    console.lab.advance(12.5e9);
    await start(console, 'vmNetwork.setConnectivity', { vmNetwork: rows[0]?.id, directConnection: { routing: 'NAT', gatewayDevice: services[0]?.id } });
    const { rows: machines } = await console.call('virtualMachine.list', { filter: 'Fabrikam-VM01' });
    await ping(console, machines[0]?.id ?? '', '192.0.2.80', 2);
    console.lab.advance(30e9);
    await console.call('scenario.saveRecording', { withExpectations: false });
    const { steps, lab } = parse(readFileSync(file, 'utf8')) as { steps: Record<string, unknown>[]; lab: unknown };
    expect(lab).toEqual({ name: 'contoso', gateway: 'connected' });
    expect(steps.slice(0, 3)).toEqual([
      { advance: '12.5s' },
      { do: 'vmNetwork.setConnectivity', input: { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } } },
      { ping: { from: 'Fabrikam-VM01', to: '192.0.2.80', count: 2 } },
    ]);
    expect(steps.slice(3)).toEqual([{ advance: expect.stringMatching(/^(29\.9|30|30\.1)s$/) as string }]);
  });

  it('says how jobs and pings ended when that is wanted, and always when a job failed; what was refused is left out', async () => {
    const { console, file } = await recording('contoso');
    await start(console, 'vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } });
    await expect(start(console, 'vmNetwork.setConnectivity', { vmNetwork: 'Adatum', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.10' } })).rejects.toThrow();
    await ping(console, 'Fabrikam-VM01', '192.0.2.80');
    await ping(console, 'Adatum-VM01', '192.0.2.80');
    await console.call('scenario.saveRecording', { withExpectations: true });
    const { steps } = parse(readFileSync(file, 'utf8')) as { steps: Record<string, unknown>[] };
    expect(steps.map((step) => step['expect'])).toEqual([{ status: 'Completed' }, { received: 1 }, { received: 0 }]);
  });

  it('warns when the lab had been changed before', async () => {
    const { console, file } = await recording('contoso');
    await start(console, 'hostGroup.create', { name: 'Before' });
    await console.call('scenario.startRecording', {});
    await start(console, 'hostGroup.create', { name: 'After' });
    await console.call('scenario.saveRecording', { withExpectations: false });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('# The lab had been changed by 1 job before the recording began');
    expect(text).not.toContain('name: Before');
    expect(text).toContain('name: After');
  });

  it('is nothing before anything was done, and after it was discarded', async () => {
    const { console } = await recording('contoso');
    const refused = (error: unknown) => error instanceof ConsoleError && error.code === errorCodes.nothingRecorded;
    await expect(console.call('scenario.saveRecording', { withExpectations: true })).rejects.toSatisfy(refused);
    await start(console, 'hostGroup.create', { name: 'A' });
    expect(await console.call('scenario.recording', {})).toEqual({ isRecording: true, steps: 1 });
    await console.call('scenario.discardRecording', {});
    await start(console, 'hostGroup.create', { name: 'B' });
    await expect(console.call('scenario.saveRecording', { withExpectations: true })).rejects.toSatisfy(refused);
  });

  it('a name that would be YAML stays a name', async () => {
    const { console, file } = await recording('contoso');
    const name = '- a: "b" # c';
    await start(console, 'hostGroup.create', { name });
    await console.call('scenario.saveRecording', { withExpectations: false });
    expect((parse(readFileSync(file, 'utf8')) as { steps: unknown[] }).steps).toEqual([{ do: 'hostGroup.create', input: { name } }]);
  });
});
