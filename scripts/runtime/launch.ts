/** Everything that a start of the console needs, checked, fetched and remembered. */
import { ensurePackages, electronLibraries } from './debian.ts';
import { ensureDisplay } from './display.ts';
import { ensureElectron, type ElectronRuntime } from './electron.ts';
import { say } from './report.ts';
import { ensureSqliteBinding } from './sqlite.ts';

export interface Runtime {
  readonly electron: ElectronRuntime;
  readonly executable: string;
  /** Switches that this machine needs, to stand before the application's path. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly sqliteBinding: string | undefined;
}

let warned = false;

/** Makes the machine ready to start Electron. `display: false` where no window will be shown. */
export async function prepareRuntime(options: { readonly display: boolean }): Promise<Runtime> {
  await ensurePackages(electronLibraries, 'Electron');
  const electron = await ensureElectron();
  const sqliteBinding = await ensureSqliteBinding(electron);
  const display = options.display ? await ensureDisplay() : undefined;
  const args = [...sandboxSwitches(), ...(display?.isVirtual === true && Number.parseInt(electron.version, 10) >= 38 ? ['--ozone-platform=x11'] : [])];
  const env = { ...display?.env, ...(sqliteBinding === undefined ? {} : { HNV_SQLITE_BINDING: sqliteBinding }) };
  return { electron, executable: electron.executable, args, env, sqliteBinding };
}

/** Chromium refuses to run as root with its sandbox; every other user keeps it. */
function sandboxSwitches(): string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  if (!warned) say('warning: running as root, so Chromium runs without its sandbox (--no-sandbox). Use an ordinary user for real work.');
  warned = true;
  return ['--no-sandbox'];
}
