/** Faults from the window: injected by mouse and keyboard, never forgotten, taken back. */
import { Mouse } from './support/hands.ts';
import { survey } from './support/survey.ts';
import { expect, operatorOf, test } from './support/test.ts';

test('a fault is injected, stands in the status bar, and is taken back', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'connected', size: { width: 1280, height: 720 } }));
  const { page } = operator;
  const hands = new Mouse(page);
  await page.getByRole('toolbar', { name: 'Home' }).getByRole('button', { name: 'Faults' }).click();
  const window = page.getByRole('dialog', { name: 'Faults' });
  const inForce = window.getByRole('group', { name: 'Faults in force' });
  const footer = page.locator('[data-pane="status"]');
  await expect(inForce).toContainText('Everything works as the inventory says');
  await survey(window, 'faults-1-none');

  await window.getByRole('button', { name: 'Inject' }).click();
  await expect(window.getByRole('alert')).toContainText('Choose what the fault is about.');
  await window.getByRole('combobox', { name: 'Host' }).click();
  await page.keyboard.type('hyperv02');
  await page.getByRole('option', { name: 'HyperV02.contoso.lab' }).click();
  await expect(window.getByRole('alert')).toHaveCount(0);
  await window.getByRole('button', { name: 'Inject' }).click();
  await expect(inForce.getByRole('listitem')).toHaveText([/Host down.*HyperV02\.contoso\.lab/]);
  await expect(footer.getByRole('button', { name: '1 fault is in force' })).toBeVisible();

  await hands.choose(window.getByRole('combobox', { name: 'Fault' }), 'Bad link');
  await hands.choose(window.getByRole('combobox', { name: 'Segment' }), 'Internet');
  await window.getByRole('textbox', { name: 'Loss (%)' }).fill('101');
  await window.getByRole('textbox', { name: 'Delay (ms)' }).fill('20');
  await page.keyboard.press('Enter');
  await expect(window.getByRole('alert')).toContainText('Type a percentage from 0 to 100.');
  await survey(window, 'faults-2-refused', ['dark']);
  await window.getByRole('textbox', { name: 'Loss (%)' }).fill('5');
  await page.keyboard.press('Enter');
  await expect(inForce.getByRole('listitem')).toHaveText([/Host down/, /Bad link.*Internet.*20 ms slower, 5 % lost/]);
  await survey(window, 'faults-3-in-force');

  await window.getByRole('button', { name: 'Take back Host down of HyperV02.contoso.lab' }).focus();
  await page.keyboard.press('Enter');
  await expect(inForce.getByRole('listitem')).toHaveCount(1);
  await expect(inForce).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(window).toBeHidden();
  await footer.getByRole('button', { name: '1 fault is in force' }).click();
  await window.getByRole('button', { name: 'Take Back All' }).click();
  await expect(footer.getByRole('button', { name: /in force/ })).toHaveCount(0);
  await expect(window).toContainText('No fault is in force');
});

test('the fullest tab has room for the command, also while a scenario is recorded', async ({ start }) => {
  const { page } = await start({ gateway: 'connected', size: { width: 1280, height: 720 } });
  await new Mouse(page).goTo('Fabric', 'Contoso-DC');
  await page.getByRole('tab', { name: 'Home', exact: true }).click();
  const ribbon = page.getByRole('toolbar', { name: 'Home' });
  const overflow = () => ribbon.evaluate((panel) => panel.scrollWidth - panel.clientWidth);
  expect(await overflow()).toBe(0);
  await ribbon.getByRole('button', { name: 'Record Scenario' }).click();
  await expect(ribbon.getByRole('button', { name: 'Save Scenario' })).toBeVisible();
  expect(await overflow()).toBe(0);
});
