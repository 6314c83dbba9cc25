import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Application } from './support/application.ts';
import { picture } from './support/pictures.ts';
import { expect, operatorOf, test } from './support/test.ts';

/** The system's own dialogs are where the outside world begins. */
async function answerDialogs(application: Application, file: string): Promise<void> {
  await application.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, file);
}

async function fromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Application menu' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

const withoutViolations = async (page: Page) => expect((await new AxeBuilder({ page }).include('[role="dialog"]').setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);

test('a snapshot is taken, compared and restored by mouse and keyboard, and what was there is kept', async ({ start }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  await fromMenu(page, 'Snapshots');
  await expect(page.getByText('No snapshots')).toBeVisible();
  await page.getByRole('button', { name: 'Create Snapshot' }).click();
  const create = page.getByRole('dialog', { name: 'Create Snapshot' });
  await create.getByRole('button', { name: 'Create' }).click();
  await expect(create.getByText('The snapshot has no name.')).toBeVisible();
  await create.getByLabel('Name').fill('Before NAT');
  await picture(page, 'labs-1-create-snapshot');
  await withoutViolations(page);
  await page.keyboard.press('Enter');
  await operator.expectJob('Completed');
  await operator.closeFront();

  await operator.workspace('VMs and Services');
  await operator.connectWithNat('Fabrikam', '203.0.113.33');
  await operator.expectJob('Completed');
  await operator.closeFront();

  await fromMenu(page, 'Snapshots');
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const compare = page.getByRole('dialog', { name: 'Compare Before NAT' });
  await expect(compare.getByText('203.0.113.33')).toBeVisible();
  await compare.getByLabel('Search Differences').fill('nat › address');
  await expect(compare.getByRole('heading', { name: /^Differences \(1 of/ })).toBeVisible();
  await picture(page, 'labs-2-compare');
  await withoutViolations(page);
  await page.keyboard.press('Escape');
  await expect(compare).toBeHidden();

  await page.getByRole('tab', { name: 'Snapshot' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  const restore = page.getByRole('dialog', { name: 'Restore Before NAT?' });
  await expect(restore).toBeVisible();
  await picture(page, 'labs-3-restore');
  await withoutViolations(page);
  await restore.getByRole('button', { name: 'Restore' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(page.getByRole('row', { name: /Before restoring Before NAT/ })).toBeVisible();
  await picture(page, 'labs-4-list');
  await operator.workspace('VMs and Services');
  await expect(page.getByText('203.0.113.33')).toHaveCount(0);
});

test('a lab is exported, changed and imported with a preview; a bad file is refused with its place', async ({ start, userData }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  await page.getByRole('button', { name: 'Application menu' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.keyboard.press('Escape');
  const file = path.join(userData, 'taken-along.yaml');
  await answerDialogs(application, file);
  await fromMenu(page, 'Export lab…');
  await expect(page.getByText('The lab was exported.', { exact: true })).toBeVisible();
  await page.getByText('Dismiss', { exact: true }).last().click();
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('lab: contoso');

  writeFileSync(file, text.replace('lab: contoso', 'lab: contoso-2').replace('seed:', 'colour: red\nseed:'));
  await fromMenu(page, 'Import lab…');
  await expect(page.getByText(/^taken-along\.yaml, line \d+, column 1: Unrecognized key: "colour"\.$/).last()).toBeVisible();
  await picture(page, 'labs-5-refused');
  await page.getByText('Dismiss', { exact: true }).last().click();

  writeFileSync(file, text.replace('lab: contoso', 'lab: contoso-2').replaceAll('Fabrikam', 'Wingtip'));
  await fromMenu(page, 'Import lab…');
  const dialog = page.getByRole('dialog', { name: 'Import lab contoso-2?' });
  await expect(dialog.getByRole('row', { name: 'VM network 2 2' })).toBeVisible();
  await picture(page, 'labs-6-import');
  await withoutViolations(page);
  await dialog.getByRole('button', { name: 'Import' }).focus();
  await page.keyboard.press('Enter');
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(page.getByText('Lab contoso-2', { exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Wingtip/ })).toBeVisible();
});
