/** What steps work on: the lab, and what earlier steps left running. */
import type { FinishedCapture } from '../lab/captures.ts';
import type { Lab } from '../lab/lab.ts';

export interface Playground {
  readonly lab: Lab;
  /** Recordings under way: their ids, by the name that the scenario gave them. */
  readonly recordings: Map<string, string>;
  /** Finished recordings that are to be written into the output folder, by file name. */
  readonly files: Map<string, FinishedCapture>;
}

export function playgroundOf(lab: Lab): Playground {
  return { lab, recordings: new Map(), files: new Map() };
}
