import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import type { Application } from './support/application.ts';
import { picture } from './support/pictures.ts';
import { expect, operatorOf, test } from './support/test.ts';

/** The system's own dialogs are where the outside world begins. */
async function answerDialogs(application: Application, files: { readonly save?: string; readonly open?: string }): Promise<void> {
  await application.electron.evaluate(({ dialog }, { save, open }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: save === undefined, filePath: save ?? '' });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: open === undefined, filePaths: open === undefined ? [] : [open] });
  }, files);
}

async function home(page: Page, command: string): Promise<void> {
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByRole('toolbar', { name: 'Home' }).getByRole('button', { name: command }).click();
}

async function noViolations(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).setLegacyMode().include('[role="dialog"]').analyze()).violations).toEqual([]);
}

test('what was done is recorded, and played again from the window while the open lab stays as it is', async ({ start, userData }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const operator = operatorOf(application);
  const { page } = operator;
  await page.getByRole('tab', { name: 'Home' }).click();
  await picture(page, 'scenario-1-ribbon');
  await home(page, 'Record Scenario');
  await expect(page.getByRole('button', { name: 'Save Scenario' })).toBeVisible();
  // By keyboard off, by mouse on again.
  const expectations = page.getByRole('button', { name: 'Expectations' });
  await expect(expectations).toHaveAttribute('aria-pressed', 'true');
  await expectations.focus();
  await page.keyboard.press('Enter');
  await expect(expectations).toHaveAttribute('aria-pressed', 'false');
  await expectations.click();
  await expect(expectations).toHaveAttribute('aria-pressed', 'true');
  await picture(page, 'scenario-1b-recording');
  await operator.connectWithNat('Fabrikam', '203.0.113.33');
  await operator.expectJob('Completed');
  await operator.closeFront();
  const pinging = await operator.ping('Fabrikam');
  await expect(pinging.getByRole('log', { name: 'Replies' })).toContainText('Received = 4');
  await operator.closeFront();

  const file = path.join(userData, 'recorded.yaml');
  await answerDialogs(application, {});
  await home(page, 'Save Scenario');
  // The dialog was canceled: the recording goes on.
  await expect(page.getByRole('button', { name: 'Save Scenario' })).toBeVisible();
  await answerDialogs(application, { save: file, open: file });
  await page.getByRole('button', { name: 'Save Scenario' }).click();
  await expect(page.getByText('Scenario saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Record Scenario' })).toBeVisible();
  const { lab, steps } = parse(readFileSync(file, 'utf8')) as { lab: unknown; steps: Record<string, unknown>[] };
  expect(lab).toEqual({ name: 'contoso', gateway: 'connected' });
  expect(steps.filter((step) => 'do' in step)).toEqual([
    { do: 'vmNetwork.setConnectivity', input: { vmNetwork: 'Fabrikam', directConnection: expect.objectContaining({ routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.33' }) as object }, expect: { status: 'Completed' } },
  ]);
  expect(steps.filter((step) => 'ping' in step)).toMatchObject([{ ping: { to: '192.0.2.80', count: 4 }, expect: { received: 4 } }]);

  await home(page, 'Run Scenario');
  const dialog = page.getByRole('dialog', { name: 'Run Scenario' });
  await expect(dialog.getByText('The open lab stays as it is.')).toBeVisible();
  await noViolations(page);
  await picture(page, 'scenario-2-choose');
  await dialog.getByRole('button', { name: 'Choose File…' }).click();
  await expect(dialog.getByText('Every expectation holds.')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Steps' }).getByRole('listitem')).toHaveCount(steps.length);
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await noViolations(page);
  await picture(page, 'scenario-3-passed');
  const junit = path.join(userData, 'junit.xml');
  await answerDialogs(application, { save: junit });
  await dialog.getByRole('button', { name: 'Save JUnit…' }).click();
  await expect(dialog.getByText(`Saved: ${junit}`)).toBeVisible();
  expect(readFileSync(junit, 'utf8')).toContain(`tests="${steps.length}" failures="0"`);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // One job for the lab, one for what was done: nothing of the run.
  await operator.workspace('Jobs');
  await expect(page.getByText('Change properties of VM network')).toHaveCount(1);
});

test('a run tells failures in words, a bad file its place and reason, and can be canceled', async ({ start, userData }) => {
  const application = await start({ size: { width: 1280, height: 720 } });
  const { page } = application;
  const file = path.join(userData, 'tried.yaml');
  const write = (...steps: readonly string[]): void => writeFileSync(file, ['scenario: What is tried', 'steps:', ...steps, ''].join('\n'));
  await answerDialogs(application, { open: file });
  write('  - advance: 1s', '  - { ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1 }, expect: { received: 1 } }');
  await home(page, 'Run Scenario');
  const dialog = page.getByRole('dialog', { name: 'Run Scenario' });
  await dialog.getByRole('button', { name: 'Choose File…' }).click();
  await expect(dialog.getByText('One step is not as expected.')).toBeVisible();
  await expect(dialog.getByText('Line 4: received: expected 1, got 0')).toBeVisible();
  await noViolations(page);
  await picture(page, 'scenario-4-failed');

  write('  - advance: 1s', '  - advance: a while');
  await dialog.getByRole('button', { name: 'Run Again' }).click();
  await expect(dialog.getByText(/tried\.yaml:4: .*is not a duration/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save Result…' })).toHaveCount(0);
  await noViolations(page);
  await picture(page, 'scenario-5-invalid');

  write(...Array.from({ length: 400 }, () => '  - { ping: { from: Fabrikam-VM01, to: 192.0.2.80, count: 1000 } }'));
  await dialog.getByRole('button', { name: 'Run Again' }).press('Enter');
  await expect(dialog.getByRole('img', { name: 'Running' })).toBeVisible();
  await picture(page, 'scenario-6-running');
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(dialog.getByText('There is no result.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});
