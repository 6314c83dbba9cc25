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

const inventory = () => JSON.stringify([test.lab.snapshot(), test.lab.lists.logicalNetworks.list({ offset: 0, limit: 500, filter: '' })]);

/** Problems of an input that is refused; the inventory must be the same afterwards. */
function refusal(id: OperationId, input: unknown): readonly Problem[] {
  const before = inventory();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(inventory()).toBe(before);
  return test.lab.operations.check(id, input);
}

function expectProblem(problems: readonly Problem[], path: string, code: ErrorName, says: RegExp): void {
  const found = problems.find((entry) => entry.path.join('.') === path);
  expect(found).toMatchObject({ code: errorCodes[code] });
  expect(found?.message).toMatch(says);
  expect(found?.recommendedAction).not.toBe('');
}

const wanted = {
  name: 'External second',
  description: 'For more tenants',
  logicalNetwork: 'Contoso_External_LN01',
  rangeStart: '203.0.113.120',
  rangeEnd: '203.0.113.139',
  vips: '203.0.113.120-203.0.113.122',
  reserved: '203.0.113.130, 203.0.113.139',
  gateways: [{ address: '203.0.113.1', metric: '' }, { address: '203.0.113.2', metric: 20 }],
  dnsServers: ['192.0.2.53', '192.0.2.54'],
  dnsSuffix: 'contoso.lab',
  dnsSearchSuffixes: ['contoso.lab', 'corp.contoso.lab'],
  winsServers: ['192.168.10.9'],
  enableNetbios: true,
};

type Mistake = readonly [what: string, change: object, path: string, code: ErrorName, says: RegExp];

describe('Create IP Pool', () => {
  it('keeps what every page asks for, and gives the lowest free address that is not kept back', async () => {
    const job = await completed('ipPool.create', wanted);
    expect(job).toMatchObject({ status: 'Completed', name: 'Create new static IP address pool', resultName: wanted.name });
    expect(job.auditRecords.map(({ property, newValue }) => [property, newValue])).toEqual(expect.arrayContaining([['DNSServer', '192.0.2.53, 192.0.2.54'], ['VIPAddressSet', '203.0.113.120-203.0.113.122'], ['DefaultGateway', '203.0.113.2 (20), 203.0.113.1 (automatic)']]));
    const { settings, ...pool } = test.lab.logicalNetworks.pool(wanted.name);
    expect(pool).toMatchObject({ place: 'Contoso_External_LN01, Contoso_External_LN01_0', subnet: '203.0.113.0/24', isVmSubnet: false, allocated: 0 });
    expect(settings).toEqual({
      rangeStart: wanted.rangeStart, rangeEnd: wanted.rangeEnd, vips: wanted.vips, reserved: wanted.reserved,
      gateways: [{ address: '203.0.113.2', metric: '20' }, { address: '203.0.113.1', metric: '' }],
      dnsServers: wanted.dnsServers, dnsSuffix: wanted.dnsSuffix, dnsSearchSuffixes: wanted.dnsSearchSuffixes, winsServers: wanted.winsServers, enableNetbios: true,
    });
    await test.setConnectivity({ vmNetwork: 'Adatum', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddressPool: wanted.name } });
    expect(test.externalAddress('Adatum')).toBe('203.0.113.123');
    expect(test.repliesTo('Adatum-VM01')).toBe(1);
  });

  it('makes the network site with the pool', async () => {
    await completed('logicalNetwork.create', { name: 'Backup' });
    await completed('ipPool.create', { name: 'Backup pool', logicalNetwork: 'Backup', newSite: { name: 'Backup_0', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '192.168.50.0/24' }] }, rangeStart: '192.168.50.1', rangeEnd: '192.168.50.254' });
    expect(test.lab.logicalNetworks.properties('Backup').sites).toMatchObject([{ name: 'Backup_0', users: ['Backup pool'] }]);
  });

  it('gives addresses of a VM subnet, behind the distributed router', async () => {
    await completed('ipPool.create', { name: 'Adatum low', vmNetwork: 'Adatum', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.3', gateways: [{ address: '10.30.1.1' }] });
    expect(test.lab.logicalNetworks.pool('Adatum low')).toMatchObject({ place: 'Adatum, Adatum_Subnet01', isVmSubnet: true });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Adatum-VM03', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Adatum', ipAddress: '10.30.1.2' }] });
    await test.nat('Adatum');
    expect(test.repliesTo('Adatum-VM03')).toBe(1);
  });

  it('shows the PowerShell that does the same, for a site, a new site and a VM subnet', () => {
    for (const input of [
      wanted,
      { ...wanted, newSite: { name: 'New', hostGroups: ['Contoso-DC'], subnets: [{ subnet: '198.18.0.0/24', vlan: 7 }] }, rangeStart: '198.18.0.4', rangeEnd: '198.18.0.9', vips: '', reserved: '', gateways: [] },
      { name: 'Low', vmNetwork: 'Adatum', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.3' },
    ]) {
      const { script } = test.lab.operations.script('ipPool.create', input);
      expect(catalogueProblems(script)).toEqual([]);
      expect(script.commands.at(-1)).toMatchObject({ cmdlet: 'New-SCStaticIPAddressPool', parameters: { Name: input.name } });
    }
    expect(String(test.lab.operations.script('ipPool.create', wanted).script)).toContain('$allGateways += New-SCDefaultGateway -IPAddress "203.0.113.1" -Automatic');
  });

  const mistakes: readonly Mistake[] = [
    ['no name', { name: '' }, 'name', 'invalidInput', /no name/],
    ['a name that is taken', { name: 'contoso_external_pool01' }, 'name', 'nameInUse', /Contoso_External_Pool01/],
    ['no logical network', { logicalNetwork: '' }, 'logicalNetwork', 'invalidInput', /No logical network/],
    ['a logical network that does not exist', { logicalNetwork: 'Nowhere' }, 'logicalNetwork', 'objectNotFound', /Nowhere/],
    ['a site of another network', { networkSite: 'Contoso_HNV_LN01_0' }, 'networkSite', 'networkSiteNotUsable', /no network site of Contoso_External_LN01/],
    ['a subnet that the site has not', { subnet: '198.18.0.0/24' }, 'subnet', 'networkSiteNotUsable', /198.18.0.0/],
    ['no start', { rangeStart: '' }, 'rangeStart', 'invalidInput', /Starting IP address is empty/],
    ['a start that is no address', { rangeStart: '203.0.113' }, 'rangeStart', 'invalidInput', /no IPv4 address/],
    ['a start outside the subnet', { rangeStart: '203.0.112.9' }, 'rangeStart', 'addressOutsidePool', /not in 203.0.113.0/],
    ['an end outside the subnet', { rangeEnd: '203.0.114.9' }, 'rangeEnd', 'addressOutsidePool', /not in 203.0.113.0/],
    ['the network address', { rangeStart: '203.0.113.0' }, 'rangeStart', 'invalidInput', /address of the subnet itself/],
    ['the broadcast address', { rangeEnd: '203.0.113.255' }, 'rangeEnd', 'invalidInput', /broadcast/],
    ['a range that ends before it starts', { rangeStart: '203.0.113.150' }, 'rangeEnd', 'invalidInput', /before it starts/],
    ['a range that another pool has', { rangeStart: '203.0.113.99', vips: '' }, 'rangeStart', 'poolOverlap', /Contoso_External_Pool01/],
    ['VIPs that are none', { vips: 'all' }, 'vips', 'invalidInput', /neither an address nor a range/],
    ['VIPs outside the range', { vips: '203.0.113.119' }, 'vips', 'addressOutsidePool', /not in the range/],
    ['a VIP that is reserved too', { reserved: '203.0.113.121' }, 'reserved', 'invalidInput', /203.0.113.121 is reserved twice/],
    ['a comma too many', { reserved: '203.0.113.130,' }, 'reserved', 'invalidInput', /comma/],
    ['a gateway outside the subnet', { gateways: [{ address: '192.168.10.1', metric: '' }] }, 'gateways.0.address', 'addressOutsidePool', /could reach it/],
    ['a gateway without address', { gateways: [{ address: '', metric: '' }] }, 'gateways.0.address', 'invalidInput', /no address/],
    ['a gateway that is the broadcast address', { gateways: [{ address: '203.0.113.255', metric: '' }] }, 'gateways.0.address', 'invalidInput', /cannot be/],
    ['one gateway twice', { gateways: [{ address: '203.0.113.1', metric: '' }, { address: '203.0.113.1', metric: '9' }] }, 'gateways.1.address', 'invalidInput', /twice/],
    ['a metric of 0', { gateways: [{ address: '203.0.113.1', metric: '0' }] }, 'gateways.0.metric', 'invalidInput', /no metric/],
    ['a metric that is no number', { gateways: [{ address: '203.0.113.1', metric: 'low' }] }, 'gateways.0.metric', 'invalidInput', /no metric/],
    ['a DNS server that is a name', { dnsServers: ['dc01.contoso.lab'] }, 'dnsServers.0', 'invalidInput', /no IPv4 address/],
    ['a DNS server that nobody can have', { dnsServers: ['224.0.0.251'] }, 'dnsServers.0', 'invalidInput', /cannot be/],
    ['one DNS server twice', { dnsServers: ['192.0.2.53', '192.0.2.53'] }, 'dnsServers.1', 'invalidInput', /twice/],
    ['a DNS suffix with a space', { dnsSuffix: 'contoso lab' }, 'dnsSuffix', 'invalidInput', /no DNS suffix/],
    ['an empty search suffix', { dnsSearchSuffixes: [''] }, 'dnsSearchSuffixes.0', 'invalidInput', /empty/],
    ['a WINS server that is none', { winsServers: ['x'] }, 'winsServers.0', 'invalidInput', /no IPv4 address/],
    ['the router in the middle of the range', { rangeStart: '203.0.113.1', rangeEnd: '203.0.113.9', vips: '', reserved: '', gateways: [] }, 'rangeStart', 'addressInUse', /Internet-Router/],
  ];
  it.each(mistakes)('%s is refused at its place, and nothing changes', (_what, change, path, code, says) => {
    expectProblem(refusal('ipPool.create', { ...wanted, ...change }), path, code, says);
  });

  const vmMistakes: readonly Mistake[] = [
    ['a VM network that does not exist', { vmNetwork: 'Nowhere' }, 'vmNetwork', 'objectNotFound', /Nowhere/],
    ['a VM subnet of another VM network', { vmSubnet: 'Fabrikam_Subnet01' }, 'vmSubnet', 'objectNotFound', /Fabrikam_Subnet01/],
    ['the distributed router in the range', { rangeStart: '10.30.1.1' }, 'rangeStart', 'invalidInput', /distributed router/],
    ['VIPs in a VM subnet', { vips: '10.30.1.3' }, 'vips', 'invalidInput', /VIPs/],
    ['a range over the pool that is there', { rangeEnd: '10.30.1.4' }, 'rangeStart', 'poolOverlap', /Adatum_Subnet01_Pool/],
  ];
  it.each(vmMistakes)('%s is refused at its place, and nothing changes', (_what, change, path, code, says) => {
    expectProblem(refusal('ipPool.create', { name: 'Low', vmNetwork: 'Adatum', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.3', ...change }), path, code, says);
  });

  it('asks for the site where a network has none, and for the one where it has several', async () => {
    await completed('logicalNetwork.create', { name: 'Backup' });
    const pool = { name: 'P', logicalNetwork: 'Backup', rangeStart: '192.168.50.4', rangeEnd: '192.168.50.9' };
    expectProblem(refusal('ipPool.create', pool), 'networkSite', 'networkNotUsable', /no network site/);
    const site = (name: string, ...subnets: string[]) => ({ name, hostGroups: ['Contoso-DC'], subnets: subnets.map((subnet) => ({ subnet })) });
    await completed('logicalNetwork.change', { logicalNetwork: 'Backup', sites: [site('B0', '192.168.50.0/24', '192.168.51.0/24'), site('B1', '192.168.52.0/24')] });
    expectProblem(refusal('ipPool.create', pool), 'networkSite', 'invalidInput', /B0, B1|No network site/);
    expectProblem(refusal('ipPool.create', { ...pool, networkSite: 'B0' }), 'subnet', 'invalidInput', /No IP subnet/);
    await completed('ipPool.create', { ...pool, networkSite: 'B0', subnet: '192.168.50.0/24' });
  });
});

describe('Properties of an IP pool', () => {
  const pool = 'Contoso_External_Pool01';
  const settings = () => test.lab.logicalNetworks.pool(pool).settings;

  it('change name, range and all settings, and show the PowerShell for it', async () => {
    await test.nat('Fabrikam');
    const input = { ipAddressPool: pool, name: 'External', settings: { ...settings(), rangeEnd: '203.0.113.110', reserved: '203.0.113.90-203.0.113.110', dnsServers: ['192.0.2.53'] } };
    const { script } = test.lab.operations.script('ipPool.change', input);
    expect(catalogueProblems(script)).toEqual([]);
    const job = await completed('ipPool.change', input);
    expect(job.auditRecords.map(({ property, previousValue, newValue }) => [property, previousValue, newValue])).toEqual(expect.arrayContaining([['Name', pool, 'External'], ['IPAddressRangeEnd', '203.0.113.99', '203.0.113.110'], ['DNSServer', null, '192.0.2.53']]));
    expect(test.lab.logicalNetworks.pool('External').settings.reserved).toBe('203.0.113.90-203.0.113.110');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('change the gateway under a running gateway: the simulation follows', async () => {
    await test.nat('Fabrikam');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    await completed('ipPool.change', { ipAddressPool: pool, settings: { ...settings(), gateways: [{ address: '203.0.113.7' }] } });
    expect(test.repliesTo('Fabrikam-VM01')).toBe(0);
    await completed('ipPool.change', { ipAddressPool: pool, settings: { ...settings(), gateways: [{ address: '203.0.113.1', metric: '10' }] } });
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  const mistakes: readonly Mistake[] = [
    ['a range that leaves out an address in use', { rangeStart: '203.0.113.11' }, 'settings.rangeStart', 'addressInUse', /203.0.113.10 .*GatewayVM01/],
    ['an address in use reserved', { reserved: '203.0.113.10' }, 'settings.reserved', 'addressInUse', /cannot become reserved/],
    ['an address in use made a gateway', { gateways: [{ address: '203.0.113.10', metric: '' }] }, 'settings.gateways', 'addressInUse', /gateway/],
    ['the range moved over the router', { rangeStart: '203.0.113.1', gateways: [] }, 'settings.rangeStart', 'addressInUse', /Internet-Router/],
  ];
  it.each(mistakes)('%s is refused at its place, and nothing changes', (_what, change, path, code, says) => {
    expectProblem(refusal('ipPool.change', { ipAddressPool: pool, settings: { ...settings(), ...change } }), path, code, says);
  });

  it('refuse what changes nothing, a pool that is not there, and another\'s name', () => {
    expectProblem(refusal('ipPool.change', { ipAddressPool: pool, name: pool }), '', 'nothingToChange', /Nothing/);
    expectProblem(refusal('ipPool.change', { ipAddressPool: 'Nowhere' }), 'ipAddressPool', 'objectNotFound', /Nowhere/);
    expectProblem(refusal('ipPool.change', { ipAddressPool: pool, name: 'Contoso_HNV_Pool01' }), 'name', 'nameInUse', /Contoso_HNV_Pool01/);
  });
});

describe('Delete of an IP pool', () => {
  it('names the addresses in use and who has them', () => {
    expectProblem(refusal('ipPool.delete', { ipAddressPool: 'Contoso_Management_Pool01' }), 'ipAddressPool', 'objectInUse', /192.168.10.50 .*GatewayVM01/);
  });

  it('leaves nothing behind', async () => {
    const before = inventory();
    await completed('ipPool.create', wanted);
    expect(catalogueProblems(test.lab.operations.script('ipPool.delete', { ipAddressPool: wanted.name }).script)).toEqual([]);
    await completed('ipPool.delete', { ipAddressPool: wanted.name });
    expect(inventory()).toBe(before);
  });
});

describe('Inactive addresses', () => {
  /** A job is canceled after it reserved an address, and nobody restarts it. */
  async function leaveOne(): Promise<void> {
    let jobId = '';
    const isReserved = () => test.lab.lists.jobs.get(jobId).steps.find(({ number }) => number === '1.1')?.status === 'Completed';
    test.close();
    await test.open({ pace: () => { if (jobId !== '' && isReserved()) test.lab.jobs.cancel(jobId); return Promise.resolve(); } });
    jobId = test.lab.operations.start('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } });
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Canceled');
    jobId = '';
  }

  it('are those whose holder was never completed, and go back to the pool', async () => {
    await leaveOne();
    const { addresses } = test.lab.logicalNetworks.pool('Contoso_External_Pool01');
    expect(addresses.filter(({ isInactive }) => isInactive)).toMatchObject([{ address: '203.0.113.11', assignedToType: 'VMNetworkGateway' }]);
    const input = { ipAddressPool: 'Contoso_External_Pool01', addresses: ['203.0.113.11'] };
    expect(catalogueProblems(test.lab.operations.script('ipPool.releaseAddresses', input).script)).toEqual([]);
    await completed('ipPool.releaseAddresses', input);
    expect(test.lab.logicalNetworks.pool('Contoso_External_Pool01').addresses.map(({ address }) => address)).toEqual(['203.0.113.10']);
  });

  it('are no addresses that somebody has', () => {
    const input = (...addresses: string[]) => ({ ipAddressPool: 'Contoso_External_Pool01', addresses });
    expectProblem(refusal('ipPool.releaseAddresses', input('203.0.113.10')), 'addresses.0', 'addressInUse', /GatewayVM01/);
    expectProblem(refusal('ipPool.releaseAddresses', input('203.0.113.50')), 'addresses.0', 'addressInUse', /not allocated/);
    expectProblem(refusal('ipPool.releaseAddresses', input('x')), 'addresses.0', 'invalidInput', /no IPv4 address/);
    expectProblem(refusal('ipPool.releaseAddresses', input()), 'addresses', 'nothingToChange', /No address/);
  });
});
