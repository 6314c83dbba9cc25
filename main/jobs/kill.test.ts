/** Kills a real process in the middle of a job, again and again, on one growing file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { openStore } from '../store/store.ts';
import { makeFolder } from '../store/testFolder.ts';
import { contradictions, testRunner } from './testJobs.ts';

const kills = 25;
const steps = 150;

/** Runs one job, a turn of the event loop between its steps, and says when it began. */
const victim = `
import { openStore } from ${JSON.stringify(new URL('../store/store.ts', import.meta.url).href)};
import { accountsPlan, testRunner } from ${JSON.stringify(new URL('./testJobs.ts', import.meta.url).href)};
const [path, name] = process.argv.slice(1);
const store = openStore({ path });
const runner = testRunner(store, undefined, { pace: () => new Promise((resolve) => setImmediate(resolve)) });
const input = { name, steps: ${steps} };
const id = runner.start('test.accounts', input, accountsPlan(store, input));
process.stdout.write(id);
await runner.whenIdle();
process.stdout.write(' done');
setInterval(() => undefined, 1000);
`;

/** Starts the victim and kills it `delay` milliseconds after its job began; null: once the job is done. */
async function killDuringJob(path: string, name: string, delay: number | null): Promise<{ jobId: string; took: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', victim, path, name], { stdio: ['ignore', 'pipe', 'inherit'] });
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
  return { jobId: output.split(' ')[0] ?? '', took };
}

it('never finds half a step, tells what happened, and finishes the job at the restart', { timeout: 120_000 }, async () => {
  const path = join(makeFolder(), 'killed.db');
  // One undisturbed run tells how long a job takes here; the kills are then spread over that time.
  const { took } = await killDuringJob(path, 'undisturbed', null);
  let interrupted = 0;
  for (let run = 0; run < kills; run++) {
    const { jobId } = await killDuringJob(path, `run${run}`, took * Math.random());
    const store = openStore({ path });
    try {
      const runner = testRunner(store);
      const recovered = runner.recover();
      const job = store.lists.jobs.get(jobId);
      expect(contradictions(store, jobId)).toEqual([]);
      if (job.status === 'Failed') {
        interrupted += 1;
        expect(recovered).toEqual([jobId]);
        expect(job.error?.code).toBe(errorCodes.jobInterrupted);
        expect(job.error?.message).toMatch(/^The console stopped /);
        runner.restart(jobId);
        expect(await runner.waitFor(jobId)).toBe('Completed');
        expect(contradictions(store, jobId)).toEqual([]);
      } else {
        expect(recovered).toEqual([]);
        expect(job.status).toBe('Completed');
      }
    } finally {
      store.close();
    }
  }
  // Otherwise nothing of the above was tested.
  expect(interrupted).toBeGreaterThan(kills / 3);
});
