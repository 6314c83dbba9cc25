/** The article's second half, by whichever hands: two tenants with the same addresses, NAT for both, and a tunnel to Fabrikam's office. What resources/scenarios/contoso-story.yaml does. */
import { expect } from '@playwright/test';
import type { Hands } from './hands.ts';
import { internetHost } from './operator.ts';
import { picture } from './pictures.ts';
import { StoryHands } from './storyHands.ts';

const networkList = /^VM Networks and IP Pools/;

export async function connectTenants(hands: Hands, label: string): Promise<void> {
  const story = new TenantStory(hands, label);
  for (const tenant of ['Adatum', 'Fabrikam']) {
    await story.network(tenant);
    await story.pool(tenant);
  }
  await story.template();
  await story.machine('Adatum', 'HyperV01');
  await story.machine('Fabrikam', 'HyperV02');
  await story.nat('Fabrikam');
  await story.nat('Fabrikam', '203.0.113.20');
  await story.nat('Adatum');
  await story.ping('Adatum', internetHost, /Reply from 192\.0\.2\.80/);
  await story.tunnel();
  await story.ping('Fabrikam', '10.30.50.101', /Reply from 10\.30\.50\.101/);
  await story.connected();
  await story.ping('Adatum', '10.30.50.101', /Request timed out|unreachable|did not/);
}

class TenantStory extends StoryHands {
  async network(tenant: string): Promise<void> {
    await this.hands.goTo('VMs and Services', 'VM Networks');
    const wizard = await this.open('Create VM Network', 'Create VM Network Wizard');
    await this.hands.fill(wizard.getByRole('textbox', { name: 'Name' }), tenant);
    await this.hands.choose(wizard.getByRole('combobox', { name: 'Logical network' }), /^Contoso_HNV_LN01/);
    await this.next(wizard, 'Isolation');
    await this.next(wizard, 'VM Subnets');
    if ((await wizard.getByRole('textbox', { name: 'Name of VM subnet 1' }).count()) === 0) await this.hands.press(wizard.getByRole('button', { name: 'Add VM subnet' }));
    await this.hands.fill(wizard.getByRole('textbox', { name: 'Name of VM subnet 1' }), `${tenant}_Subnet01`);
    await this.hands.fill(wizard.getByRole('textbox', { name: 'IP subnet 1' }), '10.30.1.0/24');
    await this.next(wizard, 'Connectivity');
    await this.finish(wizard);
  }

  async pool(tenant: string): Promise<void> {
    await this.hands.selectRow(networkList, new RegExp(`^${tenant}`));
    const wizard = await this.open('Create IP Pool', 'Create Static IP Address Pool Wizard', 'VM Network');
    await this.hands.fill(wizard.getByRole('textbox', { name: 'Name' }), `${tenant}_Subnet01_Pool`);
    await this.next(wizard, 'IP address range');
    await this.hands.fill(wizard.getByRole('textbox', { name: 'Starting IP address' }), '10.30.1.4');
    await this.hands.fill(wizard.getByRole('textbox', { name: 'Ending IP address' }), '10.30.1.254');
    for (const page of ['Gateway', 'DNS', 'WINS']) await this.next(wizard, page);
    await this.finish(wizard);
  }

  async template(): Promise<void> {
    await this.hands.goTo('Library', 'VM Templates');
    const wizard = await this.open('Create VM Template', 'Create VM Template Wizard');
    await this.hands.choose(wizard.getByRole('combobox', { name: 'Virtual hard disk' }), /^WS2012R2\.vhdx/);
    await this.next(wizard, 'Identity');
    await this.hands.fill(wizard.getByRole('textbox', { name: 'VM template name' }), 'TenantTemplate');
    await this.next(wizard, 'Configure Hardware');
    await this.hands.fill(wizard.getByRole('spinbutton', { name: 'Memory (MB)' }), '2048');
    await this.hands.fill(wizard.getByRole('spinbutton', { name: 'Processors' }), '2');
    await this.finish(wizard);
  }

  async machine(tenant: string, host: string): Promise<void> {
    const wizard = await this.open('Create Virtual Machine', 'Create Virtual Machine Wizard');
    await this.hands.choose(wizard.getByRole('combobox', { name: 'VM template' }), /^TenantTemplate/);
    await this.next(wizard, 'Identity');
    await this.hands.fill(wizard.getByRole('textbox', { name: 'Virtual machine name' }), `${tenant}-VM01`);
    await this.next(wizard, 'Configure Hardware');
    await this.hands.choose(wizard.getByRole('listitem', { name: 'Network adapter 1' }).getByRole('combobox', { name: 'VM network' }), new RegExp(`^${tenant}`));
    await this.next(wizard, 'Select Host');
    await this.hands.check(wizard.getByRole('radio', { name: new RegExp(host) }));
    await this.next(wizard, 'Configure Settings');
    await this.finish(wizard);
  }

  async nat(tenant: string, address?: string): Promise<void> {
    const properties = await this.#connectivity(tenant);
    await this.hands.check(properties.getByRole('checkbox', { name: 'Connect directly to an additional logical network' }));
    if (address !== undefined) await this.hands.fill(properties.getByRole('textbox', { name: 'IP address (optional)' }), address);
    await this.accept(properties);
  }

  async #connectivity(tenant: string) {
    await this.hands.goTo('VMs and Services', 'VM Networks');
    await this.hands.openRow(networkList, new RegExp(`^${tenant}`));
    const { properties } = this.operator;
    await this.hands.press(properties.getByRole('tab', { name: 'Connectivity' }));
    return properties;
  }

  async tunnel(): Promise<void> {
    const { hands } = this;
    const properties = await this.#connectivity('Fabrikam');
    await hands.check(properties.getByRole('checkbox', { name: 'Connect to another network through a VPN tunnel' }));
    await hands.press(properties.getByRole('tab', { name: 'VPN Connections' }));
    await hands.fill(properties.getByRole('textbox', { name: 'Subnet' }), '10.254.254.0/29');
    await hands.press(properties.getByRole('button', { name: 'Add', exact: true }));
    await hands.fill(properties.getByRole('textbox', { name: 'Remote endpoint' }), '198.51.100.20');
    await hands.press(properties.getByRole('tab', { name: 'Authentication' }));
    await hands.press(properties.getByRole('button', { name: 'Create Run As Account' }));
    const creation = hands.page.getByRole('dialog', { name: 'Create Run As Account' });
    await hands.fill(creation.getByRole('textbox', { name: 'Name', exact: true }), 'Fabrikam_PSK');
    await hands.check(creation.getByRole('radio', { name: /Pre-shared key/ }));
    await hands.fill(creation.getByRole('textbox', { name: 'User name' }), 'Fabrikam');
    await hands.fill(creation.getByLabel(/^Pre-shared key/).last(), 'only-for-rehearsal');
    await hands.fill(creation.getByLabel(/^Confirm/), 'only-for-rehearsal');
    await hands.press(creation.getByRole('button', { name: 'OK' }));
    await expect(properties.getByRole('textbox', { name: 'Run As account' })).toHaveValue('Fabrikam_PSK');
    await hands.press(properties.getByRole('tab', { name: 'Routes' }));
    await hands.press(properties.getByRole('button', { name: 'Insert route' }));
    await hands.fill(properties.getByRole('textbox', { name: 'route 1' }), '10.30.50.0/24');
    await picture(hands.page, `${this.label}-7-vpn`);
    await this.accept(properties, 'site-to-site interface');
  }

  /** What the details pane says once the first packet has dialed. */
  async connected(): Promise<void> {
    await this.hands.selectRow(networkList, /^Fabrikam/);
    await expect(this.operator.details).toContainText('Connected');
    await expect(this.operator.details).toContainText('to 198.51.100.20');
    await picture(this.hands.page, `${this.label}-8-connected`);
  }

  async ping(tenant: string, destination: string, answer: RegExp): Promise<void> {
    const { hands } = this;
    await hands.selectRow(networkList, new RegExp(`^${tenant}`));
    await hands.press(hands.page.getByRole('tab', { name: 'VM Network' }));
    await hands.press(hands.page.getByRole('toolbar', { name: 'VM Network' }).getByRole('button', { name: 'Ping' }));
    const window = this.operator.pingWindow(`${tenant}-VM01`);
    await hands.fill(window.getByRole('textbox', { name: 'Destination' }), destination);
    await hands.press(window.getByRole('button', { name: 'Ping', exact: true }));
    await expect(window).toContainText(answer, { timeout: 30_000 });
    await hands.close(window);
  }
}
