/** Things that were fetched or built once: made beside their place and moved there whole, one maker at a time. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { cacheFolder } from './places.ts';
import { say, SetupError } from './report.ts';

const patienceMs = 15 * 60_000;
const ownerSchema = z.object({ pid: z.number().int(), host: z.string(), at: z.number() });

/** The folder `key` in the cache; `make` fills a new folder when there is none yet. */
export async function cached(key: string, make: (folder: string) => Promise<void>): Promise<string> {
  const target = path.join(cacheFolder(), key);
  if (existsSync(target)) return target;
  return withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return target;
    removeDrafts(target);
    const draft = `${target}.${process.pid}.new`;
    mkdirSync(draft, { recursive: true });
    try {
      await make(draft);
      moveInto(draft, target);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    return target;
  });
}

/** Runs `work` while no other process runs a work of the same name. */
export function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  return withLock(path.join(cacheFolder(), `${name}.lock`), work);
}

/** Two makers can only meet when both took over the same dead lock; the first one's folder stays then. */
function moveInto(draft: string, target: string): void {
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

/** What killed runs left behind. */
function removeDrafts(target: string): void {
  const prefix = `${path.basename(target)}.`;
  for (const name of readdirSync(path.dirname(target))) {
    if (name.startsWith(prefix) && name.endsWith('.new')) rmSync(path.join(path.dirname(target), name), { recursive: true, force: true });
  }
}

/** Only one process at a time. The lock of a process that is gone is taken over at once, of another machine's after a quarter of an hour. */
async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  let told = false;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) throw new SetupError(`another run holds ${lock}; remove that file if there is none.`);
    if (!told) say(`waiting for another run that fills the cache (${path.basename(lock)})`);
    told = true;
    await wait(250);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), at: Date.now() }), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw new SetupError(`the cache folder cannot be written: ${String(error)}. Name another one in HNV_CACHE_DIR.`);
    if (!isAbandoned(lock)) return false;
    rmSync(lock, { force: true });
    return tryLock(lock);
  }
}

function isAbandoned(lock: string): boolean {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch {
    return false;
  }
  const owner = ownerSchema.safeParse(parseOrUndefined(text));
  // An empty file is a lock that is being written, or one whose writer was killed between two calls; the deadline decides.
  if (!owner.success) return false;
  if (owner.data.host !== hostname()) return Date.now() - owner.data.at > patienceMs;
  return !isAlive(owner.data.pid);
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** EPERM means that the process exists and is another user's. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
