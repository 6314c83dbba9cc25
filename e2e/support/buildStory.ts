/** The article's first half, from an empty fabric to a multitenant gateway, by whichever hands: what resources/scenarios/contoso-story.yaml does. */
import { expect, type Locator } from '@playwright/test';
import type { Hands } from './hands.ts';
import { picture } from './pictures.ts';
import { StoryHands } from './storyHands.ts';

export async function buildGateway(hands: Hands, label: string): Promise<void> {
  const story = new BuildStory(hands, label);
  await story.networks();
  await story.dedicateHost();
  await story.template();
  await story.virtualMachine();
  await story.insideTheMachine();
  await story.addGateway();
  await story.connect();
}

interface NetworkWish {
  readonly name: string;
  readonly isVirtualized: boolean;
  readonly subnet: string;
  readonly pool: { readonly name: string; readonly start: string; readonly end: string; readonly gateway?: string };
}

const networks: readonly NetworkWish[] = [
  { name: 'Contoso_External_LN01', isVirtualized: false, subnet: '203.0.113.0/24', pool: { name: 'Contoso_External_Pool01', start: '203.0.113.10', end: '203.0.113.99', gateway: '203.0.113.1' } },
  { name: 'Contoso_Management_LN01', isVirtualized: false, subnet: '192.168.10.0/24', pool: { name: 'Contoso_Management_Pool01', start: '192.168.10.50', end: '192.168.10.199' } },
  { name: 'Contoso_HNV_LN01', isVirtualized: true, subnet: '172.16.40.0/24', pool: { name: 'Contoso_HNV_Pool01', start: '172.16.40.10', end: '172.16.40.250' } },
];

class BuildStory extends StoryHands {
  async networks(): Promise<void> {
    await this.hands.goTo('Fabric', 'Logical Networks');
    for (const wish of networks) {
      await this.#network(wish);
      await this.#pool(wish);
    }
    await picture(this.hands.page, `${this.label}-2-networks`);
  }

  async #network({ name, isVirtualized, subnet }: NetworkWish): Promise<void> {
    const { press, fill, check } = this.bound();
    const wizard = await this.open('Create Logical Network', 'Create Logical Network Wizard');
    await fill(wizard.getByRole('textbox', { name: 'Name' }), name);
    if (isVirtualized) await check(wizard.getByRole('checkbox', { name: /use network virtualization$/ }));
    await this.next(wizard, 'Network Site');
    await press(wizard.getByRole('button', { name: 'Add', exact: true }));
    await check(wizard.getByRole('checkbox', { name: 'Contoso-DC' }));
    await fill(wizard.getByRole('textbox', { name: 'IP subnet 1' }), subnet);
    await expect(wizard.getByRole('textbox', { name: 'Network site name' })).toHaveValue(`${name}_0`);
    if (isVirtualized) await picture(this.hands.page, `${this.label}-1-network-site`);
    await this.finish(wizard);
  }

  async #pool({ name, subnet, pool }: NetworkWish): Promise<void> {
    const { press, fill, choose } = this.bound();
    await this.hands.selectRow(/^Logical Networks/, new RegExp(`^${name} `));
    const wizard = await this.open('Create IP Pool', 'Create Static IP Address Pool Wizard');
    await fill(wizard.getByRole('textbox', { name: 'Name' }), pool.name);
    await expect(wizard.getByRole('combobox', { name: 'Logical network' })).toHaveText(name);
    await this.next(wizard, 'Network Site');
    await choose(wizard.getByRole('combobox', { name: 'Network site' }), new RegExp(`^${name}_0`));
    await expect(wizard.getByRole('combobox', { name: 'IP subnet' })).toHaveText(subnet);
    await this.next(wizard, 'IP address range');
    await fill(wizard.getByRole('textbox', { name: 'Starting IP address' }), pool.start);
    await fill(wizard.getByRole('textbox', { name: 'Ending IP address' }), pool.end);
    await this.next(wizard, 'Gateway');
    if (pool.gateway !== undefined) {
      await press(wizard.getByRole('button', { name: 'Insert gateway' }));
      await fill(wizard.getByRole('textbox', { name: 'Gateway address 1' }), pool.gateway);
      await this.hands.uncheck(wizard.getByRole('checkbox', { name: 'Automatic metric' }));
      await fill(wizard.getByRole('textbox', { name: 'Metric 1' }), '10');
      await picture(this.hands.page, `${this.label}-1-pool-gateway`);
    }
    await this.next(wizard, 'DNS');
    await this.next(wizard, 'WINS');
    await this.finish(wizard);
  }

  async dedicateHost(): Promise<void> {
    const { press, check } = this.bound();
    await this.hands.goTo('Fabric', 'Contoso-DC');
    await this.hands.openRow(/^Hosts/, /^HyperVGW01/);
    const { properties } = this.operator;
    await press(properties.getByRole('tab', { name: 'Host Access' }));
    await check(properties.getByRole('checkbox', { name: /^This host is a dedicated network virtualization gateway/ }));
    await this.accept(properties);
  }

  async template(): Promise<void> {
    const { press, fill, choose } = this.bound();
    await this.hands.goTo('Library', 'VM Templates');
    const wizard = await this.open('Create VM Template', 'Create VM Template Wizard');
    await choose(wizard.getByRole('combobox', { name: 'Virtual hard disk' }), /^WS2012R2\.vhdx/);
    await this.next(wizard, 'Identity');
    await fill(wizard.getByRole('textbox', { name: 'VM template name' }), 'GatewayTemplate');
    await this.next(wizard, 'Configure Hardware');
    await fill(wizard.getByRole('spinbutton', { name: 'Memory (MB)' }), '8192');
    await fill(wizard.getByRole('spinbutton', { name: 'Processors' }), '4');
    await press(wizard.getByRole('button', { name: 'Add network adapter' }));
    await press(wizard.getByRole('button', { name: 'Add network adapter' }));
    for (const [at, network] of ['Contoso_External_LN01', 'Contoso_Management_LN01'].entries()) {
      await choose(wizard.getByRole('listitem', { name: `Network adapter ${at + 1}` }).getByRole('combobox', { name: 'VM network' }), new RegExp(`^${network}`));
    }
    await picture(this.hands.page, `${this.label}-3-template`);
    await this.finish(wizard);
  }

  async virtualMachine(): Promise<void> {
    const { fill, check, choose } = this.bound();
    const wizard = await this.open('Create Virtual Machine', 'Create Virtual Machine Wizard');
    await choose(wizard.getByRole('combobox', { name: 'VM template' }), /^GatewayTemplate/);
    await this.next(wizard, 'Identity');
    await fill(wizard.getByRole('textbox', { name: 'Virtual machine name' }), 'GatewayVM01');
    await check(wizard.getByRole('radio', { name: /^Gateway/ }));
    await this.next(wizard, 'Configure Hardware');
    await this.next(wizard, 'Select Host');
    await check(wizard.getByRole('radio', { name: /HyperVGW01/ }));
    await this.next(wizard, 'Configure Settings');
    await this.finish(wizard);
  }

  async insideTheMachine(): Promise<void> {
    const { press, fill, check } = this.bound();
    const { page } = this.hands;
    await this.hands.goTo('VMs and Services', 'Virtual Machines');
    await this.hands.openRow(/^Virtual Machines/, /^GatewayVM01/);
    const guest = page.getByRole('dialog', { name: /^GatewayVM01 on/ });
    for (const [before, after] of [['Ethernet', 'External'], ['Ethernet 2', 'Management'], ['Ethernet 3', 'Backend']] as const) {
      await fill(guest.getByRole('textbox', { name: `Name of adapter ${before}`, exact: true }), after);
      await page.keyboard.press('Enter');
      await expect(guest.getByRole('textbox', { name: `Name of adapter ${after}`, exact: true })).toHaveValue(after);
    }
    await this.hands.uncheck(guest.getByRole('region', { name: 'Windows Firewall' }).getByRole('switch'));
    await expect(guest.getByRole('region', { name: 'Windows Firewall' })).toContainText('Off');
    await press(guest.getByRole('button', { name: 'Add Roles and Features' }));
    const roles = page.getByRole('dialog', { name: 'Add Roles and Features: Remote Access' });
    await check(roles.getByRole('checkbox', { name: 'DirectAccess and VPN (RAS)' }));
    await check(roles.getByRole('checkbox', { name: 'Routing' }));
    await press(roles.getByRole('button', { name: 'Install' }));
    await this.completed();
    await press(guest.getByRole('button', { name: 'Open the Getting Started Wizard' }));
    const starting = page.getByRole('dialog', { name: /Getting Started Wizard/ });
    await check(starting.getByRole('radio', { name: 'Deploy VPN only' }));
    await press(starting.getByRole('button', { name: 'Deploy', exact: true }));
    await this.completed();
    await expect(guest.getByRole('region', { name: 'Routing and Remote Access' })).toContainText('not configured');
    await picture(page, `${this.label}-4-inside`);
    await this.hands.close(guest);
  }

  async addGateway(): Promise<void> {
    const { press, fill, check, choose } = this.bound();
    await this.hands.goTo('Fabric', 'Network Service');
    const wizard = await this.open('Add Network Service', 'Add Network Service Wizard');
    await fill(wizard.getByRole('textbox', { name: 'Name' }), 'Gateway01');
    await fill(wizard.getByRole('textbox', { name: 'Description' }), 'Multi-tenant gateway of Contoso');
    await this.next(wizard, 'Manufacturer and Model');
    await choose(wizard.getByRole('combobox', { name: 'Model' }), /^Microsoft Windows Server Gateway/);
    await this.next(wizard, 'Credentials');
    await this.#account(wizard);
    await this.next(wizard, 'Connection String');
    for (const [key, value] of [['VMHost', 'HyperVGW01.contoso.lab'], ['GatewayVM', 'GatewayVM01'], ['BackendSwitch', 'HNV_Switch']] as const) {
      await choose(wizard.getByRole('combobox', { name: key }), value);
    }
    await this.next(wizard, 'Certificates');
    await this.next(wizard, 'Provider');
    await press(wizard.getByRole('button', { name: 'Test' }));
    await expect(wizard.getByRole('table', { name: 'Results of the provider test' })).toContainText('Passed');
    await this.next(wizard, 'Host Group');
    await check(wizard.getByRole('checkbox', { name: 'Contoso-DC' }));
    await this.finish(wizard);
  }

  /** Made on the way, as the article does. */
  async #account(wizard: Locator): Promise<void> {
    const { press, fill } = this.bound();
    const { page } = this.hands;
    await press(wizard.getByRole('button', { name: 'Create Run As Account' }));
    const creation = page.getByRole('dialog', { name: 'Create Run As Account' });
    await fill(creation.getByRole('textbox', { name: 'Name', exact: true }), 'GatewayLocalAdmin');
    await fill(creation.getByRole('textbox', { name: 'Description' }), 'Local administrator of the gateway virtual machine');
    await fill(creation.getByRole('textbox', { name: 'User name' }), 'GatewayVM01\\Administrator');
    await fill(creation.getByLabel(/^Password/), 'only-for-rehearsal');
    await fill(creation.getByLabel('Confirm password'), 'only-for-rehearsal');
    await press(creation.getByRole('button', { name: 'OK' }));
    await expect(creation).toBeHidden();
    await expect(wizard.getByRole('textbox', { name: 'Run As account' })).toHaveValue('GatewayLocalAdmin');
  }

  async connect(): Promise<void> {
    const { check, choose } = this.bound();
    await this.hands.openRow(/^Network Services/, /^Gateway01/);
    const { properties } = this.operator;
    await check(properties.getByRole('checkbox', { name: 'Enable front end connection' }));
    await choose(properties.getByRole('combobox', { name: 'Network adapter' }).first(), /^External/);
    await choose(properties.getByRole('combobox', { name: 'Network site' }).first(), /Contoso_External_LN01_0/);
    await check(properties.getByRole('checkbox', { name: 'Enable back end connection' }));
    await choose(properties.getByRole('combobox', { name: 'Network adapter' }).last(), /^Backend/);
    await expect(properties.getByRole('combobox', { name: 'Network site' }).last()).toHaveText('Contoso_HNV_LN01_0');
    await picture(this.hands.page, `${this.label}-5-connectivity`);
    await this.accept(properties, 'runs as a multitenant gateway');
    await picture(this.hands.page, `${this.label}-6-gateway`);
  }
}
