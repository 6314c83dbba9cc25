import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName, type Problem } from '../../../shared/contract/errors.ts';
import { procedures } from '../../../shared/contract/procedures.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

const all = { offset: 0, limit: 100, filter: '' } as const;
const state = () => JSON.stringify([test.lab.snapshot(), test.lab.lists.vmTemplates.list(all), test.lab.lists.serviceTemplates.list(all), test.lab.lists.libraryImages.list(all)]);

async function run(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

/** Problems of an input that is refused; nothing may have changed. */
function refusal(id: OperationId, input: unknown): readonly Problem[] {
  const before = state();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(state()).toBe(before);
  return test.lab.operations.check(id, input);
}

const wanted = {
  name: 'GatewayTemplate2',
  description: 'Another',
  image: 'WS2012R2.vhdx',
  generation: 2,
  memoryMb: 4096,
  processors: 2,
  adapters: [{ connection: 'logicalNetwork', network: 'Contoso_External_LN01' }, { connection: 'vmNetwork', network: 'Fabrikam' }, { connection: 'notConnected' }],
};
const generation1 = { ...wanted, name: 'Generation1', generation: 1, image: 'WS2012R2-BIOS.vhd' };

describe('lists', () => {
  it('answer in the shape of the contract, found by what they show and sorted by each column', async () => {
    await run('vmTemplate.create', generation1);
    await run('serviceTemplate.create', { name: 'Gateway service', description: 'HA', vmTemplate: 'Generation1' });
    const { lists } = test.lab;
    expect(procedures['libraryImage.list'].output.parse(lists.libraryImages.list({ ...all, filter: 'mssCVMM' })).total).toBe(2);
    expect(procedures['vmTemplate.list'].output.parse(lists.vmTemplates.list({ ...all, filter: 'management' })).rows.map(({ name }) => name)).toEqual(['GatewayTemplate']);
    expect(procedures['serviceTemplate.list'].output.parse(lists.serviceTemplates.list({ ...all, filter: 'generation1' })).rows).toMatchObject([{ name: 'Gateway service', vmTemplate: 'Generation1' }]);
    expect(procedures['vmTemplate.get'].output.parse(lists.vmTemplateDetails.get('Generation1')).serviceTemplates).toEqual(['Gateway service']);
    expect(lists.vmTemplates.list({ ...all, sort: { column: 'memoryMb', direction: 'desc' } }).rows.map(({ memoryMb }) => memoryMb)).toEqual([8192, 4096, 2048]);
    for (const column of ['name', 'libraryServer', 'operatingSystem', 'generation', 'sizeMb'] as const) expect(lists.libraryImages.list({ ...all, sort: { column, direction: 'asc' } }).total).toBe(2);
    for (const column of ['name', 'vmTemplate'] as const) expect(lists.serviceTemplates.list({ ...all, sort: { column, direction: 'asc' } }).total).toBe(1);
    expect(() => lists.vmTemplateDetails.get('Nothing')).toThrow(ConsoleError);
  });

  it('networks to choose from are VM networks with their subnets, and logical networks without network virtualization', () => {
    const found = procedures['virtualMachine.networkChoices'].output.parse(test.lab.lists.networkChoices.find(''));
    expect(found).toMatchObject({ vmNetworks: [{ name: 'Adatum', vmSubnets: [{ name: 'Adatum_Subnet01', subnet: '10.30.1.0/24' }] }, { name: 'Fabrikam' }], logicalNetworks: [{ name: 'Contoso_External_LN01' }, { name: 'Contoso_Management_LN01' }], hasMore: false });
    expect(test.lab.lists.networkChoices.find('fab')).toMatchObject({ vmNetworks: [{ name: 'Fabrikam' }], logicalNetworks: [] });
    expect(test.lab.lists.networkChoices.find('%')).toMatchObject({ vmNetworks: [], logicalNetworks: [] });
  });
});

describe('the library of the lab', () => {
  it('has images and the template of the article: generation 2, three adapters, the third not connected', () => {
    expect(test.lab.lists.libraryImages.list(all).rows.map(({ name, generation, vmTemplates }) => [name, generation, vmTemplates])).toEqual([['WS2012R2-BIOS.vhd', 1, 0], ['WS2012R2.vhdx', 2, 2]]);
    expect(test.lab.lists.vmTemplateDetails.get('gatewaytemplate')).toMatchObject({
      generation: 2,
      image: 'WS2012R2.vhdx',
      adapters: [{ connection: 'logicalNetwork', networkName: 'Contoso_External_LN01' }, { connection: 'logicalNetwork', networkName: 'Contoso_Management_LN01' }, { connection: 'notConnected', networkName: '' }],
    });
  });

  it.each([
    ['an image that is not there', ['image: WS2012R2.vhdx', 'image: Other.vhdx'], /library image "Other.vhdx"/],
    ['an image of the other generation', ['image: WS2012R2.vhdx', 'image: WS2012R2-BIOS.vhd'], /boots in generation 1 only/],
    ['a network that is not there', ['- logicalNetwork: Contoso_External_LN01\n      - logicalNetwork', '- logicalNetwork: Nowhere\n      - logicalNetwork'], /logical network "Nowhere"/],
  ] as [string, [string, string], RegExp][])('a lab file whose template names %s is refused', async (_what, change, message) => {
    const other = new TestLab();
    await expect(other.open({ labsFolder: other.changedLabs(change) })).rejects.toThrow(message);
    other.dispose();
  });
});

describe('VM templates', () => {
  it('are created, changed and deleted, each change in the audit', async () => {
    const created = await run('vmTemplate.create', wanted);
    expect(created).toMatchObject({ status: 'Completed', resultName: 'GatewayTemplate2' });
    const { id } = test.lab.lists.vmTemplateDetails.get('GatewayTemplate2');
    expect(test.lab.lists.vmTemplates.list({ ...all, filter: 'Fabrikam' }).rows).toMatchObject([{ id, memoryMb: 4096, adapters: ['Contoso_External_LN01', 'Fabrikam', null] }]);
    const changed = await run('vmTemplate.change', { vmTemplate: id, memoryMb: 8192, adapters: wanted.adapters.slice(0, 1) });
    expect(changed.auditRecords.map(({ property, previousValue, newValue }) => [property, previousValue, newValue])).toEqual([
      ['MemoryMB', '4096', '8192'],
      ['VirtualNetworkAdapters', 'Contoso_External_LN01, Fabrikam, Not connected', 'Contoso_External_LN01'],
    ]);
    expect((await run('vmTemplate.delete', { vmTemplate: id })).status).toBe('Completed');
    expect(test.lab.lists.vmTemplates.list(all).rows.map(({ name }) => name)).toEqual(['GatewayTemplate', 'TenantTemplate']);
  });

  it.each([
    ['no name', { name: ' ' }, 'invalidInput', 'name', /no name/],
    ['a name of a whole story', { name: 'x'.repeat(129) }, 'invalidInput', 'name', /128/],
    ['a name that another has', { name: 'GATEWAYTEMPLATE' }, 'nameInUse', 'name', /GatewayTemplate/],
    ['no image', { image: '' }, 'invalidInput', 'image', /No virtual hard disk/],
    ['an image that does not exist', { image: 'WS2003.vhd' }, 'objectNotFound', 'image', /WS2003/],
    ['a BIOS image in generation 2', { image: 'WS2012R2-BIOS.vhd' }, 'generationMismatch', 'generation', /installed for BIOS.*UEFI/],
    ['a UEFI image in generation 1', { generation: 1 }, 'generationMismatch', 'generation', /installed for UEFI.*BIOS/],
    ['hardly any memory', { memoryMb: 16 }, 'invalidInput', 'memoryMb', /16 MB/],
    ['odd memory', { memoryMb: 4095 }, 'invalidInput', 'memoryMb', /4095/],
    ['half a processor', { processors: 0.5 }, 'invalidInput', 'processors', /0.5/],
    ['too many processors', { processors: 65 }, 'invalidInput', 'processors', /65/],
    ['nine adapters', { adapters: Array.from({ length: 9 }, () => ({})) }, 'invalidInput', 'adapters', /9 network adapters/],
    ['an adapter without its network', { adapters: [{ connection: 'vmNetwork' }] }, 'invalidInput', 'adapters.0.network', /No network/],
    ['an unknown VM network', { adapters: [{}, { connection: 'vmNetwork', network: 'Northwind' }] }, 'objectNotFound', 'adapters.1.network', /Northwind/],
    ['the provider network itself', { adapters: [{ connection: 'logicalNetwork', network: 'Contoso_HNV_LN01' }] }, 'networkNotUsable', 'adapters.0.network', /carries network virtualization/],
  ] as [string, object, ErrorName, string, RegExp][])('with %s are refused', (_what, change, code, path, message) => {
    const problems = refusal('vmTemplate.create', { ...wanted, ...change });
    expect(problems.map((problem) => [problem.code, problem.path.join('.')])).toEqual([[errorCodes[code], path]]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('half filled say everything at once', () => {
    expect(refusal('vmTemplate.create', {}).map(({ path }) => path.join('.'))).toEqual(['image', 'name']);
  });

  it('with nothing changed, or with an image of the other generation, are not changed', () => {
    expect(refusal('vmTemplate.change', { vmTemplate: 'GatewayTemplate', memoryMb: 8192 })).toMatchObject([{ code: errorCodes.nothingToChange }]);
    expect(refusal('vmTemplate.change', { vmTemplate: 'GatewayTemplate', image: 'WS2012R2-BIOS.vhd' })).toMatchObject([{ code: errorCodes.generationMismatch, path: ['image'] }]);
    expect(refusal('vmTemplate.change', { vmTemplate: 'Nothing' })).toMatchObject([{ code: errorCodes.objectNotFound }]);
    expect(refusal('vmTemplate.change', { vmTemplate: 'GatewayTemplate', name: 'TenantTemplate' })).toMatchObject([{ code: errorCodes.nameInUse }]);
  });

  it('of generation 2 cannot be in a service template; of generation 1 they can, and then are not deleted', async () => {
    const tier = { name: 'Gateway service', vmTemplate: 'GatewayTemplate' };
    const [found] = refusal('serviceTemplate.create', tier);
    expect(found).toMatchObject({ code: errorCodes.generationMismatch, path: ['vmTemplate'] });
    expect(found?.message).toContain('generation 2');
    expect(refusal('serviceTemplate.create', {}).map(({ path }) => path.join('.'))).toEqual(['name', 'vmTemplate']);
    await run('vmTemplate.create', generation1);
    expect((await run('serviceTemplate.create', { name: 'Gateway service', vmTemplate: 'Generation1' })).status).toBe('Completed');
    expect(refusal('serviceTemplate.create', { name: 'gateway SERVICE', vmTemplate: 'Generation1' })).toMatchObject([{ code: errorCodes.nameInUse }]);
    const [inUse] = refusal('vmTemplate.delete', { vmTemplate: 'Generation1' });
    expect(inUse).toMatchObject({ code: errorCodes.objectInUse });
    expect(inUse?.message).toContain('Gateway service');
    expect((await run('serviceTemplate.delete', { serviceTemplate: 'Gateway service' })).status).toBe('Completed');
    expect((await run('vmTemplate.delete', { vmTemplate: 'Generation1' })).status).toBe('Completed');
  });

  it('have scripts with cmdlets and parameters of VMM 2012 R2 only', () => {
    for (const [id, input] of [
      ['vmTemplate.create', wanted],
      ['vmTemplate.change', { vmTemplate: 'GatewayTemplate', memoryMb: 4096, adapters: [{}] }],
      ['vmTemplate.delete', { vmTemplate: 'GatewayTemplate' }],
    ] as const) {
      const { script } = test.lab.operations.script(id, input);
      expect(catalogueProblems(script), id).toEqual([]);
    }
  });
});
