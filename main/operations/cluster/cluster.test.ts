import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open({ initialLab: { lab: 'contoso', gateway: 'absent' } });
});
afterEach(() => test.dispose());

async function run(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

async function completed(id: OperationId, input: unknown) {
  const job = await run(id, input);
  expect(job.error).toBeNull();
  return job;
}

const all = { offset: 0, limit: 500, filter: '' };
const everything = () => JSON.stringify([test.lab.snapshot(), test.lab.forms.clusters(), test.lab.lists.hosts.list(all), test.lab.lists.virtualMachines.list(all)]);

function refused(id: OperationId, input: unknown, code: ErrorName, path: string, says: RegExp): void {
  const before = everything();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(everything()).toBe(before);
  const found = test.lab.operations.check(id, input).find((entry) => entry.path.join('.') === path);
  expect(found).toMatchObject({ code: errorCodes[code] });
  expect(found?.message).toMatch(says);
  expect(found?.recommendedAction).not.toBe('');
}

const hosts = ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'];
const hostCluster = { name: 'GW-HV-CL01', hosts };
const guestCluster = { name: 'GW-VM-CL01', virtualMachines: ['GatewayVM01', 'GatewayVM02'] };
const secondMachine = { vmTemplate: 'GatewayTemplate', name: 'GatewayVM02', role: 'gateway', host: 'HyperVGW02.contoso.lab' };
const device = (connectionString: string) => ({
  name: 'Pair', manufacturer: 'Microsoft', model: 'Microsoft Windows Server Gateway', runAsAccount: 'ClusterAdmin', connectionString,
  configurationProvider: 'Microsoft Windows Server Gateway Provider', hostGroups: ['Contoso-DC'],
});
const pair = device('VMHost=GW-HV-CL01;GatewayVM=GW-VM-CL01;BackendSwitch=HNV_Switch');
const frontEnd = { networkService: 'Pair', connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0' };

async function prepareNodes(): Promise<void> {
  await completed('hostCluster.create', hostCluster);
  await completed('virtualMachine.create', secondMachine);
  await completed('guestCluster.create', guestCluster);
  await completed('runAsAccount.create', { name: 'ClusterAdmin', userName: '.\\Administrator', secret: 'only-for-rehearsal' });
  for (const [from, to] of [['Ethernet', 'External'], ['Ethernet 2', 'Management'], ['Ethernet 3', 'Backend']]) await completed('guest.renameAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: from, name: to });
}

async function prepareRemoteAccess(): Promise<void> {
  await completed('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: false });
  await completed('guest.installRemoteAccess', { virtualMachine: 'GatewayVM02', roleServices: ['DirectAccess and VPN (RAS)', 'Routing'] });
  await completed('guest.deployRemoteAccess', { virtualMachine: 'GatewayVM02', deployment: 'VpnOnly' });
}

describe('a Hyper-V cluster', () => {
  it('joins hosts and lets them go again', async () => {
    const before = everything();
    await completed('hostCluster.create', hostCluster);
    expect(test.lab.lists.hosts.list(all).rows.filter(({ cluster }) => cluster === 'GW-HV-CL01').map(({ name }) => name)).toEqual(hosts);
    refused('host.remove', { host: hosts[1] }, 'objectInUse', 'host', /node of Hyper-V cluster GW-HV-CL01/);
    await completed('hostCluster.destroy', { hostCluster: 'GW-HV-CL01' });
    expect(everything()).toBe(before);
  });

  it.each<[string, object, ErrorName, string, RegExp]>([
    ['no name', { name: '' }, 'invalidInput', 'name', /no name/],
    ['a name too long for NetBIOS', { name: 'x'.repeat(16) }, 'invalidInput', 'name', /16 characters/],
    ['a name with a space', { name: 'GW CL' }, 'invalidInput', 'name', /no name of a cluster/],
    ['the name of a host', { name: 'HyperV01.contoso.lab' }, 'nameInUse', 'name', /HyperV01/],
    ['one node', { hosts: [hosts[0]] }, 'invalidInput', 'hosts', /at least two/],
    ['one node twice', { hosts: [hosts[0], hosts[0]] }, 'invalidInput', 'hosts', /at least two/],
    ['a host that does not exist', { hosts: [hosts[0], 'Nowhere'] }, 'objectNotFound', 'hosts', /Nowhere/],
  ])('%s is refused', (_what, change, code, path, says) => {
    refused('hostCluster.create', { ...hostCluster, ...change }, code, path, says);
  });

  it('takes no host twice, and none of another host group', async () => {
    await completed('hostCluster.create', hostCluster);
    refused('hostCluster.create', { name: 'Other', hosts: ['HyperV01.contoso.lab', hosts[0]] }, 'objectInUse', 'hosts', /HyperVGW01.contoso.lab is a node of cluster GW-HV-CL01/);
    refused('hostCluster.create', { name: 'gw-hv-cl01', hosts: ['HyperV01.contoso.lab', 'HyperV02.contoso.lab'] }, 'nameInUse', 'name', /GW-HV-CL01/);
    await completed('hostGroup.create', { name: 'Rack', parent: 'Contoso-DC' });
    await completed('host.change', { host: 'HyperV02.contoso.lab', hostGroup: 'Rack' });
    refused('hostCluster.create', { name: 'Other', hosts: ['HyperV01.contoso.lab', 'HyperV02.contoso.lab'] }, 'hostNotUsable', 'hosts', /another host group/);
  });
});

describe('a guest cluster', () => {
  it('needs two machines on two hosts of one Hyper-V cluster', async () => {
    await completed('virtualMachine.create', secondMachine);
    refused('guestCluster.create', guestCluster, 'hostNotUsable', 'virtualMachines', /not nodes of one Hyper-V cluster/);
    await completed('hostCluster.create', hostCluster);
    await completed('virtualMachine.create', { ...secondMachine, name: 'GatewayVM03', host: hosts[0] });
    refused('guestCluster.create', { ...guestCluster, virtualMachines: ['GatewayVM01', 'GatewayVM03'] }, 'hostNotUsable', 'virtualMachines', /both on HyperVGW01/);
    refused('guestCluster.create', { ...guestCluster, virtualMachines: ['GatewayVM01', 'GatewayVM02', 'GatewayVM03'] }, 'invalidInput', 'virtualMachines', /3 virtual machines/);
    await completed('virtualMachine.stop', { virtualMachine: 'GatewayVM02' });
    refused('guestCluster.create', guestCluster, 'vmNotRunning', 'virtualMachines', /GatewayVM02 is turned off/);
    await completed('virtualMachine.start', { virtualMachine: 'GatewayVM02' });
    await completed('guestCluster.create', guestCluster);
    refused('hostCluster.destroy', { hostCluster: 'GW-HV-CL01' }, 'objectInUse', 'hostCluster', /GW-VM-CL01/);
    await completed('virtualMachine.stop', { virtualMachine: 'GatewayVM02' });
    refused('virtualMachine.delete', { virtualMachine: 'GatewayVM02' }, 'objectInUse', 'virtualMachine', /node of guest cluster/);
  });
});

describe('a gateway pair', () => {
  it('is tested, connected and given addresses on both nodes, and moves with its external address', async () => {
    await prepareNodes();
    const failed = await run('networkService.add', pair);
    expect(failed.error?.message).toMatch(/GatewayVM02 does not answer: its firewall is on/);
    await prepareRemoteAccess();
    expect(test.lab.gateways.testProvider({ runAsAccount: 'ClusterAdmin', connectionString: pair.connectionString }).rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['Test open connection (GatewayVM01)', 'Test open connection (GatewayVM02)']));
    test.lab.jobs.restart(failed.id);
    expect(await test.lab.jobs.waitFor(failed.id)).toBe('Completed');
    await completed('networkService.addConnection', frontEnd);
    await completed('networkService.addConnection', { networkService: 'Pair', connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0' });
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Pair' } });
    const gatewayHosts = test.lab.snapshot().hosts.filter(({ name }) => hosts.includes(name)).map(({ id }) => id);
    const leg = test.lab.snapshot().vmNetworkGateways[0]?.vsid;
    expect(test.lab.snapshot().providerAddresses.filter(({ vsid }) => vsid === leg).map(({ hostId }) => hostId).sort()).toEqual([...gatewayHosts].sort());
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    expect(test.lab.gatewayState('Pair')).toMatchObject({ vmName: 'GatewayVM01', statusText: expect.stringContaining('GatewayVM02 stands by') as string });
    test.lab.failOver('Pair');
    expect(() => { test.lab.failOver('Pair'); }).toThrow(/no other node that could take over now/);
    test.lab.advance(11e9);
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    expect(test.lab.gatewayState('Pair')).toMatchObject({ vmName: 'GatewayVM02', host: hosts[1] });
    refused('guestCluster.destroy', { guestCluster: 'GW-VM-CL01' }, 'objectInUse', 'guestCluster', /Pair/);
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: null });
    expect(test.lab.snapshot().providerAddresses.filter(({ vsid }) => vsid === leg)).toEqual([]);
  });

  it('is named by two clusters or by none', async () => {
    await prepareNodes();
    const string = (host: string, machine: string) => device(`VMHost=${host};GatewayVM=${machine};BackendSwitch=HNV_Switch`);
    refused('networkService.add', string('GW-HV-CL01', 'GatewayVM01'), 'connectionStringInvalid', 'connectionString', /single virtual machine GatewayVM01/);
    refused('networkService.add', string('HyperVGW01.contoso.lab', 'GW-VM-CL01'), 'connectionStringInvalid', 'connectionString', /single host HyperVGW01/);
    await completed('hostCluster.create', { name: 'OTHER-CL', hosts: ['HyperV01.contoso.lab', 'HyperV02.contoso.lab'] });
    refused('networkService.add', string('OTHER-CL', 'GW-VM-CL01'), 'connectionStringInvalid', 'connectionString', /no node of host cluster OTHER-CL/);
  });

  it('needs adapters with the same names, connected on both nodes', async () => {
    await prepareNodes();
    await prepareRemoteAccess();
    await completed('networkService.add', pair);
    await completed('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'External', virtualSwitch: '' });
    refused('networkService.addConnection', frontEnd, 'adapterNotUsable', 'networkAdapter', /other node GatewayVM02 is not connected/);
    await completed('guest.renameAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'External', name: 'Outside' });
    refused('networkService.addConnection', frontEnd, 'adapterNotUsable', 'networkAdapter', /GatewayVM02 has no adapter named External/);
  });

  it('does not move where there is no pair', async () => {
    await completed('networkService.add', { ...device('VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch'), runAsAccount: 'GatewayLocalAdmin' });
    expect(() => { test.lab.failOver('Pair'); }).toThrow(expect.objectContaining({ code: errorCodes.gatewayNotClustered }));
    expect(() => { test.lab.failOver('Nowhere'); }).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });
});
