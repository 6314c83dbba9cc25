import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName, type Problem } from '../../../shared/contract/errors.ts';
import { windowsServerGateway } from '../../../shared/contract/gatewayProviders.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open({ initialLab: { lab: 'contoso', gateway: 'absent' } });
});
afterEach(() => test.dispose());

const connectionString = 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch';
const wanted = {
  name: 'Gateway01',
  description: 'The gateway',
  manufacturer: windowsServerGateway.manufacturer,
  model: windowsServerGateway.model,
  runAsAccount: 'GatewayLocalAdmin',
  connectionString,
  configurationProvider: windowsServerGateway.provider,
  hostGroups: ['Contoso-DC'],
};
const frontEnd = { networkService: 'Gateway01', connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0' };
const backEnd = { networkService: 'Gateway01', connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0' };

/** Runs an operation to the end of its job; the job's details. */
async function run(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

/** Problems of an input that is refused; the inventory must be the same afterwards. */
function refusal(id: OperationId, input: unknown): readonly Problem[] {
  const before = JSON.stringify(test.lab.snapshot());
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  return test.lab.operations.check(id, input);
}

async function reopenWith(...replacements: readonly (readonly [string, string])[]): Promise<void> {
  test.dispose();
  test = new TestLab();
  await test.open({ initialLab: { lab: 'contoso', gateway: 'absent' }, labsFolder: test.changedLabs(...replacements) });
}

async function addAndConnect(): Promise<void> {
  for (const [id, input] of [['networkService.add', wanted], ['networkService.addConnection', frontEnd], ['networkService.addConnection', backEnd]] as const) {
    expect((await run(id, input)).status).toBe('Completed');
  }
}

describe('Add Network Service', () => {
  it('makes a gateway device of a virtual machine, and connects it until it carries a tenant', async () => {
    const added = await run('networkService.add', wanted);
    expect(added).toMatchObject({ status: 'Completed', name: 'Add network service device', resultName: 'Gateway01' });
    expect(added.auditRecords.map(({ property }) => property)).toContain('ConnectionString');
    const first = await run('networkService.addConnection', frontEnd);
    expect(first.steps.at(-1)?.message).toContain('Back End connection is not enabled');
    const second = await run('networkService.addConnection', backEnd);
    expect(second).toMatchObject({ status: 'Completed', name: 'Add connection network service device' });
    expect(second.steps.at(-1)?.message).toContain('runs as a multitenant gateway');
    expect(await test.nat('Fabrikam')).toBe('Completed');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('says everything that is wrong at once, each at its place', () => {
    const problems = refusal('networkService.add', {});
    expect(problems.map(({ path }) => path[0])).toEqual(['name', 'manufacturer', 'runAsAccount', 'connectionString', 'configurationProvider', 'hostGroups']);
    for (const { message, recommendedAction } of problems) expect(`${message}${recommendedAction}`.length).toBeGreaterThan(20);
  });

  it.each<[string, Record<string, unknown>, ErrorName, string, RegExp]>([
    ['no name', { name: ' ' }, 'invalidInput', 'name', /no name/],
    ['a hardware gateway', { manufacturer: 'F5', model: 'HNV gateway of BIG-IP' }, 'providerNotAvailable', 'model', /not installed/],
    ['a Windows Server 2012 gateway', { model: 'Windows Server 2012 Gateway' }, 'providerNotAvailable', 'model', /one gateway VM for each/],
    ['a model that nobody makes', { model: 'Gateway 3000' }, 'providerNotAvailable', 'model', /no configuration provider/],
    ['a model with a strange character', { model: 'Gateway <1>' }, 'invalidInput', 'model', /character/],
    ['an account that does not exist', { runAsAccount: 'Nobody' }, 'objectNotFound', 'runAsAccount', /Nobody/],
    ['a pre-shared key as account', { runAsAccount: 'Fabrikam_PSK' }, 'accountNotUsable', 'runAsAccount', /pre-shared key/],
    ['no connection string', { connectionString: '' }, 'connectionStringInvalid', 'connectionString', /empty/],
    ['no VMHost', { connectionString: 'GatewayVM=GatewayVM01' }, 'connectionStringInvalid', 'connectionString', /VMHost is missing/],
    ['an unknown host', { connectionString: 'VMHost=HyperV99;GatewayVM=GatewayVM01' }, 'objectNotFound', 'connectionString', /VMHost names HyperV99/],
    ['an unknown VM', { connectionString: 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM99' }, 'objectNotFound', 'connectionString', /GatewayVM names GatewayVM99/],
    ['a host without its domain', { connectionString: 'VMHost=HyperVGW01;GatewayVM=GatewayVM01' }, 'objectNotFound', 'connectionString', /HyperVGW01/],
    ['another host than the VM is on', { connectionString: 'VMHost=HyperV01.contoso.lab;GatewayVM=GatewayVM01' }, 'connectionStringInvalid', 'connectionString', /is on host HyperVGW01/],
    ['a tenant VM', { connectionString: 'VMHost=HyperV01.contoso.lab;GatewayVM=Adatum-VM01' }, 'adapterNotUsable', 'connectionString', /tenant/],
    ['direct routing without an address', { connectionString: `${connectionString};DirectRoutingMode=True` }, 'connectionStringInvalid', 'connectionString', /FrontEndServerAddress/],
    ['too many VM networks', { connectionString: `${connectionString};MaxVMNetworksSupported=500` }, 'connectionStringInvalid', 'connectionString', /1 to 100/],
    ['another provider', { configurationProvider: 'Their Provider' }, 'providerNotAvailable', 'configurationProvider', /Their Provider/],
    ['no host group', { hostGroups: [] }, 'invalidInput', 'hostGroups', /No host group/],
    ['an unknown host group', { hostGroups: ['Contoso-DC', 'Elsewhere'] }, 'objectNotFound', 'hostGroups', /Elsewhere/],
  ])('refuses %s', (_what, change, code, field, message) => {
    const [found, ...others] = refusal('networkService.add', { ...wanted, ...change });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: errorCodes[code], message: expect.stringMatching(message) as string });
    expect(found?.path[0]).toBe(field);
  });

  it('refuses a second one of the same name, and the same VM twice', async () => {
    expect((await run('networkService.add', wanted)).status).toBe('Completed');
    const problems = refusal('networkService.add', { ...wanted, name: 'GATEWAY01' });
    expect(problems.map(({ code }) => code)).toEqual([errorCodes.nameInUse, errorCodes.objectInUse]);
  });

  it('refuses a host that is itself a virtual machine', async () => {
    await reopenWith(['    dedicatedGateway: true\n    nic: { name: NIC1, mac: 00-15-5D-28-11-01 }', '    dedicatedGateway: true\n    virtual: true\n    nic: { name: NIC1, mac: 00-15-5D-28-11-01 }']);
    expect(refusal('networkService.add', wanted)).toMatchObject([{ code: errorCodes.hostNotUsable, message: expect.stringMatching(/nested virtualization/) as string }]);
  });

  it.each([
    ['the VM is off', ['firewallOn: false', 'firewallOn: false\n    running: false'], /turned off/],
    ['its firewall is on', ['firewallOn: false', 'firewallOn: true'], /firewall is on/],
    ['the role is not installed', ['remoteAccessInstalled: true', 'remoteAccessInstalled: false'], /Remote Access role/],
    ['the account is no administrator', ['GatewayVM01\\Administrator', 'GatewayVM01\\Guest'], /Access is denied/],
    ['the account is of another machine', ['GatewayVM01\\Administrator', 'CONTOSO\\Administrator'], /Access is denied/],
  ] as const)('the job fails when %s, and leaves nothing', async (_what, replacement, message) => {
    await reopenWith(replacement);
    const before = JSON.stringify(test.lab.snapshot());
    const job = await run('networkService.add', wanted);
    expect(job).toMatchObject({ status: 'Failed', error: { code: errorCodes.providerFailed, message: expect.stringMatching(message) as string } });
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it('accepts what VMM accepts: an unknown key, and a switch that does not exist', async () => {
    expect((await run('networkService.add', { ...wanted, connectionString: `${connectionString}x;FrontEndServiceAddress=1.2.3.4` })).status).toBe('Completed');
  });

  it('writes the script of the documented shape', () => {
    const { script } = test.lab.operations.script('networkService.add', wanted);
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(['Get-SCRunAsAccount', 'Get-SCConfigurationProvider', 'Get-SCVMHostGroup', 'Add-SCNetworkService']);
  });
});

describe('Connectivity', () => {
  beforeEach(async () => {
    expect((await run('networkService.add', wanted)).status).toBe('Completed');
  });

  it.each<[string, Record<string, unknown>, ErrorName, string, RegExp]>([
    ['no adapter', { networkAdapter: '' }, 'invalidInput', 'networkAdapter', /No network adapter/],
    ['an adapter that is not there', { networkAdapter: 'Ethernet 9' }, 'objectNotFound', 'networkAdapter', /Ethernet 9/],
    ['an adapter without a switch as front end', { networkAdapter: 'Backend' }, 'adapterNotUsable', 'networkAdapter', /not connected/],
    ['the management adapter with the external site', { networkAdapter: 'Management' }, 'adapterNotUsable', 'networkAdapter', /Contoso_Management_LN01_0/],
    ['no site', { networkSite: '' }, 'invalidInput', 'networkSite', /No network site/],
    ['a site that is not there', { networkSite: 'Nowhere_0' }, 'objectNotFound', 'networkSite', /Nowhere_0/],
    ['the provider network as front end', { networkSite: 'Contoso_HNV_LN01_0' }, 'networkSiteNotUsable', 'networkSite', /virtualized/],
  ])('refuses %s', (_what, change, code, field, message) => {
    const [found] = refusal('networkService.addConnection', { ...frontEnd, ...change });
    expect(found).toMatchObject({ code: errorCodes[code], path: [field], message: expect.stringMatching(message) as string });
  });

  it('refuses a back end on a network without virtualization, and the adapter of the front end', async () => {
    expect(refusal('networkService.addConnection', { ...backEnd, networkSite: 'Contoso_External_LN01_0' })).toMatchObject([{ code: errorCodes.networkSiteNotUsable }]);
    await run('networkService.addConnection', frontEnd);
    expect(refusal('networkService.addConnection', { ...backEnd, networkAdapter: 'External' })).toMatchObject([{ code: errorCodes.adapterNotUsable, message: expect.stringMatching(/Front End connection/) as string }]);
    expect(refusal('networkService.addConnection', frontEnd)).toMatchObject([{ code: errorCodes.nothingToChange }]);
  });

  it('fails with 21426 while the connection string names no switch, and is restarted when it does', async () => {
    expect((await run('networkService.change', { networkService: 'Gateway01', connectionString: 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01' })).status).toBe('Completed');
    const jobId = test.lab.operations.start('networkService.addConnection', backEnd);
    await test.lab.jobs.waitFor(jobId);
    const failed = test.lab.lists.jobs.get(jobId);
    expect(failed.status).toBe('Failed');
    expect(failed.error?.message).toContain('The back end network adapter for Hyper-V Network Virtualization on host HyperVGW01.contoso.lab is neither connected to any virtual switch nor switch name provided in connection string.');
    expect(failed.error?.message).toContain('(Error ID: 21426)');
    expect((await run('networkService.change', { networkService: 'Gateway01', connectionString })).status).toBe('Completed');
    test.lab.jobs.restart(jobId);
    await test.lab.jobs.waitFor(jobId);
    expect(test.lab.lists.jobs.get(jobId).status).toBe('Completed');
  });

  it.each([
    ['a switch that the host does not have', 'BackendSwitch=Other', /no virtual switch named Other/],
    ['a switch name with a space', 'BackendSwitch=Tenant Logical Switch', /neither connected to any virtual switch/],
    ['a misspelled key', 'BackEndSwitch=HNV_Switch', /neither connected to any virtual switch/],
  ])('%s shows only here', async (_what, part, message) => {
    await run('networkService.change', { networkService: 'Gateway01', connectionString: `VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;${part}` });
    expect((await run('networkService.addConnection', backEnd)).error?.message).toMatch(message);
  });

  it('fails while Remote Access is not deployed', async () => {
    await reopenWith(['vpnDeployed: true', 'vpnDeployed: false']);
    await run('networkService.add', wanted);
    expect((await run('networkService.addConnection', backEnd)).error?.message).toMatch(/Deploy VPN only/);
  });

  it('says that a host which is not dedicated carries nothing, though the job succeeds', async () => {
    await reopenWith(['    dedicatedGateway: true\n    nic: { name: NIC1, mac: 00-15-5D-28-11-01 }', '    nic: { name: NIC1, mac: 00-15-5D-28-11-01 }']);
    await run('networkService.add', wanted);
    await run('networkService.addConnection', frontEnd);
    const job = await run('networkService.addConnection', backEnd);
    expect(job.status).toBe('SucceedWithInfo');
    expect(job.steps.at(-1)?.message).toMatch(/not a dedicated network virtualization gateway/);
  });

  it('writes scripts that the catalogue knows', () => {
    for (const input of [frontEnd, backEnd]) expect(catalogueProblems(test.lab.operations.script('networkService.addConnection', input).script)).toEqual([]);
    const { script } = test.lab.operations.script('networkService.change', { networkService: 'Gateway01', name: 'G2', hostGroups: ['All Hosts'], runAsAccount: 'GatewayLocalAdmin' });
    expect(catalogueProblems(script)).toEqual([]);
    expect(catalogueProblems(test.lab.operations.script('networkService.remove', { networkService: 'Gateway01' }).script)).toEqual([]);
  });
});

describe('taking it away again', () => {
  it('gives everything back, so that the lab is as before', async () => {
    const shape = () => JSON.stringify(test.lab.snapshot(), (key, value: unknown) => (key === 'id' ? undefined : value));
    const before = shape();
    await addAndConnect();
    expect(catalogueProblems(test.lab.operations.script('networkService.removeConnection', { networkService: 'Gateway01', connectionType: 'BackEnd' }).script)).toEqual([]);
    expect((await run('networkService.removeConnection', { networkService: 'Gateway01', connectionType: 'BackEnd' })).status).toBe('Completed');
    expect((await run('networkService.remove', { networkService: 'Gateway01' })).status).toBe('Completed');
    expect(shape()).toBe(before);
  });

  it('is refused while a VM network uses it, with its name', async () => {
    await addAndConnect();
    await test.nat('Fabrikam');
    for (const [id, input] of [['networkService.remove', { networkService: 'Gateway01' }], ['networkService.removeConnection', { networkService: 'Gateway01', connectionType: 'FrontEnd' }]] as const) {
      expect(refusal(id, input)).toMatchObject([{ code: errorCodes.objectInUse, message: 'VM network Fabrikam uses Gateway01.' }]);
    }
    expect(refusal('networkService.change', { networkService: 'Gateway01', connectionString: `${connectionString};DirectRoutingMode=True;FrontEndServerAddress=203.0.113.10` })).toMatchObject([{ code: errorCodes.objectInUse }]);
    expect(refusal('networkService.change', { networkService: 'Gateway01' })).toMatchObject([{ code: errorCodes.nothingToChange }]);
    expect((await run('networkService.change', { networkService: 'Gateway01', name: 'Gateway02', description: 'new', hostGroups: ['All Hosts'] })).auditRecords.map(({ property }) => property)).toEqual(['Name', 'Description', 'VMHostGroups']);
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('of a connection that is not enabled says that there is nothing to do', async () => {
    await run('networkService.add', wanted);
    expect(refusal('networkService.removeConnection', { networkService: 'Gateway01', connectionType: 'FrontEnd' })).toMatchObject([{ code: errorCodes.nothingToChange }]);
  });
});
