import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName, type Problem } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';
import { placementWeights } from './placementWeights.ts';

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
  await test.open({ labsFolder: test.changedLabs(...replacements) });
}

const inFabrikam = { connection: 'vmNetwork', network: 'Fabrikam' } as const;
const tenant = { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM03', host: 'HyperV01.contoso.lab', adapters: [inFabrikam] };
const gateway = { vmTemplate: 'GatewayTemplate', name: 'GatewayVM02', host: 'HyperVGW02.contoso.lab', role: 'gateway' };
const machine = (name: string) => test.lab.snapshot().virtualMachines.find((row) => row.name === name);
const adaptersOf = (name: string) => test.lab.snapshot().adapters.filter((row) => row.virtualMachineId === machine(name)?.id);
const allocations = () => test.lab.snapshot().allocations.map(({ poolId, address, holderType }) => `${poolId} ${address} ${holderType}`).sort();

/** Replies of one echo request between two machines. */
function replies(from: string, to: string): number {
  const id = test.lab.probes.startPing({ virtualMachine: from, destination: to, count: 1 });
  test.lab.advance(6e9);
  return test.lab.probes.pingState(id).received;
}

describe('Create Virtual Machine', () => {
  it('makes a tenant\'s machine that pings at once, and through the gateway as soon as NAT is there', async () => {
    const job = await run('virtualMachine.create', tenant);
    expect(job).toMatchObject({ status: 'Completed', name: 'Create Virtual Machine', resultName: 'Fabrikam-VM03' });
    expect(test.lab.lists.virtualMachines.list({ offset: 0, limit: 5, filter: 'Fabrikam-VM03' }).rows).toMatchObject([{ running: true, vmNetwork: 'Fabrikam', address: '10.30.1.6', mac: '00-1D-D8-B7-1C-00', role: 'tenant' }]);
    expect([replies('Fabrikam-VM03', '10.30.1.4'), replies('Fabrikam-VM03', '10.30.1.5'), replies('Fabrikam-VM02', '10.30.1.6')]).toEqual([1, 1, 1]);
    expect(replies('Adatum-VM01', '10.30.1.6')).toBe(0);
    await test.nat('Fabrikam');
    expect(test.repliesTo('Fabrikam-VM03')).toBe(1);
  });

  it('grants a provider address on a host that the virtual subnet was not on', async () => {
    await reopenWith(['- name: Fabrikam-VM02\n    host: HyperV02.contoso.lab', '- name: Fabrikam-VM02\n    host: HyperV01.contoso.lab']);
    const before = test.lab.snapshot().providerAddresses.length;
    await run('virtualMachine.create', { ...tenant, host: 'HyperV02.contoso.lab' });
    expect(test.lab.snapshot().providerAddresses.length).toBe(before + 1);
    expect(replies('Fabrikam-VM03', '10.30.1.4')).toBe(1);
  });

  it('makes the gateway-to-be of the article: adapters as in the template, the guest still as the image has it', async () => {
    expect((await run('virtualMachine.create', gateway)).status).toBe('Completed');
    expect(machine('GatewayVM02')).toMatchObject({ role: 'gateway', running: 1, firewallOn: 1, remoteAccessInstalled: 0, vpnDeployed: 0 });
    const adapters = adaptersOf('GatewayVM02');
    expect(adapters.map(({ name }) => name)).toEqual(['Ethernet', 'Ethernet 2', 'Ethernet 3']);
    expect(adapters.map(({ virtualSwitchId, siteSubnetId, allocationId }) => [virtualSwitchId, siteSubnetId, allocationId].map((value) => value !== null))).toEqual([[true, true, true], [true, true, true], [false, false, false]]);
    expect(new Set(test.lab.snapshot().adapters.map(({ mac }) => mac)).size).toBe(test.lab.snapshot().adapters.length);
  });

  it('makes a gateway-to-be that is no gateway yet: the provider finds its firewall on, and nobody else notices', async () => {
    await run('virtualMachine.create', gateway);
    const job = await run('networkService.add', {
      name: 'Gateway02',
      manufacturer: 'Microsoft',
      model: 'Microsoft Windows Server Gateway',
      runAsAccount: 'GatewayLocalAdmin',
      connectionString: 'VMHost=HyperVGW02.contoso.lab;GatewayVM=GatewayVM02;BackendSwitch=HNV_Switch',
      configurationProvider: 'Microsoft Windows Server Gateway Provider',
      hostGroups: ['Contoso-DC'],
    });
    expect(job.status).toBe('Failed');
    expect(job.error?.message).toContain('firewall is on');
    await test.nat('Fabrikam');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('takes the wanted address, and gives two adapters of a pool two addresses', async () => {
    await run('virtualMachine.create', { ...tenant, adapters: [{ ...inFabrikam, ipAddress: '10.30.1.77' }, inFabrikam, { ...inFabrikam, vmSubnet: 'Fabrikam_Subnet01' }] });
    const held = test.lab.snapshot().allocations.filter(({ description }) => description.endsWith('of Fabrikam-VM03'));
    expect(held.map(({ address }) => address & 255).sort((one, other) => one - other)).toEqual([6, 7, 77]);
  });

  it('stays off when it is not to be started', async () => {
    await run('virtualMachine.create', { ...tenant, start: false });
    expect(machine('Fabrikam-VM03')).toMatchObject({ running: 0 });
    expect(replies('Fabrikam-VM01', '10.30.1.6')).toBe(0);
    expect((await run('virtualMachine.start', { virtualMachine: 'Fabrikam-VM03' })).status).toBe('Completed');
    expect(replies('Fabrikam-VM01', '10.30.1.6')).toBe(1);
  });

  it('does not make two machines of one name, nor gives one address twice, when two jobs run at once', async () => {
    const jobs = ['Fabrikam-VM03', 'Fabrikam-VM04', 'Fabrikam-VM03'].map((name) => {
      const input = { ...tenant, name, host: name.endsWith('3') ? 'HyperV01.contoso.lab' : 'HyperV02.contoso.lab' };
      return test.lab.operations.start('virtualMachine.create', input);
    });
    expect(await Promise.all(jobs.map((id) => test.lab.jobs.waitFor(id)))).toEqual(['Completed', 'Completed', 'Failed']);
    expect(adaptersOf('Fabrikam-VM03').length).toBe(1);
    expect(replies('Fabrikam-VM03', '10.30.1.7')).toBe(1);
  });

  it.each([
    ['created', 2, undefined],
    ['started', 3, 0],
  ] as const)('canceled before it is %s leaves whole steps only, and restarted goes on', async (_what, cancelAt, running) => {
    test.dispose();
    test = new TestLab();
    let steps = 0;
    const lab = await test.open({
      pace: () => {
        steps += 1;
        if (steps === cancelAt) lab.jobs.cancel(jobId);
        return Promise.resolve();
      },
    });
    const before = JSON.stringify(lab.snapshot());
    const jobId = lab.operations.start('virtualMachine.create', tenant);
    expect(await lab.jobs.waitFor(jobId)).toBe('Canceled');
    if (running === undefined) expect(JSON.stringify(lab.snapshot())).toBe(before);
    expect(machine('Fabrikam-VM03')?.running).toBe(running);
    lab.jobs.restart(jobId);
    expect(await lab.jobs.waitFor(jobId)).toBe('Completed');
    expect(replies('Fabrikam-VM03', '10.30.1.4')).toBe(1);
  });

  it('has a script with cmdlets and parameters of VMM 2012 R2 only', () => {
    const { script } = test.lab.operations.script('virtualMachine.create', { ...tenant, adapters: [{ ...inFabrikam, ipAddress: '10.30.1.77' }, {}] });
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.at(-1)?.cmdlet).toBe('New-SCVirtualMachine');
    expect(String(script)).toContain('IPv4Address = "10.30.1.77"');
  });
});

describe('Create Virtual Machine refuses', () => {
  it.each([
    ['no template', { vmTemplate: '' }, 'invalidInput', 'vmTemplate', /No VM template/],
    ['an unknown template', { vmTemplate: 'Nothing' }, 'objectNotFound', 'vmTemplate', /Nothing/],
    ['no name', { name: '' }, 'invalidInput', 'name', /no name/],
    ['a name of 16 characters', { name: 'Fabrikam-VM00016' }, 'invalidInput', 'name', /16 characters.*at most 15.*NetBIOS/],
    ['a name with a blank', { name: 'Fabrikam VM03' }, 'invalidInput', 'name', /no computer name/],
    ['a name with a hyphen at its end', { name: 'Fabrikam-' }, 'invalidInput', 'name', /no computer name/],
    ['a name of digits', { name: '2012' }, 'invalidInput', 'name', /only digits/],
    ['a name that another has', { name: 'FABRIKAM-vm01' }, 'nameInUse', 'name', /Fabrikam-VM01/],
    ['no host', { host: '' }, 'invalidInput', 'host', /No host/],
    ['an unknown host', { host: 'HyperV77' }, 'objectNotFound', 'host', /HyperV77/],
    ['the dedicated gateway host', { host: 'HyperVGW01.contoso.lab' }, 'hostNotUsable', 'host', /dedicated network virtualization gateway.*Fabrikam/],
    ['an unknown VM network', { adapters: [{ connection: 'vmNetwork', network: 'Northwind' }] }, 'objectNotFound', 'adapters.0.network', /Northwind/],
    ['an adapter without its network', { adapters: [inFabrikam, { connection: 'vmNetwork' }] }, 'invalidInput', 'adapters.1.network', /No network/],
    ['a VM subnet of another network', { adapters: [{ ...inFabrikam, vmSubnet: 'Adatum_Subnet01' }] }, 'objectNotFound', 'adapters.0.vmSubnet', /Adatum_Subnet01/],
    ['the provider network', { adapters: [{ connection: 'logicalNetwork', network: 'Contoso_HNV_LN01' }] }, 'networkNotUsable', 'adapters.0.network', /carries network virtualization/],
    ['an address that is none', { adapters: [{ ...inFabrikam, ipAddress: '10.30.1' }] }, 'invalidInput', 'adapters.0.ipAddress', /no IPv4 address/],
    ['an address of another machine', { adapters: [{ ...inFabrikam, ipAddress: '10.30.1.5' }] }, 'addressInUse', 'adapters.0.ipAddress', /10\.30\.1\.5 .*Fabrikam-VM02/],
    ['the address of the distributed router', { adapters: [{ ...inFabrikam, ipAddress: '10.30.1.1' }] }, 'addressReserved', 'adapters.0.ipAddress', /default gateway/],
    ['an address outside the pool', { adapters: [{ ...inFabrikam, ipAddress: '10.30.2.4' }] }, 'addressOutsidePool', 'adapters.0.ipAddress', /Fabrikam_Subnet01_Pool/],
    ['one address for two adapters', { adapters: [{ ...inFabrikam, ipAddress: '10.30.1.9' }, { ...inFabrikam, ipAddress: '10.30.1.9' }] }, 'addressInUse', 'adapters.1.ipAddress', /two adapters/],
    ['a gateway in a VM network', { role: 'gateway' }, 'adapterNotUsable', 'adapters.0.network', /gateway's adapter/],
    ['nine adapters', { adapters: Array.from({ length: 9 }, () => ({})) }, 'invalidInput', 'adapters', /9 network adapters/],
  ] as [string, object, ErrorName, string, RegExp][])('%s', (_what, change, code, path, message) => {
    const problems = refusal('virtualMachine.create', { ...tenant, ...change });
    expect(problems.map((problem) => [problem.code, problem.path.join('.')])).toEqual([[errorCodes[code], path]]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.recommendedAction).not.toBe('');
  });

  it('everything at once when nothing is filled in', () => {
    expect(refusal('virtualMachine.create', {}).map(({ path }) => path.join('.'))).toEqual(['vmTemplate', 'name', 'host']);
  });

  it('a pool with one address left for two adapters', async () => {
    await reopenWith(['name: Fabrikam_Subnet01_Pool\n          start: 10.30.1.4\n          end: 10.30.1.254', 'name: Fabrikam_Subnet01_Pool\n          start: 10.30.1.4\n          end: 10.30.1.6']);
    expect(refusal('virtualMachine.create', { ...tenant, adapters: [inFabrikam, inFabrikam] })).toMatchObject([{ code: errorCodes.poolExhausted, path: ['adapters', 1, 'network'] }]);
    expect((await run('virtualMachine.create', tenant)).status).toBe('Completed');
    expect(refusal('virtualMachine.create', { ...tenant, name: 'Fabrikam-VM04' })).toMatchObject([{ code: errorCodes.poolExhausted, path: ['adapters', 0, 'network'] }]);
  });

  it('a logical network without a pool', async () => {
    await reopenWith(['            pools:\n              # No gateway here: the default gateway of a gateway virtual machine is on its front end.\n              - name: Contoso_Management_Pool01\n                start: 192.168.10.50\n                end: 192.168.10.199\n', ''], [', networkSite: Contoso_Management_LN01_0, address: 192.168.10.50', '']);
    expect(refusal('virtualMachine.create', gateway)).toMatchObject([{ code: errorCodes.poolMissing, path: ['adapters', 1, 'network'] }]);
  });
});

describe('placement', () => {
  const place = (adapters: readonly { connection: 'vmNetwork' | 'logicalNetwork'; network: string }[], role: 'tenant' | 'gateway' = 'tenant') =>
    test.lab.forms.placement({ role, adapters: adapters.map((adapter) => ({ ...adapter, vmSubnet: '', ipAddress: '' })) }).hosts;
  const starsOf = (hosts: ReturnType<typeof place>): Record<string, number> => Object.fromEntries(hosts.map(({ name, stars }) => [name.replace('.contoso.lab', ''), stars]));
  const reasonsOf = (hosts: ReturnType<typeof place>, host: string) => hosts.find(({ name }) => name.startsWith(host))?.reasons.map(({ text }) => text).join(' ');

  it('offers a tenant\'s machine every host but the dedicated ones, best first', () => {
    const hosts = place([inFabrikam]);
    expect(starsOf(hosts)).toEqual({ HyperV01: 5, HyperV02: 5, HyperVGW01: 0, HyperVGW02: 0 });
    expect(hosts.map(({ stars }) => stars)).toEqual([5, 5, 0, 0]);
    expect(reasonsOf(hosts, 'HyperVGW01')).toMatch(/dedicated network virtualization gateway/);
  });

  it('offers a gateway-to-be the dedicated hosts first', () => {
    const external = { connection: 'logicalNetwork', network: 'Contoso_External_LN01' } as const;
    const hosts = place([external], 'gateway');
    expect(starsOf(hosts)).toEqual({ HyperVGW01: 5, HyperVGW02: 5, HyperV01: placementWeights.best - placementWeights.ordinaryHostForGateway, HyperV02: placementWeights.best - placementWeights.ordinaryHostForGateway });
    expect(starsOf(place([external]))).toMatchObject({ HyperV01: 5, HyperVGW02: placementWeights.best - placementWeights.dedicatedHostForTenant });
  });

  it('gives no star to a host that is itself a virtual machine, has no switch, or no uplink with the logical network', async () => {
    await reopenWith(
      ['nic: { name: NIC1, mac: 00-15-5D-28-12-01 }\n    virtualSwitches: [HNV_Switch]', 'nic: { name: NIC1, mac: 00-15-5D-28-12-01 }'],
      ['  - name: Contoso-DC\n    parent: All Hosts', '  - name: Contoso-DC\n    parent: All Hosts\n  - name: Branch\n    parent: All Hosts'],
      ['logicalNetworks:', '  - { name: Nested, hostGroup: Contoso-DC, virtual: true, nic: { name: N, mac: 00-15-5D-28-13-01 }, virtualSwitches: [S] }\n  - { name: Remote, hostGroup: Branch, nic: { name: N, mac: 00-15-5D-28-14-01 }, virtualSwitches: [S] }\n\nlogicalNetworks:'],
    );
    const hosts = place([inFabrikam]);
    expect(starsOf(hosts)).toEqual({ HyperV01: 5, HyperV02: 5, HyperVGW01: 0, HyperVGW02: 0, Nested: 0, Remote: 0 });
    expect(reasonsOf(hosts, 'HyperVGW02')).toMatch(/no virtual switch/);
    expect(reasonsOf(hosts, 'Nested')).toMatch(/itself a virtual machine/);
    expect(reasonsOf(hosts, 'Remote')).toMatch(/no uplink with logical network Contoso_HNV_LN01/);
    expect(starsOf(place([]))).toMatchObject({ Nested: 5, Remote: 5 });
    for (const host of ['Nested', 'Remote', 'HyperVGW02.contoso.lab']) {
      const problems = refusal('virtualMachine.create', { ...tenant, host });
      expect(problems.map(({ code }) => code)).toContain(errorCodes.hostNotUsable);
      expect(reasonsOf(hosts, host)).toBe(problems.map(({ message }) => message).join(' '));
    }
  });

  it('takes a star for every ten virtual machines, but never the last one', async () => {
    for (let at = 0; at < placementWeights.machinesPerStar - 2; at += 1) await run('virtualMachine.create', { ...tenant, name: `Load-${at}`, adapters: [] });
    const hosts = place([inFabrikam]);
    expect(hosts.map(({ name, stars }) => [name.split('.')[0], stars]).slice(0, 2)).toEqual([['HyperV02', 5], ['HyperV01', 4]]);
    expect(reasonsOf(hosts, 'HyperV01')).toMatch(/10 virtual machines/);
  });

  it('finds a host without a provider address to give', async () => {
    await reopenWith(['end: 172.16.40.250', 'end: 172.16.40.12'], ['- name: Fabrikam-VM02\n    host: HyperV02.contoso.lab', '- name: Fabrikam-VM02\n    host: HyperV01.contoso.lab']);
    expect(starsOf(place([inFabrikam]))).toMatchObject({ HyperV01: 5, HyperV02: 0 });
    expect(refusal('virtualMachine.create', { ...tenant, host: 'HyperV02.contoso.lab' })).toMatchObject([{ code: errorCodes.hostNotUsable, path: ['host'] }]);
  });
});

describe('power and delete', () => {
  it('have scripts with cmdlets and parameters of VMM 2012 R2 only', async () => {
    const commandOf = (id: OperationId, input: object) => {
      const { script } = test.lab.operations.script(id, { virtualMachine: 'Fabrikam-VM01', ...input });
      expect(catalogueProblems(script)).toEqual([]);
      return String(script).split('\n')[1];
    };
    expect(commandOf('virtualMachine.stop', {})).toBe('Stop-SCVirtualMachine -VM $vm -Shutdown');
    expect(commandOf('virtualMachine.stop', { powerOff: true })).toBe('Stop-SCVirtualMachine -VM $vm -Force');
    await run('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM01' });
    expect(commandOf('virtualMachine.start', {})).toBe('Start-SCVirtualMachine -VM $vm');
    expect(commandOf('virtualMachine.delete', {})).toBe('Remove-SCVirtualMachine -VM $vm');
  });

  it('a stopped machine answers nobody, and answers again when it is started', async () => {
    expect(replies('Fabrikam-VM01', '10.30.1.5')).toBe(1);
    expect((await run('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM02' })).name).toBe('Shut down virtual machine');
    expect(replies('Fabrikam-VM01', '10.30.1.5')).toBe(0);
    await run('virtualMachine.start', { virtualMachine: 'Fabrikam-VM02' });
    expect(replies('Fabrikam-VM01', '10.30.1.5')).toBe(1);
    expect((await run('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM02', powerOff: true })).name).toBe('Power off virtual machine');
  });

  it('stopping the gateway says whom it cuts off', async () => {
    await test.nat('Fabrikam');
    const job = await run('virtualMachine.stop', { virtualMachine: 'GatewayVM01' });
    expect(job.status).toBe('SucceedWithInfo');
    expect(JSON.stringify(job.steps)).toContain('VM network Fabrikam cannot reach');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(0);
  });

  it('what is running already, or stopped already, is not started or stopped', async () => {
    expect(refusal('virtualMachine.start', { virtualMachine: 'Fabrikam-VM01' })).toMatchObject([{ code: errorCodes.nothingToChange }]);
    await run('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM01' });
    expect(refusal('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM01' })).toMatchObject([{ code: errorCodes.nothingToChange }]);
    expect(refusal('virtualMachine.stop', { virtualMachine: 'Nobody' })).toMatchObject([{ code: errorCodes.objectNotFound }]);
  });

  it('a running machine, and the one of a gateway device, are not deleted', async () => {
    expect(refusal('virtualMachine.delete', { virtualMachine: 'Fabrikam-VM01' })).toMatchObject([{ code: errorCodes.machineRunning }]);
    expect(refusal('virtualMachine.delete', { virtualMachine: 'GatewayVM01' }).map(({ code }) => code)).toEqual([errorCodes.objectInUse, errorCodes.machineRunning]);
    await run('virtualMachine.stop', { virtualMachine: 'GatewayVM01' });
    expect(refusal('virtualMachine.delete', { virtualMachine: 'GatewayVM01' })).toMatchObject([{ code: errorCodes.objectInUse }]);
  });

  it('a running machine is deleted when it may be powered off first; the one of a gateway device is not', async () => {
    const deletion = { virtualMachine: 'Fabrikam-VM02', powerOff: true };
    expect(test.lab.operations.script('virtualMachine.delete', deletion).script.toText('')).toMatch(/Stop-SCVirtualMachine -VM \$vm -Force[^]*Remove-SCVirtualMachine -VM \$vm/);
    const { status, steps } = await run('virtualMachine.delete', deletion);
    expect(status).toBe('Completed');
    expect(steps.map(({ number, name }) => [number, name])).toEqual([['1', 'Remove virtual machine Fabrikam-VM02'], ['1.1', 'Power off virtual machine Fabrikam-VM02'], ['1.2', 'Remove virtual machine Fabrikam-VM02']]);
    expect(replies('Fabrikam-VM01', '10.30.1.5')).toBe(0);
    expect(refusal('virtualMachine.delete', { virtualMachine: 'GatewayVM01', powerOff: true })).toMatchObject([{ code: errorCodes.objectInUse }]);
  });

  it('deleting gives back addresses and the provider address that nobody else needs: all is as before the creation', async () => {
    await reopenWith(['- name: Fabrikam-VM02\n    host: HyperV02.contoso.lab', '- name: Fabrikam-VM02\n    host: HyperV01.contoso.lab']);
    const before = [allocations(), test.lab.snapshot().providerAddresses.length];
    const [allocated, granted] = [allocations().length, test.lab.snapshot().providerAddresses.length];
    await run('virtualMachine.create', { ...tenant, host: 'HyperV02.contoso.lab', start: false });
    expect([allocations().length, test.lab.snapshot().providerAddresses.length]).toEqual([allocated + 2, granted + 1]);
    expect((await run('virtualMachine.delete', { virtualMachine: 'Fabrikam-VM03' })).status).toBe('Completed');
    expect([allocations(), test.lab.snapshot().providerAddresses.length]).toEqual(before);
    expect(test.lab.lists.virtualMachines.list({ offset: 0, limit: 5, filter: 'Fabrikam-VM03' }).total).toBe(0);
    expect(replies('Fabrikam-VM01', '10.30.1.5')).toBe(1);
  });

  it('deleting one of two machines on a host leaves the other its provider address', async () => {
    await run('virtualMachine.create', { ...tenant, start: false });
    await run('virtualMachine.delete', { virtualMachine: 'Fabrikam-VM03' });
    expect(replies('Fabrikam-VM01', '10.30.1.5')).toBe(1);
  });
});
