/** Running as an ordinary user when root calls, so that Chromium keeps its full sandbox. */
import { chownSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { capture, has } from './command.ts';
import { cacheFolder, projectRoot } from './places.ts';
import { say } from './report.ts';

const userName = 'hnv-e2e';

export interface UserCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** The same command as that user; unchanged, with a loud warning, where that cannot be. `writable` folders become the user's own. */
export async function asOrdinaryUser(program: string, args: readonly string[], writable: readonly string[]): Promise<UserCommand> {
  const unchanged = { program, args, env: process.env };
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return unchanged;
  const ids = await prepareUser();
  if (ids === undefined) {
    say('LEFT OUT: the sandbox of Chromium in end-to-end tests, because root cannot become an ordinary user that can read this folder here');
    return unchanged;
  }
  const home = mkdtempSync(path.join(tmpdir(), 'hnv-home-'));
  for (const folder of [home, ...writable]) {
    mkdirSync(folder, { recursive: true });
    chownSync(folder, ids.user, ids.group);
  }
  const kept = ['PATH', 'CI', 'DISPLAY', 'LANG', 'TERM', 'FORCE_COLOR'].filter((name) => process.env[name] !== undefined);
  const env: NodeJS.ProcessEnv = { HOME: home, USER: userName, LOGNAME: userName, HNV_CACHE_DIR: cacheFolder() };
  for (const name of [...kept, ...Object.keys(process.env).filter((name) => name.startsWith('HNV_'))]) env[name] ??= process.env[name];
  return { program: 'runuser', args: ['-u', userName, '--', program, ...args], env };
}

async function prepareUser(): Promise<{ user: number; group: number } | undefined> {
  if (!has('runuser') || !has('useradd')) return undefined;
  if ((await capture('id', [userName])).status !== 0) await capture('useradd', ['--system', '--no-create-home', '--shell', '/bin/sh', userName]);
  const readable = await capture('runuser', ['-u', userName, '--', 'test', '-r', path.join(projectRoot, 'package.json')]);
  const namespaces = await capture('runuser', ['-u', userName, '--', 'unshare', '--user', 'true']);
  if (readable.status !== 0 || namespaces.status !== 0) return undefined;
  const user = Number.parseInt((await capture('id', ['-u', userName])).output, 10);
  const group = Number.parseInt((await capture('id', ['-g', userName])).output, 10);
  return Number.isNaN(user) || Number.isNaN(group) ? undefined : { user, group };
}
