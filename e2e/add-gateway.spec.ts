import { expect, type Locator, type Page } from '@playwright/test';
import { chooseAccount } from './support/operator.ts';
import { operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

const connectionString = 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch';

async function openWizard(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+2');
  await page.getByRole('treeitem', { name: 'Network Service' }).click();
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Add Network Service' }).click();
  // The first Esc would only take away the tooltip of the button under the pointer.
  await page.mouse.move(640, 400);
  const wizard = page.getByRole('dialog', { name: 'Add Network Service Wizard' });
  await expect(wizard.getByRole('textbox', { name: 'Name' })).toBeFocused();
  return wizard;
}

async function next(wizard: Locator, page: string): Promise<void> {
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('button', { name: page, exact: true })).toHaveAttribute('aria-current', 'step');
}

async function choose(scope: Locator, field: string, option: string | RegExp): Promise<void> {
  await scope.getByRole('combobox', { name: field }).click();
  await scope.page().getByRole('option', { name: option }).click();
}

test('a gateway VM becomes a gateway that carries a tenant', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'absent', size: { width: 1280, height: 720 } }));
  const { page } = operator;
  const wizard = await openWizard(page);

  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toContainText('HNV-1001');
  await expect(wizard.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  await wizard.getByRole('textbox', { name: 'Name' }).fill('Gateway01');
  await wizard.getByRole('textbox', { name: 'Description' }).fill('Gateway of the article');
  await next(wizard, 'Manufacturer and Model');
  await choose(wizard, 'Model', /Windows Server 2012 Gateway/);
  await expect(wizard).toContainText('one gateway VM for each customer network');
  await choose(wizard, 'Model', /Microsoft Windows Server Gateway/);
  await picture(page, 'add-gateway-1-model');
  await next(wizard, 'Credentials');
  await chooseAccount(wizard, 'Fabrikam_PSK');
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toContainText('pre-shared key');
  await chooseAccount(wizard, 'GatewayLocalAdmin');
  await next(wizard, 'Connection String');

  const text = wizard.getByRole('textbox', { name: 'Connection string' });
  await text.fill('VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackEndSwitch=HNV_Switch;');
  const remarks = wizard.getByRole('list', { name: 'Remarks on the connection string' });
  await expect(remarks).toContainText('"BackEndSwitch" is not a known key');
  await expect(remarks).toContainText('Write BackendSwitch');
  await picture(page, 'add-gateway-2-connection-string');
  await text.fill('');
  await choose(wizard, 'VMHost', 'HyperVGW01.contoso.lab');
  await choose(wizard, 'GatewayVM', 'GatewayVM01');
  await choose(wizard, 'BackendSwitch', 'HNV_Switch');
  await expect(text).toHaveValue(connectionString);
  await next(wizard, 'Certificates');
  await next(wizard, 'Provider');
  await wizard.getByRole('button', { name: 'Test' }).click();
  await expect(wizard.getByRole('table', { name: 'Results of the provider test' })).toContainText('Not implemented');
  await picture(page, 'add-gateway-3-provider');
  await next(wizard, 'Host Group');
  await wizard.getByRole('checkbox', { name: 'Contoso-DC' }).check();
  // Back and forth loses nothing.
  await wizard.getByRole('button', { name: 'Name', exact: true }).click();
  await expect(wizard.getByRole('textbox', { name: 'Name' })).toHaveValue('Gateway01');
  await wizard.getByRole('button', { name: 'Host Group', exact: true }).click();
  await expect(wizard.getByRole('checkbox', { name: 'Contoso-DC' })).toBeChecked();
  await next(wizard, 'Summary');
  await expect(wizard.getByRole('group', { name: 'Summary' })).toContainText('Contoso-DC');
  await wizard.getByRole('button', { name: 'View Script' }).click();
  await expect(page.getByLabel('PowerShell script')).toContainText('Add-SCNetworkService -Name "Gateway01"');
  await picture(page, 'add-gateway-4-script');
  await page.keyboard.press('Escape');
  await picture(page, 'add-gateway-5-summary');
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();

  await operator.list('Network Services').getByRole('row', { name: /^Gateway01/ }).dblclick();
  const { properties } = operator;
  await properties.getByRole('checkbox', { name: 'Enable front end connection' }).check();
  await properties.getByRole('combobox', { name: 'Network adapter' }).first().click();
  await page.getByRole('option', { name: /^External/ }).click();
  await properties.getByRole('combobox', { name: 'Network site' }).first().click();
  await expect(page.getByRole('option', { name: /Contoso_HNV_LN01_0/ })).toBeDisabled();
  await picture(page, 'add-gateway-6-sites');
  await page.getByRole('option', { name: /Contoso_External_LN01_0/ }).click();
  await properties.getByRole('checkbox', { name: 'Enable back end connection' }).check();
  await properties.getByRole('combobox', { name: 'Network adapter' }).last().click();
  await page.getByRole('option', { name: /^Backend/ }).click();
  await expect(properties.getByRole('combobox', { name: 'Network site' }).last()).toHaveText('Contoso_HNV_LN01_0');
  await picture(page, 'add-gateway-7-connectivity');
  await properties.getByRole('button', { name: 'OK' }).click();
  await operator.expectJob('Completed');
  await expect(operator.jobsWindow).toContainText('runs as a multitenant gateway');
  await operator.closeFront();

  await page.keyboard.press('Control+1');
  await operator.connectWithNat('Fabrikam');
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect((await operator.ping('Fabrikam'))).toContainText('Reply from 192.0.2.80');
});

test('Esc asks before it takes away what was typed, and removing a gateway names who uses it', async ({ start }) => {
  const operator = operatorOf(await start());
  const { page } = operator;
  const wizard = await openWizard(page);
  await page.keyboard.press('Escape');
  await expect(wizard).toBeHidden();
  const again = await openWizard(page);
  await again.getByRole('textbox', { name: 'Name' }).fill('Half a gateway');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on filling in' }).click();
  await expect(again.getByRole('textbox', { name: 'Name' })).toHaveValue('Half a gateway');
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click();
  await expect(again).toBeHidden();

  await operator.list('Network Services').getByRole('row', { name: /^Gateway01/ }).getByRole('gridcell').first().click();
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog', { name: /Remove network service Gateway01/ }).getByRole('button', { name: 'Remove' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(operator.list('Network Services').getByRole('row', { name: /^Gateway01/ })).toHaveCount(0);
});
