/** What an operator does and sees, in the operator's words. Finds everything by role and name, as assistive technology does. */
import { expect, type Locator, type Page } from '@playwright/test';

export type Tenant = 'Adatum' | 'Fabrikam';

export const internetHost = '192.0.2.80';

/** Chooses a Run As account for the wizard or the window by Browse. */
export async function chooseAccount(scope: Locator, name: string): Promise<void> {
  await scope.getByRole('button', { name: 'Browse' }).click();
  const dialog = scope.page().getByRole('dialog', { name: 'Select a Run As Account' });
  await dialog.getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('gridcell').first().click();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(dialog).toBeHidden();
  await expect(scope.getByRole('textbox', { name: 'Run As account' })).toHaveValue(name);
}

export class Operator {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  list(caption: string | RegExp): Locator {
    return this.page.getByRole('grid', { name: caption });
  }

  vmNetwork(tenant: Tenant): Locator {
    return this.list(/^VM Networks and IP Pools/).getByRole('row', { name: new RegExp(`^${tenant}`) });
  }

  /** Selects the tenant's row, by its name at the left: a window may lie over the rest. */
  async select(tenant: Tenant): Promise<void> {
    await this.vmNetwork(tenant).getByRole('gridcell').first().click();
  }

  /** Presses a button of the contextual tab of the selected VM network. */
  async command(name: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'VM Network' }).click();
    await this.page.getByRole('toolbar', { name: 'VM Network' }).getByRole('button', { name }).click();
  }

  get properties(): Locator {
    return this.page.getByRole('dialog', { name: /Properties$/ });
  }

  get jobsWindow(): Locator {
    return this.page.getByRole('dialog', { name: 'Jobs' });
  }

  get details(): Locator {
    return this.page.getByRole('region', { name: 'Details' });
  }

  get addressField(): Locator {
    return this.properties.getByLabel('IP address (optional)');
  }

  async openConnectivity(tenant: Tenant): Promise<void> {
    await this.vmNetwork(tenant).dblclick();
    await expect(this.properties).toBeVisible();
    await this.properties.getByRole('tab', { name: 'Connectivity' }).click();
  }

  /** Connects the tenant with NAT by mouse; `address` left out, VMM chooses. Does not wait for the job. */
  async connectWithNat(tenant: Tenant, address?: string): Promise<void> {
    await this.openConnectivity(tenant);
    await this.properties.getByRole('checkbox', { name: 'Connect directly to an additional logical network' }).check();
    if (address !== undefined) await this.addressField.fill(address);
    await this.properties.getByRole('button', { name: 'OK' }).click();
  }

  /** The row of a step in the job that is shown. */
  step(name: string | RegExp): Locator {
    return this.jobsWindow.getByRole('table', { name: 'Steps' }).getByRole('row', { name });
  }

  async expectJob(status: string | RegExp): Promise<void> {
    await expect(this.jobsWindow.getByRole('status').filter({ hasText: status })).toBeVisible();
  }

  async closeFront(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** The address that the details pane shows for the tenant. */
  async externalAddressOf(tenant: Tenant): Promise<string> {
    await this.select(tenant);
    await expect(this.details.getByRole('heading', { name: tenant })).toBeVisible();
    const shown = this.details.getByRole('button', { name: /^External NAT address / });
    return (await shown.innerText()).trim();
  }

  /** Goes to the compartments of the gateway that serves the tenant. */
  async openCompartmentsOf(tenant: Tenant): Promise<void> {
    await this.select(tenant);
    await this.command('Compartments');
    await expect(this.page.getByRole('listbox', { name: 'Compartments' })).toBeVisible();
  }

  compartment(name: string | RegExp): Locator {
    return this.page.getByRole('listbox', { name: 'Compartments' }).getByRole('option', { name });
  }

  async compartmentTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name} \\(`) }).click();
  }

  table(name: string): Locator {
    return this.page.getByRole('table', { name });
  }

  async workspace(name: string): Promise<void> {
    await this.page.getByRole('group', { name: 'Workspaces' }).getByRole('button', { name }).click();
  }

  pingWindow(machine: string): Locator {
    return this.page.getByRole('dialog', { name: `Ping from ${machine}` });
  }

  /** Opens the ping window of the tenant and starts it; gives the window back without waiting for replies. */
  async ping(tenant: Tenant, machine = `${tenant}-VM01`): Promise<Locator> {
    await this.select(tenant);
    await this.command('Ping');
    const window = this.pingWindow(machine);
    await expect(window).toBeVisible();
    await window.getByRole('button', { name: 'Ping', exact: true }).click();
    return window;
  }
}
