/** Folders of the project and of the cache. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { SetupError } from './report.ts';

export const projectRoot = path.resolve(import.meta.dirname, '..', '..');

/**
 * Folder outside the tree that keeps what was fetched or built: HNV_CACHE_DIR, or the platform's place for caches.
 * Root's is one that all can read, because the end-to-end tests run as an ordinary user. Throws SetupError when it cannot be made.
 */
export function cacheFolder(): string {
  const folder = path.resolve(setting('HNV_CACHE_DIR') ?? path.join(platformCache(), 'hnv-gateway-console'));
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SetupError(`the cache folder ${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}. Name another one in HNV_CACHE_DIR.`);
  }
  return folder;
}

function platformCache(): string {
  if (process.platform === 'win32') return setting('LOCALAPPDATA') ?? path.join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  if (process.getuid?.() === 0) return '/var/cache';
  return setting('XDG_CACHE_HOME') ?? path.join(homedir(), '.cache');
}

/** A variable of the environment; undefined when it is not set or empty. */
function setting(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** Version of an installed package. */
export function installedVersion(name: string): string {
  const file = path.join(projectRoot, 'node_modules', name, 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** Folder with `include/node/node_api.h`, for node-gyp: that of the npm package `node`, or of the running Node. */
export function nodeHeaders(): string | undefined {
  const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const candidates = [
    path.join(projectRoot, 'node_modules', 'node', 'node_modules', platform),
    path.join(projectRoot, 'node_modules', platform),
    path.resolve(path.dirname(process.execPath), '..'),
    '/usr',
  ];
  return candidates.find((folder) => existsSync(path.join(folder, 'include', 'node', 'node_api.h')));
}
