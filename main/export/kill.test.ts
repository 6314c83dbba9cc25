/** Kills a real process while it exports, again and again. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../store/store.ts';
import { makeFolder } from '../store/testFolder.ts';
import { Victims } from '../store/testVictims.ts';
import { verifyBundle } from './bundle/verifyBundle.ts';
import { makeLargeLog } from './testing/largeLog.ts';
import { sourceWorkerFile } from './testing/workerFile.ts';

/** With those of the jobs more than 200. */
const kills = 80;
const log = { jobs: 100, stepsPerJob: 100, stepsPerChange: 4 };
const records = 100 * 126;

/** Exports as the console does; its death is ordered when a share of the records is written, or when all are and the file gets its name. */
const imports = `
import { Exports } from ${JSON.stringify(new URL('./exports.ts', import.meta.url).href)};
`;
const work = `
const exports = new Exports({ databasePath: args.databasePath, workerFile: args.workerFile, clock: () => new Date(), settle: () => undefined, reportFault: console.error });
const scope = { kind: 'filter', scope: 'all', statuses: [], operationIds: [], owner: '', text: '', from: null, to: null };
const id = exports.start({ format: 'bundle', scope }, args.target);
const reached = () => { const { total, done, status } = exports.state(id); return status !== 'running' || (total > 0 && done >= args.share * total); };
while (!reached()) await new Promise((resolve) => setTimeout(resolve, 1));
dieAfter(args.delay);
await exports.waitFor(id);
stay();
`;

it('leaves under the name the older file or the whole new one, never a part', { timeout: 300_000 }, async () => {
  const folder = makeFolder();
  const databasePath = path.join(folder, 'log.db');
  const out = path.join(folder, 'out');
  mkdirSync(out);
  const target = path.join(out, 'log.jsonl');
  makeLargeLog(databasePath, log);
  const victims = new Victims(imports, work, path.join(folder, 'cache'));
  onTestFinished(() => { victims.close(); });
  let early = 0;
  for (let run = 0; run < kills; run += 1) {
    const hasOlder = run % 2 === 0;
    rmSync(target, { force: true });
    if (hasOlder) writeFileSync(target, 'older');
    // Every fourth dies around the rename.
    const share = run % 4 === 3 ? 1 : Math.random() * 0.9;
    await victims.run({ databasePath, target, workerFile: sourceWorkerFile, share, delay: Math.random() * 4 });
    const isWhole = existsSync(target) && readFileSync(target, 'utf8') !== 'older';
    if (isWhole) expect(verifyBundle(target)).toMatchObject({ kind: 'ok', header: { isComplete: true, records } });
    else early += 1;
    if (!isWhole) expect(existsSync(target)).toBe(hasOlder);
    // What a killed process leaves is told by its name.
    const drafts = readdirSync(out).filter((name) => name !== 'log.jsonl');
    expect(drafts.filter((name) => !/^log\.jsonl\.[0-9a-f]{8}\.part$/.test(name))).toEqual([]);
    expect(drafts.length).toBeLessThanOrEqual(isWhole ? 0 : 1);
    for (const name of drafts) rmSync(path.join(out, name));
  }
  // Otherwise little of the above was tested: the killer has its own thread, so that nearly all of them fall into the export.
  expect(early).toBeGreaterThan(kills / 4);
  // An export only reads.
  const store = openStore({ path: databasePath });
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
  store.close();
});
