import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Envelope } from '../../shared/contract/errors.ts';
import { errorCodes } from '../../shared/contract/errors.ts';
import { procedures, subscriptions, type InvalidationDomain, type ProcedureName, type SubscriptionName } from '../../shared/contract/procedures.ts';
import { sourceWorkerFile } from '../export/testing/workerFile.ts';
import { openFakeConsole, type FakeConsole } from './testing/fakeBridge.ts';

const labsFolder = path.resolve(import.meta.dirname, '../../resources/labs');
let folder = '';
let console_: FakeConsole;
const savePath = (): string => path.join(folder, 'saved.pcapng');

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hnv-ipc-'));
  console_ = await openFakeConsole({ databasePath: path.join(folder, 'db.sqlite'), labsFolder, exportWorkerFile: sourceWorkerFile, owner: 'tester', initialLab: { lab: 'contoso', gateway: 'connected' } }, savePath());
});

afterEach(() => {
  console_.close();
  rmSync(folder, { recursive: true, force: true });
});

async function networkId(name: string): Promise<string> {
  const page = await console_.call('vmNetwork.list', { filter: name });
  const row = page.rows.find((entry) => entry.name === name);
  if (row === undefined) throw new Error(`no VM network ${name}`);
  return row.id;
}

async function enableNat(name: string, ipAddress?: string): Promise<string> {
  const id = await networkId(name);
  const options = await console_.call('vmNetwork.connectivity', { id });
  const gateway = options.gateways[0]?.id ?? '';
  const { jobId } = await console_.call('operation.start', {
    operationId: 'vmNetwork.setConnectivity',
    input: { vmNetwork: id, directConnection: { routing: 'NAT', gatewayDevice: gateway, ...(ipAddress === undefined ? {} : { ipAddress }) } },
  });
  expect(await console_.lab.jobs.waitFor(jobId)).toBe('Completed');
  return id;
}

describe('every procedure', () => {
  const queries: { [P in ProcedureName]?: unknown } = {
    'app.info': {}, 'inventory.tree': {}, 'vmNetwork.list': {}, 'virtualMachine.list': {}, 'host.list': {}, 'logicalNetwork.list': {},
    'networkService.list': {}, 'runAsAccount.list': {}, 'job.list': {}, 'job.summary': {}, 'simulation.status': {},
  };

  it.each(Object.entries(queries))('%s answers as the contract says', async (name, input) => {
    const envelope = await console_.invoke(name, input);
    if (!envelope.ok) throw new Error(envelope.error.message);
    procedures[name as ProcedureName].output.parse(envelope.value);
  });

  it('refuses any garbage with an envelope and never fails', async () => {
    const names = Object.keys(procedures);
    const harmless = names.filter((name) => name !== 'operation.start');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...harmless), fc.jsonValue(), async (name, input) => {
        const envelope = await console_.invoke(name, input);
        if (!envelope.ok) expect(Object.values(errorCodes)).toContain(envelope.error.code);
        if (!envelope.ok) expect(envelope.error.code).not.toBe(errorCodes.internal);
      }),
      { numRuns: 500 },
    );
    expect(console_.faults).toEqual([]);
  });

  it.each(['toString', '__proto__', 'constructor', 'no.such', ''])('does not know "%s"', async (name) => {
    expect(await console_.invoke(name, {})).toMatchObject({ ok: false, error: { code: errorCodes.unknownProcedure } });
  });
});

describe('the main job, through both halves', () => {
  it('gives both tenants NAT, and their pings come back at the same time', async () => {
    const heard: InvalidationDomain[] = [];
    console_.bridge.onInvalidate((domains) => heard.push(...domains));
    const fabrikam = await enableNat('Fabrikam');
    await enableNat('Adatum', '203.0.113.77');
    const details = await console_.call('vmNetwork.get', { id: fabrikam });
    expect(details.nat?.externalAddress).toMatch(/^203\.0\.113\.\d+$/);
    expect(details.latestJob?.status).toBe('Completed');
    const { captureId } = await console_.call('capture.start', {});
    const pings = await Promise.all(['Fabrikam-VM01', 'Adatum-VM01'].map((virtualMachine) => console_.call('probe.startPing', { virtualMachine, destination: '192.0.2.80' })));
    console_.lab.advance(10e9);
    for (const { pingId } of pings) {
      expect(await read('probe.ping', { pingId })).toMatchObject({ sent: 4, received: 4, done: true });
    }
    const service = (await console_.call('networkService.list', {})).rows[0]?.id ?? '';
    const state = await console_.call('gateway.state', { id: service });
    expect(state.compartments.map((entry) => entry.vmNetwork)).toEqual([null, 'Fabrikam', 'Adatum']);
    expect(state.compartments.map((entry) => entry.nat?.externalAddress)).toEqual([undefined, details.nat?.externalAddress, '203.0.113.77']);
    const saved = await console_.call('capture.save', { captureId });
    expect(saved.packets).toBeGreaterThan(30);
    expect(existsSync(savePath())).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(new Set(heard)).toContain('vmNetwork');
    expect(new Set(heard)).toContain('job');
  });

  it('a terminal runs a line, tells its output while somebody looks, and is gone when it is closed', async () => {
    const { terminalId, machine } = await console_.call('terminal.open', { kind: 'virtualMachine', id: 'Fabrikam-VM01' });
    expect(machine).toBe('Fabrikam-VM01');
    expect(await console_.call('terminal.run', { terminalId, line: 'ping -t 10.30.1.5' })).toMatchObject({ isBusy: true });
    console_.lab.advance(1.5e9);
    const reply: unknown = expect.objectContaining({ text: expect.stringMatching(/^Reply from 10\.30\.1\.5/) as string });
    expect(await read('terminal.output', { terminalId })).toMatchObject({ isBusy: true, lines: expect.arrayContaining([reply]) as unknown[] });
    expect(await console_.call('terminal.interrupt', { terminalId })).toMatchObject({ isBusy: false });
    expect(await console_.invoke('terminal.run', { terminalId, line: 'x'.repeat(1025) })).toMatchObject({ ok: false, error: { code: errorCodes.invalidInput } });
    await console_.call('terminal.close', { terminalId });
    expect(await console_.invoke('terminal.run', { terminalId, line: 'help' })).toMatchObject({ ok: false, error: { code: errorCodes.terminalNotFound } });
  });

  it('names each problem, with its field, before anything is started', async () => {
    const id = await networkId('Fabrikam');
    const gateway = (await console_.call('vmNetwork.connectivity', { id })).gateways[0]?.id ?? '';
    const jobsBefore = (await console_.call('job.list', {})).total;
    const input = { vmNetwork: id, directConnection: { routing: 'NAT', gatewayDevice: gateway, ipAddress: '198.51.100.1' } };
    const { problems } = await console_.call('operation.check', { operationId: 'vmNetwork.setConnectivity', input });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: errorCodes.addressOutsidePool, path: ['directConnection', 'ipAddress'] });
    await expect(console_.call('operation.start', { operationId: 'vmNetwork.setConnectivity', input })).rejects.toMatchObject({ name: 'ConsoleError' });
    expect((await console_.call('job.list', {})).total).toBe(jobsBefore);
  });

  it('a capture that nobody started cannot be saved', async () => {
    await expect(console_.call('capture.save', { captureId: 'capture-99' })).rejects.toMatchObject({ code: errorCodes.captureNotFound });
    expect(existsSync(savePath())).toBe(false);
  });
});

/** First payload of a subscription. */
function read(name: SubscriptionName, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = console_.bridge.subscribe(name, input, (message: Envelope<unknown>) => {
      queueMicrotask(() => stop());
      if (message.ok) resolve(subscriptions[name].payload.parse(message.value));
      else reject(new Error(message.error.message));
    });
  });
}

describe('the export of the job log', () => {
  it('says how much it will be, writes to where the operator says, tells how far it is, and shows the file', async () => {
    const scope = { kind: 'filter', scope: 'all' } as const;
    const size = await console_.call('job.exportSize', { scope });
    expect(size).toMatchObject({ jobs: 1 });
    const { exportId: id } = await console_.call('job.export', { format: 'csv', scope });
    if (id === null) throw new Error('no export');
    const states: Envelope<unknown>[] = [];
    const stop = console_.bridge.subscribe('job.exportState', { id }, (message) => states.push(message));
    await console_.lab.exports.waitFor(id);
    await expect.poll(() => states.at(-1)).toMatchObject({ ok: true, value: { status: 'completed', path: savePath(), total: size.jobs + size.steps + size.changes, error: null } });
    stop();
    expect(existsSync(savePath())).toBe(true);
    await console_.call('job.showExport', { id });
    expect(console_.shown).toEqual([savePath()]);
    await console_.call('job.cancelExport', { id });
    expect(existsSync(savePath())).toBe(true);
  });

  it('begins nothing when the dialog was canceled', async () => {
    const other = await openFakeConsole({ databasePath: path.join(folder, 'other.sqlite'), labsFolder, exportWorkerFile: sourceWorkerFile, owner: 'tester' }, null);
    expect(await other.call('job.export', { format: 'xml', scope: { kind: 'jobs', ids: ['x'] } })).toEqual({ exportId: null });
    other.close();
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it.each([
    ['no format', { format: 'pdf', scope: { kind: 'filter', scope: 'all' } }],
    ['no job', { format: 'csv', scope: { kind: 'jobs', ids: [] } }],
    ['no instant', { format: 'csv', scope: { kind: 'filter', scope: 'all', from: 'yesterday' } }],
    ['no status', { format: 'csv', scope: { kind: 'filter', scope: 'all', statuses: ['Done'] } }],
  ])('%s: is refused before anybody is asked', async (_what, input) => {
    expect(await console_.invoke('job.export', input)).toMatchObject({ ok: false, error: { code: errorCodes.invalidInput } });
    expect(existsSync(savePath())).toBe(false);
  });

  it('shows and cancels nothing that it did not write', async () => {
    for (const name of ['job.showExport', 'job.cancelExport'] as const) {
      await expect(console_.call(name, { id: '/etc/passwd' })).rejects.toMatchObject({ code: errorCodes.objectNotFound });
    }
    expect(console_.shown).toEqual([]);
  });
});
