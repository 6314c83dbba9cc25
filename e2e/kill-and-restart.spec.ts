import { expect, operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

test('a job killed halfway is Failed with a reason, and Restart finishes it', async ({ start }) => {
  const first = await start({ jobPace: 1500 });
  const before = operatorOf(first);
  await before.connectWithNat('Fabrikam', '203.0.113.60');
  await expect(before.step(/^1\.1/)).toContainText('Completed');
  await expect(before.step(/^1\.5/)).toContainText('Not started');
  await picture(before.page, 'kill-1-running');
  await first.kill();

  const after = operatorOf(await start({ jobPace: 20 }));
  await expect(after.page.getByRole('contentinfo')).toContainText('1 failed in the last hour');
  await after.page.keyboard.press('Control+j');
  await after.jobsWindow.getByRole('grid', { name: /^Jobs/ }).getByRole('row', { name: /Failed/ }).click();
  await after.expectJob('Failed');
  await expect(after.jobsWindow.getByRole('alert')).toContainText('HNV-3004');
  await expect(after.step(/^1\.1/)).toContainText('Completed');
  await picture(after.page, 'kill-2-failed');
  await after.jobsWindow.getByRole('button', { name: 'Restart', exact: true }).click();
  await after.expectJob('Completed');
  await expect(after.step(/^1\.5/)).toContainText('Completed');
  await picture(after.page, 'kill-3-restarted');
  await after.closeFront();
  expect(await after.externalAddressOf('Fabrikam')).toBe('203.0.113.60');
  const window = await after.ping('Fabrikam');
  await expect(window.getByRole('log', { name: 'Replies' })).toContainText('Received = 4');
});
