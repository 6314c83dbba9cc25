/** Kills a real process while it exports, again and again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../store/testFolder.ts';
import { verifyBundle } from './bundle/verifyBundle.ts';
import { makeLargeLog } from './testing/largeLog.ts';
import { sourceWorkerFile } from './testing/workerFile.ts';

const kills = 20;

/** Exports as the console does, says when it has begun and when it is done, and stays. */
const victim = `
import { existsSync } from 'node:fs';
import { Exports } from ${JSON.stringify(new URL('./exports.ts', import.meta.url).href)};
const [databasePath, target, workerFile] = process.argv.slice(1);
const exports = new Exports({ databasePath, workerFile, clock: () => new Date(), reportFault: console.error });
const scope = { kind: 'filter', scope: 'all', statuses: [], operationIds: [], owner: '', text: '', from: null, to: null };
const id = exports.start({ format: 'bundle', scope }, target);
while (exports.state(id).status === 'running' && exports.state(id).done === 0) await new Promise((resolve) => setTimeout(resolve, 1));
process.stdout.write('begun');
await exports.waitFor(id);
process.stdout.write(' done');
setInterval(() => undefined, 1000);
`;

/** Kills the process `delay` milliseconds after it began to write; null: once it is done. Gives the milliseconds it had. */
async function killDuringExport(databasePath: string, target: string, delay: number | null): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', victim, databasePath, target, sourceWorkerFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => { output += data.toString(); });
  await once(child.stdout, 'data');
  const began = performance.now();
  if (delay !== null) await new Promise((resolve) => setTimeout(resolve, delay));
  else while (!output.endsWith(' done')) await once(child.stdout, 'data');
  const took = performance.now() - began;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  return took;
}

it('leaves under the name the older file or the whole new one, never a part', { timeout: 120_000 }, async () => {
  const folder = makeFolder();
  const databasePath = path.join(folder, 'log.db');
  const target = path.join(folder, 'log.jsonl');
  makeLargeLog(databasePath, { jobs: 300, stepsPerJob: 100, stepsPerChange: 4 });
  const took = await killDuringExport(databasePath, target, null);
  expect(verifyBundle(target)).toMatchObject({ kind: 'ok', header: { isComplete: true, records: 300 * 126 } });
  const older = path.join(folder, 'older');
  copyFileSync(target, older);
  let early = 0;
  for (let run = 0; run < kills; run += 1) {
    const hasOlder = run % 2 === 0;
    rmSync(target);
    if (hasOlder) writeFileSync(target, 'older');
    await killDuringExport(databasePath, target, took * 0.9 * Math.random());
    const isWhole = existsSync(target) && readFileSync(target, 'utf8') !== 'older';
    if (isWhole) expect(verifyBundle(target).kind).toBe('ok');
    else early += 1;
    if (!isWhole) expect(existsSync(target)).toBe(hasOlder);
    if (!existsSync(target)) copyFileSync(older, target);
  }
  // Otherwise nothing of the above was tested.
  expect(early).toBeGreaterThan(kills / 3);
  // What a killed process leaves is told by its name.
  expect(readdirSync(folder).filter((name) => /^log\.jsonl\.[0-9a-f]{8}\.part$/.test(name)).length).toBe(early);
});
