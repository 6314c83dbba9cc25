/** Starts the real application for a test: its own data folder, the window found by its address, a stuck process killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron, type ElectronApplication, type Page } from '@playwright/test';
import { prepareRuntime } from '../../scripts/runtime/launch.ts';

export interface StartOptions {
  /** Data folder; left out, a new temporary one that `dispose` removes. */
  readonly userData?: string;
  readonly jobPace?: number;
  readonly gateway?: 'connected' | 'absent';
  /** Name of the lab that an empty database is filled with. */
  readonly lab?: string;
  readonly database?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Executable of an unpacked package; left out, the development build. */
  readonly packaged?: string;
}

export interface Application {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  close(): Promise<void>;
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>;
}

export function newUserData(): string {
  return mkdtempSync(path.join(tmpdir(), 'hnv-e2e-'));
}

export async function startApplication(options: StartOptions = {}): Promise<Application> {
  const runtime = await prepareRuntime({ display: true });
  const userData = options.userData ?? newUserData();
  const own = [
    `--user-data-dir=${userData}`,
    `--job-pace=${options.jobPace ?? 20}`,
    ...(options.lab === undefined ? [] : [`--lab=${options.lab}`]),
    ...(options.gateway === undefined ? [] : [`--gateway=${options.gateway}`]),
    ...(options.database === undefined ? [] : [`--database=${options.database}`]),
  ];
  const application = await launch({
    executablePath: options.packaged ?? runtime.executable,
    args: options.packaged === undefined ? [...runtime.args, process.cwd(), ...own] : [...runtime.args, ...own],
    env: { ...process.env, ...runtime.env } as Record<string, string>,
  });
  const child = application.process();
  const page = await findConsole(application);
  if (options.size !== undefined) await resize(application, options.size);
  return {
    electron: application,
    page,
    userData,
    close: () => closeOrKill(application, child),
    kill: () => kill(child),
  };
}

/** Starts the development build once more on a data folder that is in use, and waits for its end. Returns its exit status. */
export async function startAgain(userData: string): Promise<number | null> {
  const runtime = await prepareRuntime({ display: true });
  const child = spawn(runtime.executable, [...runtime.args, process.cwd(), `--user-data-dir=${userData}`], { env: { ...process.env, ...runtime.env }, stdio: 'ignore' });
  const stuck = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(stuck);
  return status;
}

const launchTries = 3;

/**
 * On a busy machine the driver now and then misses the moment in which Electron is ready, and waits for ever although the process runs. That says
 * nothing about the application, so it is started anew, and said.
 */
async function launch(options: Parameters<typeof electron.launch>[0]): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await electron.launch({ ...options, timeout: 25_000 });
    } catch (error) {
      if (attempt === launchTries || !(error instanceof Error) || !error.message.includes('Timeout')) throw error;
      process.stderr.write(`hnv: the driver did not reach Electron in 25 s; starting it again (try ${attempt + 1} of ${launchTries})\n`);
    }
  }
}

async function findConsole(application: ElectronApplication): Promise<Page> {
  const isConsole = (page: Page): boolean => page.url().startsWith('app://console');
  const page = application.windows().find(isConsole) ?? (await application.waitForEvent('window', isConsole));
  await page.waitForLoadState('domcontentloaded');
  return page;
}

async function resize(application: ElectronApplication, size: { width: number; height: number }): Promise<void> {
  await application.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height);
  }, size);
}

async function closeOrKill(application: ElectronApplication, child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const stuck = setTimeout(() => child.kill('SIGKILL'), 10_000);
  try {
    await application.close();
  } finally {
    clearTimeout(stuck);
  }
}

function kill(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

export function removeUserData(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
