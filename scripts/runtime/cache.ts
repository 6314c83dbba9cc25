/** Things that were fetched or built once: made beside their place and moved there whole, one maker at a time. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cacheFolder } from './places.ts';
import { say, SetupError } from './report.ts';

const lockAgeLimitMs = 15 * 60_000;

/** The folder `key` in the cache; `make` fills a new folder when there is none yet. */
export async function cached(key: string, make: (folder: string) => Promise<void>): Promise<string> {
  const target = path.join(cacheFolder(), key);
  if (existsSync(target)) return target;
  return withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return target;
    const draft = `${target}.${process.pid}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    try {
      await make(draft);
      renameSync(draft, target);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    return target;
  });
}

/** Only one process at a time; a lock that its owner left behind is taken over after a quarter of an hour. */
async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + lockAgeLimitMs;
  let told = false;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) throw new SetupError(`another run holds ${lock}; remove it if there is none.`);
    if (!told) say(`waiting for another run that fills the cache (${path.basename(lock)})`);
    told = true;
    await wait(500);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > lockAgeLimitMs) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
