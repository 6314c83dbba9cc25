import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
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
  return job;
}

const all = { offset: 0, limit: 500, filter: '' };
const gateway = () => test.lab.gatewayState('Gateway01').compartments.map(({ guid }) => guid);
const everything = () => JSON.stringify([test.lab.snapshot(), test.lab.lists.vmNetworks.list(all), gateway()]);

function refused(id: OperationId, input: unknown, code: ErrorName, path: string, says: RegExp): void {
  const before = everything();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(everything()).toBe(before);
  const found = test.lab.operations.check(id, input).filter((entry) => entry.path.join('.') === path);
  expect(found.map((entry) => entry.code)).toContain(errorCodes[code]);
  expect(found.map(({ message }) => message).join(' ')).toMatch(says);
}

const wanted = { name: 'Woodgrove', logicalNetwork: 'Contoso_HNV_LN01', subnets: [{ name: 'Web', subnet: '10.30.1.0/24' }, { name: 'Data', subnet: '10.30.2.0/24' }] };

describe('Create VM Network', () => {
  it('gives a routing domain and virtual subnet IDs, and a tenant works in it with addresses that others have too', async () => {
    const { script } = test.lab.operations.script('vmNetwork.create', wanted);
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(['Get-SCLogicalNetwork', 'New-SCVMNetwork', 'New-SCSubnetVLan', 'New-SCVMSubnet', 'New-SCSubnetVLan', 'New-SCVMSubnet']);
    const job = await completed('vmNetwork.create', wanted);
    expect(job).toMatchObject({ name: 'Create new VM Network', resultName: 'Woodgrove' });
    const network = test.lab.lists.vmNetworks.list({ ...all, filter: 'Woodgrove' }).rows[0];
    const details = test.lab.lists.vmNetworkDetails.get(network?.id ?? '');
    expect(details).toMatchObject({ isolation: 'Hyper-V network virtualization', vmSubnets: [{ name: 'Data' }, { name: 'Web' }] });
    expect(details.routingDomainId).toMatch(/^[0-9a-f-]{36}$/);
    const vsids = test.lab.snapshot().virtualSubnets.map(({ vsid }) => vsid);
    expect(new Set(vsids).size).toBe(vsids.length);
    for (const { vsid } of details.vmSubnets) expect(vsid >= 4096 && vsid <= 16_777_214).toBe(true);
    await completed('ipPool.create', { name: 'Web pool', vmNetwork: 'Woodgrove', vmSubnet: 'Web', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.254' });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Woodgrove-VM01', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove', vmSubnet: 'Web', ipAddress: '10.30.1.4' }] });
    await test.nat('Woodgrove');
    expect(test.repliesTo('Woodgrove-VM01')).toBe(1);
  });

  it('gives direct access without isolation, once for a logical network', async () => {
    await completed('vmNetwork.create', { name: 'Outside', logicalNetwork: 'Contoso_External_LN01', isolation: 'NoIsolation' });
    refused('vmNetwork.create', { name: 'Outside too', logicalNetwork: 'Contoso_External_LN01', isolation: 'NoIsolation' }, 'nameInUse', 'isolation', /Outside gives direct access/);
  });

  it.each<[string, object, ErrorName, string, RegExp]>([
    ['no name', { name: '' }, 'invalidInput', 'name', /no name/],
    ['a name that is taken', { name: 'fabrikam' }, 'nameInUse', 'name', /Fabrikam/],
    ['no logical network', { logicalNetwork: '' }, 'invalidInput', 'logicalNetwork', /No logical network/],
    ['a logical network that does not exist', { logicalNetwork: 'Nowhere' }, 'objectNotFound', 'logicalNetwork', /Nowhere/],
    ['a logical network without network virtualization', { logicalNetwork: 'Contoso_External_LN01' }, 'networkNotUsable', 'isolation', /does not allow network virtualization/],
    ['no VM subnet', { subnets: [] }, 'invalidInput', 'subnets', /no VM subnet/],
    ['VM subnets without isolation', { isolation: 'NoIsolation' }, 'invalidInput', 'subnets', /no VM subnets of its own/],
    ['a VM subnet without name', { subnets: [{ name: '', subnet: '10.0.0.0/24' }] }, 'invalidInput', 'subnets.0.name', /no name/],
    ['two VM subnets with one name', { subnets: [{ name: 'A', subnet: '10.0.0.0/24' }, { name: 'a', subnet: '10.0.1.0/24' }] }, 'nameInUse', 'subnets.1.name', /Two VM subnets/],
    ['a subnet that is none', { subnets: [{ name: 'A', subnet: '10.0.0.5/24' }] }, 'invalidInput', 'subnets.0.subnet', /inside a subnet/],
    ['a subnet without room', { subnets: [{ name: 'A', subnet: '10.0.0.4/30' }] }, 'invalidInput', 'subnets.0.subnet', /no room/],
    ['subnets that overlap', { subnets: [{ name: 'A', subnet: '10.0.0.0/16' }, { name: 'B', subnet: '10.0.3.0/24' }] }, 'subnetOverlap', 'subnets.1.subnet', /10.0.0.0\/16 of VM subnet A/],
  ])('%s is refused at its place, and nothing changes', (_what, change, code, path, says) => {
    refused('vmNetwork.create', { ...wanted, ...change }, code, path, says);
  });
});

describe('Delete of a VM network', () => {
  it('names everything that uses it', async () => {
    await test.nat('Fabrikam');
    refused('vmNetwork.delete', { vmNetwork: 'Fabrikam' }, 'objectInUse', 'vmNetwork', /Fabrikam-VM01 and Fabrikam-VM02 are connected.*Gateway01.*Fabrikam_Subnet01_Pool/);
  });

  it('leaves no row, address, virtual subnet ID or compartment of its whole life', async () => {
    const before = everything();
    await completed('vmNetwork.create', wanted);
    await completed('ipPool.create', { name: 'Web pool', vmNetwork: 'Woodgrove', vmSubnet: 'Web', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.254' });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Woodgrove-VM01', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove', vmSubnet: 'Web' }] });
    await test.nat('Woodgrove');
    expect(gateway()).toHaveLength(2);
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Woodgrove', directConnection: null });
    await completed('virtualMachine.stop', { virtualMachine: 'Woodgrove-VM01' });
    await completed('virtualMachine.delete', { virtualMachine: 'Woodgrove-VM01' });
    await completed('ipPool.delete', { ipAddressPool: 'Web pool' });
    expect(catalogueProblems(test.lab.operations.script('vmNetwork.delete', { vmNetwork: 'Woodgrove' }).script)).toEqual([]);
    await completed('vmNetwork.delete', { vmNetwork: 'Woodgrove' });
    expect(everything()).toBe(before);
  });
});
