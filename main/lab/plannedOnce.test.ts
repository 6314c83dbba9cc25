/** Statements of the database are planned once: planning costs more than most of them, and one that is planned anew in each job is a thing that nobody sees. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { TestLab } from './testing/testLab.ts';

it('a job that was done before plans no statement anew', async () => {
  const test = new TestLab();
  onTestFinished(() => { vi.unstubAllGlobals(); test.dispose(); });
  const lab = await test.open();
  const create = async (name: string) => {
    const id = lab.operations.start('vmNetwork.create', {
      name,
      logicalNetwork: 'Contoso_HNV_LN01',
      subnets: [{ name: `${name}_Web`, subnet: '10.40.1.0/24' }],
      directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' },
    });
    expect(await lab.jobs.waitFor(id)).toBe('Completed');
  };
  for (const name of ['First', 'Second', 'Third']) await create(name);
  // The driver makes a function that builds a row whenever the statement was planned.
  const makers = vi.fn(Function);
  vi.stubGlobal('Function', makers);
  await create('Fourth');
  expect(makers.mock.calls).toEqual([]);
});
