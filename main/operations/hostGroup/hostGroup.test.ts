import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName, type Problem } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

async function completed(id: OperationId, input: unknown): Promise<void> {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  expect(test.lab.lists.jobs.get(jobId)).toMatchObject({ status: 'Completed', error: null });
}

const tree = () => test.lab.lists.inventoryTree.read();

function refusal(id: OperationId, input: unknown): readonly Problem[] {
  const before = JSON.stringify(tree());
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(JSON.stringify(tree())).toBe(before);
  return test.lab.operations.check(id, input);
}

/** "child < parent", in order. */
const shape = () => {
  const { hostGroups } = tree();
  return hostGroups.map(({ name, parentId }) => `${name} < ${hostGroups.find(({ id }) => id === parentId)?.name ?? '-'}`).sort();
};

describe('host groups', () => {
  it('are created, renamed, moved and deleted', async () => {
    await completed('hostGroup.create', { name: 'Rack1', parent: 'Contoso-DC' });
    await completed('hostGroup.create', { name: 'Branch' });
    expect(shape()).toEqual(['All Hosts < -', 'Branch < All Hosts', 'Contoso-DC < All Hosts', 'Rack1 < Contoso-DC']);
    await completed('hostGroup.move', { hostGroup: 'Rack1', parent: 'Branch' });
    await completed('hostGroup.rename', { hostGroup: 'Rack1', name: 'Shelf' });
    await completed('hostGroup.rename', { hostGroup: 'Shelf', name: 'SHELF' });
    expect(shape()).toContain('SHELF < Branch');
    expect(refusal('hostGroup.delete', { hostGroup: 'Branch' })).toMatchObject([{ code: errorCodes.objectInUse, message: 'Host group SHELF is in Branch.' }]);
    await completed('hostGroup.delete', { hostGroup: 'SHELF' });
    await completed('hostGroup.delete', { hostGroup: 'Branch' });
    expect(shape()).toEqual(['All Hosts < -', 'Contoso-DC < All Hosts']);
  });

  it('begin with a topmost one in an empty inventory', async () => {
    test.dispose();
    test = new TestLab();
    await test.open({ initialLab: undefined });
    await completed('hostGroup.create', { name: 'All Hosts' });
    await completed('hostGroup.create', { name: 'Rack1' });
    expect(shape()).toEqual(['All Hosts < -', 'Rack1 < All Hosts']);
  });

  it('name everything that keeps one from being deleted', () => {
    const messages = refusal('hostGroup.delete', { hostGroup: 'Contoso-DC' }).map(({ message }) => message);
    expect(messages).toEqual(expect.arrayContaining(['Host HyperV01.contoso.lab is in Contoso-DC.', 'Network site Contoso_HNV_LN01_0 can be used in Contoso-DC.', 'Network service Gateway01 can be used in Contoso-DC.']));
  });

  it('do not move where their hosts would lose network sites', async () => {
    await completed('hostGroup.create', { name: 'Rack1', parent: 'Contoso-DC' });
    await completed('hostGroup.create', { name: 'Shelf', parent: 'Rack1' });
    await completed('hostGroup.create', { name: 'Branch' });
    await completed('host.change', { host: 'HyperV01.contoso.lab', hostGroup: 'Shelf' });
    expect(refusal('hostGroup.move', { hostGroup: 'Rack1', parent: 'Branch' })[0]).toMatchObject({ code: errorCodes.networkSiteNotUsable, path: ['parent'], message: expect.stringContaining('HyperV01.contoso.lab') as string });
    // Contoso-DC itself has the sites, wherever it is.
    await completed('hostGroup.move', { hostGroup: 'Contoso-DC', parent: 'Branch' });
    expect(shape()).toContain('Contoso-DC < Branch');
  });

  it.each<[string, OperationId, Record<string, unknown>, ErrorName, string]>([
    ['no name', 'hostGroup.create', { name: ' ' }, 'invalidInput', 'name'],
    ['a name in use, anywhere in the tree', 'hostGroup.create', { name: 'contoso-dc', parent: 'All Hosts' }, 'nameInUse', 'name'],
    ['a path for a name', 'hostGroup.create', { name: 'A\\B' }, 'invalidInput', 'name'],
    ['a name without end', 'hostGroup.create', { name: 'x'.repeat(65) }, 'invalidInput', 'name'],
    ['a group above that does not exist', 'hostGroup.create', { name: 'New', parent: 'Nowhere' }, 'objectNotFound', 'parent'],
    ['its own name', 'hostGroup.rename', { hostGroup: 'Contoso-DC', name: 'Contoso-DC' }, 'nothingToChange', 'name'],
    ['the name of another', 'hostGroup.rename', { hostGroup: 'Contoso-DC', name: 'all hosts' }, 'nameInUse', 'name'],
    ['an unknown group', 'hostGroup.rename', { hostGroup: 'Nowhere', name: 'X' }, 'objectNotFound', 'hostGroup'],
    ['the topmost group below another', 'hostGroup.move', { hostGroup: 'All Hosts', parent: 'Contoso-DC' }, 'objectInUse', 'hostGroup'],
    ['a group below itself', 'hostGroup.move', { hostGroup: 'Contoso-DC', parent: 'Contoso-DC' }, 'invalidInput', 'parent'],
    ['a group where it is already', 'hostGroup.move', { hostGroup: 'Contoso-DC', parent: 'All Hosts' }, 'nothingToChange', 'parent'],
    ['a move to nowhere', 'hostGroup.move', { hostGroup: 'Contoso-DC' }, 'invalidInput', 'parent'],
    ['the topmost group', 'hostGroup.delete', { hostGroup: 'All Hosts' }, 'objectInUse', 'hostGroup'],
  ])('refuse %s', (_what, id, input, code, path) => {
    const problems = refusal(id, input);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: errorCodes[code], path: [path] });
  });

  it('refuse to be moved into what they hold', async () => {
    await completed('hostGroup.create', { name: 'Rack1', parent: 'Contoso-DC' });
    expect(refusal('hostGroup.move', { hostGroup: 'Contoso-DC', parent: 'Rack1' })).toMatchObject([{ code: errorCodes.invalidInput, path: ['parent'] }]);
  });
});
