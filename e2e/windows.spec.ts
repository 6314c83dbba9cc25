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
  { title: 'Create Hyper-V Cluster', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'Contoso-DC', 'Create Hyper-V Cluster') },
  { title: 'Create MAC Address Pool', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'MAC Address Pools', 'Create MAC Address Pool') },
  { title: 'Create Port Profile', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'Port Profiles', 'Create Port Profile') },
  { title: 'Create Logical Switch', accept: 'Create', open: (hands) => fromHome(hands, 'Fabric', 'Logical Switches', 'Create Logical Switch') },
  { title: 'Create Guest Cluster', accept: 'Create', open: (hands) => fromHome(hands, 'VMs and Services', 'Virtual Machines', 'Create Guest Cluster') },
  { title: 'Create Run As Account', accept: 'OK', open: (hands) => fromHome(hands, 'Settings', 'Run As Accounts', 'Create Run As Account') },
  { title: 'Create Snapshot', accept: 'Create', open: (hands) => fromHome(hands, 'Settings', 'Snapshots', 'Create Snapshot') },
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

function nameOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
