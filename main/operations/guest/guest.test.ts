import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import { remoteAccessRoleServices } from '../../../shared/contract/guest.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

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

describe('the adapters by hand', () => {
  const adapter = (more: object) => inside({ networkAdapter: 'Ethernet 3', ...more });
  const prepared = async (connectionString: string) => {
    for (const [id, input] of [
      ['guest.setFirewall', inside({ isOn: false })],
      ['guest.installRemoteAccess', inside({ roleServices })],
      ['guest.deployRemoteAccess', inside({ deployment: 'VpnOnly' })],
    ] as const) await run(id, input);
    return run('networkService.add', {
      name: 'GW', manufacturer: 'Microsoft', model: 'Microsoft Windows Server Gateway', runAsAccount: 'GatewayLocalAdmin', connectionString,
      configurationProvider: 'Microsoft Windows Server Gateway Provider', hostGroups: ['Contoso-DC'],
    });
  };
  const withoutSwitch = 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01';
  const connections = [
    { networkService: 'GW', connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0' },
    { networkService: 'GW', connectionType: 'BackEnd', networkAdapter: 'Ethernet 3', networkSite: 'Contoso_HNV_LN01_0' },
  ] as const;

  it('connected to the back end switch, the gateway needs no BackendSwitch, and a tenant goes out', async () => {
    const { script } = test.lab.operations.script('virtualMachine.connectAdapter', adapter({ virtualSwitch: 'HNV_Switch' }));
    expect(catalogueProblems(script)).toEqual([]);
    const job = await run('virtualMachine.connectAdapter', adapter({ virtualSwitch: 'hnv_switch' }));
    expect(job.auditRecords).toMatchObject([{ property: 'VirtualNetwork', previousValue: null, newValue: 'HNV_Switch' }]);
    expect((await prepared(withoutSwitch)).status).toBe('Completed');
    for (const input of connections) expect((await run('networkService.addConnection', input)).status).toBe('Completed');
    await run('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'GW' } });
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    const before = JSON.stringify(test.lab.snapshot());
    expect(test.lab.operations.check('virtualMachine.connectAdapter', adapter({ virtualSwitch: '' }))[0]).toMatchObject({ code: errorCodes.objectInUse, path: ['networkAdapter'] });
    expect(() => test.lab.operations.start('virtualMachine.connectAdapter', adapter({ virtualSwitch: '' }))).toThrow(/Back End of network service GW/);
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it('disconnected again it is as before, and its machine is silent while its cable is out', async () => {
    const before = JSON.stringify(test.lab.snapshot());
    await run('virtualMachine.connectAdapter', adapter({ virtualSwitch: 'HNV_Switch' }));
    await run('virtualMachine.connectAdapter', adapter({ virtualSwitch: '' }));
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
    const reaches = () => {
      const id = test.lab.probes.startPing({ virtualMachine: 'Fabrikam-VM01', destination: '10.30.1.5', count: 1 });
      test.lab.advance(6e9);
      return test.lab.probes.pingState(id).received;
    };
    expect(reaches()).toBe(1);
    await run('virtualMachine.connectAdapter', { virtualMachine: 'Fabrikam-VM02', networkAdapter: 'Ethernet', virtualSwitch: '' });
    expect(reaches()).toBe(0);
    expect(() => test.lab.probes.startPing({ virtualMachine: 'Fabrikam-VM02', destination: '10.30.1.4', count: 1 })).toThrow(ConsoleError);
  });

  it.each<[string, object, ErrorName, string]>([
    ['a switch that the host has not', { virtualSwitch: 'Nowhere' }, 'objectNotFound', 'virtualSwitch'],
    ['an adapter that the machine has not', { networkAdapter: 'Ethernet 9', virtualSwitch: 'HNV_Switch' }, 'objectNotFound', 'networkAdapter'],
    ['the connection that it has', { virtualSwitch: '' }, 'nothingToChange', 'virtualSwitch'],
  ])('%s is refused', (_what, input, code, path) => {
    const before = JSON.stringify(test.lab.snapshot());
    expect(test.lab.operations.check('virtualMachine.connectAdapter', adapter(input))).toMatchObject([{ code: errorCodes[code], path: [path] }]);
    expect(() => test.lab.operations.start('virtualMachine.connectAdapter', adapter(input))).toThrow(ConsoleError);
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it('without Data Exchange nothing inside is discovered', async () => {
    const off = inside({ dataExchange: false });
    expect(catalogueProblems(test.lab.operations.script('virtualMachine.setIntegrationServices', off).script)).toEqual([]);
    await run('virtualMachine.setIntegrationServices', off);
    expect(test.lab.operations.check('virtualMachine.setIntegrationServices', off)[0]).toMatchObject({ code: errorCodes.nothingToChange });
    const failed = await prepared(`${withoutSwitch};BackendSwitch=HNV_Switch`);
    expect(failed).toMatchObject({ status: 'Failed', error: { code: errorCodes.providerFailed } });
    expect(failed.error?.message).toMatch(/Data Exchange is off/);
    await run('virtualMachine.setIntegrationServices', inside({ dataExchange: true }));
    test.lab.jobs.restart(failed.id);
    expect(await test.lab.jobs.waitFor(failed.id)).toBe('Completed');
  });

  it('RRAS configured by hand stops the back end as the provider would, until it is disabled', async () => {
    expect(test.lab.operations.check('guest.setRoutingAndRemoteAccess', inside({ isConfigured: true }))[0]).toMatchObject({ code: errorCodes.roleNotInstalled });
    await prepared(`${withoutSwitch};BackendSwitch=HNV_Switch`);
    await run('guest.setRoutingAndRemoteAccess', inside({ isConfigured: true }));
    await run('networkService.addConnection', connections[0]);
    const failed = await run('networkService.addConnection', connections[1]);
    expect(failed.error?.message).toMatch(/21426/);
    expect(failed.error?.message).toMatch(/configured by hand/);
    await run('guest.setRoutingAndRemoteAccess', inside({ isConfigured: false }));
    test.lab.jobs.restart(failed.id);
    expect(await test.lab.jobs.waitFor(failed.id)).toBe('Completed');
    expect(() => test.lab.operations.start('guest.setRoutingAndRemoteAccess', inside({ isConfigured: true }))).toThrow(/VMM has configured/);
  });
});
