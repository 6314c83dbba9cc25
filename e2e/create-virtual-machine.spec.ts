import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

async function choose(scope: Locator, field: string, option: string | RegExp): Promise<void> {
  await scope.getByRole('combobox', { name: field }).click();
  await scope.page().getByRole('option', { name: option }).click();
}

async function next(wizard: Locator, page: string): Promise<void> {
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('button', { name: page, exact: true })).toHaveAttribute('aria-current', 'step');
}

async function look(page: Page, name: string): Promise<void> {
  await page.mouse.move(640, 430);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  await picture(page, name);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-separator]').exclude('[data-tabster-dummy]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)).toEqual([]);
}

async function openWizard(page: Page, button: string, title: string): Promise<Locator> {
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.mouse.move(640, 400);
  const wizard = page.getByRole('dialog', { name: title });
  await expect(wizard).toBeVisible();
  return wizard;
}

test('the gateway VM of the article is created from its template, and a tenant\'s machine finds no place on the gateway host', async ({ start }) => {
  const operator = operatorOf(await start({ size: { width: 1280, height: 720 } }));
  const { page } = operator;
  await operator.workspace('Library');
  await operator.list(/^VM Templates/).getByRole('row', { name: /^GatewayTemplate/ }).click();
  await look(page, 'library-1-templates');

  const wizard = await openWizard(page, 'Create Virtual Machine', 'Create Virtual Machine Wizard');
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toContainText('No VM template is chosen');
  await choose(wizard, 'VM template', /^GatewayTemplate/);
  await next(wizard, 'Identity');
  await wizard.getByRole('textbox', { name: 'Virtual machine name' }).fill('Contoso-GatewayVM02');
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toContainText('at most 15');
  await look(page, 'library-2-identity');
  await wizard.getByRole('textbox', { name: 'Virtual machine name' }).fill('GatewayVM02');
  await wizard.getByRole('radio', { name: /^Gateway/ }).check();
  await next(wizard, 'Configure Hardware');
  await expect(wizard.getByRole('listitem', { name: 'Network adapter 3' }).getByRole('combobox', { name: 'VM network' })).toHaveValue('Not connected');
  await look(page, 'library-3-hardware');
  await next(wizard, 'Select Host');
  await expect(wizard.getByRole('radio').first()).toHaveAccessibleName(/5 of 5 stars HyperVGW01/);
  await wizard.getByRole('radio', { name: /HyperVGW02/ }).check();
  await look(page, 'library-4-host');
  await next(wizard, 'Configure Settings');
  await next(wizard, 'Summary');
  await wizard.getByRole('button', { name: 'View Script' }).click();
  await expect(page.getByLabel('PowerShell script')).toContainText('New-SCVirtualMachine -Name "GatewayVM02"');
  await page.keyboard.press('Escape');
  await look(page, 'library-5-summary');
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await operator.expectJob('Completed');
  await look(page, 'library-6-job');
  await operator.closeFront();

  const tenant = await openWizard(page, 'Create Virtual Machine', 'Create Virtual Machine Wizard');
  await choose(tenant, 'VM template', /^TenantTemplate/);
  await next(tenant, 'Identity');
  await tenant.getByRole('textbox', { name: 'Virtual machine name' }).fill('Fabrikam-VM03');
  await next(tenant, 'Configure Hardware');
  await tenant.getByRole('combobox', { name: 'VM network' }).press('Control+a');
  await tenant.getByRole('combobox', { name: 'VM network' }).pressSequentially('fab');
  await page.getByRole('option', { name: /^Fabrikam/ }).click();
  await tenant.getByRole('textbox', { name: 'Static IP address' }).fill('10.30.1.4');
  await tenant.getByRole('button', { name: 'Next' }).click();
  await expect(tenant.getByRole('alert')).toContainText('Fabrikam-VM01');
  await look(page, 'library-7-address');
  await tenant.getByRole('textbox', { name: 'Static IP address' }).fill('');
  await next(tenant, 'Select Host');
  await tenant.getByRole('radio', { name: /0 of 5 stars HyperVGW01/ }).check();
  await expect(tenant.getByRole('region', { name: 'Rating explanation' })).toContainText('dedicated network virtualization gateway');
  await tenant.getByRole('button', { name: 'Next' }).click();
  await expect(tenant.getByRole('alert')).toContainText('HNV-2017');
  await look(page, 'library-8-host-refused');
  await tenant.getByRole('radio', { name: /HyperV01/ }).check();
  await next(tenant, 'Configure Settings');
  await next(tenant, 'Summary');
  await tenant.getByRole('button', { name: 'Finish' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();

  await page.keyboard.press('Control+1');
  await page.getByRole('treeitem', { name: 'Virtual Machines', exact: true }).click();
  const row = operator.list(/^Virtual Machines/).getByRole('row', { name: /^Fabrikam-VM03/ });
  await expect(row).toContainText('Running');
  await expect(row).toContainText('10.30.1.6');
  await row.click();
  await page.getByRole('tab', { name: 'Virtual Machine' }).click();
  const toolbar = page.getByRole('toolbar', { name: 'Virtual Machine' });
  await expect(toolbar.getByRole('button', { name: 'Delete' })).toHaveAttribute('aria-disabled', 'true');
  await toolbar.getByRole('button', { name: 'Shut Down' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(row).toContainText('Stopped');
  await look(page, 'library-9-machine');
  await toolbar.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(row).toBeHidden();
});

test('a VM template is created, changed and not put into a service template', async ({ start }) => {
  const operator = operatorOf(await start({ size: { width: 1280, height: 720 } }));
  const { page } = operator;
  await operator.workspace('Library');
  const wizard = await openWizard(page, 'Create VM Template', 'Create VM Template Wizard');
  await choose(wizard, 'Virtual hard disk', /^WS2012R2-BIOS/);
  await look(page, 'template-1-source');
  await next(wizard, 'Identity');
  await wizard.getByRole('textbox', { name: 'VM template name' }).fill('Web server');
  await wizard.getByRole('radio', { name: /^Generation 2/ }).check();
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toContainText('installed for BIOS');
  await look(page, 'template-2-identity');
  await wizard.getByRole('radio', { name: /^Generation 1/ }).check();
  await next(wizard, 'Configure Hardware');
  await wizard.getByRole('spinbutton', { name: 'Memory (MB)' }).fill('4095');
  await wizard.getByRole('button', { name: 'Add network adapter' }).click();
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toContainText('4095 MB');
  await wizard.getByRole('spinbutton', { name: 'Memory (MB)' }).fill('1024');
  await look(page, 'template-3-hardware');
  await next(wizard, 'Summary');
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();

  await operator.list(/^VM Templates/).getByRole('row', { name: /^Web server/ }).dblclick();
  const properties = page.getByRole('dialog', { name: 'Web server Properties' });
  await expect(properties.getByRole('combobox', { name: 'Virtual hard disk' })).toHaveText('WS2012R2-BIOS.vhd');
  await page.keyboard.press('Escape');
  await expect(properties).toBeHidden();

  await operator.list(/^VM Templates/).getByRole('row', { name: /^GatewayTemplate/ }).click();
  await page.getByRole('tab', { name: 'VM Template' }).click();
  await expect(page.getByRole('toolbar', { name: 'VM Template' }).getByRole('button', { name: 'Create Service Template' })).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'template-4-contextual');
  await page.getByRole('treeitem', { name: 'Service Templates' }).click();
  await expect(page.getByText('No service templates')).toBeVisible();
  await look(page, 'template-5-service-templates');
  const service = await openWizard(page, 'Create Service Template', 'Create Service Template');
  await service.getByRole('textbox', { name: 'Name' }).fill('Web tier');
  await next(service, 'Machine Tier');
  await choose(service, 'VM template', /^GatewayTemplate/);
  await service.getByRole('button', { name: 'Next' }).click();
  await expect(service.getByRole('alert')).toContainText('generation 2');
  await choose(service, 'VM template', /^Web server/);
  await next(service, 'Summary');
  await service.getByRole('button', { name: 'Finish' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await page.getByRole('treeitem', { name: 'Images' }).click();
  await operator.list(/^Images/).getByRole('row', { name: /^WS2012R2.vhdx/ }).click();
  await look(page, 'template-6-images');
});
