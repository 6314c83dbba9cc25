/** When a job can be undone, when not, and what is said then. That undoing gives back what was there is a law, tried in main/scenario/undo.test.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import type { operationInputs } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';

let test: TestLab;
beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

async function run(operationId: keyof typeof operationInputs, input: unknown): Promise<string> {
  const id = test.lab.operations.start(operationId, input);
  expect(await test.lab.jobs.waitFor(id)).toBe('Completed');
  return id;
}

async function undo(jobId: string): Promise<string> {
  const id = test.lab.undo.start(jobId);
  expect(await test.lab.jobs.waitFor(id)).toBe('Completed');
  return id;
}

const job = (id: string) => test.lab.lists.jobs.get(id);
const refused = (reason: RegExp) => expect.objectContaining({ code: errorCodes.jobNotUndoable, message: expect.stringMatching(reason) as string }) as Error;

const nat = (ipAddress: string) => ({ vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress } });

describe('A job that can be undone', () => {
  it('is undone by a job of its own, once', async () => {
    const id = await run('vmNetwork.setConnectivity', nat('203.0.113.33'));
    expect(job(id)).toMatchObject({ undoRefusal: null, undoneBy: null, undoes: null });
    const undone = await undo(id);
    expect(job(undone)).toMatchObject({ name: 'Undo: Change properties of VM network', undoes: { id }, undoRefusal: null });
    expect(job(id)).toMatchObject({ undoneBy: { id: undone }, undoRefusal: 'It is undone already.' });
    expect(test.externalAddress('Fabrikam')).toBeNull();
    expect(() => test.lab.undo.start(id)).toThrow(refused(/undone already/));
  });

  it('stands again when its undo is undone, and can be undone again', async () => {
    const id = await run('vmNetwork.setConnectivity', nat('203.0.113.33'));
    await undo(await undo(id));
    expect(test.externalAddress('Fabrikam')).toBe('203.0.113.33');
    expect(job(id)).toMatchObject({ undoneBy: null, undoRefusal: null });
    await undo(id);
    expect(test.externalAddress('Fabrikam')).toBeNull();
  });

  it('finds what it made by id, whatever its name is now', async () => {
    const id = await run('hostGroup.create', { name: 'Branch', parent: 'Contoso-DC' });
    const renamed = await run('hostGroup.rename', { hostGroup: 'Branch', name: 'Old branch' });
    await run('hostGroup.create', { name: 'Branch', parent: 'Contoso-DC' });
    expect(() => test.lab.undo.start(id)).toThrow(refused(/changed again later, by the job "Rename host group"/i));
    await undo(renamed).catch(() => undefined);
    expect(test.lab.lists.inventoryTree.read().hostGroups.filter(({ name }) => name === 'Branch')).toHaveLength(1);
  });

  it('is not undone over what was changed since; undone from the last one back, it is', async () => {
    const first = await run('vmNetwork.setConnectivity', nat('203.0.113.33'));
    const second = await run('vmNetwork.setConnectivity', nat('203.0.113.44'));
    expect(() => test.lab.undo.start(first)).toThrow(refused(/changed again later/));
    await undo(second);
    expect(test.externalAddress('Fabrikam')).toBe('203.0.113.33');
    await undo(first);
    expect(test.externalAddress('Fabrikam')).toBeNull();
  });

  it('is refused when the operation that undoes it is', async () => {
    const id = await run('vmNetwork.create', { name: 'Litware', logicalNetwork: 'Contoso_HNV_LN01', subnets: [{ name: 'Litware_Web', subnet: '10.40.1.0/24' }] });
    await run('ipPool.create', { name: 'Litware_Pool', vmNetwork: 'Litware', rangeStart: '10.40.1.10', rangeEnd: '10.40.1.99' });
    expect(() => test.lab.undo.start(id)).toThrow(refused(/Litware_Pool/));
    expect(test.lab.undo.scriptOf(id).noReverse).toContain('Litware_Pool');
  });
});

describe('The creation of a virtual machine', () => {
  const creation = { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM03', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Fabrikam' }] };
  const isThere = () => test.lab.lists.virtualMachines.list({ offset: 0, limit: 5, filter: 'Fabrikam-VM03' }).total === 1;

  it('that was started is undone by powering it off first, and its script says so', async () => {
    const id = await run('virtualMachine.create', { ...creation, start: true });
    expect(test.lab.undo.scriptOf(id).reverse).toMatch(/Stop-SCVirtualMachine -VM \$vm -Force[^]*Remove-SCVirtualMachine/);
    const undone = await undo(id);
    expect(job(undone).steps.map(({ name }) => name)).toContain('Power off virtual machine Fabrikam-VM03');
    expect(isThere()).toBe(false);
  });

  it('that was not started is undone without that; one that somebody started since is left alone', async () => {
    const id = await run('virtualMachine.create', { ...creation, start: false });
    expect(test.lab.undo.scriptOf(id).reverse).not.toContain('Stop-SCVirtualMachine');
    const started = await run('virtualMachine.start', { virtualMachine: 'Fabrikam-VM03' });
    expect(() => test.lab.undo.start(id)).toThrow(refused(/changed again later, by the job "Start virtual machine"/));
    await undo(started);
    await undo(id);
    expect(isThere()).toBe(false);
  });
});

describe('A job that cannot be undone', () => {
  it('says why: its secret is gone', async () => {
    const id = await run('runAsAccount.delete', { runAsAccount: 'Fabrikam_PSK' });
    expect(job(id).undoRefusal).toContain('Its secret is gone');
    expect(() => test.lab.undo.start(id)).toThrow(refused(/secret is gone/));
    expect(test.lab.undo.scriptOf(id)).toMatchObject({ script: expect.stringContaining('Remove-SCRunAsAccount') as string, reverse: null });
  });

  it('failed', async () => {
    for (const connectionType of ['BackEnd', 'FrontEnd']) await run('networkService.removeConnection', { networkService: 'Gateway01', connectionType });
    await run('guest.setRoutingAndRemoteAccess', { virtualMachine: 'GatewayVM01', isConfigured: true });
    const failing = test.lab.operations.start('networkService.addConnection', { networkService: 'Gateway01', connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0' });
    expect(await test.lab.jobs.waitFor(failing)).toBe('Failed');
    expect(job(failing).undoRefusal).toBe('Only a job that completed can be undone.');
    expect(() => test.lab.undo.start(failing)).toThrow(refused(/Only a job that completed/));
  });

  it('does not exist', () => {
    expect(() => test.lab.undo.start('00000000-0000-4000-8000-000000000000')).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
    expect(() => test.lab.undo.scriptOf('nobody')).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });
});

describe('The script of a job', () => {
  it('speaks of the state before, and stays', async () => {
    const id = await run('vmNetwork.setConnectivity', nat('203.0.113.33'));
    const { script, reverse } = test.lab.undo.scriptOf(id);
    expect(script).toContain('Add-SCVMNetworkGateway');
    expect(reverse).toContain('Remove-SCVMNetworkGateway');
    await run('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: null });
    expect(test.lab.undo.scriptOf(id).script).toBe(script);
  });

  it('never has the secret, nor has what undoes it', async () => {
    const secret = 'never-written-down';
    const id = await run('runAsAccount.create', { name: 'New', userName: 'CONTOSO\\new', secret, confirmation: secret });
    const changed = await run('runAsAccount.change', { runAsAccount: 'New', secret, confirmation: secret });
    for (const one of [id, changed]) expect(JSON.stringify(test.lab.undo.scriptOf(one))).not.toContain(secret);
    expect(job(changed).undoRefusal).toContain('secrets are never kept');
  });

  it('says why there is none', async () => {
    const id = test.lab.operations.start('gateway.checkReadiness', {});
    await test.lab.jobs.waitFor(id);
    expect(test.lab.undo.scriptOf(id)).toMatchObject({ script: null, noScript: expect.stringContaining('console only') as string, reverse: null });
  });
});
