import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
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

const hostOf = (machine: string) => test.lab.lists.virtualMachines.list({ offset: 0, limit: 10, filter: machine }).rows[0]?.host;
const idOf = (machine: string) => test.lab.lists.virtualMachines.list({ offset: 0, limit: 10, filter: machine }).rows[0]?.id ?? '';

/** "HyperV01 5201 172.16.40.12", in order. */
function providerAddresses(): readonly string[] {
  const { providerAddresses: rows, hosts, allocations } = test.lab.snapshot();
  return rows.map(({ hostId, vsid, allocationId }) => `${hosts.find(({ id }) => id === hostId)?.name.split('.')[0] ?? ''} ${vsid} ${formatIpv4(allocations.find(({ id }) => id === allocationId)?.address ?? 0)}`).sort();
}

function refused(input: unknown, code: ErrorName, path: string, says: RegExp): void {
  const before = JSON.stringify(test.lab.snapshot());
  expect(() => test.lab.operations.start('virtualMachine.migrate', input)).toThrow(ConsoleError);
  expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  const found = test.lab.operations.check('virtualMachine.migrate', input).filter((entry) => entry.path.join('.') === path);
  expect(found.map((entry) => entry.code)).toContain(errorCodes[code]);
  expect(found.map(({ message }) => message).join(' ')).toMatch(says);
}

const toHost02 = { virtualMachine: 'Fabrikam-VM01', host: 'HyperV02.contoso.lab' };

describe('Migrate Virtual Machine', () => {
  it('gives the old provider address back, and its script is one that VMM takes', async () => {
    const before = providerAddresses();
    expect(before.filter((text) => text.includes(' 5201 ')).map((text) => text.split(' ')[0])).toEqual(['HyperV01', 'HyperV02']);
    const { script } = test.lab.operations.script('virtualMachine.migrate', toHost02);
    expect(catalogueProblems(script)).toEqual([]);
    expect(String(script)).toMatch(/Move-SCVirtualMachine -VM \$vm -VMHost \$vmHost -RunAsynchronously\n$/);
    const job = await completed('virtualMachine.migrate', toHost02);
    expect(job.auditRecords.map(({ objectName, property, previousValue, newValue }) => [objectName, property, previousValue, newValue])).toEqual([['Fabrikam-VM01', 'VMHost', 'HyperV01.contoso.lab', 'HyperV02.contoso.lab']]);
    expect(hostOf('Fabrikam-VM01')).toBe('HyperV02.contoso.lab');
    expect(providerAddresses().filter((text) => text.includes(' 5201 ')).map((text) => text.split(' ')[0])).toEqual(['HyperV02']);
    await completed('virtualMachine.migrate', { virtualMachine: 'Fabrikam-VM01', host: 'HyperV01.contoso.lab' });
    expect(providerAddresses()).toEqual(before);
  });

  it('keeps the provider address while another machine of the VM subnet stays', async () => {
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM03', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Fabrikam' }] });
    const before = providerAddresses();
    await completed('virtualMachine.migrate', toHost02);
    expect(providerAddresses()).toEqual(before);
  });

  it('a ping that runs goes on from the new host, and nothing is sent from the old provider address any more', async () => {
    await test.nat('Fabrikam');
    const oldAddress = providerAddresses().find((text) => text.startsWith('HyperV01 5201'))?.split(' ')[2] ?? '';
    const ping = test.lab.probes.startPing({ virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80', count: 8 });
    test.lab.advance(3.5e9);
    expect(test.lab.probes.pingState(ping).received).toBe(4);
    await completed('virtualMachine.migrate', toHost02);
    const captureId = test.lab.captures.start();
    test.lab.advance(10e9);
    expect(test.lab.probes.pingState(ping)).toMatchObject({ sent: 8, received: 8 });
    const { blocks, packets } = test.lab.captures.finish(captureId);
    expect(packets).toBeGreaterThan(20);
    const bytes = Buffer.concat([...blocks]);
    const newAddress = providerAddresses().find((text) => text.startsWith('HyperV02 5201'))?.split(' ')[2] ?? '';
    const inFrames = (address: string) => bytes.includes(Buffer.from(address.split('.').map(Number)));
    expect([inFrames(newAddress), inFrames(oldAddress)]).toEqual([true, false]);
  });

  it('reaches its neighbours on both hosts afterwards', async () => {
    await completed('virtualMachine.migrate', toHost02);
    const replies = (virtualMachine: string, destination: string) => {
      const id = test.lab.probes.startPing({ virtualMachine, destination, count: 1 });
      test.lab.advance(6e9);
      return test.lab.probes.pingState(id).received;
    };
    expect([replies('Fabrikam-VM01', '10.30.1.5'), replies('Fabrikam-VM02', '10.30.1.4')]).toEqual([1, 1]);
  });

  it('moves a machine that is off, which starts on its new host', async () => {
    await test.nat('Fabrikam');
    await completed('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM01' });
    await completed('virtualMachine.migrate', toHost02);
    await completed('virtualMachine.start', { virtualMachine: 'Fabrikam-VM01' });
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('a machine that moved and is deleted leaves no address behind', async () => {
    const before = JSON.stringify(test.lab.snapshot());
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM03', host: 'HyperV01.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Fabrikam' }] });
    await completed('virtualMachine.migrate', { virtualMachine: 'Fabrikam-VM03', host: 'HyperV02.contoso.lab' });
    await completed('virtualMachine.stop', { virtualMachine: 'Fabrikam-VM03' });
    await completed('virtualMachine.delete', { virtualMachine: 'Fabrikam-VM03' });
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it('offers the hosts that fit, best first, and says what is against the others', () => {
    const { hosts } = test.lab.forms.migrationTargets(idOf('Fabrikam-VM01'));
    expect(hosts.map(({ name, stars }) => [name.split('.')[0], stars > 0])).toEqual([['HyperV02', true], ['HyperV01', false], ['HyperVGW01', false], ['HyperVGW02', false]]);
    const reasonOf = (host: string) => hosts.find(({ name }) => name.startsWith(host))?.reasons.map(({ text }) => text).join(' ');
    expect(reasonOf('HyperV01')).toMatch(/is on HyperV01.contoso.lab already/);
    expect(reasonOf('HyperVGW01')).toMatch(/dedicated network virtualization gateway/);
  });

  it.each<[string, object, ErrorName, string, RegExp]>([
    ['no host', { host: '' }, 'invalidInput', 'host', /No host is chosen/],
    ['a host that does not exist', { host: 'HyperV99' }, 'objectNotFound', 'host', /HyperV99/],
    ['the host that it is on', { host: 'HyperV01.contoso.lab' }, 'nothingToChange', 'host', /already/],
    ['a dedicated gateway host', { host: 'HyperVGW02.contoso.lab' }, 'hostNotUsable', 'host', /dedicated network virtualization gateway/],
    ['a machine that does not exist', { virtualMachine: 'Nobody' }, 'objectNotFound', 'virtualMachine', /Nobody/],
    ['the gateway VM of a network service', { virtualMachine: 'GatewayVM01', host: 'HyperVGW02.contoso.lab' }, 'objectInUse', 'virtualMachine', /Gateway01, whose connection string names its host/],
  ])('%s is refused at its place, and nothing changes', (_what, change, code, path, says) => {
    refused({ ...toHost02, ...change }, code, path, says);
  });

  it('a host without a free provider address is refused', async () => {
    test.dispose();
    test = new TestLab();
    await test.open({ labsFolder: test.changedLabs(['end: 172.16.40.250', 'end: 172.16.40.13']) });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Fabrikam-VM03', host: 'HyperV02.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Fabrikam' }] });
    // Every address is given: 01 and 02 have one for each tenant. Without the others of its VM subnet a machine cannot come back to a host.
    for (const machine of ['Adatum-VM02', 'Adatum-VM01']) expect(hostOf(machine)).toBeDefined();
    await completed('virtualMachine.migrate', toHost02);
    await completed('vmNetwork.create', { name: 'Woodgrove', logicalNetwork: 'Contoso_HNV_LN01', subnets: [{ name: 'Web', subnet: '10.30.1.0/24' }] });
    await completed('ipPool.create', { name: 'Web pool', vmNetwork: 'Woodgrove', vmSubnet: 'Web', rangeStart: '10.30.1.2', rangeEnd: '10.30.1.254' });
    await completed('virtualMachine.create', { vmTemplate: 'TenantTemplate', name: 'Woodgrove-VM01', host: 'HyperV02.contoso.lab', adapters: [{ connection: 'vmNetwork', network: 'Woodgrove' }] });
    refused({ virtualMachine: 'Fabrikam-VM01', host: 'HyperV01.contoso.lab' }, 'hostNotUsable', 'host', /No provider address is free for host HyperV01/);
  });
});
