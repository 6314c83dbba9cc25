/** Running as an ordinary user when root calls, so that Chromium keeps its full sandbox. */
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { capture, foreground, has } from './command.ts';
import { cacheFolder, projectRoot } from './places.ts';
import { say } from './report.ts';

const userName = 'hnv-e2e';
/** What of root's environment means the same to another user. */
const kept = ['PATH', 'CI', 'DISPLAY', 'LANG', 'TERM', 'FORCE_COLOR', 'NO_COLOR', 'TMPDIR', 'ELECTRON_OVERRIDE_DIST_PATH'];

interface Ids {
  readonly user: number;
  readonly group: number;
}

/**
 * Runs the command in the project's folder as an ordinary user and gives its exit status. `writable` folders become that
 * user's own, `needed` files have to be readable for it. Runs it unchanged, with a loud line, where that cannot be.
 */
export async function runAsOrdinaryUser(program: string, args: readonly string[], access: { readonly writable: readonly string[]; readonly needed: readonly string[] }): Promise<number> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return foreground(program, args, { cwd: projectRoot });
  const user = await prepareUser([program, projectRoot, ...access.needed]);
  if (typeof user === 'string') {
    say(`LEFT OUT: the sandbox of Chromium in end-to-end tests, because ${user}. They run as root without it.`);
    return foreground(program, args, { cwd: projectRoot });
  }
  const home = mkdtempSync(path.join(tmpdir(), 'hnv-home-'));
  try {
    for (const folder of [home, ...access.writable]) {
      mkdirSync(folder, { recursive: true });
      chownSync(folder, user.user, user.group);
    }
    say(`end-to-end tests run as the user ${userName}, with Chromium's full sandbox`);
    return await foreground('runuser', ['-u', userName, '--', program, ...args], { cwd: projectRoot, env: environmentOf(home) });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function environmentOf(home: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { HOME: home, USER: userName, LOGNAME: userName, HNV_CACHE_DIR: cacheFolder() };
  const own = Object.keys(process.env).filter((name) => name.startsWith('HNV_'));
  for (const name of [...kept, ...own]) {
    const value = process.env[name];
    if (value !== undefined) env[name] ??= value;
  }
  return env;
}

/** The user's ids, or the reason why there can be none. */
async function prepareUser(needed: readonly string[]): Promise<Ids | string> {
  if (!has('runuser')) return 'this system has no runuser';
  if ((await capture('id', [userName])).status !== 0) {
    say(`adding the system user ${userName} for end-to-end tests`);
    const added = await capture('useradd', ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', userName]);
    if (added.status !== 0) return `the user ${userName} cannot be added (${added.output.trim()})`;
  }
  const asUser = (...command: string[]) => capture('runuser', ['-u', userName, '--', ...command]);
  for (const file of needed) {
    if ((await asUser('test', '-r', file)).status !== 0) return `an ordinary user cannot read ${file}`;
  }
  if ((await asUser('unshare', '--user', 'true')).status !== 0) return 'this kernel gives ordinary users no namespaces';
  const user = Number.parseInt((await capture('id', ['-u', userName])).output, 10);
  const group = Number.parseInt((await capture('id', ['-g', userName])).output, 10);
  return Number.isNaN(user) || Number.isNaN(group) ? `the ids of ${userName} are unknown` : { user, group };
}
