/** The console with 1,000 VM networks, 100 behind each gateway. */
import path from 'node:path';
import { insertFabric } from '../bench/fabricRows.ts';
import { scrollThrough, timeToPainted, type ScrollMeasure } from '../bench/fluency.ts';
import { openStore } from '../main/store/store.ts';
import { expect, operatorOf, test } from './support/test.ts';

const networks = 1000;

/**
 * What a person feels as standing still, and ten times what the longest task takes on a machine with nothing else to do: a list that draws all of its rows,
 * or asks main row by row, is far over it even on a fast machine, and a neighbour that takes the processor now and then is not.
 */
const mostTaskMs = 500;
/** Of header, list and tree together. */
const mostRows = 100;

test('lists and navigation stay fluid with 1,000 VM networks', async ({ start, userData }) => {
  const database = path.join(userData, 'many.sqlite');
  const store = openStore({ path: database });
  insertFabric(store.db, networks);
  store.close();
  const { page, ...application } = await start({ database, size: { width: 1280, height: 720 } });
  const operator = operatorOf({ page, ...application });
  const list = page.getByRole('region', { name: /^VM Networks and IP Pools/ });
  await expect(list.getByRole('heading')).toContainText('(1,000)');
  await expect(operator.list(/^VM Networks/).getByRole('row', { name: /^Tenant0000000/ })).toBeVisible();

  fluid(await scrollThrough(operator.list(/^VM Networks/), { frames: 90, step: 56 }));
  await expect(operator.list(/^VM Networks/).locator(`[data-index="${(90 * 56) / 28}"]`)).toContainText(/Tenant\d{7}/);
  fluid(await scrollThrough(operator.list(/^VM Networks/), { frames: 40, step: 560 }));
  await timeToPainted(list, { scrollTo: networks * 28 });
  await expect(operator.list(/^VM Networks/)).toHaveAttribute('aria-rowcount', '1001');
  await expect(operator.list(/^VM Networks/).locator('[data-index="999"]')).toBeVisible();
  await timeToPainted(list, { click: 'Name' });
  await timeToPainted(list, { type: 'Tenant0007' });
  await expect(list.getByRole('heading')).toContainText('of 1,000)');
  await timeToPainted(list, { type: '' });

  await operator.workspace('Fabric');
  const tree = page.getByRole('tree', { name: 'Fabric' });
  await expect(tree.getByRole('treeitem', { name: 'HyperV0.contoso.lab' })).toBeVisible();
  fluid(await scrollThrough(tree, { frames: 60, step: 56 }));
  await expect(tree.getByRole('treeitem', { name: 'Network Service' })).toBeVisible();
  await tree.getByRole('treeitem', { name: 'Network Service' }).click();
  await expect(operator.list(/^Network Services/).getByRole('row', { name: /^Gateway9 / })).toContainText('100 of 100');
});

function fluid({ longestTaskMs, mostRows: rows }: ScrollMeasure): void {
  expect(longestTaskMs).toBeLessThan(mostTaskMs);
  expect(rows).toBeLessThan(mostRows);
}
