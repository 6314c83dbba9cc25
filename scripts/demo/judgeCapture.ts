/** Lets Wireshark's tshark read the capture of the demo, where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { internetHost, type Tenant } from '../../e2e/support/operator.ts';
import type { Narrator } from './narrator.ts';

export function judgeCapture(file: string, addresses: Readonly<Record<Tenant, string>>, narrator: Narrator): void {
  narrator.tell('The capture of every interface during the pings');
  narrator.check('it is a file with packets in it', statSync(file).size > 1000);
  if (spawnSync('tshark', ['--version']).status !== 0) {
    narrator.tell('  LEFT OUT: tshark is not installed, so nobody else has read the capture (Debian package tshark)');
    return;
  }
  const count = (filter: string): number => {
    const text = execFileSync('tshark', ['-r', file, '-o', 'ip.check_checksum:TRUE', '-Y', filter], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.split('\n').filter((line) => line !== '').length;
  };
  narrator.check('tshark finds no malformed frame and no bad checksum', count('_ws.malformed || ip.checksum.status == "Bad" || icmp.checksum.status == "Bad"') === 0);
  narrator.check('requests cross the provider network in NVGRE', count(`gre && icmp.type == 8 && ip.dst == ${internetHost}`) >= 8);
  for (const [tenant, address] of Object.entries(addresses)) {
    narrator.check(`${tenant}'s requests leave the front end as ${address}`, count(`!gre && icmp.type == 8 && ip.src == ${address} && ip.dst == ${internetHost}`) >= 4);
  }
}
