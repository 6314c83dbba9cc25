import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unpackedExecutable } from '../scripts/packaging/pack.ts';
import { expect, operatorOf, test } from './support/test.ts';
import { playMainJob } from './support/story.ts';

test('the unpacked package plays the main job like the development build', async ({ start }) => {
  const packaged = unpackedExecutable();
  test.skip(!existsSync(packaged), 'no unpacked package: run `npm test` or `npm run dist` first');
  await playMainJob(await start({ packaged, size: { width: 1280, height: 800 } }), 'package');
});

test('the unpacked package finds the thread of its export in its archive', async ({ start, userData }) => {
  const packaged = unpackedExecutable();
  test.skip(!existsSync(packaged), 'no unpacked package: run `npm test` or `npm run dist` first');
  const application = await start({ packaged });
  const operator = operatorOf(application);
  await operator.workspace('Jobs');
  const file = path.join(userData, 'log.csv');
  await application.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await operator.page.getByRole('tab', { name: 'Home' }).click();
  await operator.page.getByRole('button', { name: 'Export…' }).click();
  const window = operator.page.getByRole('dialog', { name: 'Export Job Log' });
  await window.getByRole('button', { name: 'Export…' }).click();
  await expect(window.getByText(file)).toBeVisible();
  expect(readFileSync(file, 'utf8')).toContain('Open lab');
});
