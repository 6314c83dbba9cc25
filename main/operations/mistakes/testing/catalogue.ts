/** Tables of mistakes as tests: each gives one clear message at one place, and changes nothing. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes, type ErrorName } from '../../../../shared/contract/errors.ts';
import { Bench, type Command, type StartState } from '../../testing/bench.ts';

/** A mistake that is found before there is a job, at a field. */
export interface Mistake {
  readonly what: string;
  readonly made: Command;
  readonly code: ErrorName;
  /** The field, its path joined by dots. */
  readonly at: string;
  /** What the message says; it must name the object. */
  readonly says: RegExp;
  /** What is recommended. */
  readonly advice?: RegExp;
}

/** A mistake that only the configuration provider can find: the job fails, and goes on when the cause is mended. */
export interface Failure {
  readonly what: string;
  /** Done before, beyond the start state. */
  readonly before?: readonly Command[];
  readonly made: Command;
  /** Number of the step that fails. */
  readonly step: string;
  readonly code: ErrorName;
  readonly says: RegExp;
  /** What an operator does before *Restart*. */
  readonly mended: readonly Command[];
}

/** Messages that nobody can act on. */
const tooShort = 11;

/** One lab serves all rows: a mistake that changed something would fail here, at once. */
export function refused(title: string, state: StartState, mistakes: readonly Mistake[]): void {
  describe(title, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await Bench.open(state);
    });
    afterAll(() => bench.dispose());

    it.each(mistakes)('$what', ({ made, code, at, says, advice }) => {
      const before = bench.everything();
      const jobs = bench.jobCount();
      const { problems, message, recommendedAction } = bench.refusal(made);
      expect(problems.map(({ path, code: found, message: text }) => [path.join('.'), found, text])).toEqual([[at, errorCodes[code], expect.stringMatching(says) as string]]);
      expect(message).toMatch(says);
      expect(problems[0]?.recommendedAction).toBe(recommendedAction);
      expect(recommendedAction.length).toBeGreaterThan(tooShort);
      if (advice !== undefined) expect(recommendedAction).toMatch(advice);
      expect(bench.test.lab.operations.check(made.id, made.input)).toEqual(problems);
      expect(bench.everything()).toEqual(before);
      expect(bench.jobCount()).toBe(jobs);
    });
  });
}

export function failsUntilMended(title: string, state: StartState, failures: readonly Failure[]): void {
  describe(title, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await Bench.open(state);
    });
    afterEach(() => bench.dispose());

    it.each(failures)('$what', async ({ before = [], made, step, code, says, mended }) => {
      for (const one of before) await bench.done(one);
      const untouched = bench.everything();
      const job = await bench.run(made);
      expect(job).toMatchObject({ status: 'Failed', isRestartable: true, error: { code: errorCodes[code], message: expect.stringMatching(says) as string } });
      expect(job.error?.recommendedAction.length).toBeGreaterThan(tooShort);
      expect(job.steps.filter(({ status }) => status === 'Failed').map(({ number }) => number)).toContain(step);
      expect(job.steps.at(-1)?.status).not.toBe('Completed');
      expect(bench.everything()).toEqual(untouched);
      for (const one of mended) await bench.done(one);
      const restarted = await bench.restarted(job.id);
      expect(restarted).toMatchObject({ status: 'Completed', error: null });
      expect(restarted.id).toBe(job.id);
    });
  });
}
