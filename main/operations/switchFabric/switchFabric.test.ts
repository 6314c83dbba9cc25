import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open({ initialLab: { lab: 'contoso', gateway: 'absent' } });
});
afterEach(() => test.dispose());

async function completed(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  const job = test.lab.lists.jobs.get(jobId);
  expect(job.error).toBeNull();
  return job;
}

const kinds = ['macAddressPool', 'logicalSwitch', 'uplinkPortProfile'] as const;
const objects = (kind: (typeof kinds)[number]) => test.lab.lists.fabricObjects.list({ offset: 0, limit: 100, filter: '', kind }).rows;
const everything = () => JSON.stringify([test.lab.snapshot(), kinds.map(objects)]);

function refused(id: OperationId, input: unknown, code: ErrorName, path: string, says: RegExp): void {
  const before = everything();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(everything()).toBe(before);
  const found = test.lab.operations.check(id, input).find((entry) => entry.path.join('.') === path);
  expect(found).toMatchObject({ code: errorCodes[code] });
  expect(found?.message).toMatch(says);
  expect(found?.recommendedAction).not.toBe('');
}

const scriptProblems = (id: OperationId, input: unknown) => catalogueProblems(test.lab.operations.script(id, input).script);

const pool = { name: 'Rack pool', hostGroups: ['Contoso-DC'], rangeStart: '00-1D-D8-F5-00-00', rangeEnd: '00-1D-D8-F5-00-0F' };
const profile = { name: 'Gateway uplink', networkSites: ['Contoso_External_LN01_0', 'Contoso_Management_LN01_0', 'Contoso_HNV_LN01_0'], networkVirtualization: true };
const logicalSwitch = { name: 'Gateway switch', uplinkPortProfile: 'Gateway uplink' };
const machine = { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM03', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Fabrikam' }] };

describe('a MAC address pool', () => {
  it('gives the addresses of machines on hosts of its groups, and stays while one has them', async () => {
    expect(scriptProblems('macAddressPool.create', pool)).toEqual([]);
    await completed('macAddressPool.create', pool);
    expect(objects('macAddressPool')).toMatchObject([{ name: 'Rack pool', settings: '00-1D-D8-F5-00-00 - 00-1D-D8-F5-00-0F', usedBy: ['Contoso-DC'] }]);
    await completed('virtualMachine.create', machine);
    const { adapters, virtualMachines } = test.lab.snapshot();
    const id = virtualMachines.find(({ name }) => name === 'Fabrikam-VM03')?.id;
    expect(formatMac(adapters.find(({ virtualMachineId }) => virtualMachineId === id)?.mac ?? 0)).toBe('00-1D-D8-F5-00-00');
    refused('macAddressPool.delete', { macAddressPool: 'Rack pool' }, 'objectInUse', 'macAddressPool', /Fabrikam-VM03/);
    await completed('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM03' });
    await completed('virtualMachine.delete', { virtualMachine: 'Fabrikam-VM03' });
    expect(scriptProblems('macAddressPool.delete', { macAddressPool: 'Rack pool' })).toEqual([]);
    await completed('macAddressPool.delete', { macAddressPool: 'Rack pool' });
    expect(objects('macAddressPool')).toEqual([]);
  });

  it('fails the machine for which nothing is left', async () => {
    await completed('macAddressPool.create', { ...pool, rangeEnd: pool.rangeStart });
    await completed('virtualMachine.create', machine);
    const jobId = test.lab.operations.start('virtualMachine.create', { ...machine, name: 'Fabrikam-VM04' });
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Failed');
    expect(test.lab.lists.jobs.get(jobId).error?.message).toMatch(/no free address/);
  });

  it.each<[string, object, ErrorName, string, RegExp]>([
    ['no name', { name: '' }, 'invalidInput', 'name', /no name/],
    ['no host group', { hostGroups: [] }, 'invalidInput', 'hostGroups', /No host group/],
    ['a host group that does not exist', { hostGroups: ['Nowhere'] }, 'objectNotFound', 'hostGroups', /Nowhere/],
    ['no address', { rangeStart: '' }, 'invalidInput', 'rangeStart', /missing/],
    ['what is no address', { rangeEnd: '00-1D-D8' }, 'invalidInput', 'rangeEnd', /no MAC address/],
    ['a multicast address', { rangeStart: '01-00-5E-00-00-01' }, 'invalidInput', 'rangeStart', /multicast/],
    ['a range backwards', { rangeStart: '00-1D-D8-F5-00-FF' }, 'invalidInput', 'rangeEnd', /before it starts/],
    ['a range over two manufacturers', { rangeEnd: '00-1D-D9-00-00-00' }, 'invalidInput', 'rangeEnd', /first three bytes/],
  ])('%s is refused', (_what, change, code, path, says) => {
    refused('macAddressPool.create', { ...pool, ...change }, code, path, says);
  });

  it('overlaps no other', async () => {
    await completed('macAddressPool.create', pool);
    refused('macAddressPool.create', { ...pool, name: 'Other', rangeStart: '00-1D-D8-F5-00-0F', rangeEnd: '00-1D-D8-F5-00-1F' }, 'poolOverlap', 'rangeStart', /Rack pool/);
    refused('macAddressPool.create', { ...pool, name: 'rack POOL' }, 'nameInUse', 'name', /Rack pool/);
  });
});

describe('a logical switch with its uplink port profile', () => {
  it('is made, used by a host, and given back', async () => {
    const before = everything();
    expect(scriptProblems('uplinkPortProfile.create', profile)).toEqual([]);
    await completed('uplinkPortProfile.create', profile);
    expect(scriptProblems('logicalSwitch.create', logicalSwitch)).toEqual([]);
    await completed('logicalSwitch.create', logicalSwitch);
    refused('uplinkPortProfile.delete', { uplinkPortProfile: 'Gateway uplink' }, 'objectInUse', 'uplinkPortProfile', /Gateway switch/);
    const withInstance = { host: 'HyperV02.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { name: 'Second', logicalSwitch: 'Gateway switch' }] };
    expect(scriptProblems('host.change', withInstance)).toEqual([]);
    await completed('host.change', withInstance);
    expect(objects('logicalSwitch')).toMatchObject([{ settings: 'Gateway uplink', usedBy: ['HyperV02.contoso.lab'] }]);
    refused('logicalSwitch.delete', { logicalSwitch: 'Gateway switch' }, 'objectInUse', 'logicalSwitch', /HyperV02/);
    await completed('host.change', { host: 'HyperV02.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }] });
    expect(scriptProblems('logicalSwitch.delete', { logicalSwitch: 'Gateway switch' })).toEqual([]);
    await completed('logicalSwitch.delete', { logicalSwitch: 'Gateway switch' });
    expect(scriptProblems('uplinkPortProfile.delete', { uplinkPortProfile: 'Gateway uplink' })).toEqual([]);
    await completed('uplinkPortProfile.delete', { uplinkPortProfile: 'Gateway uplink' });
    expect(everything()).toBe(before);
  });

  it('is refused with mistakes at their fields', async () => {
    refused('uplinkPortProfile.create', { ...profile, name: '' }, 'invalidInput', 'name', /no name/);
    refused('uplinkPortProfile.create', { ...profile, networkSites: [] }, 'invalidInput', 'networkSites', /no network site/);
    refused('uplinkPortProfile.create', { ...profile, networkSites: ['Nowhere'] }, 'objectNotFound', 'networkSites', /Nowhere/);
    refused('logicalSwitch.create', { ...logicalSwitch, uplinkPortProfile: '' }, 'invalidInput', 'uplinkPortProfile', /No uplink port profile/);
    refused('logicalSwitch.create', logicalSwitch, 'objectNotFound', 'uplinkPortProfile', /Gateway uplink/);
    refused('host.change', { host: 'HyperV02.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { name: 'Second', logicalSwitch: 'Nowhere' }] }, 'objectNotFound', 'virtualSwitches.1.logicalSwitch', /Nowhere/);
    await completed('uplinkPortProfile.create', profile);
    refused('uplinkPortProfile.create', profile, 'nameInUse', 'name', /Gateway uplink/);
  });

  /** A third host whose only virtual switch is an instance of the logical switch. */
  async function hostWith(profileChange: object, isDedicatedGateway: boolean): Promise<void> {
    await completed('uplinkPortProfile.create', { ...profile, ...profileChange });
    await completed('logicalSwitch.create', logicalSwitch);
    await completed('host.add', { name: 'HyperV03.contoso.lab', hostGroup: 'Contoso-DC', runAsAccount: 'GatewayLocalAdmin', nic: 'NIC1', virtualSwitches: [], isDedicatedGateway });
    await completed('host.change', { host: 'HyperV03.contoso.lab', virtualSwitches: [{ name: 'HNV_Switch', logicalSwitch: 'Gateway switch' }] });
  }

  it('without network virtualization places no tenant', async () => {
    await hostWith({ networkVirtualization: false }, false);
    refused('virtualMachine.create', { ...machine, host: 'HyperV03.contoso.lab' }, 'hostNotUsable', 'host', /Enable Hyper-V Network Virtualization" is off/);
  });

  it('with it, a tenant runs there', async () => {
    await hostWith({}, false);
    await completed('virtualMachine.create', { ...machine, host: 'HyperV03.contoso.lab' });
    const ping = test.lab.probes.startPing({ virtualMachine: 'Fabrikam-VM03', destination: '10.30.1.4', count: 1 });
    test.lab.advance(6e9);
    expect(test.lab.probes.pingState(ping).received).toBe(1);
  });

  it('greys the sites that the gateway host does not carry, with the reason', async () => {
    await hostWith({ networkSites: ['Contoso_External_LN01_0', 'Contoso_HNV_LN01_0'], networkVirtualization: false }, true);
    await completed('virtualMachine.create', { vmTemplate: 'GatewayTemplate', name: 'GatewayVM03', role: 'gateway', host: 'HyperV03.contoso.lab' });
    await completed('guest.setFirewall', { virtualMachine: 'GatewayVM03', isOn: false });
    await completed('guest.installRemoteAccess', { virtualMachine: 'GatewayVM03', roleServices: ['DirectAccess and VPN (RAS)', 'Routing'] });
    await completed('guest.deployRemoteAccess', { virtualMachine: 'GatewayVM03', deployment: 'VpnOnly' });
    await completed('runAsAccount.create', { name: 'Admin03', userName: 'GatewayVM03\\Administrator', secret: 'only-for-rehearsal' });
    await completed('networkService.add', {
      name: 'GW3', manufacturer: 'Microsoft', model: 'Microsoft Windows Server Gateway', runAsAccount: 'Admin03', connectionString: 'VMHost=HyperV03.contoso.lab;GatewayVM=GatewayVM03;BackendSwitch=HNV_Switch',
      configurationProvider: 'Microsoft Windows Server Gateway Provider', hostGroups: ['Contoso-DC'],
    });
    const sites = (type: 'FrontEnd' | 'BackEnd') => Object.fromEntries((test.lab.gateways.properties('GW3').connections.find(({ connectionType }) => connectionType === type)?.networkSites ?? []).map(({ name, unavailableReason }) => [name, unavailableReason]));
    expect(sites('FrontEnd')).toMatchObject({ Contoso_External_LN01_0: null, Contoso_Management_LN01_0: expect.stringContaining('No virtual switch of the host carries it') as string });
    expect(sites('BackEnd')['Contoso_HNV_LN01_0']).toMatch(/Enable Hyper-V Network Virtualization/);
    refused('networkService.addConnection', { networkService: 'GW3', connectionType: 'BackEnd', networkAdapter: 'Ethernet 3', networkSite: 'Contoso_HNV_LN01_0' }, 'networkSiteNotUsable', 'networkSite', /Enable Hyper-V Network Virtualization/);
  });
});
