/** Inventories of a real VMM: what is known is taken over, the rest is reported with its place, and nothing hostile changes anything. */
import { closeSync, ftruncateSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestLab } from '../../../lab/testing/testLab.ts';
import { prepared, refusalOfFile } from '../testing/importing.ts';
import { inventoryKinds } from './inventorySchema.ts';
import { translateInventory } from './translate.ts';

const sample = path.join(import.meta.dirname, 'testing/contoso-vmm.json');
const text = readFileSync(sample, 'utf8');

/** The sample as data that a test may change. */
const data = () => JSON.parse(text) as Record<string, Record<string, unknown>[]>;

let test: TestLab;
beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => { test.dispose(); });

function written(content: string | Buffer): string {
  const file = path.join(test.folder, 'vmm.json');
  writeFileSync(file, content);
  return file;
}

const prepare = (file: string) => prepared(test.lab, 'vmmInventory', file);
const refusalOf = (file: string) => refusalOfFile(test.lab, 'vmmInventory', file);

const remarks = async (change: (inventory: ReturnType<typeof data>) => void) => {
  const inventory = data();
  change(inventory);
  return (await prepare(written(JSON.stringify(inventory)))).notUnderstood?.remarks ?? [];
};

const leftovers = () => readdirSync(test.folder).filter((name) => name.includes('.tmp') || name.includes('.part'));

describe('an inventory of Contoso', () => {
  it('is shown with its counts and what was not understood, and changes nothing yet', async () => {
    const before = test.lab.snapshot();
    const preview = await prepare(sample);
    expect(preview).toMatchObject({ labName: 'VMM01', current: { labName: 'contoso' } });
    expect(preview.counts).toEqual(expect.arrayContaining([{ label: 'VM network', count: 4 }, { label: 'Host', count: 2 }]));
    expect(preview.notUnderstood).toEqual({
      total: 5,
      remarks: expect.arrayContaining([
        { place: 'LoadBalancers', reason: 'objects of this kind are not known here' },
        { place: 'VMNetworks[3].PortACL', reason: 'this property is not known here' },
        { place: 'StaticIPAddressPools[4].Name', reason: 'the name Tenant_Pool stands twice; it is taken over as Tenant_Pool (2)' },
        { place: 'VirtualMachines[1].Adapters[0].MACAddress', reason: 'there is no MAC address; 02-00-00-00-00-01 is used instead' },
        { place: 'VPNConnections[0].IntegrityCheckMethod', reason: 'SHA7 is not known here; the default is used instead' },
      ]) as unknown,
    });
    expect(test.lab.snapshot()).toEqual(before);
  });

  it('takes the place of the lab by one job, and the snapshot brings back what was there', async () => {
    const before = test.lab.snapshot();
    const { preparation } = await prepare(sample);
    const job = test.lab.operations.start('lab.import', { preparation });
    expect(await test.lab.jobs.waitFor(job)).toBe('Completed');
    expect(test.externalAddress('Adatum')).toBe('203.0.113.11');
    const file = path.join(test.folder, 'export.yaml');
    test.lab.files.exportLab(file);
    const lab = readFileSync(file, 'utf8');
    for (const part of ['start: 10.30.1.4', 'Tenant_Pool (2)', 'externalPort: 8080', 'remoteAddress: 198.51.100.20', '10.30.50.0/24', 'autonomousSystemNumber: 65050', 'vsid: 5201', 'GatewayVM=GatewayVM01', 'kind: preSharedKey']) expect(lab).toContain(part);
    const [kept] = test.lab.lists.snapshots.list({ offset: 0, limit: 10, filter: '' }).rows;
    await test.lab.jobs.waitFor(test.lab.operations.start('snapshot.restore', { snapshot: kept?.id ?? '' }));
    expect(test.lab.snapshot()).toEqual(before);
  });

  it('is the same with the byte order mark that Windows PowerShell writes', async () => {
    expect((await prepare(written(`\uFEFF${text}`))).labName).toBe('VMM01');
  });

  it('gives every part of it, with each virtual subnet a provider address on each host that needs one', () => {
    const translated = translateInventory(data());
    if (!('lab' in translated)) throw new Error(translated.fault.reason);
    const { lab } = translated;
    expect(lab.hostGroups).toEqual([{ name: 'All Hosts' }, { name: 'Contoso-DC', parent: 'All Hosts' }]);
    expect(lab.vmNetworks.map(({ name, gateway }) => [name, gateway?.compartment])).toEqual([['Contoso_External', undefined], ['Contoso_Management', undefined], ['Adatum', 2], ['Fabrikam', 3]]);
    expect(lab.networkServices[0]).toMatchObject({ frontEnd: { adapter: 'Network Adapter', networkSite: 'Contoso_External_LN01_0' }, backEnd: { adapter: 'Network Adapter 3', networkSite: 'Contoso_HNV_LN01_0' } });
    expect(lab.providerAddresses?.map(({ host, vsid }) => [host, vsid])).toEqual([
      ['HyperV01.contoso.lab', 5101], ['HyperV01.contoso.lab', 5201], ['HyperVGW01.contoso.lab', 5202], ['HyperVGW01.contoso.lab', 5203],
    ]);
  });
});

it('says what no inventory tells and was made anew, with its values', async () => {
  expect((await prepare(sample)).madeAnew).toEqual([
    { what: 'Virtual subnet IDs of the gateways’ legs into the VM networks', count: 2, values: '5202 to 5203' },
    { what: 'Compartments on the gateways', count: 2, values: '2 to 3 on each gateway, in the order of the file' },
    // Fabrikam's gateway has its subnet in the file.
    { what: 'Subnets of the gateways’ legs', count: 1, values: '10.254.254.0/29' },
    { what: 'Provider addresses', count: 4, values: 'free ones of Contoso_HNV_Pool01' },
    { what: 'Routing domain IDs of VM networks without isolation', count: 2, values: 'the ID of the VM network' },
    { what: 'Preparation of gateway virtual machines', count: 1, values: 'firewall off, Remote Access installed and deployed' },
  ]);
});

it('gives each of very many objects of one name a name of its own, and puts very many host groups below one', () => {
  const many = 30_000;
  const inventory = data();
  inventory['RunAsAccounts']?.push(...Array.from({ length: many }, (_none, at) => ({ ID: `same-${at}`, Name: 'Same' })));
  inventory['HostGroups']?.push(...Array.from({ length: many }, (_none, at) => ({ ID: `group-${at}`, Name: `Group ${at}`, ParentID: at === 0 ? 'hg-1' : 'group-0' })));
  const translated = translateInventory(inventory);
  if (!('lab' in translated)) throw new Error(translated.fault.reason);
  expect(new Set(translated.lab.runAsAccounts.map(({ name }) => name)).size).toBe(many + 2);
  expect(translated.lab.runAsAccounts.at(-1)?.name).toBe(`Same (${many})`);
  expect(translated.lab.hostGroups.length).toBe(many + 2);
});

describe('a part that does not fit is left out and reported', () => {
  it.each<[string, (inventory: ReturnType<typeof data>) => void, string, RegExp]>([
    ['a value of another type', ({ VMNetworks }) => Object.assign(VMNetworks?.[2] ?? {}, { Name: 7 }), 'VMNetworks[2].Name', /expected string/],
    ['a value that is none', ({ VMSubnets }) => Object.assign(VMSubnets?.[0] ?? {}, { Subnets: ['10.30.1.0/99'] }), 'VMSubnets[0]', /"10\.30\.1\.0\/99" is not a subnet/],
    ['an ID that is nowhere', ({ VMNetworkGateways }) => Object.assign(VMNetworkGateways?.[0] ?? {}, { NetworkGatewayID: 'ns-9' }), 'VMNetworkGateways[0].NetworkGatewayID', /no gateway device with this ID; Adatum has no gateway/],
    ['an address outside all pools', ({ NATConnections }) => Object.assign(NATConnections?.[0] ?? {}, { ExternalIPAddress: '198.51.100.1' }), 'NATConnections[0].ExternalIPAddress', /in no IP address pool of a network site/],
    ['an address that somebody has', ({ NATConnections }) => Object.assign(NATConnections?.[0] ?? {}, { ExternalIPAddress: '203.0.113.10' }), 'NATConnections[0].ExternalIPAddress', /somebody else's/],
    ['a port that is none', ({ NATConnections }) => Object.assign((NATConnections?.[0]?.['Rules'] as object[])[0] ?? {}, { ExternalPort: 70_000 }), 'NATConnections[0].Rules[0]', /externalPort: .*it is left out/],
    ['a number that two have', ({ VMSubnets }) => Object.assign(VMSubnets?.[1] ?? {}, { VMSubnetID: 5101 }), 'VMSubnets[1]', /virtual subnet ID 5101 stands twice/],
    ['host groups in a ring', ({ HostGroups }) => Object.assign(HostGroups?.[1] ?? {}, { ParentID: 'hg-2' }), 'HostGroups[0].ParentID', /below itself/],
    ['a key of the prototype', ({ VMNetworks }) => Object.defineProperty(VMNetworks?.[2] ?? {}, '__proto__', { value: { polluted: true }, enumerable: true }), 'VMNetworks[2].__proto__', /not known here/],
  ])('%s', async (_what, change, place, reason) => {
    const found = (await remarks(change)).filter((remark) => remark.place === place);
    expect(found.map((remark) => remark.reason)).toContainEqual(expect.stringMatching(reason));
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('a file that is refused', () => {
  let before: unknown;
  beforeEach(() => { before = test.lab.snapshot(); });
  afterEach(() => {
    expect(test.lab.snapshot()).toEqual(before);
    expect(leftovers()).toEqual([]);
  });

  it.each([
    ['no JSON', '{\n  "Format": nonsense }', /vmm\.json, line 2, column \d+: it is no JSON/],
    ['cut off', text.slice(0, 3000), /line \d+, column \d+: it is no JSON/],
    ['another format', '{"Format":"other","Version":1}', /vmm\.json, Format: this is no inventory/],
    ['no object', '[]', /at the top: this is no inventory/],
    ['a list that is none', text.replace(/"LoadBalancers".*/, '"Extra": 1').replace('"VMNetworks": [', '"VMNetworks": 4, "Other": ['), /vmm\.json, VMNetworks: a list was expected/],
    ['lists in lists', '['.repeat(100_000), /line 1, column 33: more than 32 lists and objects/],
    ['objects in objects', '{"a":'.repeat(100_000), /more than 32 lists and objects/],
    ['too many parts', `[${'1,'.repeat(3_000_001)}1]`, /more than 3000000 parts/],
  ])('because it is %s: with its place and the reason', async (_what, content, reason) => {
    expect(await refusalOf(written(content))).toMatch(reason);
  });

  it('because it is of 1 GB: without being read', async () => {
    const file = written('');
    const descriptor = openSync(file, 'r+');
    ftruncateSync(descriptor, 1024 ** 3);
    closeSync(descriptor);
    expect(await refusalOf(file)).toContain('it has 1073741824 bytes; the limit is 67108864');
  });
});

it('whatever stands in the lists: it is a lab with a report, or it is refused with a reason', () => {
  const kinds = Object.keys(inventoryKinds);
  const own = data();
  const ids = fc.constantFrom('hg-1', 'ln-1', 'ld-1', 'vn-1', 'vs-1', 'vm-1', 'ns-1', 'vg-1', 'h-1', '', '10.0.0.0/8', '203.0.113.20', '__proto__', 'constructor');
  const value = fc.oneof(ids, fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>, fc.integer());
  const change = fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(4), key: fc.nat(20), value });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      const inventory = structuredClone(own);
      for (const { kind, at, key, value: put } of changes) {
        const item: unknown = inventory[kind]?.[at];
        const name = typeof item === 'object' && item !== null ? Object.keys(item)[key] : undefined;
        if (item === undefined) inventory[kind] = [...(inventory[kind] ?? []), put as Record<string, unknown>];
        else if (name !== undefined) Reflect.set(item as object, name, put);
      }
      const translated = translateInventory(inventory);
      expect('lab' in translated ? translated.lab.lab : translated.fault.reason).not.toBe('');
    }),
    { numRuns: 100 },
  );
  fc.assert(fc.property(fc.jsonValue(), (anything) => { expect('fault' in translateInventory(anything)).toBe(true); }), { numRuns: 100 });
});
