import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { makeLargeLog } from '../main/export/testing/largeLog.ts';
import type { Application } from './support/application.ts';
import { picture } from './support/pictures.ts';
import { expect, operatorOf, test } from './support/test.ts';

/** The system's own dialog is where the outside world begins. Null: the operator cancels it. */
async function answerSaveDialog(application: Application, file: string | null): Promise<void> {
  await application.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
  }, file);
}

async function openFromHome(page: Page) {
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export Job Log' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('the job log is exported from the Jobs workspace, shown in its folder, and a bundle is checked without the console', async ({ start, userData }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  await operator.connectWithNat('Fabrikam', '203.0.113.33');
  await operator.expectJob('Completed');
  await operator.closeFront();
  await operator.workspace('Jobs');

  const csv = path.join(userData, 'log.csv');
  await answerSaveDialog(application, null);
  const dialog = await openFromHome(page);
  await expect(dialog.getByRole('status')).toHaveText(/^2 jobs with \d+ steps and \d+ changes\.$/);
  await picture(page, 'export-1-all');
  await dialog.getByRole('button', { name: 'Export…' }).click();
  // The system's dialog was canceled: the choice stands as it was.
  await expect(dialog.getByRole('radio', { name: 'All jobs' })).toBeChecked();

  await answerSaveDialog(application, csv);
  await dialog.getByRole('radio', { name: 'Jobs that match' }).check();
  await dialog.getByRole('textbox', { name: 'Text' }).fill('fabrikam');
  await dialog.getByLabel('Started from').fill('2030-01-02T00:00');
  await dialog.getByLabel('Started before').fill('2030-01-01T00:00');
  await expect(dialog.getByText('The end lies before the beginning.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Export…' })).toHaveAttribute('aria-disabled', 'true');
  await picture(page, 'export-2-filter');
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
  await dialog.getByLabel('Started from').fill('2001-01-01T00:00');
  await dialog.getByLabel('Started before').fill('');
  await expect(dialog.getByRole('status')).toHaveText(/^1 job with/);
  await dialog.getByRole('button', { name: 'Export…' }).click();
  await expect(dialog.getByText(csv)).toBeVisible();
  await picture(page, 'export-3-written');
  const lines = readFileSync(csv, 'utf8').split('\r\n');
  expect(lines[0]).toContain('"Record","Job ID","Job Name"');
  expect(lines.filter((line) => line.startsWith('"Job"'))).toHaveLength(1);
  expect(lines.some((line) => line.startsWith('"Change"') && line.includes('203.0.113.33'))).toBe(true);

  await application.electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (file) => { (globalThis as { shownFile?: string }).shownFile = file; };
  });
  await dialog.getByRole('button', { name: 'Show in Folder' }).click();
  await expect.poll(() => application.electron.evaluate(() => (globalThis as { shownFile?: string }).shownFile)).toBe(csv);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  const bundle = path.join(userData, 'bundle.jsonl');
  await answerSaveDialog(application, bundle);
  await openFromHome(page);
  await dialog.getByRole('radio', { name: /^Verifiable bundle/ }).check();
  await dialog.getByRole('button', { name: 'Export…' }).click();
  await expect(dialog.getByText('SHA-256')).toBeVisible();
  const verify = () => spawnSync(process.execPath, ['main/scenario/cli.ts', 'verify', bundle], { encoding: 'utf8' });
  expect(verify().stdout).toMatch(/^ok: /);
  expect(verify().status).toBe(0);
  writeFileSync(bundle, readFileSync(bundle, 'utf8').replace('203.0.113.33', '203.0.113.34'));
  expect(verify().stdout).toMatch(/^changed: line \d+ \(record /);
  expect(verify().status).toBe(1);
});

test('one job is exported as a page that reads well in light, dark and print', async ({ start, userData }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  await operator.connectWithNat('Fabrikam', '203.0.113.33');
  await operator.expectJob('Completed');
  await operator.closeFront();
  await operator.workspace('Jobs');
  await operator.list(/^Jobs/).getByRole('row', { name: /Fabrikam/ }).getByRole('gridcell').first().click();
  await page.getByRole('tab', { name: 'Job', exact: true }).click();
  await page.getByRole('toolbar', { name: 'Job', exact: true }).getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export Job Log' });
  await expect(dialog.getByRole('radio', { name: /^Selected job/ })).toBeChecked();
  const file = path.join(userData, 'log.html');
  await answerSaveDialog(application, file);
  await dialog.getByRole('radio', { name: /^HTML/ }).check();
  await picture(page, 'export-4-one-job');
  await dialog.getByRole('button', { name: 'Export…' }).click();
  await expect(dialog.getByText(file)).toBeVisible();

  const opened = application.electron.waitForEvent('window');
  await application.electron.evaluate(({ BrowserWindow }, name) => new BrowserWindow({ width: 1100, height: 800 }).loadFile(name), file);
  const log = await opened;
  await expect(log.getByRole('heading', { level: 2 })).toHaveCount(1);
  await expect(log.getByRole('table', { name: 'Steps' }).getByRole('row')).not.toHaveCount(1);
  await expect(log.getByRole('table', { name: 'Change tracking' })).toContainText('203.0.113.33');
  for (const colorScheme of ['light', 'dark'] as const) {
    await log.emulateMedia({ colorScheme });
    await picture(log, `export-page-${colorScheme}`);
    expect((await new AxeBuilder({ page: log }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
  }
  await log.emulateMedia({ media: 'print' });
  await picture(log, 'export-page-print');
});

test('an export to where nobody may write says why, and nothing is left', async ({ start, userData }) => {
  const application = await start();
  const operator = operatorOf(application);
  await operator.workspace('Jobs');
  await answerSaveDialog(application, path.join(userData, 'no such folder', 'log.csv'));
  const dialog = await openFromHome(operator.page);
  await dialog.getByRole('button', { name: 'Export…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('could not be written');
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(existsSync(path.join(userData, 'no such folder'))).toBe(false);
  expect(readdirSync(userData).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a long export shows how far it is, and Cancel leaves nothing', async ({ start, userData }) => {
  const database = path.join(userData, 'long.sqlite');
  makeLargeLog(database, { jobs: 4000, stepsPerJob: 100, stepsPerChange: 4 });
  const application = await start({ database });
  const operator = operatorOf(application);
  await operator.workspace('Jobs');
  const file = path.join(userData, 'long.html');
  await answerSaveDialog(application, file);
  const dialog = await openFromHome(operator.page);
  await dialog.getByRole('radio', { name: /^HTML/ }).check();
  await dialog.getByRole('button', { name: 'Export…' }).click();
  await expect(dialog.getByText(/^[\d,]+ of 50[\d,]+ records$/)).toBeVisible();
  await operator.page.keyboard.press('Escape');
  await expect(dialog.getByRole('status')).toHaveText('The export was canceled. No file was written.');
  expect(readdirSync(userData).filter((name) => name.startsWith('long.html'))).toEqual([]);
  await operator.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
