import { Mouse } from './support/hands.ts';
import { expect, operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

test('a Hyper-V cluster is created, refuses its nodes a second time, and is destroyed', async ({ start }) => {
  const application = await start({ gateway: 'absent', size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const hands = new Mouse(application.page);
  const { page } = operator;
  await hands.goTo('Fabric', 'Contoso-DC');
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Create Hyper-V Cluster' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create Hyper-V Cluster' });
  await dialog.getByRole('textbox', { name: 'Cluster name' }).fill('GW-HV-CL01');
  await dialog.getByRole('checkbox', { name: /^HyperVGW01/ }).check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toContainText('at least two nodes');
  await dialog.getByRole('checkbox', { name: /^HyperVGW02/ }).check();
  await picture(page, 'cluster-1-host-cluster');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await operator.expectJob('Completed');
  await hands.close(operator.jobsWindow);
  await hands.selectRow(/^Hosts/, /^HyperVGW01/);
  await expect(operator.details).toContainText('GW-HV-CL01');
  await page.getByRole('tab', { name: 'Host', exact: true }).click();
  await picture(page, 'cluster-2-host');

  await hands.goTo('VMs and Services', 'Virtual Machines');
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Create Guest Cluster' }).click();
  const guests = page.getByRole('dialog', { name: 'Create Guest Cluster' });
  await guests.getByRole('textbox', { name: 'Cluster name' }).fill('GW-VM-CL01');
  await guests.getByRole('checkbox', { name: /^GatewayVM01/ }).check();
  await guests.getByRole('button', { name: 'Create' }).click();
  await expect(guests.getByRole('alert')).toContainText('at least two nodes');
  await page.keyboard.press('Escape');

  await hands.goTo('Fabric', 'Contoso-DC');
  await hands.selectRow(/^Hosts/, /^HyperVGW01/);
  await page.getByRole('tab', { name: 'Host', exact: true }).click();
  await page.getByRole('button', { name: 'Destroy Cluster' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await operator.expectJob('Completed');
});
