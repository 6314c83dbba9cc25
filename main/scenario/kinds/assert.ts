/** Asks a question of the contract and holds the answer against what is expected. */
import { z } from 'zod';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { Lab } from '../../lab/lab.ts';
import { answerPathPattern, contains, isEqual, valueAt } from '../answerPath.ts';
import { contractQueries, idByName, isAboutOne, queryNames } from '../contractQueries.ts';
import { StepFault, type StepResult } from '../stepFault.ts';
import type { Expectation } from '../stepOutcome.ts';
import { count, errorCode, objectName, title } from '../stepParts.ts';

const expressions = ['equals', 'contains', 'count', 'matches', 'exists'] as const;

const expectation = z
  .strictObject({
    at: z.string().max(500).regex(answerPathPattern, 'is not a place such as rows.0.name or rows.*.name').default('').describe('Place in the answer; left out, the whole of it'),
    equals: z.unknown().optional(),
    contains: z.unknown().optional().describe('Part of a text, an element of a list, or properties of an object'),
    count: count.optional().describe('Elements of a list'),
    matches: z.string().min(1).max(500).refine(isPattern, 'is not a regular expression').optional().describe('Regular expression that the text matches'),
    exists: z.boolean().optional(),
  })
  .refine((value) => expressions.filter((key) => Object.hasOwn(value, key)).length === 1, `has exactly one of ${expressions.join(', ')}`);

export const assertStep = z.strictObject({
  name: title,
  assert: z.strictObject({
    query: z.enum(queryNames).describe('A procedure of the contract that only reads'),
    of: objectName.optional().describe('Name of the object that the query is about, instead of its id'),
    input: z.record(z.string(), z.unknown()).optional(),
  }),
  expect: z.union([z.array(expectation).min(1).max(200), z.strictObject({ problem: errorCode })], { error: 'is neither a list of expectations on the answer nor a problem' }),
});
type AssertStep = z.output<typeof assertStep>;
type AnswerExpectation = z.output<typeof expectation>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}

export async function runAssert(lab: Lab, step: AssertStep): Promise<StepResult> {
  const { query, of } = step.assert;
  const result = { kind: 'assert', title: step.name ?? `${query}${of === undefined ? '' : ` of ${of}`}` } as const;
  const { expect } = step;
  let answer: unknown;
  try {
    answer = await ask(lab, step);
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    if (Array.isArray(expect)) throw new StepFault(['assert'], error.message);
    const { problem } = expect;
    return { ...result, expectations: [{ what: 'problem', expected: problem, actual: error.code, holds: problem === error.code }], detail: { message: error.message } };
  }
  if (!Array.isArray(expect)) return { ...result, expectations: [{ what: 'problem', expected: expect.problem, actual: null, holds: false }], detail: null };
  return { ...result, expectations: expect.map((entry) => judge(entry, answer)), detail: null };
}

async function ask(lab: Lab, { assert: { query, of, input } }: AssertStep): Promise<unknown> {
  const queries = contractQueries(lab);
  if (of === undefined) return queries(query, input ?? {});
  if (!isAboutOne(query)) throw new StepFault(['assert', 'of'], `${query} is not about one object: give its input instead.`);
  const id = await idByName(queries, query, of);
  if (id === undefined) throw new ConsoleError('objectNotFound', `There is no object ${of} that ${query} could be about.`, 'Correct the name.');
  return queries(query, { ...input, id });
}

function judge(entry: AnswerExpectation, answer: unknown): Expectation {
  const value = valueAt(answer, entry.at);
  const place = entry.at === '' ? 'answer' : entry.at;
  if (entry.matches !== undefined) {
    return { what: `${place} matches`, expected: entry.matches, actual: shown(value), holds: typeof value === 'string' && new RegExp(entry.matches, 'u').test(value) };
  }
  if (entry.count !== undefined) return { what: `${place} count`, expected: entry.count, actual: Array.isArray(value) ? value.length : null, holds: Array.isArray(value) && value.length === entry.count };
  if (entry.exists !== undefined) return { what: `${place} exists`, expected: entry.exists, actual: value !== undefined, holds: entry.exists === (value !== undefined) };
  if (Object.hasOwn(entry, 'contains')) return { what: `${place} contains`, expected: entry.contains, actual: shown(value), holds: contains(value, entry.contains) };
  return { what: place, expected: entry.equals, actual: shown(value), holds: isEqual(value, entry.equals) };
}

/** Of a long answer only the beginning: the result is for people. */
const shownLength = 2000;

function shown(value: unknown): unknown {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length <= shownLength ? value : `${text.slice(0, shownLength)}...`;
}
