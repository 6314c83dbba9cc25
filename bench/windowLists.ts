/** The list of VM networks in the real window with 100,000 of them: sort, filter, page, and frames while it scrolls. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron, type Locator } from 'playwright';
import { openStore } from '../main/store/store.ts';
import { build } from '../scripts/build.ts';
import { launchEnvironment, prepareRuntime } from '../scripts/runtime/launch.ts';
import { projectRoot } from '../scripts/runtime/places.ts';
import { insertFabric } from './fabricRows.ts';
import type { BenchFigure } from './figure.ts';
import { scrollThrough, timeToPainted } from './fluency.ts';

const networks = 100_000;
const rounds = 7;
const rowHeight = 28;
/** What a long list waits on purpose until typing rests (renderer/list/ObjectList.tsx). */
const filterDelay = 150;
/** Milliseconds between two jumps: one that follows at once is dragging, of which the frames are measured. */
const betweenJumps = 300;
/** Each order for the first time, as what was asked before needs no SQL; a column that is sorted already is turned round. The rows in view differ from those before. */
const sortClicks = ['Subnet', 'Gateway Connection', 'Gateway Connection', 'External NAT Address', 'Subnet', 'Name', 'Name'];

export async function run(): Promise<BenchFigure[]> {
  const runtime = await prepareRuntime({ display: true });
  await build();
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-bench-'));
  try {
    const store = openStore({ path: path.join(folder, 'console.sqlite') });
    insertFabric(store.db, networks);
    store.close();
    const app = await electron.launch({ executablePath: runtime.executable, args: [...runtime.args, projectRoot, `--user-data-dir=${folder}`, '--job-pace=0'], env: launchEnvironment(runtime) });
    try {
      const page = await app.firstWindow();
      await page.waitForSelector('[role="row"][data-index]', { timeout: 120_000 });
      // A running clock would first build a simulation of all of them, which is not what is measured here.
      await page.evaluate(`hnv.invoke('simulation.setSpeed', { speed: 0 })`);
      return await figures(page.locator('[data-object-list]').first());
    } finally {
      await app.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function figures(list: Locator): Promise<BenchFigure[]> {
  const grid = list.locator('[role="grid"]');
  const sorts = await times(sortClicks.length, (round) => timeToPainted(list, { click: sortClicks[round] ?? 'Name' }));
  const filters: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    filters.push((await timeToPainted(list, { type: `Tenant000${round + 1}` })) - filterDelay);
    await timeToPainted(list, { type: '' });
  }
  const pages = await times(rounds, async (round) => {
    await new Promise((resolve) => setTimeout(resolve, betweenJumps));
    return timeToPainted(list, { scrollTo: (round + 1) * 12_000 * rowHeight });
  });
  const slow = await scrollThrough(grid, { frames: 240, step: 2 * rowHeight });
  const fast = await scrollThrough(grid, { frames: 240, step: 40 * rowHeight });
  const how = 'real window, from the wish to the painted frame';
  return [
    { name: `list of ${networks} VM networks, sort`, value: median(sorts), unit: 'ms', note: `${how}; ${spread(sorts)}`, budget: 150, atMost: true },
    { name: `list of ${networks} VM networks, filter`, value: median(filters), unit: 'ms', note: `${how}, without the ${filterDelay} ms until typing rests; ${spread(filters)}`, budget: 80, atMost: true },
    { name: `list of ${networks} VM networks, page`, value: median(pages), unit: 'ms', note: `${how}, a jump to rows that are not there; ${spread(pages)}`, budget: 50, atMost: true },
    { name: `list of ${networks} VM networks, longest frame`, value: round1(slow.longestFrameMs), unit: 'ms', note: `scrolling two rows a frame, ${slow.frames} frames; median ${round1(slow.medianFrameMs)}, longest task ${round1(slow.longestTaskMs)}`, budget: 32, atMost: true },
    { name: `list of ${networks} VM networks, longest frame of far scrolling`, value: round1(fast.longestFrameMs), unit: 'ms', note: `forty rows a frame, ${fast.frames} frames; median ${round1(fast.medianFrameMs)}, longest task ${round1(fast.longestTaskMs)}`, budget: 32, atMost: true },
    { name: `list of ${networks} VM networks, rows in the page`, value: Math.max(slow.mostRows, fast.mostRows), unit: 'rows', note: 'with those of the navigation tree', budget: 100, atMost: true },
  ];
}

async function times(count: number, measure: (round: number) => Promise<number>): Promise<number[]> {
  const found: number[] = [];
  for (let round = 0; round < count; round += 1) found.push(await measure(round));
  return found;
}

function median(values: readonly number[]): number {
  return round1([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}

function spread(values: readonly number[]): string {
  return `median of ${values.length}, ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
