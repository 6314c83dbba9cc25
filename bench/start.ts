/** Start of the console, from process to usable window, against a bare Electron window in the same run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron } from 'playwright';
import { openStore } from '../main/store/store.ts';
import { build } from '../scripts/build.ts';
import { launchEnvironment, prepareRuntime, type Runtime } from '../scripts/runtime/launch.ts';
import { projectRoot } from '../scripts/runtime/places.ts';
import { insertFabric } from './fabricRows.ts';
import type { BenchFigure } from './figure.ts';

const rounds = 9;
const manyNetworks = 10_000;
/** A row of the list that the console opens with. */
const listRow = '[role="row"][data-index]';

const bareMain = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<h1 id="ready">ready</h1>'));`;

interface Start {
  readonly application: string;
  readonly selector: string;
  readonly userData: string;
  readonly times: number[];
}

/** The candidates take turns, so that a slow moment of the machine strikes all of them. The first start of each fills its caches and is not counted. */
export async function run(): Promise<BenchFigure[]> {
  const runtime = await prepareRuntime({ display: true });
  await build();
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-bench-'));
  try {
    const bare = startOf(bareApplication(folder), '#ready', path.join(folder, 'bare-data'));
    const contoso = startOf(projectRoot, listRow, path.join(folder, 'contoso-data'));
    const many = startOf(projectRoot, listRow, manyNetworksData(folder));
    for (let round = 0; round <= rounds; round += 1) {
      for (const start of [bare, contoso, many]) {
        const elapsed = await timeToSelector(runtime, start);
        if (round > 0) start.times.push(elapsed);
      }
    }
    return figures(runtime.electron.version, bare.times, contoso.times, many.times);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function startOf(application: string, selector: string, userData: string): Start {
  return { application, selector, userData, times: [] };
}

function bareApplication(folder: string): string {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(path.join(folder, 'main.cjs'), bareMain);
  return folder;
}

/** A user's data folder whose database holds a large fabric. */
function manyNetworksData(folder: string): string {
  const userData = path.join(folder, 'many-data');
  mkdirSync(userData);
  const store = openStore({ path: path.join(userData, 'console.sqlite') });
  try {
    insertFabric(store.db, manyNetworks);
  } finally {
    store.close();
  }
  return userData;
}

async function timeToSelector(runtime: Runtime, start: Start): Promise<number> {
  const began = performance.now();
  const app = await electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, start.application, `--user-data-dir=${start.userData}`, '--job-pace=0'],
    env: launchEnvironment(runtime),
  });
  try {
    const page = await app.firstWindow();
    await page.waitForSelector(start.selector);
    return performance.now() - began;
  } finally {
    await app.close();
  }
}

function figures(version: string, bare: readonly number[], contoso: readonly number[], many: readonly number[]): BenchFigure[] {
  return [
    { name: 'start.bareWindow', value: median(bare), unit: 'ms', note: `Electron ${version}, driver included; ${spread(bare)}` },
    { name: 'start.console', value: median(contoso), unit: 'ms', note: `process start to the rows of the list on screen, Contoso lab; ${spread(contoso)}` },
    { name: 'start.ratio', value: median(contoso) / median(bare), unit: 'ratio', note: 'Contoso lab to bare window' },
    { name: 'start.console.many', value: median(many), unit: 'ms', note: `the same with ${manyNetworks} VM networks in the file; ${spread(many)}` },
    { name: 'start.ratio.many', value: median(many) / median(bare), unit: 'ratio', note: `${manyNetworks} VM networks to bare window`, budget: 2, atMost: true },
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function spread(values: readonly number[]): string {
  return `median of ${values.length}, ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
}
