import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
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
const details = (name: string) => test.lab.lists.vmNetworkDetails.get(test.lab.lists.vmNetworks.list({ ...all, filter: name }).rows[0]?.id ?? '');
const subnetsOf = (name: string) => details(name).vmSubnets.map((subnet) => `${subnet.name} ${subnet.subnet}`);
const everything = () => JSON.stringify([test.lab.snapshot(), test.lab.lists.vmNetworks.list(all), test.lab.gatewayState('Gateway01').compartments.map(({ guid }) => guid)]);

function refused(id: OperationId, input: unknown, code: ErrorName, path: string, says: RegExp): void {
  const before = everything();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(everything()).toBe(before);
  const found = test.lab.operations.check(id, input).filter((entry) => entry.path.join('.') === path);
  expect(found.map((entry) => entry.code)).toContain(errorCodes[code]);
  expect(found.map(({ message }) => message).join(' ')).toMatch(says);
}

/** No lab holds the key of its accounts. */
const typeKey = () => completed('runAsAccount.change', { runAsAccount: 'Fabrikam_PSK', secret: 'a key of Fabrikam', confirmation: 'a key of Fabrikam' });
const kept = { vmSubnet: 'Fabrikam_Subnet01', name: 'Fabrikam_Subnet01' };
const office = { name: 'Office', remoteEndpoint: '198.51.100.20', runAsAccount: 'Fabrikam_PSK', routes: ['10.30.50.0/24'] };
const https = { name: 'HTTPS', incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443 };

describe('Properties of a VM network', () => {
  it('takes name, description and VM subnets, and the tenant goes on under its new name', async () => {
    await test.nat('Fabrikam');
    const input = { vmNetwork: 'Fabrikam', name: 'Fabrikam Ltd', description: 'Office in Bath', subnets: [{ vmSubnet: 'Fabrikam_Subnet01', name: 'Web' }, { name: 'Data', subnet: '10.30.2.0/24' }] };
    const { script } = test.lab.operations.script('vmNetwork.change', input);
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(['Get-SCVMNetwork', 'Set-SCVMNetwork', 'Get-SCVMSubnet', 'Set-SCVMSubnet', 'New-SCSubnetVLan', 'New-SCVMSubnet']);
    const job = await completed('vmNetwork.change', input);
    expect(job.resultName).toBe('Fabrikam Ltd');
    expect(job.auditRecords.map(({ objectType, property, previousValue, newValue }) => `${objectType} ${property}: ${previousValue ?? '-'} > ${newValue ?? '-'}`)).toEqual([
      'VMNetwork Name: Fabrikam > Fabrikam Ltd',
      'VMNetwork Description: - > Office in Bath'.replace('-', ''),
      'VMSubnet Name: Fabrikam_Subnet01 > Web',
      'VMSubnet Name: - > Data',
      'VMSubnet Subnet: - > 10.30.2.0/24',
      expect.stringMatching(/^VMSubnet VMSubnetID: - > \d+$/),
    ]);
    expect(subnetsOf('Fabrikam Ltd')).toEqual(['Data 10.30.2.0/24', 'Web 10.30.1.0/24']);
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('lets machines work in a VM subnet that came later: its route is in the compartment', async () => {
    await test.nat('Fabrikam');
    await completed('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: [kept, { name: 'Data', subnet: '10.30.2.0/24' }] });
    await completed('ipPool.create', { name: 'Data pool', vmNetwork: 'Fabrikam', vmSubnet: 'Data', rangeStart: '10.30.2.2', rangeEnd: '10.30.2.254' });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM09', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Fabrikam', vmSubnet: 'Data' }] });
    expect(test.repliesTo('Fabrikam-VM09')).toBe(1);
  });

  it('lets two VM subnets change names, and gives everything back when they go', async () => {
    const before = everything();
    const plain = [kept, { name: 'A', subnet: '10.31.0.0/24' }, { name: 'B', subnet: '10.32.0.0/24' }];
    await completed('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: plain });
    const swapped = { vmNetwork: 'Fabrikam', subnets: [kept, { vmSubnet: 'A', name: 'B' }, { vmSubnet: 'B', name: 'A' }] };
    const renaming = test.lab.operations.script('vmNetwork.change', swapped).script.commands.flatMap(({ parameters: { Name } }) => (Name === 'Fabrikam' ? [] : [Name]));
    expect(renaming).toEqual(['A', 'B (renamed)', 'B', 'A (renamed)', 'B (renamed)', 'B', 'A (renamed)', 'A']);
    await completed('vmNetwork.change', swapped);
    expect(subnetsOf('Fabrikam')).toEqual(['A 10.32.0.0/24', 'B 10.31.0.0/24', 'Fabrikam_Subnet01 10.30.1.0/24']);
    const { script } = test.lab.operations.script('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: [kept] });
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(['Get-SCVMNetwork', 'Get-SCVMSubnet', 'Remove-SCVMSubnet', 'Get-SCVMSubnet', 'Remove-SCVMSubnet']);
    await completed('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: [kept] });
    expect(everything()).toBe(before);
  });

  it('puts a rule into a VM subnet that comes with the same OK', async () => {
    const directConnection = { routing: 'NAT', gatewayDevice: 'Gateway01', rules: [{ ...https, destinationAddress: '10.30.2.4' }] };
    refused('vmNetwork.change', { vmNetwork: 'Fabrikam', directConnection }, 'destinationForeign', 'directConnection.rules.0.destinationAddress', /10.30.2.4/);
    const input = { vmNetwork: 'Fabrikam', name: 'Fabrikam Ltd', subnets: [kept, { name: 'Data', subnet: '10.30.2.0/24' }], directConnection };
    expect(catalogueProblems(test.lab.operations.script('vmNetwork.change', input).script)).toEqual([]);
    await completed('vmNetwork.change', input);
    expect([details('Fabrikam Ltd').nat?.rules, test.repliesTo('Fabrikam-VM01')]).toEqual([1, 1]);
  });

  it('does not let go of a VM subnet that somebody uses, and names who', async () => {
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', rules: [https] } });
    refused('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: [{ name: 'Data', subnet: '10.30.2.0/24' }] }, 'objectInUse', 'subnets', /Fabrikam-VM01, .*Fabrikam-VM02, IP pool Fabrikam_Subnet01_Pool and NAT rule HTTPS/);
  });

  it('keeps the addresses of gateway and offices free', async () => {
    await typeKey();
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', vpnTunnel: { gatewayDevice: 'Gateway01', connections: [office] } });
    refused('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: [kept, { name: 'X', subnet: '10.254.0.0/16' }] }, 'subnetOverlap', 'subnets.1.subnet', /10.254.254.0\/29 of the gateway's leg/);
    refused('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: [kept, { name: 'X', subnet: '10.30.50.64/26' }] }, 'subnetOverlap', 'subnets.1.subnet', /10.30.50.0\/24 of a route of VPN connection Office/);
  });

  it('holds a gateway to 500 virtual subnets', async () => {
    await test.nat('Fabrikam');
    await test.nat('Adatum');
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `S${at}`, subnet: `10.64.${at >> 3}.${(at & 7) * 32}/27` }));
    await completed('vmNetwork.change', { vmNetwork: 'Fabrikam', subnets: [kept, ...many(400)] });
    const adatum = { vmSubnet: 'Adatum_Subnet01', name: 'Adatum_Subnet01' };
    refused('vmNetwork.change', { vmNetwork: 'Adatum', subnets: [adatum, ...many(99)] }, 'tooMany', 'subnets', /401 VM subnets of other VM networks; 100 more/);
    expect(test.lab.operations.check('vmNetwork.change', { vmNetwork: 'Adatum', subnets: [adatum, ...many(98)] })).toEqual([]);
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Adatum', directConnection: null });
    await completed('vmNetwork.change', { vmNetwork: 'Adatum', subnets: [adatum, ...many(99)] });
    refused('vmNetwork.setConnectivity', { vmNetwork: 'Adatum', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } }, 'tooMany', 'directConnection.gatewayDevice', /limit of 500/);
  });

  it.each<[string, object, ErrorName, string, RegExp]>([
    ['nothing', {}, 'nothingToChange', '', /Nothing of Fabrikam/],
    ['what it has already', { name: 'Fabrikam', subnets: [kept] }, 'nothingToChange', '', /Nothing of Fabrikam/],
    ['no name', { name: '' }, 'invalidInput', 'name', /no name/],
    ['a name that is taken', { name: 'adatum' }, 'nameInUse', 'name', /Adatum/],
    ['no VM subnet at all', { subnets: [] }, 'invalidInput', 'subnets', /no VM subnet/],
    ['a VM subnet that is not there', { subnets: [{ vmSubnet: 'Gone', name: 'Gone' }] }, 'objectNotFound', 'subnets.0.name', /Gone/],
    ['a VM subnet of another tenant', { subnets: [kept, { vmSubnet: 'Adatum_Subnet01', name: 'X' }] }, 'objectNotFound', 'subnets.1.name', /Adatum_Subnet01/],
    ['a VM subnet twice', { subnets: [kept, { vmSubnet: 'Fabrikam_Subnet01', name: 'X' }] }, 'invalidInput', 'subnets.1.name', /stands twice/],
    ['another prefix', { subnets: [{ ...kept, subnet: '10.30.9.0/24' }] }, 'invalidInput', 'subnets.0.subnet', /10.30.1.0\/24, which cannot be changed/],
    ['a name that its sister has', { subnets: [kept, { name: 'fabrikam_subnet01', subnet: '10.9.0.0/24' }] }, 'nameInUse', 'subnets.1.name', /Two VM subnets/],
    ['a subnet that overlaps', { subnets: [kept, { name: 'X', subnet: '10.30.0.0/16' }] }, 'subnetOverlap', 'subnets.1.subnet', /Fabrikam_Subnet01/],
  ])('%s is refused at its place, and nothing changes', (_what, change, code, path, says) => {
    refused('vmNetwork.change', { vmNetwork: 'Fabrikam', ...change }, code, path, says);
  });

  it('refuses whatever else is typed with problems, never with a fault', () => {
    const before = everything();
    const text = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', '10.30.1.0/24', '10.0.0.0/8', 'Fabrikam_Subnet01', 'ADATUM', '\0', '0.0.0.0/0'));
    fc.assert(
      fc.property(fc.record({ name: text, description: text, subnets: fc.array(fc.record({ vmSubnet: text, name: text, subnet: text }), { maxLength: 4 }) }, { requiredKeys: [] }), (change) => {
        for (const { message, recommendedAction } of test.lab.operations.check('vmNetwork.change', { vmNetwork: 'Fabrikam', ...change })) expect([message, recommendedAction]).not.toContain('');
      }),
      { numRuns: 300 },
    );
    expect(everything()).toBe(before);
  });
});

describe('Create VM Network with connectivity', () => {
  const wanted = {
    name: 'Woodgrove',
    logicalNetwork: 'Contoso_HNV_LN01',
    subnets: [{ name: 'Web', subnet: '10.30.1.0/24' }],
    directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', rules: [https] },
    vpnTunnel: { gatewayDevice: 'Gateway01', connections: [{ ...office, name: 'Woodgrove office', remoteEndpoint: '198.51.100.77' }] },
  };

  it('makes network, NAT and tunnel in one job, and deleting it leaves nothing', async () => {
    await typeKey();
    const before = everything();
    const { script } = test.lab.operations.script('vmNetwork.create', wanted);
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(['Get-SCLogicalNetwork', 'New-SCVMNetwork', 'New-SCSubnetVLan', 'New-SCVMSubnet', 'Get-SCNetworkGateway', 'Add-SCVMNetworkGateway', 'Get-SCLogicalNetwork', 'Get-SCLogicalNetworkDefinition', 'Get-SCStaticIPAddressPool', 'Add-SCNATConnection', 'Add-SCNATRule', 'Get-SCRunAsAccount', 'Add-SCVPNConnection', 'Add-SCNetworkRoute']);
    expect(everything()).toBe(before);
    const job = await completed('vmNetwork.create', wanted);
    expect(job.steps.map(({ number }) => number)).toEqual(['1', ...Array.from({ length: job.steps.length - 1 }, (_, at) => `1.${at + 1}`)]);
    expect(details('Woodgrove')).toMatchObject({ gatewayConnection: 'Gateway01 (NAT)', nat: { externalAddress: '203.0.113.11', rules: 1 }, gateway: { hasVpn: true } });
    await completed('ipPool.create', { name: 'Web pool', vmNetwork: 'Woodgrove', vmSubnet: 'Web', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.254' });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Woodgrove-VM01', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove' }] });
    expect(test.repliesTo('Woodgrove-VM01')).toBe(1);
    await completed('virtualMachine.stop', { virtualMachine: 'Woodgrove-VM01' });
    await completed('virtualMachine.delete', { virtualMachine: 'Woodgrove-VM01' });
    await completed('ipPool.delete', { ipAddressPool: 'Web pool' });
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Woodgrove', directConnection: null, vpnTunnel: null });
    await completed('vmNetwork.delete', { vmNetwork: 'Woodgrove' });
    expect(everything()).toBe(before);
  });

  it.each([2, 3, 4])('interrupted before step 1.%s and restarted it comes to the same', async (number) => {
    await typeKey();
    test.close();
    let begun = 0;
    await test.open({ pace: () => { begun += 1; if (begun === number) test.close(); return Promise.resolve(); } });
    const jobId = test.lab.operations.start('vmNetwork.create', wanted);
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Failed');
    await test.open();
    test.lab.jobs.restart(jobId);
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Completed');
    expect(details('Woodgrove')).toMatchObject({ nat: { rules: 1 }, gateway: { hasVpn: true } });
  });

  it('refuses what the gateway cannot do at its page, before there is a VM network', async () => {
    await typeKey();
    const rule = { ...https, destinationAddress: '10.99.1.4' };
    refused('vmNetwork.create', { ...wanted, directConnection: { ...wanted.directConnection, rules: [rule] } }, 'destinationForeign', 'directConnection.rules.0.destinationAddress', /no VM subnet of Woodgrove/);
    refused('vmNetwork.create', { ...wanted, directConnection: { routing: 'Direct', gatewayDevice: 'Gateway01' } }, 'gatewayModeMismatch', 'directConnection.gatewayDevice', /no forwarding gateway/);
    refused('vmNetwork.create', { ...wanted, isolation: 'NoIsolation', subnets: [] }, 'networkNotUsable', 'directConnection.gatewayDevice', /no routing domain/);
  });
});
