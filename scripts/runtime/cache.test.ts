import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cached, exclusively } from './cache.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hnv-cache-'));
  vi.stubEnv('HNV_CACHE_DIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const writeThing = (draft: string): Promise<void> => Promise.resolve(writeFileSync(path.join(draft, 'thing'), 'x'));

describe('the cache', () => {
  it('makes a thing once and keeps it', async () => {
    const make = vi.fn(writeThing);
    const first = await cached('thing-1', make);
    expect(await cached('thing-1', make)).toBe(first);
    expect(make).toHaveBeenCalledTimes(1);
    expect(readFileSync(path.join(first, 'thing'), 'utf8')).toBe('x');
    expect(readdirSync(folder)).toEqual(['thing-1']);
  });

  it('leaves nothing behind when making fails, and tries again next time', async () => {
    await expect(cached('thing', (draft) => writeThing(draft).then(() => Promise.reject(new Error('no network'))))).rejects.toThrow('no network');
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(path.join(await cached('thing', writeThing), 'thing'))).toBe(true);
  });

  it('takes over at once from a process that is gone, and clears what it left', async () => {
    const goneProcess = 2 ** 22 + 1;
    writeFileSync(path.join(folder, 'thing.lock'), JSON.stringify({ pid: goneProcess, host: hostname(), at: Date.now() }));
    mkdirSync(path.join(folder, `thing.${goneProcess}.new`));
    await cached('thing', writeThing);
    expect(readdirSync(folder)).toEqual(['thing']);
  });

  it('never runs two works of one name at the same time', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await wait(20);
      running -= 1;
    };
    await Promise.all([1, 2, 3].map(() => exclusively('work', work)));
    expect(most).toBe(1);
  });
});
