/** Which of a wizard's problems belong to which page, and which to show now. */
import type { Problem } from '../../../shared/contract/errors.ts';

/** `owns`: paths of the operation's input that a page edits, with dots; all that begins with one belongs to the page. */
export interface OwningPage {
  readonly owns: readonly string[];
}

export const pathText = (problem: Problem): string => problem.path.join('.');

export function owns({ owns: paths }: OwningPage, problem: Problem): boolean {
  const text = pathText(problem);
  return paths.some((path) => text === path || text.startsWith(`${path}.`));
}

/** Place of the page that a problem belongs to; those of nobody belong to the last page, where the job is started. */
export function pageOf(pages: readonly OwningPage[], problem: Problem): number {
  const found = pages.findIndex((page) => owns(page, problem));
  return found < 0 ? pages.length : found;
}

/** Problems of the pages up to `reached`: the operator has not been asked for the rest yet. */
export function askedFor(pages: readonly OwningPage[], problems: readonly Problem[], reached: number): readonly Problem[] {
  return problems.filter((problem) => pageOf(pages, problem) <= reached);
}

/** The first page on which something is wrong; undefined when nothing is. */
export function firstWrongPage(pages: readonly OwningPage[], problems: readonly Problem[]): number | undefined {
  const places = problems.map((problem) => pageOf(pages, problem));
  return places.length === 0 ? undefined : Math.min(...places);
}

export function sentence({ message, recommendedAction, code }: Pick<Problem, 'message' | 'recommendedAction' | 'code'>): string {
  return `${message} ${recommendedAction} (${code})`;
}
