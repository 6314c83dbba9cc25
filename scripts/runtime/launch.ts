/** Everything that a start of the console needs, checked, fetched and remembered. */
import { ensureDisplay, type Display } from './display.ts';
import { ensureElectron } from './electron.ts';
import type { ElectronRuntime } from './electronFolder.ts';
import { ensureElectronLibraries } from './libraries.ts';
import { say } from './report.ts';
import { ensureSqliteBinding } from './sqlite.ts';

export interface Runtime {
  readonly electron: ElectronRuntime;
  readonly executable: string;
  /** Switches that this machine needs, to stand before the application's path. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Binding that fits this Electron; undefined when the prebuilt one of the package does. */
  readonly sqliteBinding: string | undefined;
}

let warned = false;

/** Makes the machine ready to start Electron; throws SetupError when it cannot. `display: false` where no window will be shown. */
export async function prepareRuntime(options: { readonly display: boolean }): Promise<Runtime> {
  const electron = await ensureElectron();
  await ensureElectronLibraries(electron.executable);
  const sqliteBinding = await ensureSqliteBinding(electron);
  const display = options.display ? await ensureDisplay() : undefined;
  const args = [...sandboxSwitches(options.display), ...displaySwitches(display, Number.parseInt(electron.version, 10))];
  const env = { ...display?.env, ...(sqliteBinding === undefined ? {} : { HNV_SQLITE_BINDING: sqliteBinding }) };
  return { electron, executable: electron.executable, args, env, sqliteBinding };
}

/** Environment to start Electron in: this process's, what the machine needs, and nothing that would turn Electron into a plain Node. */
export function launchEnvironment(runtime: Runtime): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...runtime.env })) {
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE') env[name] = value;
  }
  return env;
}

/** From Electron 38 on Chromium looks for Wayland first, before it wants to be told. */
function displaySwitches(display: Display | undefined, major: number): string[] {
  if (display?.kind === 'virtual' && major >= 38) return ['--ozone-platform=x11'];
  if (display?.kind === 'wayland' && major < 38) return ['--ozone-platform=wayland'];
  return [];
}

/** Chromium refuses to run as root with its sandbox; every other user keeps it. */
function sandboxSwitches(isShown: boolean): string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  if (isShown && !warned) say('warning: running as root, so Chromium runs without its sandbox (--no-sandbox). Use an ordinary user for real work.');
  warned ||= isShown;
  return ['--no-sandbox'];
}
