import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Application } from './support/application.ts';
import { picture } from './support/pictures.ts';
import { survey } from './support/survey.ts';
import { expect, operatorOf, test } from './support/test.ts';

const sample = path.resolve(import.meta.dirname, '../main/operations/lab/vmmInventory/testing/contoso-vmm.json');

/** The system's own dialog is where the outside world begins. */
async function choose(application: Application, file: string): Promise<void> {
  await application.electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, file);
}

test('a VMM inventory is imported by mouse and keyboard; a hostile one is refused, a long one broken off, and nothing changes', async ({ start, userData }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  const byMouse = async () => {
    await page.getByRole('button', { name: 'Application menu' }).click();
    await page.getByRole('menuitem', { name: 'Import VMM inventory…' }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'Import VMM inventory VMM01?' });
  const isUnchanged = () => expect(page.getByText('Lab contoso', { exact: true })).toBeVisible();

  const hostile = path.join(userData, 'hostile.json');
  writeFileSync(hostile, readFileSync(sample, 'utf8').replace('"VMMServer": "VMM01"', `"VMMServer": ${'['.repeat(5000)}`));
  await choose(application, hostile);
  await byMouse();
  await expect(page.getByText(/^hostile\.json, line 4, column \d+: more than 32 lists and objects stand inside each other\.$/).last()).toBeVisible();
  await picture(page, 'vmm-import-refused');
  await page.getByText('Dismiss', { exact: true }).last().click();
  await isUnchanged();

  const long = path.join(userData, 'long.json');
  const accounts = Array.from({ length: 150_000 }, (_none, at) => ({ ID: `a${at}`, Name: `Account ${at}` }));
  writeFileSync(long, JSON.stringify({ Format: 'HNV Gateway Console VMM inventory', Version: 1, RunAsAccounts: accounts }));
  await choose(application, long);
  await byMouse();
  const progress = page.getByRole('dialog', { name: 'Reading long.json' });
  await expect(progress.getByRole('progressbar')).toBeVisible();
  await picture(page, 'vmm-import-progress');
  await page.keyboard.press('Escape');
  await expect(progress).toBeHidden();
  await isUnchanged();

  await choose(application, sample);
  await byMouse();
  await expect(dialog.getByText(/^Virtual subnet IDs of the gateways’ legs into the VM networks: 2/)).toBeVisible();
  await survey(dialog, 'vmm-import');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await isUnchanged();

  await page.getByRole('button', { name: 'Application menu' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Snapshots' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Import' }).focus();
  await page.keyboard.press('Enter');
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(page.getByText('Lab VMM01', { exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Adatum/ })).toBeVisible();
});
