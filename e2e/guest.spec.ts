import { expect } from '@playwright/test';
import { operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

test('inside the gateway VM: an adapter is renamed, the firewall switched, RRAS told to be left alone', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'absent', size: { width: 1280, height: 720 } }));
  const { page } = operator;
  await page.getByRole('treeitem', { name: 'Virtual Machines' }).click();
  await operator.list(/^Virtual Machines/).getByRole('row', { name: /^GatewayVM01/ }).dblclick();
  const guest = page.getByRole('dialog', { name: 'GatewayVM01 on HyperVGW01.contoso.lab' });
  await expect(guest.getByRole('region', { name: 'Routing and Remote Access' })).toContainText('not configured. Leave it so');

  const name = guest.getByRole('textbox', { name: 'Name of adapter Backend' });
  await name.fill('External');
  await name.press('Enter');
  await expect(page.getByText(/has an adapter named External already/).last()).toBeVisible();
  await expect(name).toHaveValue('Backend');
  await name.fill('Tenants');
  await name.press('Enter');
  await expect(guest.getByRole('textbox', { name: 'Name of adapter Tenants' })).toHaveValue('Tenants');

  const firewall = guest.getByRole('region', { name: 'Windows Firewall' }).getByRole('switch');
  await expect(firewall).not.toBeChecked();
  await firewall.click();
  await expect(guest.getByRole('region', { name: 'Windows Firewall' })).toContainText('On, for all profiles');
  const exchange = guest.getByRole('switch', { name: /^Data Exchange/ });
  await exchange.click();
  await expect(guest.getByRole('region', { name: 'Integration Services' })).toContainText('cannot discover');
  await guest.getByRole('combobox', { name: 'Connection of adapter Tenants' }).click();
  await page.getByRole('option', { name: 'HNV_Switch' }).click();
  await expect(guest.getByRole('combobox', { name: 'Connection of adapter Tenants' })).toHaveText('HNV_Switch');
  await picture(page, 'guest-1-desktop');
  await guest.getByRole('button', { name: 'Configure and Enable Routing and Remote Access' }).click();
  await expect(guest.getByRole('region', { name: 'Routing and Remote Access' })).toContainText('configured by hand');
  await picture(page, 'guest-2-by-hand');
  await guest.getByRole('button', { name: 'Disable Routing and Remote Access' }).click();
  await expect(guest.getByRole('region', { name: 'Routing and Remote Access' })).toContainText('not configured. Leave it so');
  await expect(guest.getByRole('button', { name: 'Add Roles and Features' })).toBeDisabled();
});

test('a machine that is off shows a black screen with Start; with its role missing the wizards go one after the other', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'absent' }));
  const { page } = operator;
  await page.getByRole('treeitem', { name: 'Virtual Machines' }).click();
  const row = operator.list(/^Virtual Machines/).getByRole('row', { name: /^Adatum-VM01/ });
  await row.getByRole('gridcell').first().click();
  await page.getByRole('tab', { name: 'Virtual Machine' }).click();
  await page.getByRole('button', { name: 'Power Off' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await row.dblclick();
  const guest = page.getByRole('dialog', { name: 'Adatum-VM01 on HyperV01.contoso.lab' });
  await expect(guest).toContainText('Adatum-VM01 is turned off.');
  await guest.getByRole('button', { name: 'Start' }).click();
  await expect(guest.getByRole('region', { name: 'Server Manager' })).toContainText('No role is installed.');

  await expect(guest.getByRole('button', { name: 'Open the Getting Started Wizard' })).toBeDisabled();
  await guest.getByRole('button', { name: 'Add Roles and Features' }).click();
  const roles = page.getByRole('dialog', { name: 'Add Roles and Features: Remote Access' });
  await roles.getByRole('checkbox', { name: 'Routing' }).check();
  await roles.getByRole('button', { name: 'Install' }).click();
  await expect(roles.getByRole('alert')).toContainText('DirectAccess and VPN (RAS)');
  await roles.getByRole('checkbox', { name: 'DirectAccess and VPN (RAS)' }).check();
  await roles.getByRole('button', { name: 'Install' }).click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await guest.getByRole('button', { name: 'Open the Getting Started Wizard' }).click();
  const wizard = page.getByRole('dialog', { name: /Getting Started Wizard/ });
  await wizard.getByRole('button', { name: 'Deploy' }).click();
  await expect(wizard.getByRole('alert')).toContainText('Choose Deploy VPN only');
  await wizard.getByRole('radio', { name: 'Deploy VPN only' }).check();
  await wizard.getByRole('button', { name: 'Deploy', exact: true }).click();
  await operator.expectJob('Completed');
});

test('a host is set aside for gateways from its tab, and one with tenants on it is refused', async ({ start }) => {
  const operator = operatorOf(await start());
  const { page } = operator;
  await operator.workspace('Fabric');
  const hosts = operator.list(/^Hosts/);
  const access = page.getByRole('toolbar', { name: 'Host' }).getByRole('button', { name: 'Dedicated Gateway' });
  await hosts.getByRole('row', { name: /^HyperVGW02/ }).getByRole('gridcell').first().click();
  await page.getByRole('tab', { name: 'Host', exact: true }).click();
  await expect(access).toHaveAttribute('aria-pressed', 'true');
  await access.click();
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(access).toHaveAttribute('aria-pressed', 'false');
  await hosts.getByRole('row', { name: /^HyperV02/ }).getByRole('gridcell').first().click();
  await access.click();
  await expect(page.getByText(/needs? network virtualization, which a dedicated gateway does not give/).last()).toBeVisible();
});
