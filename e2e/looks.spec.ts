import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, operatorOf, test } from './support/test.ts';
import { chooseAccount, type Operator } from './support/operator.ts';
import { picture } from './support/pictures.ts';

const looks = [
  { width: 1280, height: 720, theme: 'Light' },
  { width: 1280, height: 800, theme: 'Light' },
  { width: 1280, height: 800, theme: 'Dark' },
  { width: 1920, height: 1080, theme: 'Light' },
  { width: 1920, height: 1080, theme: 'Dark' },
] as const;

for (const { width, height, theme } of looks) {
  test(`every page at ${width}x${height}, ${theme.toLowerCase()}: no axe violation, nothing cut`, async ({ start }) => {
    const operator = operatorOf(await start({ size: { width, height } }));
    const label = `look-${width}x${height}-${theme.toLowerCase()}`;
    await chooseTheme(operator, theme);
    await operator.connectWithNat('Fabrikam');
    await operator.expectJob('Completed');
    await look(operator.page, `${label}-jobs-window`);
    await operator.closeFront();
    await operator.select('Fabrikam');
    await look(operator.page, `${label}-vm-networks`);
    await operator.openConnectivity('Adatum');
    await look(operator.page, `${label}-connectivity`);
    await operator.closeFront();
    const window = await operator.ping('Fabrikam');
    await expect(window.getByRole('log', { name: 'Replies' })).toContainText('Received = 4');
    await look(operator.page, `${label}-ping`);
    await operator.closeFront();
    await operator.openCompartmentsOf('Fabrikam');
    await operator.compartment(/Fabrikam/).click();
    await look(operator.page, `${label}-compartments`);
    for (const name of ['Hosts', 'Logical Networks', 'Network Service', 'Virtual Machines', 'Library', 'Jobs', 'Run As Accounts', 'General']) {
      await visit(operator, name);
      await look(operator.page, `${label}-${name.toLowerCase().replaceAll(' ', '-')}`);
    }
    await lookAtGateways(operator, label);
  });
}

/** The guide beside the page, the wizard with a remark on its connection string, and the Properties. */
async function lookAtGateways({ page }: Operator, label: string): Promise<void> {
  await page.keyboard.press('Control+Shift+G');
  await page.getByRole('button', { name: 'Show me: Front end connection' }).click();
  const properties = page.getByRole('dialog', { name: 'Gateway01 Properties' });
  await expect(properties).toBeVisible();
  await look(page, `${label}-network-service-properties`);
  await page.keyboard.press('Escape');
  await expect(properties).toBeHidden();
  await look(page, `${label}-guide`);
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Add Network Service' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add Network Service Wizard' });
  await wizard.getByRole('textbox', { name: 'Name' }).fill('Gateway02');
  for (const step of ['Manufacturer and Model', 'Credentials']) await next(wizard, step);
  await wizard.getByRole('button', { name: 'Browse' }).click();
  await expect(page.getByRole('dialog', { name: 'Select a Run As Account' }).getByRole('row', { name: /GatewayLocalAdmin/ })).toBeVisible();
  await look(page, `${label}-select-run-as-account`);
  await page.keyboard.press('Escape');
  await chooseAccount(wizard, 'GatewayLocalAdmin');
  await next(wizard, 'Connection String');
  await wizard.getByRole('textbox', { name: 'Connection string' }).fill('VMHost=HyperVGW01.contoso.lab;GatewayVM="GatewayVM01"');
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert')).toBeVisible();
  await look(page, `${label}-add-network-service`);
}

async function next(wizard: Locator, step: string): Promise<void> {
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('button', { name: step, exact: true })).toHaveAttribute('aria-current', 'step');
}

async function chooseTheme({ page }: Operator, theme: string): Promise<void> {
  await page.getByRole('button', { name: 'Application menu' }).click();
  await page.getByRole('menuitemradio', { name: theme }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
}

async function visit(operator: Operator, name: string): Promise<void> {
  const { page } = operator;
  const tree = (item: string) => page.getByRole('treeitem', { name: item, exact: true });
  switch (name) {
    case 'Hosts':
      await operator.workspace('Fabric');
      await tree('All Hosts').click();
      return operator.list(/^Hosts/).getByRole('row').nth(1).click();
    case 'Logical Networks':
    case 'Network Service':
      await tree(name).click();
      return page.getByRole('grid').getByRole('row').nth(1).click();
    case 'Virtual Machines':
      await operator.workspace('VMs and Services');
      await tree(name).click();
      return page.getByRole('grid').getByRole('row').nth(1).click();
    case 'Library':
      return operator.workspace('Library');
    case 'Jobs':
      await operator.workspace('Jobs');
      return page.getByRole('grid').getByRole('row').nth(1).click();
    default:
      await operator.workspace('Settings');
      return tree(name).click();
  }
}

async function look(page: Page, name: string): Promise<void> {
  // Fades of dialogs and menus must be over, or colours are measured halfway.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  await picture(page, name);
  // The line between two panes stands in no landmark, and Fluent's focus guards are hidden on purpose.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-separator]').exclude('[data-tabster-dummy]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)).toEqual([]);
  expect(await cutTexts(page)).toEqual([]);
}

/** Buttons, tabs and headings whose text is cut, and pages wider than the window. Cells of lists have tooltips instead. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut = [...document.querySelectorAll<HTMLElement>('button, [role="tab"], h1, h2, h3, label')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !element.title && getComputedStyle(element).display !== 'inline')
      .filter((element) => element.closest('[role="grid"], [role="table"], dl') === null)
      .map((element) => `${element.tagName} ${element.textContent.slice(0, 60)}`);
    return document.documentElement.scrollWidth > window.innerWidth ? [...cut, 'the page is wider than the window'] : cut;
  });
}
