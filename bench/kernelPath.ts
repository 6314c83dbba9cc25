/**
 * The kernel's own way for the same job, measured in the same run: 64-byte UDP through a veth pair, a routing namespace with nft SNAT, and
 * another veth pair. One generator process, so that generator and softirq share one core, as engine and bench do.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { say } from '../scripts/runtime/report.ts';
import { tryPackages } from '../scripts/runtime/debian.ts';

const packages = ['iproute2', 'nftables', 'netsniff-ng'];
const router = `hnvbench${process.pid}`;
const generator = 'hnvbench0';
const sink = 'hnvbench1';
const measured = 3000;

/** Packets a second that arrive behind the kernel's SNAT; undefined (with a line that says why) where it cannot be measured. */
export async function kernelRate(): Promise<number | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    say('LEFT OUT: the ratio to the kernel, because network namespaces need root');
    return undefined;
  }
  if (!(await tryPackages(packages, 'the ratio to the kernel'))) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-bench-'));
  try {
    build();
    return await measure(folder);
  } catch (error) {
    say(`LEFT OUT: the ratio to the kernel: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  } finally {
    spawnSync('ip', ['netns', 'del', router]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function build(): void {
  run('ip', 'netns', 'add', router);
  run('ip', 'link', 'add', generator, 'type', 'veth', 'peer', 'name', 'n0', 'netns', router);
  run('ip', 'link', 'add', sink, 'address', '02:00:00:00:0b:01', 'type', 'veth', 'peer', 'name', 'n1', 'netns', router);
  for (const name of [generator, sink]) run('ip', 'link', 'set', name, 'up', 'arp', 'off');
  const inside = (...words: readonly string[]) => run('ip', '-n', router, ...words);
  inside('link', 'set', 'n0', 'address', '02:00:00:00:0a:02', 'up');
  inside('link', 'set', 'n1', 'up');
  inside('addr', 'add', '10.30.1.1/24', 'dev', 'n0');
  inside('addr', 'add', '203.0.113.5/24', 'dev', 'n1');
  inside('route', 'add', 'default', 'via', '203.0.113.1');
  inside('neigh', 'add', '203.0.113.1', 'lladdr', '02:00:00:00:0b:01', 'dev', 'n1', 'nud', 'permanent');
  run('ip', 'netns', 'exec', router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.n0.rp_filter=0');
  run('ip', 'netns', 'exec', router, 'nft', 'add table ip bench; add chain ip bench source { type nat hook postrouting priority 100; }; add rule ip bench source oifname "n1" snat to 203.0.113.10');
}

async function measure(folder: string): Promise<number> {
  const config = path.join(folder, 'packet.cfg');
  writeFileSync(config, '{ eth(da=02:00:00:00:0a:02, sa=02:00:00:00:0a:01), ipv4(sa=10.30.1.4, da=192.0.2.80, ttl=64), udp(sp=40000, dp=9), fill(0x41, 22) }\n');
  const trafgen = spawn('trafgen', ['-i', config, '-o', generator, '-P', '1', '-q'], { stdio: 'ignore' });
  try {
    await pause(1000);
    const started = performance.now();
    const before = arrived();
    await pause(measured);
    const rate = ((arrived() - before) * 1000) / (performance.now() - started);
    if (rate < 1000) throw new Error('the generator sends nothing');
    return rate;
  } finally {
    trafgen.kill('SIGKILL');
  }
}

function arrived(): number {
  return Number(readFileSync(`/sys/class/net/${sink}/statistics/rx_packets`, 'utf8'));
}

function run(program: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr.trim()}`);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
