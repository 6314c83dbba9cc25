import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import { remoteAccessRoleServices } from '../../../shared/contract/guest.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';

let test: TestLab;

/** The gateway VM as it comes from its template: firewall on, nothing installed, adapters with the names that Windows gives. */
beforeEach(async () => {
  test = new TestLab();
  const labsFolder = test.changedLabs(['firewallOn: false', 'firewallOn: true'], ['remoteAccessInstalled: true', 'remoteAccessInstalled: false'], ['vpnDeployed: true', 'vpnDeployed: false'], ['{ name: Backend, mac', '{ name: Ethernet 3, mac'], ['adapter: Backend', 'adapter: Ethernet 3']);
  await test.open({ initialLab: { lab: 'contoso', gateway: 'absent' }, labsFolder });
});
afterEach(() => test.dispose());

async function run(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

const inside = (more: object = {}) => ({ virtualMachine: 'GatewayVM01', ...more });
const roleServices = [...remoteAccessRoleServices];

function machineId(): string {
  const id = test.lab.snapshot().virtualMachines.find(({ name }) => name === 'GatewayVM01')?.id;
  if (id === undefined) throw new Error('no gateway VM');
  return id;
}

describe('inside the gateway VM', () => {
  it('everything that the article does, in its order, and the window shows it', async () => {
    const before = test.lab.guest(machineId());
    expect(before).toMatchObject({ name: 'GatewayVM01', running: true, firewallOn: true, remoteAccessInstalled: false, vpnDeployed: false, gateway: null });
    for (const [id, input] of [
      ['guest.renameAdapter', inside({ networkAdapter: 'Ethernet 3', name: 'Backend' })],
      ['guest.setFirewall', inside({ isOn: false })],
      ['guest.installRemoteAccess', inside({ roleServices })],
      ['guest.deployRemoteAccess', inside({ deployment: 'VpnOnly' })],
    ] as const) {
      const job = await run(id, input);
      expect(job.status).toBe('Completed');
      expect(job.auditRecords).toHaveLength(1);
    }
    const after = test.lab.guest(machineId());
    expect(after).toMatchObject({ firewallOn: false, remoteAccessInstalled: true, vpnDeployed: true });
    expect(after.networkAdapters.map(({ name, network, address }) => [name, network, address])).toEqual([
      ['External', 'Contoso_External_LN01_0', '203.0.113.10'],
      ['Management', 'Contoso_Management_LN01_0', '192.168.10.50'],
      ['Backend', '', ''],
    ]);
    expect(test.lab.readiness().steps[2]?.isDone).toBe(true);
  });

  it.each<[string, OperationId, Record<string, unknown>, ErrorName, string | undefined]>([
    ['a name in use, whatever its case', 'guest.renameAdapter', { networkAdapter: 'Ethernet 3', name: 'external' }, 'nameInUse', 'name'],
    ['no name', 'guest.renameAdapter', { networkAdapter: 'Ethernet 3', name: ' ' }, 'invalidInput', 'name'],
    ['a name without end', 'guest.renameAdapter', { networkAdapter: 'Ethernet 3', name: 'x'.repeat(65) }, 'invalidInput', 'name'],
    ['the name that it has', 'guest.renameAdapter', { networkAdapter: 'External', name: 'External' }, 'nothingToChange', undefined],
    ['an adapter that is not there', 'guest.renameAdapter', { networkAdapter: 'Ethernet 9', name: 'x' }, 'objectNotFound', 'networkAdapter'],
    ['a firewall that is on already', 'guest.setFirewall', { isOn: true }, 'nothingToChange', undefined],
    ['the role without Routing', 'guest.installRemoteAccess', { roleServices: ['DirectAccess and VPN (RAS)'] }, 'invalidInput', 'roleServices'],
    ['the role without any service', 'guest.installRemoteAccess', { roleServices: [] }, 'invalidInput', 'roleServices'],
    ['the Getting Started Wizard before the role', 'guest.deployRemoteAccess', { deployment: 'VpnOnly' }, 'roleNotInstalled', 'virtualMachine'],
  ])('refuses %s', (_what, id, change, code, field) => {
    const before = JSON.stringify(test.lab.snapshot());
    expect(() => test.lab.operations.start(id, inside(change))).toThrow(ConsoleError);
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
    expect(test.lab.operations.check(id, inside(change))).toMatchObject([{ code: errorCodes[code], path: field === undefined ? [] : [field] }]);
  });

  it('refuses what is no gateway, and what is done already', async () => {
    await run('guest.installRemoteAccess', inside({ roleServices }));
    expect(test.lab.operations.check('guest.installRemoteAccess', inside({ roleServices }))).toMatchObject([{ code: errorCodes.nothingToChange }]);
    for (const deployment of ['DirectAccessOnly', 'DirectAccessAndVpn']) {
      expect(test.lab.operations.check('guest.deployRemoteAccess', inside({ deployment }))).toMatchObject([{ code: errorCodes.invalidInput, path: ['deployment'] }]);
    }
    await run('guest.deployRemoteAccess', inside({ deployment: 'VpnOnly' }));
    expect(test.lab.operations.check('guest.deployRemoteAccess', inside({ deployment: 'VpnOnly' }))).toMatchObject([{ code: errorCodes.nothingToChange }]);
  });

  it('a machine that is off can be changed by nobody', async () => {
    await run('virtualMachine.stop', { virtualMachine: 'GatewayVM01' });
    expect(test.lab.operations.check('guest.setFirewall', inside({ isOn: false }))).toMatchObject([{ code: errorCodes.vmNotRunning }]);
    expect(test.lab.guest(machineId()).running).toBe(false);
  });

  it('what is forgotten shows where it would: at the provider test and when the back end is connected', async () => {
    const device = { name: 'Gateway01', manufacturer: 'Microsoft', model: 'Microsoft Windows Server Gateway', runAsAccount: 'GatewayLocalAdmin', connectionString: 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch', configurationProvider: 'Microsoft Windows Server Gateway Provider', hostGroups: ['Contoso-DC'] };
    expect((await run('networkService.add', device)).error?.message).toMatch(/firewall is on/);
    await run('guest.setFirewall', inside({ isOn: false }));
    expect((await run('networkService.add', device)).error?.message).toMatch(/Remote Access role/);
    await run('guest.installRemoteAccess', inside({ roleServices }));
    expect((await run('networkService.add', device)).status).toBe('Completed');
    const backEnd = { networkService: 'Gateway01', connectionType: 'BackEnd', networkAdapter: 'Ethernet 3', networkSite: 'Contoso_HNV_LN01_0' };
    expect((await run('networkService.addConnection', backEnd)).error?.message).toMatch(/Deploy VPN only/);
    await run('guest.deployRemoteAccess', inside({ deployment: 'VpnOnly' }));
    expect((await run('networkService.addConnection', backEnd)).status).toBe('Completed');
    expect(test.lab.guest(machineId()).gateway).toMatchObject({ name: 'Gateway01' });
  });
});
