/** System libraries through apt, when missing and allowed. */
import { existsSync } from 'node:fs';
import { capture, has } from './command.ts';
import { say, SetupError } from './report.ts';

/** What Electron needs on Debian and Ubuntu. */
export const electronLibraries = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'] as const;
/** What the rebuild of the SQLite binding needs. */
export const compilerPackages = ['python3', 'make', 'g++'] as const;

/** Newer releases renamed some libraries for 64-bit time. */
const successors: Readonly<Record<string, string>> = {
  'libgtk-3-0': 'libgtk-3-0t64',
  libasound2: 'libasound2t64',
  'libatk-bridge2.0-0': 'libatk-bridge2.0-0t64',
};

export function isDebian(): boolean {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && has('dpkg-query');
}

async function isInstalled(name: string): Promise<boolean> {
  const successor = successors[name];
  for (const candidate of successor === undefined ? [name] : [name, successor]) {
    const answer = await capture('dpkg-query', ['-W', '-f=${db:Status-Status}', candidate]);
    if (answer.status === 0 && answer.output.startsWith('installed')) return true;
  }
  return false;
}

/** Packages of the list that are not installed; empty where there is no dpkg. */
export async function missingPackages(names: readonly string[]): Promise<string[]> {
  if (!isDebian()) return [];
  const checks = await Promise.all(names.map(async (name) => ({ name, installed: await isInstalled(name) })));
  return checks.filter((check) => !check.installed).map((check) => check.name);
}

/** Installs what is missing; throws SetupError with the command to type when that is not allowed. */
export async function ensurePackages(names: readonly string[], purpose: string): Promise<void> {
  const missing = await missingPackages(names);
  if (missing.length === 0) return;
  const available = await Promise.all(missing.map((name) => availableName(name)));
  const prefix = process.getuid?.() === 0 ? [] : (await capture('sudo', ['-n', 'true'])).status === 0 ? ['sudo', '-n'] : undefined;
  const command = `apt-get update && apt-get install -y ${available.join(' ')}`;
  if (prefix === undefined) throw new SetupError(`${purpose} needs the packages ${missing.join(', ')}. Type: sudo sh -c "${command}"`);
  say(`installing ${available.join(', ')} with apt (${purpose})`);
  const result = await runApt(prefix, available);
  if (result !== undefined) throw new SetupError(`apt could not install ${available.join(', ')} (${purpose}): ${result}. Type: ${command}`);
}

async function availableName(name: string): Promise<string> {
  const successor = successors[name];
  if (successor === undefined) return name;
  return (await capture('apt-cache', ['show', successor])).status === 0 ? successor : name;
}

/** Undefined when it went well, otherwise the end of what apt said. */
async function runApt(prefix: readonly string[], names: readonly string[]): Promise<string | undefined> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args: readonly string[]) => {
    const [program = 'apt-get', ...rest] = [...prefix, 'apt-get', ...args];
    return capture(program, rest, { env });
  };
  await run(['update', '-qq']);
  const result = await run(['install', '-y', '-qq', '-o', 'DPkg::Lock::Timeout=120', ...names]);
  return result.status === 0 ? undefined : result.output.trim().slice(-600);
}
