/** Every page of every wizard at the smallest window, in light and dark, worked the way an operator errs: *Next* too early, *Previous*, Esc. */
import type { Locator, Page } from '@playwright/test';
import { Mouse } from './support/hands.ts';
import { chooseAccount } from './support/operator.ts';
import { awayFromTooltips, contentsOf, survey } from './support/survey.ts';
import { expect, test } from './support/test.ts';

interface WizardCase {
  readonly title: string;
  readonly pages: readonly PageCase[];
  readonly open: (hands: Mouse) => Promise<void>;
  /** What the last page says of what was typed. */
  readonly summary?: readonly string[];
}

interface PageCase {
  readonly label: string;
  /** Brings the page to where something is missing; left out, it is so from the start. */
  readonly prepare?: (wizard: Locator, hands: Mouse) => Promise<void>;
  /** What *Next* then says. Left out: nothing can be missing here. */
  readonly missing?: RegExp;
  readonly fill?: (wizard: Locator, hands: Mouse) => Promise<void>;
  /** Sub-pages, surveyed once the page is filled. */
  readonly tabs?: readonly string[];
  /** After the sub-pages. */
  readonly tidy?: (wizard: Locator) => Promise<void>;
  /** What *Next* says although the page is filled: nothing in the lab would do. The walk ends here. */
  readonly refused?: RegExp;
}

const size = { width: 1280, height: 720 };
const anyProblem = /HNV-\d{4}/;
const box = (wizard: Locator, name: string | RegExp) => wizard.getByRole('textbox', { name, exact: true });

const fabricWizards: readonly WizardCase[] = [
  {
    title: 'Create Logical Network Wizard',
    open: (hands) => fromHome(hands, 'Fabric', 'Logical Networks', 'Create Logical Network'),
    pages: [
      { label: 'Name', missing: /HNV-1001/, fill: (wizard) => box(wizard, 'Name').fill('Hosting') },
      {
        label: 'Network Site',
        prepare: (wizard) => wizard.getByRole('button', { name: 'Add', exact: true }).click(),
        missing: anyProblem,
        fill: async (wizard) => {
          await wizard.getByRole('checkbox', { name: 'All Hosts' }).check();
          await box(wizard, 'VLAN 1').fill('100');
          await box(wizard, 'IP subnet 1').fill('10.9.0.0/24');
        },
      },
    ],
  },
  {
    title: 'Create Static IP Address Pool Wizard',
    open: async (hands) => {
      await hands.goTo('Fabric', 'Logical Networks');
      await hands.selectRow(/^Logical Networks/, /^Contoso_Management_LN01 /);
      await fromTab(hands, 'Logical Network', 'Create IP Pool');
    },
    pages: [
      { label: 'Name', missing: /HNV-1001/, fill: (wizard) => box(wizard, 'Name').fill('Branch pool') },
      {
        label: 'Network Site',
        prepare: (wizard) => wizard.getByRole('radio', { name: 'Create a network site' }).check(),
        missing: anyProblem,
        fill: async (wizard) => {
          await wizard.getByRole('checkbox', { name: 'All Hosts' }).check();
          await box(wizard, 'IP subnet 1').fill('10.9.0.0/24');
        },
      },
      { label: 'IP address range', prepare: (wizard) => box(wizard, 'Starting IP address').fill(''), missing: anyProblem, fill: (wizard) => box(wizard, 'Starting IP address').fill('10.9.0.4') },
      { label: 'Gateway', prepare: (wizard) => wizard.getByRole('button', { name: 'Insert gateway' }).click(), missing: anyProblem, fill: (wizard) => box(wizard, 'Gateway address 1').fill('10.9.0.1') },
      { label: 'DNS', prepare: (wizard) => wizard.getByRole('button', { name: 'Insert DNS server' }).click(), missing: anyProblem, fill: (wizard) => box(wizard, 'DNS server 1').fill('192.0.2.53') },
      { label: 'WINS', prepare: (wizard) => wizard.getByRole('button', { name: 'Insert WINS server' }).click(), missing: anyProblem, fill: (wizard) => box(wizard, 'WINS server 1').fill('192.0.2.54') },
    ],
  },
  {
    title: 'Add Host Wizard',
    open: (hands) => fromHome(hands, 'Fabric', 'Contoso-DC', 'Add Host'),
    pages: [
      { label: 'Credentials', missing: anyProblem, fill: (wizard) => chooseAccount(wizard, 'GatewayLocalAdmin') },
      { label: 'Computer', missing: anyProblem, fill: (wizard) => box(wizard, 'Computer name').fill('HyperV09.contoso.lab') },
      { label: 'Network', prepare: (wizard) => wizard.getByRole('button', { name: 'Add virtual switch' }).click(), missing: anyProblem, fill: (wizard) => box(wizard, 'Virtual switch 1').fill('HNV_Switch') },
      { label: 'Host Settings' },
    ],
  },
  {
    title: 'Add Network Service Wizard',
    open: (hands) => fromHome(hands, 'Fabric', 'Network Service', 'Add Network Service'),
    pages: [
      { label: 'Name', missing: /HNV-1001/, fill: (wizard) => box(wizard, 'Name').fill('Gateway01') },
      { label: 'Manufacturer and Model' },
      { label: 'Credentials', missing: anyProblem, fill: (wizard) => chooseAccount(wizard, 'GatewayLocalAdmin') },
      { label: 'Connection String', missing: anyProblem, fill: (wizard) => box(wizard, 'Connection string').fill('VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch') },
      { label: 'Certificates' },
      { label: 'Provider' },
      { label: 'Host Group', missing: anyProblem, fill: (wizard) => wizard.getByRole('checkbox', { name: 'Contoso-DC' }).check() },
    ],
  },
];

const tenantWizards: readonly WizardCase[] = [
  {
    title: 'Create VM Network Wizard',
    open: (hands) => fromHome(hands, 'VMs and Services', 'VM Networks', 'Create VM Network'),
    pages: [
      {
        label: 'Name',
        missing: anyProblem,
        fill: async (wizard, hands) => {
          await box(wizard, 'Name').fill('Woodgrove');
          await hands.choose(wizard.getByRole('combobox', { name: 'Logical network' }), /^Contoso_HNV_LN01/);
        },
      },
      { label: 'Isolation' },
      {
        label: 'VM Subnets',
        missing: anyProblem,
        fill: async (wizard) => {
          await expect(wizard.getByText(anyProblem)).toHaveCount(2);
          await box(wizard, 'Name of VM subnet 1').fill('Web');
          // Only what was touched is mended.
          await expect(wizard.getByText(anyProblem)).toHaveCount(1);
          await expect(box(wizard, 'IP subnet 1')).toHaveAttribute('aria-invalid', 'true');
          await box(wizard, 'IP subnet 1').fill('10.30.1.0/24');
        },
      },
      {
        label: 'Connectivity',
        fill: async (wizard) => {
          for (const name of ['Connect to another network through a VPN tunnel', 'Enable the Border Gateway Protocol (BGP)', 'Connect directly to an additional logical network']) await wizard.getByRole('checkbox', { name }).check();
        },
      },
      {
        label: 'VPN Connections',
        prepare: (wizard) => wizard.getByRole('button', { name: 'Add', exact: true }).click(),
        missing: anyProblem,
        fill: (wizard) => box(wizard, 'Subnet').fill('10.254.254.0/29'),
        tabs: ['Authentication', 'Routes', 'Advanced', 'VPN connection'],
        tidy: (wizard) => wizard.getByRole('button', { name: 'Remove', exact: true }).click(),
      },
      { label: 'Border Gateway Protocol', missing: anyProblem, fill: (wizard) => box(wizard, 'Autonomous System Number').fill('64600') },
    ],
    summary: ['Woodgrove', 'Web (10.30.1.0/24)', 'first free address', '10.254.254.0/29', 'Autonomous system 64600, no peer yet'],
  },
  {
    title: 'Create VM Template Wizard',
    open: (hands) => fromHome(hands, 'Library', 'VM Templates', 'Create VM Template'),
    pages: [
      { label: 'Select Source', missing: anyProblem, fill: (wizard, hands) => hands.choose(wizard.getByRole('combobox', { name: 'Virtual hard disk' }), /^WS2012R2\.vhdx/) },
      { label: 'Identity', missing: /HNV-1001/, fill: (wizard) => box(wizard, 'VM template name').fill('Web server') },
      { label: 'Configure Hardware', prepare: (wizard) => wizard.getByRole('spinbutton', { name: 'Memory (MB)' }).fill('4095'), missing: /4095 MB/, fill: (wizard) => wizard.getByRole('spinbutton', { name: 'Memory (MB)' }).fill('1024') },
    ],
  },
  {
    title: 'Create Service Template',
    open: (hands) => fromHome(hands, 'Library', 'Service Templates', 'Create Service Template'),
    pages: [
      { label: 'Name', missing: /HNV-1001/, fill: (wizard) => box(wizard, 'Name').fill('Web tier') },
      { label: 'Machine Tier', missing: anyProblem, fill: (wizard, hands) => hands.choose(wizard.getByRole('combobox', { name: 'VM template' }), /^TenantTemplate/), refused: /generation 2/ },
    ],
  },
  {
    title: 'Create Virtual Machine Wizard',
    open: (hands) => fromHome(hands, 'VMs and Services', 'Virtual Machines', 'Create Virtual Machine'),
    pages: [
      { label: 'Select Source', missing: /No VM template is chosen/, fill: (wizard, hands) => hands.choose(wizard.getByRole('combobox', { name: 'VM template' }), /^TenantTemplate/) },
      { label: 'Identity', missing: /HNV-1001/, fill: (wizard) => box(wizard, 'Virtual machine name').fill('Fabrikam-VM03') },
      { label: 'Configure Hardware', fill: (wizard, hands) => hands.choose(wizard.getByRole('combobox', { name: 'VM network' }), /^Fabrikam/) },
      { label: 'Select Host', missing: anyProblem, fill: (wizard) => wizard.getByRole('radio', { name: /HyperV01/ }).check() },
      { label: 'Configure Settings' },
    ],
  },
  {
    title: 'Migrate Virtual Machine Wizard',
    open: async (hands) => {
      await hands.goTo('VMs and Services', 'Virtual Machines');
      await hands.selectRow(/^Virtual Machines/, /^Fabrikam-VM01/);
      await fromTab(hands, 'Virtual Machine', 'Migrate Virtual Machine');
    },
    pages: [{ label: 'Select Host', missing: /No host is chosen/, fill: (wizard) => wizard.getByRole('radio', { name: /HyperV02/ }).check() }],
  },
];

/** A few wizards in one started console: a start costs more than a wizard, and all at once would take too long for one test on a busy machine. */
const groups = [
  { name: 'the wizards of logical networks and IP pools', wizards: fabricWizards.slice(0, 2), gateway: 'absent' },
  { name: 'the wizards of hosts and gateways', wizards: fabricWizards.slice(2), gateway: 'absent' },
  { name: 'the wizard of VM networks', wizards: tenantWizards.slice(0, 1), gateway: 'connected' },
  { name: 'the wizards of templates and virtual machines', wizards: tenantWizards.slice(1), gateway: 'connected' },
] as const;

for (const { name, wizards, gateway } of groups) {
  test(`${name}, page by page`, async ({ start }) => {
    test.slow();
    const { page } = await start({ gateway, size });
    for (const wizard of wizards) await test.step(wizard.title, () => walk(page, wizard));
  });
}

async function walk(page: Page, { title, pages, open, summary = [] }: WizardCase): Promise<void> {
  const hands = new Mouse(page);
  const wizard = page.getByRole('dialog', { name: title });
  const label = `wizard-${title.replace(/ Wizard$/, '').toLowerCase().replaceAll(' ', '-')}`;
  await open(hands);
  await expect(wizard).toBeVisible();
  await awayFromTooltips(page);
  await expect(wizard.locator(':focus'), 'the focus is in the wizard').toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(wizard, 'Esc closes at once when nothing was typed').toBeHidden();
  await open(hands);
  for (const [place, current] of pages.entries()) {
    await fillIn(wizard, hands, current, `${label}-${place + 1}`);
    if (current.refused === undefined) await goOnAndBack(wizard, current.label, pages[place + 1]?.label ?? 'Summary');
    else await expectRefusal(wizard, current.label, current.refused);
  }
  const last = pages.at(-1);
  const end = last?.refused === undefined ? 'Summary' : last.label;
  for (const text of summary) await expect(wizard.getByRole('group', { name: end, exact: true })).toContainText(text);
  await survey(wizard, `${label}-${pages.length + 1}-end`);
  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog', { name: 'Close without finishing?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Go on filling in' }).click();
  // While it goes away a key is still its own.
  await expect(question).toBeHidden();
  await expectStep(wizard, end);
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Close' }).click();
  await expect(wizard).toBeHidden();
}

async function fillIn(wizard: Locator, hands: Mouse, { label, prepare, missing, fill, refused, tabs = [], tidy }: PageCase, name: string): Promise<void> {
  await expectStep(wizard, label);
  await prepare?.(wizard, hands);
  if (missing !== undefined) {
    await expectRefusal(wizard, label, missing);
    await survey(wizard, `${name}-missing`, ['dark']);
  }
  await fill?.(wizard, hands);
  await survey(wizard, name);
  for (const tab of tabs) {
    await wizard.getByRole('tab', { name: tab }).click();
    await survey(wizard, `${name}-${tab.toLowerCase().replaceAll(' ', '-')}`);
  }
  await tidy?.(wizard);
  // Of a value that is refused too, the field that was complained about says so unasked.
  if (missing !== undefined && refused === undefined) await expect(wizard.getByText(anyProblem), `what was said about ${label} has gone with its cause`).toHaveCount(0);
}

async function expectRefusal(wizard: Locator, label: string, says: RegExp): Promise<void> {
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expect(wizard.getByRole('alert').or(wizard.getByRole('status')).filter({ hasText: says }).first()).toBeVisible();
  await expectStep(wizard, label);
}

/** To the next page, back to find everything as it was, and on again. */
async function goOnAndBack(wizard: Locator, label: string, following: string): Promise<void> {
  const area = wizard.getByRole('group', { name: label, exact: true });
  const typed = await contentsOf(area);
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expectStep(wizard, following);
  await wizard.getByRole('button', { name: 'Previous' }).click();
  await expectStep(wizard, label);
  await expect.poll(() => contentsOf(area)).toEqual(typed);
  await wizard.getByRole('button', { name: 'Next' }).click();
  await expectStep(wizard, following);
}

async function expectStep(wizard: Locator, label: string): Promise<void> {
  await expect(wizard.getByRole('navigation', { name: 'Steps' }).locator('[aria-current="step"]')).toContainText(label);
}

async function fromHome(hands: Mouse, workspace: string, node: string, command: string): Promise<void> {
  await hands.goTo(workspace, node);
  await fromTab(hands, 'Home', command);
}

async function fromTab({ page }: Mouse, tab: string, command: string): Promise<void> {
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await page.getByRole('toolbar', { name: tab, exact: true }).getByRole('button', { name: command, exact: true }).click();
}
