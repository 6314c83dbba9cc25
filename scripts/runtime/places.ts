/** Folders of the project and of the cache. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

export const projectRoot = path.resolve(import.meta.dirname, '..', '..');

/**
 * Folder outside the tree that keeps what was fetched or built: HNV_CACHE_DIR, or the platform's place for caches.
 * Root's is readable for all, because the end-to-end tests run as an ordinary user.
 */
export function cacheFolder(): string {
  const folder = process.env['HNV_CACHE_DIR'] ?? path.join(platformCache(), 'hnv-gateway-console');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function platformCache(): string {
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  if (process.getuid?.() === 0) return '/var/cache';
  return process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
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
