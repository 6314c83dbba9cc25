import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

const secret = 'Correct-Horse-7!battery';

test('a Run As account is created from inside the wizard, and its secret is nowhere on the disk', async ({ start, userData }) => {
  const operator = operatorOf(await start({ gateway: 'absent' }));
  const { page } = operator;
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'Add Network Service' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add Network Service Wizard' });
  await wizard.getByRole('textbox', { name: 'Name' }).fill('Gateway01');
  for (let steps = 0; steps < 2; steps += 1) await wizard.getByRole('button', { name: 'Next' }).click();
  await wizard.getByRole('button', { name: 'Create Run As Account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create Run As Account' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('LocalAdmin');
  await dialog.getByRole('textbox', { name: 'User name' }).fill('Administrator');
  await dialog.getByLabel(/^Password/).fill(secret);
  await dialog.getByLabel('Confirm password').fill('something else');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(dialog.getByRole('alert')).toContainText('differ');
  await dialog.getByLabel('Confirm password').fill(secret);
  await picture(page, 'run-as-account-1-dialog');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(dialog).toBeHidden();
  await expect(wizard.getByRole('textbox', { name: 'Run As account' })).toHaveValue('LocalAdmin');
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('textbox', { name: 'Connection string' })).toBeVisible();

  for (const file of readdirSync(userData, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) expect(readFileSync(path.join(file.parentPath, file.name)).includes(secret), file.name).toBe(false);
  }
});

test('a Run As account is created in Settings and deleted by key', async ({ start }) => {
  const operator = operatorOf(await start());
  const { page } = operator;
  await operator.workspace('Settings');
  await page.getByRole('button', { name: 'Create Run As Account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create Run As Account' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Adatum_PSK');
  await dialog.getByRole('radio', { name: 'Pre-shared key' }).check();
  await expect(dialog.getByRole('checkbox', { name: 'Validate domain credentials' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'User name' }).fill('Adatum');
  await dialog.getByLabel(/^Pre-shared key/).last().fill(secret);
  await dialog.getByLabel('Confirm pre-shared key').fill(secret);
  await dialog.getByLabel('Confirm pre-shared key').press('Enter');
  await operator.expectJob('Completed');
  await operator.closeFront();
  const list = operator.list(/^Run As Accounts/);
  await list.getByRole('row', { name: /^GatewayLocalAdmin/ }).getByRole('gridcell').first().click();
  await page.keyboard.press('Delete');
  const refused = page.getByRole('alertdialog', { name: 'GatewayLocalAdmin cannot be removed' });
  await expect(refused).toContainText('Network service Gateway01 works with Run As account GatewayLocalAdmin.');
  await picture(page, 'run-as-account-2-in-use');
  await refused.getByRole('button', { name: 'Close' }).click();
  await list.getByRole('row', { name: /^Adatum_PSK/ }).getByRole('gridcell').first().click();
  await page.keyboard.press('Alt+Enter');
  const properties = page.getByRole('dialog', { name: 'Adatum_PSK Properties' });
  await properties.getByRole('button', { name: 'OK' }).click();
  await expect(properties).toContainText('HNV-2010');
  await properties.getByRole('checkbox', { name: 'Change the pre-shared key' }).check();
  await expect(properties.getByLabel('New pre-shared key')).toHaveValue('');
  await properties.getByLabel('New pre-shared key').fill(`${secret}2`);
  await properties.getByLabel('Confirm pre-shared key').fill(`${secret}2`);
  await picture(page, 'run-as-account-3-properties');
  await properties.getByRole('button', { name: 'OK' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await list.getByRole('row', { name: /^Adatum_PSK/ }).getByRole('gridcell').first().click();
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(list.getByRole('row', { name: /^Adatum_PSK/ })).toHaveCount(0);
});
