/** Start of the console, from process to usable window, against a bare Electron window in the same run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron } from 'playwright';
import { build } from '../scripts/build.ts';
import { prepareRuntime, type Runtime } from '../scripts/runtime/launch.ts';
import { projectRoot } from '../scripts/runtime/places.ts';
import type { BenchFigure } from './figure.ts';

const rounds = 5;

const bareMain = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<h1 id="ready">ready</h1>'));`;

async function timeToSelector(runtime: Runtime, application: string, selector: string, userData: string): Promise<number> {
  const started = performance.now();
  const app = await electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, application, `--user-data-dir=${userData}`, '--job-pace=0'],
    env: { ...process.env, ...runtime.env } as Record<string, string>,
  });
  const page = await app.firstWindow();
  await page.waitForSelector(selector);
  const elapsed = performance.now() - started;
  await app.close();
  return elapsed;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export async function run(): Promise<BenchFigure[]> {
  const runtime = await prepareRuntime({ display: true });
  await build();
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-bench-'));
  try {
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }));
    writeFileSync(path.join(folder, 'main.cjs'), bareMain);
    const userData = path.join(folder, 'data');
    await timeToSelector(runtime, projectRoot, '[role="row"][data-index]', userData);
    const bare: number[] = [];
    const console_: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await timeToSelector(runtime, folder, '#ready', path.join(folder, 'bare-data')));
      console_.push(await timeToSelector(runtime, projectRoot, '[role="row"][data-index]', userData));
    }
    const ratio = median(console_) / median(bare);
    return [
      { name: 'start.bareWindow', value: median(bare), unit: 'ms', note: `Electron ${runtime.electron.version}, median of ${rounds}, driver included` },
      { name: 'start.console', value: median(console_), unit: 'ms', note: 'process start to the rows of the list on screen, Contoso lab' },
      { name: 'start.ratio', value: ratio, unit: 'ratio', budget: 2, atMost: true },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
