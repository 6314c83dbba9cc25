import { expect, type Locator } from '@playwright/test';
import { look } from './support/look.ts';
import { operatorOf, test } from './support/test.ts';

const type = async (terminal: Locator, line: string): Promise<void> => {
  const input = terminal.getByRole('textbox');
  await expect(input).toBeEditable();
  await input.pressSequentially(line);
  await input.press('Enter');
};
const output = (terminal: Locator): Locator => terminal.getByRole('log');

test('a virtual machine\'s prompt by keyboard: history, completion, Ctrl+C and Ctrl+L, and the focus goes back', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'connected', size: { width: 1280, height: 720 } }));
  const { page } = operator;
  await page.getByRole('treeitem', { name: 'Virtual Machines' }).click();
  await operator.list(/^Virtual Machines/).getByRole('row', { name: /^Fabrikam-VM01/ }).getByRole('gridcell').first().click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Command Prompt' }).press('Enter');
  const terminal = page.getByRole('dialog', { name: 'Fabrikam-VM01: Command Prompt' });
  const input = terminal.getByRole('textbox');
  await expect(input).toBeFocused();
  await expect(terminal).toContainText('C:\\Users\\Administrator>');

  await page.keyboard.type('ipc');
  await page.keyboard.press('Tab');
  await expect(input).toHaveValue('ipconfig');
  await expect(input).toBeFocused();
  await page.keyboard.type(' /all');
  await expect(input).toHaveValue('ipconfig /all');
  await page.keyboard.press('Enter');
  await expect(output(terminal)).toContainText('IPv4 Address. . . . . . . . . . . : 10.30.1.4(Preferred)');
  await type(terminal, 'ping -n 2 10.30.1.5');
  await expect(output(terminal)).toContainText('Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),');
  await look(page, 'terminal-1-prompt');

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(input).toHaveValue('ipconfig /all');
  await page.keyboard.press('ArrowDown');
  await expect(input).toHaveValue('ping -n 2 10.30.1.5');
  await page.keyboard.press('Escape');
  await expect(input).toHaveValue('');
  await type(terminal, 'ping -t 10.30.1.5');
  await expect(output(terminal).getByText(/^Reply from 10\.30\.1\.5/)).not.toHaveCount(2);
  await page.keyboard.press('Control+c');
  await expect(output(terminal)).toContainText('Control-C');
  await expect(input).toBeEditable();
  await type(terminal, 'format c:');
  await expect(output(terminal)).toContainText('is not recognized as an internal or external command');
  await page.keyboard.press('Control+l');
  await expect(output(terminal)).toHaveText('');
  await type(terminal, 'powershell');
  await expect(page.getByRole('dialog', { name: 'Fabrikam-VM01: Windows PowerShell' })).toContainText('PS C:\\Users\\Administrator>');
  const shell = page.getByRole('dialog', { name: 'Fabrikam-VM01: Windows PowerShell' });
  await type(shell, 'Test-NetConnection 10.30.1.5 -Port 445');
  await expect(output(shell)).toContainText('TcpTestSucceeded       : False');
  await look(page, 'terminal-2-powershell');

  await page.keyboard.press('Escape');
  await expect(shell).toHaveCount(0);
  await expect(operator.list(/^Virtual Machines/).getByRole('row', { name: /^Fabrikam-VM01/ })).toHaveAttribute('aria-selected', 'true');
  expect(await page.evaluate(() => document.activeElement?.closest('[data-pane="main"]') !== null)).toBe(true);
});

test('the gateway\'s and a host\'s PowerShell by mouse, in both themes', async ({ start }) => {
  const operator = operatorOf(await start({ gateway: 'connected', size: { width: 1280, height: 720 } }));
  const { page } = operator;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('treeitem', { name: 'Virtual Machines' }).click();
  const machines = operator.list(/^Virtual Machines/);
  await machines.getByRole('row', { name: /^GatewayVM01/ }).dblclick();
  const guest = page.getByRole('dialog', { name: 'GatewayVM01 on HyperVGW01.contoso.lab' });
  await guest.getByRole('button', { name: 'Open a terminal' }).click();
  const gateway = page.getByRole('dialog', { name: 'GatewayVM01: Windows PowerShell' });
  await type(gateway, 'Get-NetCompartment');
  await expect(output(gateway)).toContainText('{b1062982-2b18-4b4f-b3d5-a78ddb9cdd49}');
  await type(gateway, 'get-netroute -inc | ft CompartmentId,DestinationPrefix,NextHop');
  await expect(output(gateway)).toContainText('203.0.113.0/24');
  await type(gateway, 'Get-NetRoute -Nothing');
  await expect(output(gateway)).toContainText('no parameter -Nothing');
  await look(page, 'terminal-3-gateway-dark');
  await gateway.getByRole('button', { name: 'Clear' }).click();
  await expect(output(gateway)).toHaveText('');
  await gateway.getByRole('button', { name: 'Close' }).click();
  await expect(guest.getByRole('button', { name: 'Open a terminal' })).toBeFocused();
  await guest.getByRole('button', { name: 'Close' }).click();

  await page.emulateMedia({ colorScheme: 'light' });
  await operator.workspace('Fabric');
  await page.getByRole('treeitem', { name: 'All Hosts', exact: true }).click();
  await operator.list(/^Hosts/).getByRole('row', { name: /^HyperV01/ }).getByRole('gridcell').first().click();
  await page.getByRole('tab', { name: 'Host', exact: true }).click();
  await page.getByRole('toolbar', { name: 'Host' }).getByRole('button', { name: 'PowerShell' }).click();
  const host = page.getByRole('dialog', { name: 'HyperV01.contoso.lab: Windows PowerShell' });
  await type(host, 'Get-NetVirtualizationLookupRecord -CustomerAddress 10.30.1.4');
  await expect(output(host)).toContainText('Fabrikam-VM01');
  await expect(output(host)).toContainText('Adatum-VM01');
  await type(host, 'exit');
  await expect(host).toHaveCount(0);
});
