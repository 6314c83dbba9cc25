/** What an operator did, written as a scenario file. */
import { stringify } from 'yaml';

export interface RecordedStep {
  /** Virtual instant at which it began, in nanoseconds. */
  readonly at: number;
  /** How long its step takes in the scenario, in virtual nanoseconds. */
  readonly takes: number;
  /** Undefined for something that cannot be played again; then `comment` says why. */
  readonly step: object | undefined;
  readonly comment: string | undefined;
}

export interface RecordedScenario {
  readonly title: string;
  readonly lab: object | 'none' | undefined;
  readonly comments: readonly string[];
  readonly begun: number;
  readonly ended: number;
  readonly steps: readonly RecordedStep[];
}

/** Less than this between two steps is nobody's intention, in virtual nanoseconds. */
const leastPause = 1e8;

export function recordedText({ title, lab, comments, begun, ended, steps }: RecordedScenario): string {
  const parts: string[] = [];
  let now = begun;
  const wait = (until: number): void => {
    if (until - now < leastPause) return;
    parts.push(item({ advance: `${Math.round((until - now) / 1e6) / 1000}s` }));
    now = until;
  };
  for (const { at, takes, step, comment } of steps) {
    wait(at);
    if (comment !== undefined) parts.push(`  # ${oneLine(comment)}\n`);
    if (step !== undefined) parts.push(item(step));
    now += takes;
  }
  wait(ended);
  const head = stringify({ scenario: title, ...(lab === undefined ? {} : { lab }) }, { lineWidth: 0 });
  return [...comments.map((comment) => `# ${oneLine(comment)}\n`), head, 'steps:\n', ...parts].join('');
}

function item(step: object): string {
  return stringify([step], { lineWidth: 0 }).replace(/^(?=.)/gm, '  ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
