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

/** NAT for every tenant, as a scenario does it: by hand it would take an hour. */
async function connectAll(page: Page): Promise<void> {
  await expect(page.getByRole('grid', { name: /^VM Networks and IP Pools \(100\)/ })).toBeVisible();
  await page.evaluate(async () => {
    for (let tenant = 1; tenant <= 100; tenant += 1) {
      const input = { vmNetwork: `Tenant${String(tenant).padStart(3, '0')}`, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01' } };
      await window.hnv.invoke('operation.start', { operationId: 'vmNetwork.setConnectivity', input });
    }
  });
  await expect(page.getByRole('row', { name: /^Tenant100 .*Gateway01/ }).or(page.getByText('No job is running'))).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('No job is running')).toBeVisible({ timeout: 90_000 });
}

test('a gateway with 100 tenants: found by name, six cells at a time, one expanded, few rows in the document', async ({ start }) => {
  test.slow();
  const application = await start({ size: { width: 1280, height: 720 }, lab: 'hundred-tenants', jobPace: 0 });
  const operator = operatorOf(application);
  const { page } = operator;
  await connectAll(page);
  await operator.workspace('Fabric');
  await page.getByRole('treeitem', { name: 'Network Service', exact: true }).click();
  await page.getByRole('grid').getByRole('row').nth(1).getByRole('gridcell').first().click();
  const capacity = operator.details.getByRole('list', { name: 'Capacity of Gateway01' });
  await expect(capacity.getByRole('meter', { name: 'VM networks' })).toHaveAttribute('aria-valuetext', '100 of 100, full');
  await expect(capacity.getByRole('meter', { name: 'Virtual subnets' })).toHaveAttribute('aria-valuetext', '200 of 500, 300 free');
  await capacity.scrollIntoViewIfNeeded();
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
  await expect(page.getByRole('group', { name: 'Pages of tenants' })).toContainText('6 to 10 of 100');
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

test('an MTU check from a VM network: progress, what limits the path, and what to set', async ({ start }) => {
  test.slow();
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  const hands = new Mouse(page);
  await operator.connectWithNat('Fabrikam');
  await operator.expectJob('Completed');
  await hands.close(operator.jobsWindow);
  await operator.select('Fabrikam');
  await operator.command('MTU Check');
  const window = page.getByRole('dialog', { name: 'MTU check from Fabrikam-VM01' });
  await expect(window).toContainText('No check yet');
  await look(page, 'mtu-1-empty');
  await hands.fill(window.getByRole('textbox', { name: 'Destination' }), 'the web server');
  await hands.press(window.getByRole('button', { name: 'Check', exact: true }));
  await expect(window).toContainText('Type an IPv4 address');
  await hands.fill(window.getByRole('textbox', { name: 'Destination' }), '192.0.2.80');
  await hands.press(window.getByRole('button', { name: 'Check', exact: true }));
  const result = window.getByRole('status', { name: 'Result' });
  await expect(result).toContainText('The largest packet that passes has 1,458 bytes', { timeout: 30_000 });
  await expect(result).toContainText('mtu=1458');
  await expect(window.getByRole('table', { name: 'Path' }).getByRole('row', { name: /Fabrikam-VM01 .* 1,458 Limit/ })).toBeVisible();
  await look(page, 'mtu-2-light');
  await window.getByRole('tab', { name: /^Packets/ }).click();
  await expect(window.getByRole('row', { name: /1,459 Too large/ })).toBeVisible();
  await hands.close(window);
  // Nothing of the running lab changed: the gateway has seen no packet.
  await operator.openCompartmentsOf('Fabrikam');
  await operator.compartment(/Fabrikam/).click();
  await expect(page.getByRole('tab', { name: 'NAT sessions (0)' })).toBeVisible();

  // The same by keyboard from the machine, through the dark.
  const keys = new Keyboard(page);
  await dark(page);
  await keys.goTo('VMs and Services', 'Virtual Machines');
  await keys.selectRow(/^Virtual Machines/, /Fabrikam-VM02/);
  await page.getByRole('tab', { name: 'Virtual Machine', exact: true }).click();
  await keys.press(page.getByRole('toolbar', { name: 'Virtual Machine' }).getByRole('button', { name: 'MTU Check' }));
  const second = page.getByRole('dialog', { name: 'MTU check from Fabrikam-VM02' });
  await keys.press(second.getByRole('button', { name: 'Check', exact: true }));
  await expect(second.getByRole('status', { name: 'Result' })).toContainText('1,458 bytes', { timeout: 30_000 });
  await look(page, 'mtu-3-dark');
  await keys.close(second);
});
