import { expect, operatorOf, test } from './support/test.ts';
import { Keyboard, Mouse, type Hands } from './support/hands.ts';
import { look } from './support/look.ts';

const ways: readonly (readonly [string, (page: ConstructorParameters<typeof Mouse>[0]) => Hands])[] = [
  ['mouse', (page) => new Mouse(page)],
  ['keyboard', (page) => new Keyboard(page)],
];

for (const [way, handsOf] of ways) {
  test(`the script of a job is read and copied, the job undone, and the undo explained, by ${way}`, async ({ start }) => {
    test.slow();
    const application = await start({ size: { width: 1280, height: 720 } });
    const operator = operatorOf(application);
    const { page } = operator;
    const hands = handsOf(page);
    await operator.connectWithNat('Fabrikam', '203.0.113.33');
    await operator.expectJob('Completed');

    await hands.press(operator.jobsWindow.getByRole('button', { name: 'View Script' }));
    const scripts = page.getByRole('dialog', { name: /^View Script/ });
    await expect(scripts.getByRole('region', { name: 'Text of the script' })).toContainText('Add-SCNATConnection -Name "Fabrikam_NatConnection"');
    await expect(scripts.getByRole('region', { name: 'Text of the reverse script' })).toContainText('Remove-SCVMNetworkGateway');
    if (way === 'mouse') await look(page, 'undo-1-scripts');
    await hands.press(scripts.getByRole('button', { name: 'Copy reverse script' }));
    // The system takes what is copied a moment later.
    const copied = () => application.electron.evaluate(({ clipboard }) => clipboard.readText());
    await expect.poll(copied).toContain('Get-SCVMNetwork -Name "Fabrikam"');
    expect(await copied()).toContain('Remove-SCVMNetworkGateway');
    await hands.press(scripts.getByRole('button', { name: 'Close' }));
    await expect(scripts).toBeHidden();

    await hands.press(operator.jobsWindow.getByRole('button', { name: 'Undo', exact: true }));
    await expect(operator.jobsWindow.getByRole('heading', { name: 'Undo: Change properties of VM network' })).toBeVisible();
    await operator.expectJob('Completed');
    await hands.press(operator.jobsWindow.getByRole('tab', { name: 'Summary' }));
    await expect(operator.jobsWindow).toContainText('Undoes');
    if (way === 'mouse') await look(page, 'undo-2-undoes');
    await hands.press(operator.jobsWindow.getByRole('button', { name: 'Change properties of VM network', exact: true }));
    await hands.press(operator.jobsWindow.getByRole('tab', { name: 'Summary' }));
    await expect(operator.jobsWindow).toContainText('Undone by');
    await expect(operator.jobsWindow.getByRole('button', { name: 'Undo', exact: true })).toHaveAttribute('aria-disabled', 'true');
    await hands.close(operator.jobsWindow);
    await operator.select('Fabrikam');
    await expect(operator.details).not.toContainText('203.0.113.33');
  });
}

test('the tab and the context menu of a job offer Undo, and say why it cannot be undone', async ({ start }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  const hands = new Mouse(page);
  await operator.connectWithNat('Fabrikam', '203.0.113.33');
  await operator.expectJob('Completed');
  await hands.close(operator.jobsWindow);
  await operator.workspace('Jobs');
  const row = (name: RegExp) => page.getByRole('row', { name });
  await row(/Open lab/i).click();
  await page.getByRole('tab', { name: 'Job', exact: true }).click();
  const undo = page.getByRole('toolbar').or(page.getByRole('tabpanel')).getByRole('button', { name: 'Undo', exact: true }).first();
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await undo.hover();
  await expect(page.getByRole('tooltip')).toContainText('A lab fills an empty database');
  await look(page, 'undo-3-tab');
  await row(/Change properties of VM network/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Undo' }).click();
  await operator.expectJob('Completed');
  await expect(row(/Undo: Change properties of VM network/).first()).toBeVisible();
});
