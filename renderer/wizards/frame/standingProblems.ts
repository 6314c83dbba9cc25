/**
 * Which problems still stand while the operator mends them: one of a field goes as soon as the field changes, one of an untouched field stays. What main says
 * unasked a moment later takes the place of this guess, but never brings up what was not complained about: rows that are being filled in are left in peace.
 */
import type { Problem } from '../../../shared/contract/errors.ts';
import { pathText } from './wizardProblems.ts';

/** Problems about `before` whose value is the same in `now`. A problem of the whole stays until main has looked again. */
export function untouched(problems: readonly Problem[], before: unknown, now: unknown): readonly Problem[] {
  return problems.filter(({ path }) => path.length === 0 || JSON.stringify(valueAt(before, path)) === JSON.stringify(valueAt(now, path)));
}

/** Of what main finds now, what it `complained` about: at the same field, or the same elsewhere, as rows move when one above them goes. */
export function complainedAbout(found: readonly Problem[], complained: readonly Problem[]): readonly Problem[] {
  const paths = new Set(complained.map(pathText));
  const messages = new Set(complained.map(({ message }) => message));
  return found.filter((problem) => paths.has(pathText(problem)) || messages.has(problem.message));
}

function valueAt(input: unknown, path: Problem['path']): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined), input);
}
