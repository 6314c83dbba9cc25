/** System packages through apt, when missing and allowed; elsewhere a sentence that says what to install. */
import { existsSync } from 'node:fs';
import { capture, has } from './command.ts';
import { say, saying, SetupError } from './report.ts';

/** What Electron needs on Debian and Ubuntu, with or without a display. */
export const electronLibraries = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'] as const;
/** What a machine without a display needs. */
export const displayPackages = ['xvfb'] as const;
/** What the rebuild of the SQLite binding needs. */
export const compilerPackages = ['python3', 'make', 'g++'] as const;

/** Releases from 2024 on renamed these libraries for 64-bit time. */
const successors: Readonly<Record<string, string>> = {
  'libgtk-3-0': 'libgtk-3-0t64',
  libasound2: 'libasound2t64',
  'libatk-bridge2.0-0': 'libatk-bridge2.0-0t64',
};

export function isDebian(): boolean {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && has('dpkg-query');
}

/** Those of the packages that are not installed; empty where there is no dpkg. */
async function missingPackages(names: readonly string[]): Promise<string[]> {
  if (!isDebian() || names.length === 0) return [];
  const asked = names.flatMap((name) => [name, successors[name]].filter((candidate) => candidate !== undefined));
  const answer = await capture('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\\n', ...asked]);
  const installed = new Set(answer.output.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]));
  return names.filter((name) => !installed.has(name) && !installed.has(successors[name] ?? name));
}

/** Installs what is missing; throws SetupError with the command to type when that is not allowed. */
export async function ensurePackages(names: readonly string[], purpose: string): Promise<void> {
  const missing = await missingPackages(names);
  if (missing.length === 0) return;
  const prefix = await rootPrefix();
  if (prefix === undefined) {
    throw new SetupError(`${purpose} needs ${missing.join(', ')}, and this user may not install packages. Type: sudo apt-get update && sudo apt-get install -y ${(await availableNames(missing)).join(' ')}`);
  }
  const problem = await saying(`installing ${missing.join(', ')} with apt (${purpose})`, () => install(prefix, missing));
  if (problem !== undefined) throw new SetupError(`apt could not install ${missing.join(', ')} (${purpose}): ${problem}`);
}

/** As ensurePackages, for what a run can do without: true when all is there, otherwise false and a line that says what is left out. */
export async function tryPackages(names: readonly string[], purpose: string): Promise<boolean> {
  if (!isDebian()) {
    const absent = names.filter((name) => !has(name));
    if (absent.length > 0) say(`LEFT OUT: ${purpose}, because ${absent.join(', ')} can be installed by itself on Debian and Ubuntu only`);
    return absent.length === 0;
  }
  try {
    await ensurePackages(names, purpose);
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`LEFT OUT: ${purpose}: ${error.message}`);
    return false;
  }
}

/** What to put before a command that needs root; undefined when this user may not. */
async function rootPrefix(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  return has('sudo') && (await capture('sudo', ['-n', 'true'])).status === 0 ? ['sudo', '-n'] : undefined;
}

async function availableNames(names: readonly string[]): Promise<string[]> {
  return Promise.all(
    names.map(async (name) => {
      const successor = successors[name];
      if (successor === undefined) return name;
      return (await capture('apt-cache', ['show', '--no-all-versions', successor])).status === 0 ? successor : name;
    }),
  );
}

/** Undefined when it went well, otherwise the end of what apt said. */
async function install(prefix: readonly string[], names: readonly string[]): Promise<string | undefined> {
  const run = (args: readonly string[]) => {
    const [program = 'env', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120', ...args];
    return capture(program, rest);
  };
  const update = await run(['update', '-qq']);
  // The names can only be told apart once the lists are there.
  const result = await run(['install', '-y', '-qq', '--no-install-recommends', ...(await availableNames(names))]);
  if (result.status === 0 && (await missingPackages(names)).length === 0) return undefined;
  const hint = result.output.includes('dpkg --configure -a') ? '\nAn earlier installation was cut short. Type: sudo dpkg --configure -a' : '';
  return `${update.status === 0 ? '' : update.output.trim().slice(-300)}\n${result.output.trim().slice(-600)}${hint}`.trim();
}
