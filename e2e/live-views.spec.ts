import type { Page } from '@playwright/test';
import { expect, operatorOf, test } from './support/test.ts';
import { Keyboard, Mouse } from './support/hands.ts';
import { look } from './support/look.ts';

async function dark(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Application menu' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
}

test('NAT sessions of a VM network and of the gateway: counted, sorted and filtered, live', async ({ start }) => {
  test.slow();
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const hands = new Mouse(application.page);
  const { page } = operator;
  await operator.connectWithNat('Fabrikam', '203.0.113.20');
  await operator.expectJob('Completed');
  await hands.close(operator.jobsWindow);
  await operator.select('Fabrikam');
  await operator.command('NAT Sessions');
  const window = page.getByRole('dialog', { name: 'NAT sessions of Fabrikam' });
  await expect(window).toContainText('No NAT sessions');
  await look(page, 'nat-sessions-1-none');
  await hands.close(window);
  for (const machine of ['Fabrikam-VM01', 'Fabrikam-VM02'] as const) {
    await operator.workspace('VMs and Services');
    await page.getByRole('treeitem', { name: 'Virtual Machines', exact: true }).click();
    await operator.list(/^Virtual Machines/).getByRole('row', { name: new RegExp(machine) }).getByRole('gridcell').first().click();
    await page.getByRole('tab', { name: 'Virtual Machine', exact: true }).click();
    await page.getByRole('toolbar', { name: 'Virtual Machine' }).getByRole('button', { name: 'Ping' }).click();
    const ping = operator.pingWindow(machine);
    await ping.getByRole('button', { name: 'Ping', exact: true }).click();
    await expect(ping.getByRole('log', { name: 'Replies' })).toContainText('Reply from');
    await hands.close(ping);
  }
  await page.getByRole('treeitem', { name: 'VM Networks', exact: true }).click();
  await operator.select('Fabrikam');
  await operator.command('NAT Sessions');
  const table = window.getByRole('table', { name: 'NAT sessions' });
  await expect(window.getByRole('tab', { name: 'Sessions (2)' })).toBeVisible();
  await expect(table.getByRole('row', { name: /ICMP 10\.30\.1\.4:\d+ 203\.0\.113\.20:\d+ 192\.0\.2\.80 Active/ })).toBeVisible();
  const inside = () => table.getByRole('row').nth(1);
  await table.getByRole('button', { name: 'Inside' }).click();
  await expect(inside()).toContainText('10.30.1.4');
  await table.getByRole('button', { name: 'Inside' }).click();
  await expect(inside()).toContainText('10.30.1.5');
  await expect(table.getByRole('columnheader', { name: 'Inside' })).toHaveAttribute('aria-sort', 'descending');
  await look(page, 'nat-sessions-2-light');
  await window.getByRole('searchbox', { name: 'Filter' }).fill('10.30.1.5');
  await expect(window.getByRole('status').filter({ hasText: 'shown' })).toHaveText('1 shown.');
  await window.getByRole('searchbox', { name: 'Filter' }).fill('no such thing');
  await expect(window).toContainText('Nothing matches');
  await hands.close(window);

  // The same of the whole gateway, by keyboard alone.
  const keys = new Keyboard(page);
  await keys.goTo('Fabric', 'Network Service');
  await keys.selectRow(/^Network Services/, /Gateway01/);
  await dark(page);
  await page.getByRole('tab', { name: 'Network Service', exact: true }).click();
  await keys.press(page.getByRole('toolbar', { name: 'Network Service' }).getByRole('button', { name: 'NAT Sessions' }));
  const whole = page.getByRole('dialog', { name: 'NAT sessions of Gateway01' });
  await keys.press(whole.getByRole('button', { name: 'VM network' }));
  await expect(whole.getByRole('columnheader', { name: 'VM network' })).toHaveAttribute('aria-sort', 'ascending');
  await keys.fill(whole.getByRole('searchbox', { name: 'Filter' }), 'fabrikam');
  await expect(whole.getByRole('row', { name: /^Fabrikam ICMP/ })).toHaveCount(2);
  await look(page, 'nat-sessions-3-gateway-dark');
  await keys.close(whole);
});

test('a gateway with 100 tenants: found by name, six cells at a time, one expanded, few rows in the document', async ({ start }) => {
  test.slow();
  const application = await start({ size: { width: 1280, height: 720 }, lab: 'hundred-tenants' });
  const operator = operatorOf(application);
  const { page } = operator;
  await operator.workspace('Fabric');
  await page.getByRole('treeitem', { name: 'Network Service', exact: true }).click();
  await page.getByRole('grid').getByRole('row').nth(1).getByRole('gridcell').first().click();
  await look(page, 'live-0-gateway');
  await page.getByRole('tab', { name: 'Network Service', exact: true }).click();
  await page.getByRole('toolbar', { name: 'Network Service' }).getByRole('button', { name: 'Compartments' }).click();
  const list = page.getByRole('listbox', { name: 'Compartments' });
  await expect(list.getByRole('option').first()).toContainText('Default compartment');
  await look(page, 'live-1-list');
  await page.getByRole('tab', { name: 'Side by side' }).click();
  const cells = page.getByRole('group', { name: 'Compartments side by side' });
  await expect(cells.getByRole('region')).toHaveCount(6);
  await look(page, 'live-2-cells');
  expect(await cells.getByRole('listitem').count()).toBeLessThan(100);
  await page.getByRole('button', { name: 'Next tenants' }).click();
  await expect(page.getByRole('group', { name: 'Pages of tenants' })).toContainText('6 to 10 of');
  await expect(cells.getByRole('region')).toHaveCount(6);
  await page.getByRole('searchbox', { name: 'Search tenants' }).fill('042');
  await expect(cells.getByRole('region')).toHaveCount(2);
  await expect(cells.getByRole('region').nth(1)).toContainText('042');
  await dark(page);
  await look(page, 'live-3-found-dark');
  const expand = cells.getByRole('region').nth(1).getByRole('button', { name: /^Expand/ });
  await new Keyboard(page).press(expand);
  await expect(page.getByRole('button', { name: 'Back to all cells' })).toBeFocused();
  await expect(page.getByRole('table', { name: 'Interfaces' })).toBeVisible();
  await look(page, 'live-4-expanded-dark');
  await page.keyboard.press('Escape');
  await expect(cells.getByRole('region')).toHaveCount(2);
});
