import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

test('an address that cannot be given is refused at its field, and nothing typed is lost', async ({ start }) => {
  const operator = operatorOf(await start());
  await operator.connectWithNat('Fabrikam', '203.0.113.20');
  await operator.expectJob('Completed');
  await operator.closeFront();

  await operator.connectWithNat('Adatum', '203.0.113.9');
  const refusals: readonly (readonly [string, RegExp])[] = [
    ['203.0.113.9', /outside IP address pool Contoso_External_Pool01.*HNV-2001/],
    ['203.0.113.20', /HNV-2002/],
    ['203.0.113.999', /IPv4 address.*HNV-1001/],
  ];
  for (const [address, message] of refusals) {
    await operator.addressField.fill(address);
    await operator.properties.getByRole('button', { name: 'OK' }).click();
    await expect(operator.properties.getByRole('alert').filter({ hasText: message })).toBeVisible();
    await expect(operator.addressField).toHaveValue(address);
    await expect(operator.addressField).toHaveAttribute('aria-invalid', 'true');
  }
  await picture(operator.page, 'bad-input-1-refused');
  await operator.closeFront();
  await expect(operator.properties).toBeHidden();
  await expect(operator.vmNetwork('Adatum').getByRole('gridcell').nth(2)).toHaveText('None');
  await operator.workspace('Jobs');
  await expect(operator.list(/^Jobs/).getByRole('row', { name: /Change properties/ })).toHaveCount(1);
});

test('without a gateway the page says so and offers nothing', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'absent' }));
  await operator.openConnectivity('Fabrikam');
  await expect(operator.properties).toContainText('No network service that specifies a gateway has been added to VMM');
  await expect(operator.properties.getByRole('checkbox', { name: /^Connect directly/ })).toBeDisabled();
  await expect(operator.properties.getByRole('button', { name: 'OK' })).toHaveAttribute('aria-disabled', 'true');
  await picture(operator.page, 'bad-input-2-no-gateway');
});

test('a wrong destination is refused by the ping window before anything is sent', async ({ start }) => {
  const operator = operatorOf(await start());
  await operator.select('Fabrikam');
  await operator.page.keyboard.press('Control+g');
  const window = operator.pingWindow('Fabrikam-VM01');
  await window.getByLabel('Destination').fill('192.0.2');
  await window.getByRole('button', { name: 'Ping', exact: true }).click();
  await expect(window.getByRole('alert')).toContainText('Type an IPv4 address such as 192.0.2.80.');
  await expect(window).toContainText('No ping yet');
});

test('a truncated database is left alone, and the window says what to do', async ({ start, userData }) => {
  const first = await start();
  await expect(operatorOf(first).vmNetwork('Fabrikam')).toBeVisible();
  await first.close();
  const database = path.join(userData, 'console.sqlite');
  const half = readFileSync(database).subarray(0, 9000);
  writeFileSync(database, half);

  const second = await start();
  await expect(second.page.getByRole('heading', { name: 'The console cannot open its database' })).toBeVisible();
  await expect(second.page.getByRole('alert')).toContainText('HNV-4002');
  await expect(second.page.getByRole('alert')).toContainText('console.sqlite');
  await picture(second.page, 'bad-input-3-truncated');
  await second.close();
  expect(readFileSync(database).equals(half)).toBe(true);
});
