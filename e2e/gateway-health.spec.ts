import { expect, operatorOf, test } from './support/test.ts';
import { Mouse } from './support/hands.ts';
import { look } from './support/look.ts';

test('a default route that leads inside is hinted at, mended from the hint, and gone', async ({ start }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const hands = new Mouse(application.page);
  const { page } = operator;
  const row = /^Gateway01/;
  await hands.goTo('Fabric', 'Network Service');
  await hands.selectRow(/^Network Services/, row);
  await expect(operator.details.getByText('No hints')).toBeVisible();
  await look(page, 'gateway-health-1-no-hints');

  await hands.goTo('Fabric', 'Logical Networks');
  await hands.openRow(/^Logical Networks/, /^Contoso_Management_Pool01/);
  const pool = page.getByRole('dialog', { name: 'Contoso_Management_Pool01 Properties' });
  await pool.getByRole('tab', { name: 'Gateway' }).click();
  await pool.getByRole('button', { name: 'Insert gateway' }).click();
  await pool.getByRole('textbox', { name: 'Gateway address 1' }).fill('192.168.10.1');
  await pool.getByRole('checkbox', { name: 'Automatic metric' }).uncheck();
  await pool.getByRole('textbox', { name: 'Metric 1' }).fill('5');
  await pool.getByRole('button', { name: 'OK' }).click();
  await operator.expectJob('Completed');
  await hands.close(operator.jobsWindow);

  await hands.goTo('Fabric', 'Network Service');
  await hands.selectRow(/^Network Services/, row);
  const hints = operator.details.getByRole('list', { name: 'Hints' });
  await expect(hints).toContainText('The default route leads to 192.168.10.1 on Management (metric 5)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'gateway-health-2-hint-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  await hands.openRow(/^Network Services/, row);
  const properties = page.getByRole('dialog', { name: 'Gateway01 Properties' });
  await properties.getByRole('tab', { name: 'General' }).click();
  await properties.getByRole('textbox', { name: 'Description' }).fill('Typed and not yet saved');
  await properties.getByRole('tab', { name: 'Hints' }).click();
  const way = properties.getByRole('button', { name: 'Pool properties: Contoso_Management_Pool01' });
  await expect(way).toHaveAttribute('aria-disabled', 'true');
  await properties.getByRole('tab', { name: 'General' }).click();
  await properties.getByRole('textbox', { name: 'Description' }).fill('Multi-tenant gateway of Contoso');
  await properties.getByRole('tab', { name: 'Hints' }).click();
  await look(page, 'gateway-health-3-properties');
  await properties.getByRole('tab', { name: 'Capacity' }).click();
  await expect(properties.getByRole('list', { name: 'Capacity of Gateway01' }).getByRole('meter', { name: 'VM networks' })).toHaveAttribute('aria-valuetext', '0 of 50, 50 free');
  await look(page, 'gateway-health-4-capacity');
  await properties.getByRole('tab', { name: 'Hints' }).click();
  await way.click();
  await expect(properties).toBeHidden();
  await pool.getByRole('tab', { name: 'Gateway' }).click();
  await pool.getByRole('textbox', { name: 'Metric 1' }).fill('20');
  await pool.getByRole('button', { name: 'OK' }).click();
  await operator.expectJob('Completed');
  await hands.close(operator.jobsWindow);
  await expect(operator.details.getByText('No hints')).toBeVisible();
});
