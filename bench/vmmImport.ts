/** Import of the inventory of a VMM with 1,000 and with 4,000 VM networks: read with its preview, put in place by one job with its audit records, and until the simulation has followed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Lab } from '../main/lab/lab.ts';
import type { BenchFigure } from './figure.ts';
import { largeVmmInventory } from './vmmInventory.ts';

/** What the design asks for, and what a large hoster has; with the budgets in seconds. */
const sizes = [{ name: 'thousand', tenants: 1000, budget: 5 }, { name: 'all', tenants: 4000, budget: 20 }] as const;
const root = path.resolve(import.meta.dirname, '..');

export async function run(): Promise<BenchFigure[]> {
  const all: BenchFigure[] = [];
  for (const size of sizes) all.push(...(await imported(size)));
  return all;
}

async function imported(size: (typeof sizes)[number]): Promise<BenchFigure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-bench-'));
  try {
    const lab = await Lab.open({
      databasePath: path.join(folder, 'lab.sqlite'),
      labsFolder: path.join(root, 'resources', 'labs'),
      importWorkerFile: path.join(root, 'main', 'lab', 'import', 'importWorker.ts'),
      owner: 'bench',
      initialLab: { lab: 'contoso', gateway: 'connected' },
    });
    try {
      return await figures(lab, path.join(folder, 'vmm.json'), size);
    } finally {
      lab.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function figures(lab: Lab, file: string, { name, tenants, budget }: (typeof sizes)[number]): Promise<BenchFigure[]> {
  const text = largeVmmInventory(tenants);
  writeFileSync(file, text);
  const began = performance.now();
  const cpu = process.cpuUsage();
  const stopWatching = watchStandstills();
  const preview = await lab.files.prepareImport('vmmInventory', file);
  const standstill = stopWatching();
  const previewed = performance.now();
  const job = lab.operations.start('lab.import', { preparation: preview?.preparation ?? '' });
  const status = await lab.jobs.waitFor(job);
  const done = performance.now();
  if (status !== 'Completed') throw new Error(`The import ended ${status}: ${lab.lists.jobs.get(job).error?.message ?? ''}`);
  const { compartments } = lab.gatewayState('Gateway1');
  if (compartments.length !== 101) throw new Error(`The first gateway has ${compartments.length} compartments.`);
  const followed = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (milliseconds: number): number => Math.round(milliseconds / 10) / 100;
  const size = `${tenants} VM networks with NAT and a virtual machine, every second one with a VPN connection; ${Math.round(text.length / 1024 / 1024)} MB`;
  return [
    { name: `vmmImport.${name}`, value: seconds(followed - began), unit: 's', note: `${size}; preview, job and simulation; ${seconds((user + system) / 1000)} s of processor time`, budget, atMost: true },
    { name: `vmmImport.${name}.preview`, value: seconds(previewed - began), unit: 's', note: 'read, understood and built in a thread' },
    { name: `vmmImport.${name}.job`, value: seconds(done - previewed), unit: 's', note: 'snapshot, inventory, audit records and their chain' },
    { name: `vmmImport.${name}.standstill`, value: Math.round(standstill), unit: 'ms', note: 'longest time during the preview in which the main thread did nothing else' },
  ];
}

/** Returns what gives the longest time, in milliseconds, for which the event loop was not free. */
function watchStandstills(): () => number {
  const period = 5;
  let last = performance.now();
  let longest = 0;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - period);
    last = now;
  };
  const timer = setInterval(look, period);
  return () => {
    look();
    clearInterval(timer);
    return longest;
  };
}
