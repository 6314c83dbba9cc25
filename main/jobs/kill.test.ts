/** Kills a real process in the middle of a job, again and again, on one growing file. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { endedWell } from '../store/jobRepository.ts';
import { chainProblems } from '../store/jobLog/testChain.ts';
import { openStore } from '../store/store.ts';
import { makeFolder } from '../store/testFolder.ts';
import { Victims } from '../store/testVictims.ts';
import { contradictions, testRunner } from './testJobs.ts';

/** With those of the exports more than 200. */
const kills = 130;
const steps = 40;
/** The killed process has so many steps left at least, from the one at which its death is ordered. */
const stepsLeft = 15;
/** Milliseconds; some steps take less. */
const longestDelay = 3;
const paces = ['slow', 'quick', 'unobserved'] as const;

/** Goes on with what is left of the job before, or runs a new one; tells each step when it is done, which is when it is committed where somebody looks on. */
const imports = `
import { openStore } from ${JSON.stringify(new URL('../store/store.ts', import.meta.url).href)};
import { accountsPlan, testRunner } from ${JSON.stringify(new URL('./testJobs.ts', import.meta.url).href)};
`;
const work = `
const store = openStore({ path: args.path });
let done = 0;
const runner = testRunner(store, undefined, {
  pace: { slow: () => new Promise((resolve) => setImmediate(resolve)), quick: () => Promise.resolve(), unobserved: undefined }[args.pace],
  afterStep: () => {
    done += 1;
    tell('step');
    if (done === args.after) dieAfter(args.delay);
  },
});
if (args.restart === undefined) {
  const input = { name: args.name, steps: ${steps} };
  tell(runner.start('test.accounts', input, accountsPlan(store, input)));
} else {
  runner.restart(args.restart);
  tell(args.restart);
}
if (args.after === 0) dieAfter(args.delay);
await runner.whenIdle();
stay();
`;

it('never finds half a step or loses a whole one, tells what happened, and finishes the job at the restart', { timeout: 300_000 }, async () => {
  const folder = makeFolder();
  const path = join(folder, 'killed.db');
  const victims = new Victims(imports, work, join(folder, 'cache'));
  onTestFinished(() => { victims.close(); });
  let interrupted = 0;
  /** Id of a failed job that the next victim restarts, with the steps it has. */
  let left: { readonly id: string; readonly done: number } | undefined;
  for (let run = 0; run < kills; run++) {
    const done = left?.done ?? 0;
    const pace = paces[run % paces.length];
    const after = Math.floor(Math.random() * Math.max(1, steps - stepsLeft - done));
    const lines = await victims.run({ path, name: `run${run}`, restart: left?.id, after, delay: Math.random() * longestDelay, pace });
    const [jobId = ''] = lines;
    const told = lines.filter((line) => line === 'step').length;
    const store = openStore({ path });
    try {
      const runner = testRunner(store);
      const recovered = runner.recover();
      const job = store.lists.jobs.get(jobId);
      expect(contradictions(store, jobId)).toEqual([]);
      const kept = job.steps.filter(({ number, status }) => number.includes('.') && endedWell(status)).length;
      // A restart tells first that what was there before has been brought along. Where nobody looks on, all steps are committed at once.
      if (pace === 'unobserved') expect([done, steps]).toContain(kept);
      else expect(kept).toBeGreaterThanOrEqual(done + told - (left === undefined || told === 0 ? 0 : 1));
      left = undefined;
      if (job.status === 'Failed') {
        interrupted += 1;
        expect(recovered).toEqual([jobId]);
        expect(job.error?.code).toBe(errorCodes.jobInterrupted);
        expect(job.error?.message).toMatch(/^The console stopped /);
        expect(store.lists.jobs.list({ offset: 0, limit: 2, scope: 'all', filter: `run${run}` }).total).toBeLessThanOrEqual(1);
        // Some are killed once more while it goes on.
        if (run % 4 === 0 && kept < steps - stepsLeft) left = { id: jobId, done: kept };
        else {
          runner.restart(jobId);
          expect(await runner.waitFor(jobId)).toBe('Completed');
          expect(contradictions(store, jobId)).toEqual([]);
        }
      } else {
        expect(recovered).toEqual([]);
        expect(job.status).toBe('Completed');
      }
    } finally {
      store.close();
    }
  }
  // Otherwise little of the above was tested: the killer has its own thread, so that nearly all of them fall into a job.
  expect(interrupted).toBeGreaterThan(kills / 4);
  const store = openStore({ path });
  try {
    expect(chainProblems(store.db)).toEqual([]);
    expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
    const searched = store.db.prepare(`SELECT (SELECT count(*) FROM job WHERE status NOT IN ('NotStarted', 'Running')) - (SELECT count(*) FROM job_search WHERE job_search MATCH '"Create accounts"')`).pluck().get();
    expect(searched).toBe(0);
  } finally {
    store.close();
  }
});
