/** Every page of every properties window, and every dialog, at the smallest window, in light and dark. */
import type { Locator, Page } from '@playwright/test';
import { Mouse } from './support/hands.ts';
import { Operator } from './support/operator.ts';
import { awayFromTooltips, survey } from './support/survey.ts';
import { expect, test } from './support/test.ts';

interface WindowCase {
  readonly title: string;
  readonly open: (hands: Mouse) => Promise<void>;
  /** The button that starts the operation: pressed at once, it must say what is missing. */
  readonly accept?: string;
}

const size = { width: 1280, height: 720 };

const properties: readonly WindowCase[] = [
  { title: 'Fabrikam Properties', open: (hands) => fromRow(hands, 'VMs and Services', 'VM Networks', /^VM Networks/, /^Fabrikam /) },
  { title: 'Gateway01 Properties', open: (hands) => fromRow(hands, 'Fabric', 'Network Service', /^Network Services/, /^Gateway01/) },
  { title: 'HyperV01.contoso.lab Properties', open: (hands) => fromRow(hands, 'Fabric', 'Contoso-DC', /^Hosts/, /^HyperV01/) },
  { title: 'Contoso_External_LN01 Properties', open: (hands) => fromRow(hands, 'Fabric', 'Logical Networks', /^Logical Networks/, /^Contoso_External_LN01 /) },
  { title: 'Contoso_External_Pool01 Properties', open: (hands) => fromRow(hands, 'Fabric', 'Logical Networks', /^Logical Networks/, /^Contoso_External_Pool01/) },
];

const dialogs: readonly WindowCase[] = [
  { title: 'Create Host Group', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'Contoso-DC', 'Create Host Group') },
  { title: 'Rename Contoso-DC', open: (hands) => fromFolder(hands, 'Rename') },
  { title: 'Move Contoso-DC', open: (hands) => fromFolder(hands, 'Move') },
  { title: 'Create Hyper-V Cluster', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'Contoso-DC', 'Create Hyper-V Cluster') },
  { title: 'Create MAC Address Pool', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'MAC Address Pools', 'Create MAC Address Pool') },
  { title: 'Create Port Profile', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'Port Profiles', 'Create Port Profile') },
  { title: 'Create Logical Switch', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'Logical Switches', 'Create Logical Switch') },
  { title: 'Create Guest Cluster', accept: 'Create', open: (hands) => fromHome(hands, 'VMs and Services', 'Virtual Machines', 'Create Guest Cluster') },
  { title: 'Create Run As Account', accept: 'OK', open: (hands) => fromHome(hands, 'Settings', 'Run As Accounts', 'Create Run As Account') },
  { title: 'GatewayLocalAdmin Properties', open: (hands) => fromRow(hands, 'Settings', 'Run As Accounts', /^Run As Accounts/, /^GatewayLocalAdmin/) },
  { title: 'GatewayTemplate Properties', open: (hands) => fromRow(hands, 'Library', 'VM Templates', /^VM Templates/, /^GatewayTemplate/) },
  { title: 'Create Snapshot', accept: 'Create', open: (hands) => fromHome(hands, 'Settings', 'Snapshots', 'Create Snapshot') },
  { title: 'Compare Survey', open: compareSnapshot },
  { title: 'Restore Survey?', open: restoreSnapshot },
  { title: 'Run Scenario', open: (hands) => fromHome(hands, 'VMs and Services', 'VM Networks', 'Run Scenario') },
  {
    title: 'Export Job Log',
    open: async (hands) => {
      await hands.page.getByRole('group', { name: 'Workspaces' }).getByRole('button', { name: 'Jobs' }).click();
      await fromRibbon(hands.page, 'Export…');
    },
  },
  { title: 'Jobs', open: ({ page }) => page.keyboard.press('Control+j') },
];

test('every page of every properties window', async ({ start }) => {
  test.slow();
  const { page } = await start({ size });
  const operator = new Operator(page);
  // NAT has a page of its own once it is there.
  await operator.connectWithNat('Fabrikam');
  await operator.expectJob('Completed');
  await operator.closeFront();
  for (const { title, open } of properties) {
    await test.step(title, async () => {
      const window = await opened(page, title, open);
      const tabs = window.getByRole('tablist', { name: 'Pages' }).getByRole('tab');
      expect(await tabs.count()).toBeGreaterThan(1);
      for (const label of await tabs.allInnerTexts()) {
        await tabs.filter({ hasText: label }).first().click();
        await expect(window.getByRole('tabpanel').first()).toBeVisible();
        await survey(window, `properties-${nameOf(title)}-${nameOf(label)}`);
      }
      await closesAtOnce(page, window);
    });
  }
});

test('every dialog, empty and with what it says about what is missing', async ({ start }) => {
  test.slow();
  const { page } = await start({ size });
  for (const { title, open, accept } of dialogs) {
    await test.step(title, async () => {
      const window = await opened(page, title, open);
      await survey(window, `dialog-${nameOf(title)}`);
      if (accept !== undefined) {
        await window.getByRole('button', { name: accept, exact: true }).click();
        await expect(window.getByRole('alert').or(window.getByRole('status')).filter({ hasText: /HNV-\d{4}/ }).first()).toBeVisible();
        await survey(window, `dialog-${nameOf(title)}-missing`, ['dark']);
      }
      await closesAtOnce(page, window);
    });
  }
});

async function opened(page: Page, title: string, open: WindowCase['open']): Promise<Locator> {
  await open(new Mouse(page));
  const window = page.getByRole('dialog', { name: title, exact: true });
  await expect(window).toBeVisible();
  return window;
}

async function closesAtOnce(page: Page, window: Locator): Promise<void> {
  await awayFromTooltips(page);
  await page.keyboard.press('Escape');
  await expect(window).toBeHidden();
}

async function fromRow(hands: Mouse, workspace: string, node: string, list: RegExp, row: RegExp): Promise<void> {
  await hands.goTo(workspace, node);
  await hands.openRow(list, row);
}

async function fromHome(hands: Mouse, workspace: string, node: string, command: string): Promise<void> {
  await hands.goTo(workspace, node);
  await fromRibbon(hands.page, command);
}

async function fromRibbon(page: Page, command: string): Promise<void> {
  await page.getByRole('tab', { name: 'Home', exact: true }).click();
  await page.getByRole('toolbar', { name: 'Home', exact: true }).getByRole('button', { name: command, exact: true }).click();
}

/** The tab of a host group. */
async function fromFolder(hands: Mouse, command: string): Promise<void> {
  await hands.goTo('Fabric', 'Contoso-DC');
  await hands.page.getByRole('tab', { name: 'Folder', exact: true }).click();
  await hands.page.getByRole('toolbar', { name: 'Folder' }).getByRole('button', { name: command, exact: true }).click();
}

/** Of a lab in which nothing has changed since: with nothing to show, the window says so. */
async function compareSnapshot(hands: Mouse): Promise<void> {
  await fromHome(hands, 'Settings', 'Snapshots', 'Create Snapshot');
  const dialog = hands.page.getByRole('dialog', { name: 'Create Snapshot' });
  await dialog.getByLabel('Name').fill('Survey');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  const jobs = hands.page.getByRole('dialog', { name: 'Jobs' });
  await expect(jobs.getByRole('status').filter({ hasText: 'Completed' })).toBeVisible();
  await hands.close(jobs);
  await hands.openRow(/^Snapshots/, /^Survey/);
}

async function restoreSnapshot(hands: Mouse): Promise<void> {
  await hands.goTo('Settings', 'Snapshots');
  await hands.selectRow(/^Snapshots/, /^Survey/);
  await hands.page.getByRole('tab', { name: 'Snapshot', exact: true }).click();
  await hands.page.getByRole('toolbar', { name: 'Snapshot' }).getByRole('button', { name: 'Restore', exact: true }).click();
}

function nameOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
