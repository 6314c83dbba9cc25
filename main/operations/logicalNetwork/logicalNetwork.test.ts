import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName, type Problem } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

async function completed(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  const job = test.lab.lists.jobs.get(jobId);
  expect(job.error).toBeNull();
  expect(job.status).toMatch(/^(Completed|SucceedWithInfo)$/);
  return job;
}

function inventory(): string {
  return JSON.stringify([test.lab.snapshot(), test.lab.lists.logicalNetworks.list({ offset: 0, limit: 500, filter: '' }), test.lab.lists.vmNetworks.list({ offset: 0, limit: 500, filter: '' })]);
}

/** Problems of an input that is refused; the inventory must be the same afterwards. */
function refusal(id: OperationId, input: unknown): readonly Problem[] {
  const before = inventory();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(inventory()).toBe(before);
  return test.lab.operations.check(id, input);
}

const rows = (filter: string) => test.lab.lists.logicalNetworks.list({ offset: 0, limit: 500, filter }).rows;
const row = (name: string) => rows(name).find((entry) => entry.name === name);

const site = { name: 'Backup_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '192.168.50.0/24', vlan: '50' }] };
const wanted = { name: 'Backup', description: 'Backup of hosts', sites: [site] };

describe('Create Logical Network', () => {
  it('makes the network with its sites, and says what was made', async () => {
    const job = await completed('logicalNetwork.create', wanted);
    expect(job).toMatchObject({ status: 'Completed', name: 'Create logical network', resultName: 'Backup' });
    expect(job.steps.map(({ number }) => number)).toEqual(['1', '1.1', '1.2']);
    expect(job.auditRecords.map(({ property, newValue }) => [property, newValue])).toEqual(
      expect.arrayContaining([['Name', 'Backup'], ['HostGroups', 'Contoso-DC'], ['SubnetVLans', '192.168.50.0/24 VLAN 50']]),
    );
    expect(row('Backup')).toMatchObject({ kind: 'logicalNetwork', subnet: '192.168.50.0/24', networkVirtualization: false });
  });

  it('makes a VM network with the same name, to which a machine can be connected', async () => {
    await completed('logicalNetwork.create', { ...wanted, createVmNetwork: true });
    await completed('ipPool.create', { name: 'Backup pool', logicalNetwork: 'Backup', rangeStart: '192.168.50.10', rangeEnd: '192.168.50.20' });
    const network = test.lab.lists.vmNetworks.list({ offset: 0, limit: 10, filter: 'Backup' }).rows[0];
    expect(test.lab.lists.vmNetworkDetails.get(network?.id ?? '')).toMatchObject({ name: 'Backup', isolation: 'No isolation' });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Backup-VM', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Backup' }] });
    const { adapters, allocations, virtualMachines } = test.lab.snapshot();
    const machine = virtualMachines.find(({ name }) => name === 'Backup-VM');
    const adapter = adapters.find(({ virtualMachineId }) => virtualMachineId === machine?.id);
    expect(allocations.find(({ id }) => id === adapter?.allocationId)?.address).toBe(0xc0a8320a);
  });

  it('says that a network without site can be used by nobody', async () => {
    expect((await completed('logicalNetwork.create', { name: 'Empty' })).status).toBe('SucceedWithInfo');
  });

  it('keeps the two VLANs of a PVLAN network', async () => {
    await completed('logicalNetwork.create', { name: 'Hosting', kind: 'privateVlan', sites: [{ ...site, subnets: [{ subnet: '10.9.0.0/24', vlan: 100, secondaryVlan: 101 }] }] });
    expect(test.lab.logicalNetworks.properties('Hosting')).toMatchObject({ kind: 'privateVlan', sites: [{ subnets: [{ vlan: '100', secondaryVlan: '101' }] }] });
  });

  it('shows the PowerShell that does the same', () => {
    const { script } = test.lab.operations.script('logicalNetwork.create', { ...wanted, networkVirtualization: true, createVmNetwork: true });
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(['New-SCLogicalNetwork', 'Get-SCVMHostGroup', 'New-SCSubnetVLan', 'New-SCLogicalNetworkDefinition', 'New-SCVMNetwork']);
    expect(script.commands[0]?.parameters).toMatchObject({ Name: 'Backup', LogicalNetworkDefinitionIsolation: false, EnableNetworkVirtualization: true, UseGRE: true, IsPVLAN: false });
    expect(String(script)).toContain('New-SCSubnetVLan -Subnet "192.168.50.0/24" -VLanID 50');
  });

  const subnet = (text: string) => ({ ...wanted, sites: [{ ...site, subnets: [{ subnet: text }] }] });
  const vlan = (text: string) => ({ ...wanted, sites: [{ ...site, subnets: [{ subnet: '192.168.50.0/24', vlan: text }] }] });
  const mistakes: readonly (readonly [what: string, input: object, path: string, code: ErrorName, says: RegExp])[] = [
    ['no name', { ...wanted, name: ' ' }, 'name', 'invalidInput', /no name/],
    ['a name that is too long', { ...wanted, name: 'x'.repeat(65) }, 'name', 'invalidInput', /65 characters/],
    ['a name that is taken, in other letters', { ...wanted, name: 'CONTOSO_hnv_ln01' }, 'name', 'nameInUse', /Contoso_HNV_LN01/],
    ['a VM network of that name', { ...wanted, name: 'Adatum', createVmNetwork: true }, 'name', 'nameInUse', /VM network named Adatum/],
    ['network virtualization on independent networks', { ...wanted, kind: 'vlanIndependent', networkVirtualization: true }, 'networkVirtualization', 'invalidInput', /cannot carry/],
    ['one VM network for independent networks', { ...wanted, kind: 'privateVlan', createVmNetwork: true }, 'createVmNetwork', 'invalidInput', /one VM network for each subnet/],
    ['a site without name', { ...wanted, sites: [{ ...site, name: '' }] }, 'sites.0.name', 'invalidInput', /no name/],
    ['a site with a name of 65 characters', { ...wanted, sites: [{ ...site, name: 's'.repeat(65) }] }, 'sites.0.name', 'invalidInput', /65 characters/],
    ['a name of another site', { ...wanted, sites: [{ ...site, name: 'contoso_hnv_ln01_0' }] }, 'sites.0.name', 'nameInUse', /Contoso_HNV_LN01_0/],
    ['two sites with one name', { ...wanted, sites: [site, { ...site, name: 'BACKUP_0', subnets: [{ subnet: '192.168.51.0/24' }] }] }, 'sites.1.name', 'nameInUse', /Two network sites/],
    ['a site without host group', { ...wanted, sites: [{ ...site, hostGroups: [] }] }, 'sites.0.hostGroups', 'invalidInput', /No host group/],
    ['a host group that does not exist', { ...wanted, sites: [{ ...site, hostGroups: ['Nowhere'] }] }, 'sites.0.hostGroups', 'objectNotFound', /Nowhere/],
    ['a site without rows', { ...wanted, sites: [{ ...site, subnets: [] }] }, 'sites.0.subnets', 'invalidInput', /neither VLAN nor IP subnet/],
    ['a row without subnet', subnet(''), 'sites.0.subnets.0.subnet', 'invalidInput', /no IP subnet/],
    ['a subnet that is none', subnet('192.168.50.0'), 'sites.0.subnets.0.subnet', 'invalidInput', /no IP subnet/],
    ['an address inside a subnet', subnet('192.168.50.7/24'), 'sites.0.subnets.0.subnet', 'invalidInput', /address inside a subnet/],
    ['a subnet without room', subnet('192.168.50.4/31'), 'sites.0.subnets.0.subnet', 'invalidInput', /31 bits/],
    ['a VLAN out of range', vlan('4095'), 'sites.0.subnets.0.vlan', 'invalidInput', /4095 is no VLAN/],
    ['a VLAN that is no number', vlan('ten'), 'sites.0.subnets.0.vlan', 'invalidInput', /ten is no VLAN/],
    ['a negative VLAN', vlan('-1'), 'sites.0.subnets.0.vlan', 'invalidInput', /-1 is no VLAN/],
    ['independent networks without VLAN', { ...subnet('192.168.50.0/24'), kind: 'vlanIndependent' }, 'sites.0.subnets.0.vlan', 'invalidInput', /isolates/],
    ['PVLAN without secondary VLAN', { ...vlan('50'), kind: 'privateVlan' }, 'sites.0.subnets.0.secondaryVlan', 'invalidInput', /no secondary VLAN/],
    ['PVLAN with one VLAN twice', { ...wanted, kind: 'privateVlan', sites: [{ ...site, subnets: [{ subnet: '10.9.0.0/24', vlan: '7', secondaryVlan: '7' }] }] }, 'sites.0.subnets.0.secondaryVlan', 'invalidInput', /both primary and secondary/],
    ['a subnet that another site has', subnet('203.0.113.0/24'), 'sites.0.subnets.0.subnet', 'subnetOverlap', /Contoso_External_LN01_0/],
    ['a subnet around one of another site', subnet('172.16.0.0/16'), 'sites.0.subnets.0.subnet', 'subnetOverlap', /Contoso_HNV_LN01_0/],
    ['a subnet inside one of a group below', { ...wanted, sites: [{ ...site, hostGroups: ['All Hosts'], subnets: [{ subnet: '192.168.10.128/25' }] }] }, 'sites.0.subnets.0.subnet', 'subnetOverlap', /Contoso_Management_LN01_0/],
    ['two subnets of one site that overlap', { ...wanted, sites: [{ ...site, subnets: [{ subnet: '10.9.0.0/16' }, { subnet: '10.9.3.0/24' }] }] }, 'sites.0.subnets.1.subnet', 'subnetOverlap', /the same network site/],
  ];
  it.each(mistakes)('%s is refused at its place, and nothing changes', (_what, input, path, code, says) => {
    const problems = refusal('logicalNetwork.create', input);
    const found = problems.find((entry) => entry.path.join('.') === path);
    expect(found).toMatchObject({ code: errorCodes[code] });
    expect(found?.message).toMatch(says);
    expect(found?.recommendedAction).not.toBe('');
  });

  it('lets the same subnet be in two host groups that have nothing in common', async () => {
    await completed('hostGroup.create', { name: 'Branch', parent: 'All Hosts' });
    await completed('logicalNetwork.create', { ...wanted, sites: [{ ...site, hostGroups: ['Branch'], subnets: [{ subnet: '192.168.10.0/24' }] }] });
  });
});

describe('Properties of a logical network', () => {
  const management = { networkSite: 'Contoso_Management_LN01_0', name: 'Contoso_Management_LN01_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '192.168.10.0/24' }] };
  const change = (change_: object) => ({ logicalNetwork: 'Contoso_Management_LN01', ...change_ });

  it('rename it and its site, add a site, and keep the addresses in use', async () => {
    const before = test.lab.snapshot().allocations;
    const job = await completed('logicalNetwork.change', change({ name: 'Management', description: 'Hosts', sites: [{ ...management, name: 'Main' }, { ...site, name: 'Second' }] }));
    expect(job.auditRecords.map(({ property, newValue }) => [property, newValue])).toEqual(expect.arrayContaining([['Name', 'Management'], ['Name', 'Main'], ['Name', 'Second']]));
    expect(test.lab.logicalNetworks.properties('Management').sites.map(({ name }) => name)).toEqual(['Main', 'Second']);
    expect(test.lab.snapshot().allocations).toEqual(before);
    await completed('logicalNetwork.change', { logicalNetwork: 'Management', sites: [{ ...management, networkSite: 'Main', name: 'Main' }] });
    expect(test.lab.logicalNetworks.properties('Management').sites.map(({ name }) => name)).toEqual(['Main']);
  });

  it('show the PowerShell that does the same', () => {
    const { script } = test.lab.operations.script('logicalNetwork.change', change({ name: 'Management', sites: [{ ...management, hostGroups: ['All Hosts'] }, { ...site, name: 'Second' }] }));
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(expect.arrayContaining(['Set-SCLogicalNetwork', 'Set-SCLogicalNetworkDefinition', 'New-SCLogicalNetworkDefinition']));
  });

  const mistakes: readonly (readonly [what: string, input: object, path: string, code: ErrorName, says: RegExp])[] = [
    ['nothing changed', change({ name: 'Contoso_Management_LN01' }), '', 'nothingToChange', /Nothing/],
    ['a network that does not exist', { logicalNetwork: 'Nowhere', name: 'x' }, 'logicalNetwork', 'objectNotFound', /Nowhere/],
    ['the name of another network', change({ name: 'Contoso_HNV_LN01' }), 'name', 'nameInUse', /Contoso_HNV_LN01/],
    ['network virtualization taken from tenants', { logicalNetwork: 'Contoso_HNV_LN01', networkVirtualization: false }, 'networkVirtualization', 'objectInUse', /Adatum and Fabrikam/],
    ['a site removed that is in use', change({ sites: [] }), 'sites', 'objectInUse', /GatewayVM01/],
    ['a subnet changed that is in use', change({ sites: [{ ...management, subnets: [{ subnet: '192.168.11.0/24' }] }] }), 'sites.0.subnets', 'objectInUse', /Contoso_Management_Pool01/],
    ['a VLAN changed under addresses in use', change({ sites: [{ ...management, subnets: [{ subnet: '192.168.10.0/24', vlan: 5 }] }] }), 'sites.0.subnets', 'objectInUse', /GatewayVM01/],
    ['a site of another network', change({ sites: [management, { ...site, networkSite: 'Contoso_HNV_LN01_0' }] }), 'sites.1.networkSite', 'objectNotFound', /no network site of Contoso_Management_LN01/],
    ['a name that another own site gives up at the same moment', change({ sites: [management, { ...site, name: 'Contoso_Management_LN01_0' }] }), 'sites.1.name', 'nameInUse', /Contoso_Management_LN01_0/],
  ];
  it.each(mistakes)('%s is refused at its place, and nothing changes', (_what, input, path, code, says) => {
    const found = refusal('logicalNetwork.change', input).find((entry) => entry.path.join('.') === path);
    expect(found).toMatchObject({ code: errorCodes[code] });
    expect(found?.message).toMatch(says);
  });

  it('keep the host group of a host that uses the site', async () => {
    await completed('hostGroup.create', { name: 'Branch', parent: 'All Hosts' });
    const [lost] = refusal('logicalNetwork.change', change({ sites: [{ ...management, hostGroups: ['Branch'] }] }));
    expect(lost).toMatchObject({ code: errorCodes.objectInUse, path: ['sites', 0, 'hostGroups'] });
    expect(lost?.message).toMatch(/HyperVGW01.contoso.lab would lose .*GatewayVM01/);
  });
});

describe('Delete of a logical network', () => {
  it('leaves nothing behind', async () => {
    const before = inventory();
    await completed('logicalNetwork.create', wanted);
    await completed('ipPool.create', { name: 'Backup pool', logicalNetwork: 'Backup', rangeStart: '192.168.50.10', rangeEnd: '192.168.50.20' });
    expect(refusal('logicalNetwork.delete', { logicalNetwork: 'Backup' })[0]?.message).toMatch(/IP pool Backup pool/);
    await completed('ipPool.delete', { ipAddressPool: 'Backup pool' });
    const { script } = test.lab.operations.script('logicalNetwork.delete', { logicalNetwork: 'Backup' });
    expect(catalogueProblems(script)).toEqual([]);
    await completed('logicalNetwork.delete', { logicalNetwork: 'Backup' });
    expect(inventory()).toBe(before);
  });

  it('names everything that depends on it, a kind at a time', () => {
    const messages = (name: string) => refusal('logicalNetwork.delete', { logicalNetwork: name }).map(({ message }) => message);
    expect(messages('Contoso_HNV_LN01')).toEqual(expect.arrayContaining([expect.stringMatching(/VM networks Adatum and Fabrikam depend/), expect.stringMatching(/IP pool Contoso_HNV_Pool01/), expect.stringMatching(/^Network service Gateway01/)]));
    expect(messages('Contoso_External_LN01')).toEqual(expect.arrayContaining([expect.stringMatching(/VM template GatewayTemplate/), expect.stringMatching(/^Virtual machine GatewayVM01/)]));
  });
});
