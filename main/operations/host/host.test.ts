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
  expect(job.status).toMatch(/^(Completed|SucceedWithInfo)$/);
  return job;
}

/** Everything that host operations could change. */
function inventory(): string {
  return JSON.stringify([test.lab.snapshot(), test.lab.lists.inventoryTree.read()]);
}

/** Problems of an input that is refused; the inventory must be the same afterwards. */
function refusal(id: OperationId, input: unknown): readonly Problem[] {
  const before = inventory();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(inventory()).toBe(before);
  return test.lab.operations.check(id, input);
}

const wanted = { name: 'HyperV03.contoso.lab', hostGroup: 'Contoso-DC', runAsAccount: 'GatewayLocalAdmin', nic: 'NIC1', virtualSwitches: ['HNV_Switch'] };
const host = (name: string) => test.lab.snapshot().hosts.find((row) => row.name === name);
const switchesOf = (name: string) => test.lab.snapshot().virtualSwitches.filter(({ hostId }) => hostId === host(name)?.id).map((row) => row.name);
const groupOf = (name: string) => {
  const tree = test.lab.lists.inventoryTree.read();
  const id = tree.hosts.find((row) => row.name === name)?.hostGroupId;
  return tree.hostGroups.find((group) => group.id === id)?.name;
};

describe('Add Host', () => {
  it('makes a host on which tenants run at once', async () => {
    const job = await completed('host.add', wanted);
    expect(job).toMatchObject({ status: 'Completed', name: 'Add virtual machine host', resultName: wanted.name });
    expect(job.auditRecords.map(({ property }) => property)).toEqual(expect.arrayContaining(['Name', 'VMHostGroup', 'RunAsAccount', 'VirtualNetworks']));
    expect(groupOf(wanted.name)).toBe('Contoso-DC');
    expect(switchesOf(wanted.name)).toEqual(['HNV_Switch']);
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM09', host: wanted.name, adapters: [{ connection: 'vmNetwork', network: 'Fabrikam' }] });
    const ping = test.lab.probes.startPing({ virtualMachine: 'Fabrikam-VM09', destination: '10.30.1.4', count: 1 });
    test.lab.advance(6e9);
    expect(test.lab.probes.pingState(ping).received).toBe(1);
  });

  it('gives each network adapter the lowest MAC address that nothing else has', async () => {
    const macs = () => ['HyperV03', 'HyperV04'].map((name) => host(`${name}.contoso.lab`)?.nicMac);
    await completed('host.add', wanted);
    await completed('host.add', { ...wanted, name: 'HyperV04.contoso.lab' });
    const [first, second] = macs();
    expect(second).toBe((first ?? 0) + 1);
    await completed('host.remove', { host: 'HyperV03.contoso.lab' });
    await completed('host.add', wanted);
    expect(macs()).toEqual([first, second]);
    const all = test.lab.snapshot();
    const everyMac = [...all.hosts.map(({ nicMac }) => nicMac), ...all.adapters.map(({ mac }) => mac), ...all.providerAddresses.map(({ mac }) => mac), ...all.virtualSubnets.map(({ routerMac }) => routerMac)];
    expect(new Set(everyMac).size).toBe(everyMac.length);
  });

  it('says that a host without virtual switch connects nobody', async () => {
    expect((await run('host.add', { ...wanted, virtualSwitches: [] })).status).toBe('SucceedWithInfo');
  });

  it('takes a host that is itself a virtual machine, but not for a gateway', async () => {
    await completed('host.add', { ...wanted, isVirtual: true });
    expect(refusal('host.change', { host: wanted.name, isDedicatedGateway: true })).toMatchObject([{ code: errorCodes.hostNotUsable, path: ['isDedicatedGateway'] }]);
  });

  it.each<[string, Record<string, unknown>, ErrorName, (string | number)[]]>([
    ['no name', { name: '' }, 'invalidInput', ['name']],
    ['a name without domain', { name: 'HyperV03' }, 'invalidInput', ['name']],
    ['an address for a name', { name: '192.168.10.3' }, 'invalidInput', ['name']],
    ['a name with a space', { name: 'Hyper V03.contoso.lab' }, 'invalidInput', ['name']],
    ['a name with an empty part', { name: 'HyperV03..lab' }, 'invalidInput', ['name']],
    ['a host that is managed already, whatever its case', { name: 'HYPERV01.contoso.LAB' }, 'nameInUse', ['name']],
    ['no host group', { hostGroup: '' }, 'invalidInput', ['hostGroup']],
    ['a host group that does not exist', { hostGroup: 'Nowhere' }, 'objectNotFound', ['hostGroup']],
    ['no Run As account', { runAsAccount: '' }, 'invalidInput', ['runAsAccount']],
    ['a pre-shared key as account', { runAsAccount: 'Fabrikam_PSK' }, 'accountNotUsable', ['runAsAccount']],
    ['no name of the network adapter', { nic: '' }, 'invalidInput', ['nic']],
    ['two virtual switches of one name', { virtualSwitches: ['Tenant', 'tenant'] }, 'nameInUse', ['virtualSwitches', 1]],
    ['a virtual switch without name', { virtualSwitches: ['Tenant', ''] }, 'invalidInput', ['virtualSwitches', 1]],
    ['a virtual switch that no connection string could name', { virtualSwitches: ['A;B'] }, 'invalidInput', ['virtualSwitches', 0]],
    ['a virtual machine as dedicated gateway', { isVirtual: true, isDedicatedGateway: true }, 'hostNotUsable', ['isDedicatedGateway']],
    ['a virtual machine of the lab as physical host', { name: 'Fabrikam-VM01.contoso.lab' }, 'hostNotUsable', ['isVirtual']],
  ])('refuses %s', (_what, change, code, path) => {
    expect(refusal('host.add', { ...wanted, ...change })).toMatchObject([{ code: errorCodes[code], path }]);
  });

  it('names every problem of a half-filled wizard at once', () => {
    expect(refusal('host.add', {}).map(({ path }) => path.join('.'))).toEqual(['name', 'hostGroup', 'runAsAccount', 'nic']);
  });
});

describe('Properties of a host', () => {
  it('Host Access refuses a host with tenants that need network virtualization, and names them', () => {
    const problems = refusal('host.change', { host: 'HyperV01.contoso.lab', isDedicatedGateway: true });
    const there = test.lab.snapshot().virtualMachines.filter(({ hostId }) => hostId === host('HyperV01.contoso.lab')?.id);
    expect(there.length).toBeGreaterThan(0);
    for (const { name } of there) expect(problems[0]?.message).toContain(name);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: errorCodes.objectInUse, path: ['isDedicatedGateway'] });
  });

  it('Host Access is given up with a warning while no VM network uses the gateway, and not at all while one does', async () => {
    const input = { host: 'HyperVGW01.contoso.lab', isDedicatedGateway: false };
    await test.nat('Fabrikam');
    expect(refusal('host.change', input)).toMatchObject([{ code: errorCodes.objectInUse, path: ['isDedicatedGateway'], message: expect.stringContaining('Fabrikam') as string }]);
    await test.setConnectivity({ vmNetwork: 'Fabrikam', directConnection: null });
    const job = await run('host.change', input);
    expect(job.status).toBe('SucceedWithInfo');
    expect(job.steps.at(-1)?.message).toContain('Gateway01');
    expect(host(input.host)?.isDedicatedGateway).toBe(0);
    await completed('host.change', { ...input, isDedicatedGateway: true });
    expect(host(input.host)?.isDedicatedGateway).toBe(1);
  });

  it('a host moves to a group that can use its network sites, and to no other', async () => {
    await completed('hostGroup.create', { name: 'Rack1', parent: 'Contoso-DC' });
    await completed('hostGroup.create', { name: 'Branch' });
    await completed('host.change', { host: 'HyperV01.contoso.lab', hostGroup: 'Rack1' });
    expect(groupOf('HyperV01.contoso.lab')).toBe('Rack1');
    const problems = refusal('host.change', { host: 'HyperV01.contoso.lab', hostGroup: 'Branch' });
    expect(problems[0]).toMatchObject({ code: errorCodes.networkSiteNotUsable, path: ['hostGroup'], message: expect.stringContaining('Contoso_HNV_LN01_0') as string });
    expect(refusal('host.change', { host: 'HyperVGW01.contoso.lab', hostGroup: 'Branch' }).map(({ message }) => message).join()).toContain('Gateway01');
    await completed('host.change', { host: 'HyperVGW02.contoso.lab', hostGroup: 'Branch' });
  });

  it('virtual switches are added, renamed and removed, and two may exchange their names', async () => {
    const name = 'HyperVGW02.contoso.lab';
    await completed('host.change', { host: name, virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'A' }, { name: 'B' }] });
    const before = test.lab.snapshot().virtualSwitches.filter(({ hostId }) => hostId === host(name)?.id);
    await completed('host.change', { host: name, virtualSwitches: [{ virtualSwitch: 'A', name: 'B' }, { virtualSwitch: 'B', name: 'A' }] });
    const after = test.lab.snapshot().virtualSwitches.filter(({ hostId }) => hostId === host(name)?.id);
    expect(new Map(after.map((row) => [row.id, row.name]))).toEqual(new Map(before.map((row) => [row.id, row.name === 'A' ? 'B' : 'A'])));
    await completed('host.change', { host: name, virtualSwitches: [] });
    expect(switchesOf(name)).toEqual([]);
  });

  it('an account that a host works with cannot be deleted until the host has another', async () => {
    await completed('runAsAccount.create', { name: 'HostAdmin', userName: 'CONTOSO\\hostadmin', secret: 'Correct-Horse-7!battery' });
    await completed('host.add', { ...wanted, runAsAccount: 'HostAdmin' });
    expect(refusal('runAsAccount.delete', { runAsAccount: 'HostAdmin' })).toMatchObject([{ code: errorCodes.objectInUse, message: expect.stringContaining(wanted.name) as string }]);
    await completed('host.change', { host: wanted.name, runAsAccount: 'GatewayLocalAdmin' });
    await completed('runAsAccount.delete', { runAsAccount: 'HostAdmin' });
  });

  it.each<[string, Record<string, unknown>, ErrorName, string]>([
    ['nothing new', { isDedicatedGateway: false, hostGroup: 'contoso-dc' }, 'nothingToChange', ''],
    ['an unknown host', { host: 'HyperV77.contoso.lab' }, 'objectNotFound', 'host'],
    ['no host group', { hostGroup: '' }, 'invalidInput', 'hostGroup'],
    ['a pre-shared key as account', { runAsAccount: 'Fabrikam_PSK' }, 'accountNotUsable', 'runAsAccount'],
    ['the removal of a switch with adapters', { virtualSwitches: [] }, 'objectInUse', 'virtualSwitches'],
    ['a switch that the host does not have', { virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { virtualSwitch: 'Other', name: 'X' }] }, 'objectNotFound', 'virtualSwitches.1.name'],
    ['one switch under two names', { virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { virtualSwitch: 'hnv_switch', name: 'X' }] }, 'invalidInput', 'virtualSwitches.1.name'],
    ['a second switch of the same name', { virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'HNV_Switch' }, { name: 'hnv_switch' }] }, 'nameInUse', 'virtualSwitches.1.name'],
  ])('refuses %s', (_what, change, code, path) => {
    const problems = refusal('host.change', { host: 'HyperV01.contoso.lab', ...change });
    expect(problems[0]).toMatchObject({ code: errorCodes[code] });
    expect(problems[0]?.path.join('.')).toBe(path);
  });

  it('refuses to rename the switch that a connection string names', () => {
    const problems = refusal('host.change', { host: 'HyperVGW01.contoso.lab', virtualSwitches: [{ virtualSwitch: 'HNV_Switch', name: 'Other' }] });
    expect(problems).toMatchObject([{ code: errorCodes.objectInUse, path: ['virtualSwitches', 0, 'name'], message: expect.stringContaining('BackendSwitch') as string }]);
  });

  it('are read for the window, with what is connected to each switch', () => {
    const properties = test.lab.hosts.properties(host('HyperVGW01.contoso.lab')?.id ?? '');
    expect(properties).toMatchObject({ name: 'HyperVGW01.contoso.lab', hostGroup: 'Contoso-DC', runAsAccountId: null, isVirtual: false, isDedicatedGateway: true, networkServices: ['Gateway01'], nic: { name: 'NIC1', mac: '00-15-5D-28-11-01' } });
    expect(properties.virtualSwitches).toMatchObject([{ name: 'HNV_Switch', users: expect.arrayContaining([expect.stringContaining('GatewayVM01')]) as string[] }]);
  });
});

describe('Remove Host', () => {
  it('takes away a host on which nothing is, and names what is on others', async () => {
    await completed('host.remove', { host: 'HyperVGW02.contoso.lab' });
    expect(host('HyperVGW02.contoso.lab')).toBeUndefined();
    const messages = refusal('host.remove', { host: 'HyperVGW01.contoso.lab' }).map(({ message }) => message).join();
    expect(messages).toContain('Network service Gateway01');
    expect(messages).toContain('Virtual machine GatewayVM01');
    expect(refusal('host.remove', { host: 'HyperVGW02.contoso.lab' })).toMatchObject([{ code: errorCodes.objectNotFound }]);
  });
});

it('scripts use only what VMM has', async () => {
  await completed('hostGroup.create', { name: 'Rack1', parent: 'Contoso-DC' });
  const inputs: readonly (readonly [OperationId, unknown])[] = [
    ['host.add', { ...wanted, isDedicatedGateway: true }],
    ['host.change', { host: 'HyperVGW02.contoso.lab', hostGroup: 'Rack1', runAsAccount: 'GatewayLocalAdmin', isDedicatedGateway: false, virtualSwitches: [{ name: 'New' }, { virtualSwitch: 'HNV_Switch', name: 'Old' }] }],
    ['host.change', { host: 'HyperVGW02.contoso.lab', virtualSwitches: [] }],
    ['host.remove', { host: 'HyperVGW02.contoso.lab' }],
    ['hostGroup.create', { name: 'Rack2', parent: 'Contoso-DC' }],
    ['hostGroup.rename', { hostGroup: 'Rack1', name: 'Rack3' }],
    ['hostGroup.move', { hostGroup: 'Rack1', parent: 'All Hosts' }],
    ['hostGroup.delete', { hostGroup: 'Rack1' }],
  ];
  for (const [id, input] of inputs) expect(catalogueProblems(test.lab.operations.script(id, input).script), id).toEqual([]);
});
