import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, operatorOf, test } from './support/test.ts';
import { internetHost } from './support/operator.ts';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;

test('a capture from the ribbon opens in Wireshark without one malformed frame', async ({ start, userData }) => {
  test.skip(!hasTshark, 'tshark is not installed: the referee for captures is missing');
  const application = await start();
  const operator = operatorOf(application);
  await operator.connectWithNat('Fabrikam', '203.0.113.33');
  await operator.expectJob('Completed');
  await operator.closeFront();

  await operator.select('Fabrikam');
  const gatewayVsid = Number(/10\.254\.254\.0\/29 VSID (\d+)/.exec(await operator.details.innerText())?.[1]);
  const file = path.join(userData, 'ping.pcapng');
  // The system's own dialog is where the outside world begins.
  await application.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await operator.page.getByRole('tab', { name: 'Home' }).click();
  await operator.page.getByRole('button', { name: 'Start Capture' }).click();
  await expect(operator.page.getByRole('button', { name: 'Stop and Save' })).toBeVisible();
  const window = await operator.ping('Fabrikam');
  await expect(window.getByRole('log', { name: 'Replies' })).toContainText('Received = 4');
  await operator.page.getByRole('tab', { name: 'Home' }).click();
  await operator.page.getByRole('button', { name: 'Stop and Save' }).click();
  await expect(operator.page.getByText('Capture saved', { exact: true })).toBeVisible();

  const checks = ['-o', 'ip.check_checksum:TRUE'];
  const tshark = (...args: readonly string[]) => execFileSync('tshark', ['-r', file, ...checks, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  expect(tshark('-Y', '_ws.malformed || ip.checksum.status == "Bad" || icmp.checksum.status == "Bad"')).toBe('');
  // A GRE key is VSID and FlowID. Towards the gateway it names the gateway's own subnet, as the console shows it; back to the
  // machine it names Fabrikam's (contoso-lab.md: 5201).
  const vsids = (filter: string) => new Set(tshark('-Y', filter, '-T', 'fields', '-e', 'gre.key').split('\n').map((key) => Number(key) >>> 8));
  expect(vsids(`gre && icmp.type == 8 && ip.dst == ${internetHost}`)).toEqual(new Set([gatewayVsid]));
  expect(vsids(`gre && icmp.type == 0 && ip.src == ${internetHost}`)).toEqual(new Set([5201]));
  const outside = tshark('-Y', `!gre && icmp.type == 8 && ip.src == 203.0.113.33 && ip.dst == ${internetHost}`, '-T', 'fields', '-e', 'ip.src').split('\n');
  expect(outside.length).toBeGreaterThanOrEqual(4);
});
