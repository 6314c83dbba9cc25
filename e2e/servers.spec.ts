import { expect, type Locator, type Page } from '@playwright/test';
import { chooseAccount } from './support/operator.ts';
import { operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

const node = (page: Page, name: string): Locator => page.getByRole('treeitem', { name, exact: true });

async function next(wizard: Locator, step: string): Promise<void> {
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('button', { name: step, exact: true })).toHaveAttribute('aria-current', 'step');
}

test('a host is added to a new host group, becomes a gateway host and is removed', async ({ start }) => {
  const operator = operatorOf(await start({ size: { width: 1280, height: 720 } }));
  const { page } = operator;
  await operator.workspace('Fabric');

  await node(page, 'Contoso-DC').click({ button: 'right' });
  await picture(page, 'servers-1-tree-menu');
  await page.getByRole('menuitem', { name: 'Create Host Group' }).click();
  const creation = page.getByRole('dialog', { name: 'Create Host Group' });
  await creation.getByRole('textbox', { name: 'Name' }).fill('all hosts');
  await creation.getByRole('button', { name: 'Create' }).click();
  await expect(creation.getByRole('alert')).toContainText('HNV-2013');
  await creation.getByRole('textbox', { name: 'Name' }).fill('Rack1');
  await picture(page, 'servers-2-create-host-group');
  await creation.getByRole('button', { name: 'Create' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await node(page, 'Rack1').click();
  await expect(page.getByText('No hosts in this host group')).toBeVisible();

  await page.getByRole('tab', { name: 'Folder' }).click();
  await picture(page, 'servers-3-folder');
  await page.getByRole('toolbar', { name: 'Folder' }).getByRole('button', { name: 'Add Host' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add Host Wizard' });
  await chooseAccount(wizard, 'GatewayLocalAdmin');
  await next(wizard, 'Computer');
  await wizard.getByRole('textbox', { name: 'Computer name' }).fill('HyperV09');
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toContainText('not fully qualified');
  await picture(page, 'servers-4-add-host-computer');
  await wizard.getByRole('textbox', { name: 'Computer name' }).fill('HyperV09.contoso.lab');
  await next(wizard, 'Network');
  await wizard.getByRole('button', { name: 'Add virtual switch' }).click();
  await wizard.getByRole('textbox', { name: 'Virtual switch 1' }).fill('HNV_Switch');
  await picture(page, 'servers-5-add-host-network');
  await next(wizard, 'Host Settings');
  await expect(wizard.getByRole('combobox', { name: 'Host group' })).toHaveText('Rack1');
  await picture(page, 'servers-6-add-host-settings');
  await next(wizard, 'Summary');
  await wizard.getByRole('button', { name: 'View Script' }).click();
  await expect(page.getByRole('dialog', { name: /Script/ })).toContainText('Add-SCVMHost');
  await page.keyboard.press('Escape');
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();

  const row = operator.list(/^Hosts/).getByRole('row', { name: /^HyperV09/ });
  await row.getByRole('gridcell').first().dblclick();
  const properties = page.getByRole('dialog', { name: 'HyperV09.contoso.lab Properties' });
  await properties.getByRole('tab', { name: 'Host Access' }).click();
  await properties.getByRole('checkbox', { name: /^This host is a dedicated network virtualization gateway/ }).check();
  await picture(page, 'servers-7-host-access');
  await properties.getByRole('button', { name: 'OK' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(row).toContainText('Yes');

  await row.getByRole('gridcell').first().click();
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(row).toHaveCount(0);
  await node(page, 'Rack1').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(node(page, 'Rack1')).toHaveCount(0);
  await expect(operator.list(/^Hosts/).getByRole('row', { name: /^HyperV01/ })).toBeVisible();
});

test('Host Access names the tenants on the host, and the tree is worked by keyboard', async ({ start }) => {
  const operator = operatorOf(await start({ size: { width: 1280, height: 720 } }));
  const { page } = operator;
  await page.keyboard.press('Control+2');
  await page.getByRole('tree').press('Home');
  await node(page, 'All Hosts').click();
  await page.getByRole('tree').press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await operator.list(/^Hosts/).getByRole('row', { name: /^HyperV01/ }).getByRole('gridcell').first().click();
  await page.keyboard.press('Alt+Enter');
  const properties = page.getByRole('dialog', { name: 'HyperV01.contoso.lab Properties' });
  await properties.getByRole('tab', { name: 'Virtual Switches' }).click();
  await picture(page, 'servers-8-virtual-switches');
  await properties.getByRole('tab', { name: 'Host Access' }).click();
  await properties.getByRole('checkbox').check();
  await properties.getByRole('tab', { name: 'Hardware' }).click();
  await properties.getByRole('button', { name: 'OK' }).click();
  await expect(properties.getByRole('alert')).toContainText('Adatum-VM01 and Fabrikam-VM01 on HyperV01.contoso.lab need network virtualization');
  await picture(page, 'servers-9-host-access-refused');
});
