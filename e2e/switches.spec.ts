import { Mouse } from './support/hands.ts';
import { expect, operatorOf, test } from './support/test.ts';
import { picture } from './support/pictures.ts';

test('a MAC address pool, a port profile and a logical switch are created, used by a host, and deleted', async ({ start }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const hands = new Mouse(application.page);
  const { page } = operator;
  const create = async (what: string) => {
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.getByRole('button', { name: `Create ${what}`, exact: true }).click();
    return page.getByRole('dialog', { name: `Create ${what}` });
  };
  const done = async () => {
    await operator.expectJob('Completed');
    await hands.close(operator.jobsWindow);
  };
  await hands.goTo('Fabric', 'MAC Address Pools');
  await expect(page.getByText('No MAC address pools of your own')).toBeVisible();
  const pool = await create('MAC Address Pool');
  await pool.getByRole('textbox', { name: 'Name' }).fill('Rack pool');
  await pool.getByRole('checkbox', { name: 'Contoso-DC' }).check();
  await pool.getByRole('textbox', { name: 'Starting MAC address' }).fill('01-00-5E-00-00-01');
  await pool.getByRole('button', { name: 'Create' }).click();
  await expect(pool.getByRole('alert')).toContainText('multicast');
  await picture(page, 'switches-1-mac-pool');
  await pool.getByRole('textbox', { name: 'Starting MAC address' }).fill('00-1D-D8-F5-00-00');
  await pool.getByRole('button', { name: 'Create' }).click();
  await done();
  await hands.selectRow(/^MAC Address Pools/, /^Rack pool/);
  await picture(page, 'switches-2-mac-pools');
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await done();

  await hands.goTo('Fabric', 'Port Profiles');
  const profile = await create('Port Profile');
  await profile.getByRole('textbox', { name: 'Name' }).fill('Uplink');
  await profile.getByRole('checkbox', { name: 'Contoso_HNV_LN01_0' }).check();
  await profile.getByRole('checkbox', { name: 'Enable Hyper-V Network Virtualization' }).check();
  await picture(page, 'switches-3-port-profile');
  await profile.getByRole('button', { name: 'Create' }).click();
  await done();
  await hands.goTo('Fabric', 'Logical Switches');
  const logical = await create('Logical Switch');
  await logical.getByRole('textbox', { name: 'Name' }).fill('HNV logical switch');
  await hands.choose(logical.getByRole('combobox', { name: 'Uplink port profile' }), 'Uplink');
  await logical.getByRole('button', { name: 'Create' }).click();
  await done();

  await hands.goTo('Fabric', 'Contoso-DC');
  await hands.openRow(/^Hosts/, /^HyperV01/);
  const { properties } = operator;
  await properties.getByRole('tab', { name: 'Virtual Switches' }).click();
  await properties.getByRole('button', { name: 'Add virtual switch' }).click();
  await properties.getByRole('textbox', { name: 'Virtual switch 2' }).fill('Second');
  await hands.choose(properties.getByRole('combobox', { name: 'Kind' }), 'HNV logical switch');
  await picture(page, 'switches-4-host');
  await properties.getByRole('button', { name: 'OK' }).click();
  await done();
  await hands.goTo('Fabric', 'Logical Switches');
  await expect(operator.list(/^Logical Switches/).getByRole('row', { name: /^HNV logical switch/ })).toContainText('HyperV01.contoso.lab');
  await hands.selectRow(/^Logical Switches/, /^HNV logical switch/);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toContainText('HyperV01.contoso.lab has a virtual switch of HNV logical switch');
  await picture(page, 'switches-5-in-use');
});
