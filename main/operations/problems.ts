/** From what went wrong to what is said about it. */
import { ConsoleError, type Problem } from '../../shared/contract/errors.ts';

/** Runs a finder; a ConsoleError becomes a problem of that part of the input. */
export function findOrProblem<T>(path: readonly (string | number)[], find: () => T): { readonly found: T } | { readonly problem: Problem } {
  try {
    return { found: find() };
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    return { problem: { path: [...path], code: error.code, message: error.message, recommendedAction: error.recommendedAction } };
  }
}

/** One error for all problems; its code and advice are those of the first. */
export function errorOf(problems: readonly [Problem, ...Problem[]]): ConsoleError {
  const [first] = problems;
  return ConsoleError.fromPayload({
    code: first.code,
    message: problems.map(({ message }) => message).join(' '),
    recommendedAction: first.recommendedAction,
    problems: [...problems],
  });
}

/** Throws when there is a problem. */
export function refuse(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first) throw errorOf([first, ...others]);
}

/** For a place that is reached only when there is a problem. */
export function refuseAll(problems: readonly Problem[]): never {
  refuse(problems);
  throw new Error('Refused without a problem');
}
