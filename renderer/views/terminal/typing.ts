/** What keys do to the line that is typed: history and completion. */

/** Lines typed before, the newest last, and the place in them while one looks back. */
export interface History {
  readonly lines: readonly string[];
  /** `lines.length`: at the line that is being typed. */
  readonly place: number;
}

/** As many as a console of Windows remembers. */
const remembered = 50;

export const emptyHistory: History = { lines: [], place: 0 };

/** An empty line, and the same line once more, are not remembered. */
export function remember({ lines }: History, line: string): History {
  const kept = line.trim() === '' || lines.at(-1) === line ? lines : [...lines, line].slice(-remembered);
  return { lines: kept, place: kept.length };
}

/** One line back or forth; beyond the newest there is an empty line. */
export function look({ lines, place }: History, step: -1 | 1): { readonly history: History; readonly line: string } {
  const next = Math.max(0, Math.min(lines.length, place + step));
  return { history: { lines, place: next }, line: lines[next] ?? '' };
}

/** What Tab began with, so that Tab again goes on to the next name. */
export interface Completion {
  readonly line: string;
  readonly candidates: readonly string[];
  readonly at: number;
}

/**
 * Completes the name of a command at the end of the line; `before` is what the last Tab gave. Undefined when there is nothing to complete,
 * so that Tab may leave the line.
 */
export function complete(line: string, commands: readonly string[], before: Completion | undefined): Completion | undefined {
  if (before?.line === line && before.candidates.length > 1) return at(before.candidates, line, before.candidates[before.at] ?? '', (before.at + 1) % before.candidates.length);
  const typed = /(?:^|\|)\s*([^\s|]+)$/.exec(line)?.[1];
  if (typed === undefined) return undefined;
  const candidates = commands.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  return candidates.length === 0 ? undefined : at(candidates, line, typed, 0);
}

function at(candidates: readonly string[], line: string, replaced: string, index: number): Completion {
  return { line: `${line.slice(0, line.length - replaced.length)}${candidates[index] ?? ''}`, candidates, at: index };
}
