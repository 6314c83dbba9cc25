import { expect } from '@playwright/test';
import { operatorOf, test } from './support/test.ts';

test('the guide says what is missing, shows where, and follows what is done', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'absent' }));
  const { page } = operator;
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Gateway Guide' }).click();
  const guide = page.getByRole('complementary', { name: 'Set up an HNV gateway' });
  await expect(guide.getByRole('heading', { name: /Done.*3\. Prepare/ })).toBeVisible();
  await expect(guide.getByRole('heading', { name: /To do.*4\. Add the gateway/ })).toBeVisible();
  await guide.getByRole('button', { name: /^Show me: The gateway VM as a network service/ }).click();
  await expect(page.getByRole('dialog', { name: 'Add Network Service Wizard' })).toBeVisible();
  await page.mouse.move(640, 400);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Add Network Service Wizard' })).toBeHidden();
  await guide.getByRole('button', { name: /^Show me: VM networks/ }).click();
  await expect(operator.vmNetwork('Fabrikam')).toBeVisible();
  await guide.getByRole('button', { name: 'Close the guide' }).click();
  await expect(guide).toBeHidden();
});

test('with a gateway the last step is done when a VM network is connected', async ({ start }) => {
  const operator = operatorOf(await start());
  const { page } = operator;
  await page.keyboard.press('Control+Shift+G');
  const guide = page.getByRole('complementary', { name: 'Set up an HNV gateway' });
  await expect(guide.getByRole('heading', { name: /To do.*5\. Let VM networks/ })).toBeVisible();
  await operator.connectWithNat('Fabrikam');
  await operator.expectJob('Completed');
  await operator.closeFront();
  await expect(guide.getByRole('heading', { name: /Done.*5\. Let VM networks/ })).toBeVisible();
  await expect(guide).toContainText('1 of 2 VM networks');
});
