/** The main job as one story, told on the development build and on the package alike. */
import { expect } from '@playwright/test';
import type { Application } from './application.ts';
import { internetHost, Operator, type Tenant } from './operator.ts';
import { picture } from './pictures.ts';

/** Gives both tenants NAT and lets both ping at the same time; pictures are named by `label`. */
export async function playMainJob(application: Application, label: string): Promise<void> {
  const operator = new Operator(application.page);
  await seeTenants(operator);
  await picture(operator.page, `${label}-1-vm-networks`);
  await connect(operator, 'Fabrikam', '203.0.113.11', label);
  await connect(operator, 'Adatum', '203.0.113.12', label);
  expect(await operator.externalAddressOf('Fabrikam')).toBe('203.0.113.11');
  expect(await operator.externalAddressOf('Adatum')).toBe('203.0.113.12');
  await pingTogether(operator, label);
  await seeCompartments(operator, label);
}

/** Equal inner addresses, no way out yet (contoso-lab.md). */
async function seeTenants(operator: Operator): Promise<void> {
  for (const tenant of ['Adatum', 'Fabrikam'] as const) {
    const row = operator.vmNetwork(tenant);
    await expect(row.getByRole('gridcell').nth(1)).toHaveText('10.30.1.0/24');
    await expect(row.getByRole('gridcell').nth(2)).toHaveText('None');
  }
}

async function connect(operator: Operator, tenant: Tenant, expectedAddress: string, label: string): Promise<void> {
  await operator.openConnectivity(tenant);
  const { properties } = operator;
  await expect(properties.getByRole('button', { name: 'OK' })).toHaveAttribute('aria-disabled', 'true');
  await properties.getByRole('checkbox', { name: 'Connect directly to an additional logical network' }).check();
  await expect(properties.getByRole('radio', { name: 'Network address translation (NAT)' })).toBeChecked();
  await expect(properties.getByRole('combobox', { name: 'Gateway device', exact: true })).toHaveText('Gateway01');
  await expect(properties.getByRole('combobox', { name: 'IP address pool' })).toHaveText('Contoso_External_Pool01');
  await picture(operator.page, `${label}-2-connectivity-${tenant}`);
  await properties.getByRole('button', { name: 'OK' }).click();
  await operator.expectJob('Completed');
  await expect(operator.step(/^1\.1/)).toContainText('Completed');
  await expect(operator.step(/^1\.1/)).toContainText(expectedAddress);
  await operator.jobsWindow.getByRole('tab', { name: 'Change Tracking' }).click();
  await expect(operator.jobsWindow.getByRole('table', { name: 'Changes' })).toContainText(expectedAddress);
  await picture(operator.page, `${label}-3-job-${tenant}`);
  await operator.closeFront();
  await expect(operator.vmNetwork(tenant).getByRole('gridcell').nth(2)).toHaveText('Gateway01 (NAT)');
}

async function pingTogether(operator: Operator, label: string): Promise<void> {
  const windows = [await operator.ping('Adatum'), await operator.ping('Fabrikam')];
  // The one opened last lies in front.
  for (const window of windows.toReversed()) {
    const replies = window.getByRole('log', { name: 'Replies' });
    await expect(replies).toContainText('Sent = 4, Received = 4, Lost = 0');
    await expect(replies).toContainText(`Reply from ${internetHost}: bytes=32`);
    await window.getByRole('heading').click({ position: { x: 4, y: 4 } });
    await window.getByRole('tab', { name: 'Packet path' }).click();
    const path = window.getByRole('region', { name: 'Packet path' });
    await expect(path).toContainText('NVGRE');
    await expect(path).toContainText('NAT');
  }
  await picture(operator.page, `${label}-4-ping`);
  for (const window of windows) await window.press('Escape');
  await expect(operator.page.getByRole('dialog')).toHaveCount(0);
}

async function seeCompartments(operator: Operator, label: string): Promise<void> {
  await operator.openCompartmentsOf('Fabrikam');
  await operator.compartment('Default compartment').click();
  await expect(operator.table('Interfaces')).toContainText('203.0.113.10/24');
  await operator.compartmentTab('Routes');
  await expect(operator.table('Routes').getByRole('row', { name: /^0\.0\.0\.0\/0 203\.0\.113\.1 / })).toBeVisible();
  for (const [tenant, address] of [['Fabrikam', '203.0.113.11'], ['Adatum', '203.0.113.12']] as const) {
    await operator.compartment(new RegExp(tenant)).click();
    await expect(operator.page.getByRole('button', { name: `NAT address ${address}` })).toBeVisible();
    await expect(operator.table('Interfaces')).toBeVisible();
    await operator.compartmentTab('NAT sessions');
    await expect(operator.table('NAT sessions').getByRole('row', { name: /ICMP/ })).toContainText(`${address}:`);
  }
  await picture(operator.page, `${label}-5-compartments`);
}
