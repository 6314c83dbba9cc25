import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { picture } from './support/pictures.ts';
import { expect, operatorOf, test } from './support/test.ts';

const size = { width: 1280, height: 720 };

/** A job that fails at a step that can be left out: nothing of a gateway is there. */
async function failingJob(page: Page): Promise<void> {
  await page.evaluate(() => window.hnv.invoke('operation.start', { operationId: 'gateway.checkReadiness', input: {} }));
}

/** Menus and messages stand in portals of Fluent's, outside of the landmarks; the pages themselves are held to these in looks.spec.ts. */
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  await picture(page, name);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(['region']).exclude('[data-separator]').exclude('[data-tabster-dummy]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)).toEqual([]);
}

for (const theme of ['Light', 'Dark'] as const) {
  test(`a job that fails is told in the window, shown, and goes on without its failed step (${theme.toLowerCase()})`, async ({ start }) => {
    const operator = operatorOf(await start({ gateway: 'absent', size }));
    const { page } = operator;
    const label = `jobs-${theme.toLowerCase()}`;
    await page.getByRole('button', { name: 'Application menu' }).click();
    await page.getByRole('menuitemradio', { name: theme }).click();
    await page.keyboard.press('Escape');
    await expect(operator.vmNetwork('Fabrikam')).toBeVisible();
    await failingJob(page);
    await expect(page.getByText(/^Check the HNV gateway.* failed$|failed$/).first()).toBeVisible();
    await expect(page.getByRole('contentinfo').getByText('1 failed in the last hour')).toBeVisible();
    await look(page, `${label}-1-told`);
    await page.getByRole('button', { name: 'Show job' }).click();
    const { jobsWindow } = operator;
    await expect(jobsWindow).toBeVisible();
    await operator.expectJob('Failed');
    await jobsWindow.getByRole('tab', { name: 'Summary' }).click();
    await expect(jobsWindow.getByText(/^PS> Restart-Job -Job \(Get-VMMServer localhost \| Get-Job \| where/)).toBeVisible();
    await look(page, `${label}-2-summary`);
    await jobsWindow.getByRole('tab', { name: 'Details' }).click();
    await jobsWindow.getByRole('button', { name: 'Restart and skip last failed step' }).click();
    await expect(jobsWindow.getByRole('table', { name: 'Steps' }).getByRole('row', { name: /Skipped/ })).toHaveCount(1);
    await expect(jobsWindow.getByText(/steps done, 1 of them skipped$/)).toBeVisible();
    await operator.expectJob('Failed');
    await look(page, `${label}-3-skipped`);
    await jobsWindow.getByRole('checkbox', { name: 'Show this window when new objects are created' }).uncheck();
    await operator.closeFront();
    await expect(jobsWindow).toBeHidden();
  });
}

test('jobs are found, filtered, and a filter is kept, shown by one click and deleted', async ({ start }) => {
  const first = await start({ gateway: 'absent', size });
  const operator = operatorOf(first);
  const { page } = operator;
  await expect(operator.vmNetwork('Fabrikam')).toBeVisible();
  await failingJob(page);
  await expect(page.getByRole('button', { name: 'Show job' })).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await operator.workspace('Jobs');
  const list = operator.list(/^Jobs/);
  const rows = list.getByRole('row').filter({ has: page.getByRole('gridcell') });
  await expect(rows).toHaveCount(2);

  // Words of a step's name and of an error, in any order; and what looks like a query.
  const search = page.getByRole('searchbox', { name: /^Search Jobs/ });
  await search.fill('ready not');
  await expect(rows).toHaveCount(1);
  await search.fill('"* OR ( % _');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await search.fill('');
  await expect(rows).toHaveCount(2);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const popover = page.getByRole('dialog', { name: 'Filter jobs' }).or(page.getByRole('group', { name: 'Filter jobs' })).first();
  await popover.getByRole('checkbox', { name: 'Failed' }).check();
  await popover.getByLabel('Started from').fill('2001-01-01T00:00');
  await look(page, 'jobs-4-filter');
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Status: Failed' })).toBeVisible();

  await page.getByRole('button', { name: 'Save filter…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Failures');
  await look(page, 'jobs-5-save');
  await page.keyboard.press('Enter');
  const node = page.getByRole('treeitem', { name: 'Failures' });
  await expect(node).toHaveAttribute('aria-selected', 'true');
  await expect(operator.list(/^Jobs: Failures/)).toBeVisible();
  await page.getByRole('treeitem', { name: 'Running' }).click();
  await expect(page.getByText('No job is running').first()).toBeVisible();
  await page.getByRole('treeitem', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(rows).toHaveCount(2);
  await first.close();

  // Still there after the end of the console.
  const second = operatorOf(await start({ gateway: 'absent', size }));
  await second.workspace('Jobs');
  await second.page.getByRole('treeitem', { name: 'Failures' }).click();
  await expect(second.list(/^Jobs: Failures/).getByRole('row', { name: /Failed/ })).toHaveCount(1);
  await second.page.getByRole('button', { name: /^Status: Failed/ }).click();
  await second.page.getByRole('button', { name: 'Save changes' }).click();
  await expect(second.page.getByRole('button', { name: 'Save changes' })).toBeHidden();
  await look(second.page, 'jobs-6-kept');
  await second.page.getByRole('button', { name: 'Delete filter' }).click();
  await expect(second.page.getByRole('treeitem', { name: 'Failures' })).toBeHidden();
  await expect(second.list(/^Jobs/)).toBeVisible();
});

test('columns are chosen, moved and kept, by keyboard', async ({ start }) => {
  const first = await start({ gateway: 'absent', size });
  const { page } = first;
  await page.keyboard.press('Control+4');
  const headers = page.getByRole('columnheader');
  await expect(headers).toHaveText(['Name', 'Status', 'Start Time', 'Result Name', 'Owner']);
  await page.getByRole('button', { name: 'Choose columns of Jobs' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemcheckbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitemcheckbox', { name: 'Attempts' })).toBeFocused();
  await page.keyboard.press('Space');
  await page.getByRole('menuitemcheckbox', { name: 'Owner' }).press('Space');
  await look(page, 'jobs-7-columns');
  await page.keyboard.press('Escape');
  await expect(headers).toHaveText(['Name', 'Status', 'Start Time', 'Result Name', 'Attempts']);
  await headers.last().getByRole('button').press('Alt+Shift+ArrowLeft');
  await expect(headers).toHaveText(['Name', 'Status', 'Start Time', 'Attempts', 'Result Name']);
  await headers.nth(1).getByRole('button').dragTo(headers.first().getByRole('button'));
  await expect(headers).toHaveText(['Status', 'Name', 'Start Time', 'Attempts', 'Result Name']);
  await first.close();

  const second = operatorOf(await start({ gateway: 'absent', size }));
  await second.workspace('Jobs');
  await expect(second.page.getByRole('columnheader')).toHaveText(['Status', 'Name', 'Start Time', 'Attempts', 'Result Name']);
  await second.page.getByRole('button', { name: 'Choose columns of Jobs' }).click();
  await second.page.getByRole('menuitem', { name: 'Reset columns' }).click();
  await expect(second.page.getByRole('columnheader')).toHaveText(['Name', 'Status', 'Start Time', 'Result Name', 'Owner']);
});

test('Esc closes the window in front while the tooltip of the button that opened it is shown', async ({ start }) => {
  const { page } = await start();
  await page.getByRole('tab', { name: 'Home' }).click();
  const button = page.getByRole('button', { name: 'Jobs', exact: true }).first();
  await button.hover();
  const tip = page.locator('.fui-Tooltip__content', { hasText: 'Jobs beside the console' });
  await expect(tip).toBeVisible();
  await button.click();
  const jobs = page.getByRole('dialog', { name: 'Jobs' });
  await expect(jobs).toBeVisible();
  await expect(tip).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(jobs).toBeHidden();
});
