/** What the thread in which a scenario is played and the one who started it agree on. */
import type { RunProgress } from './run.ts';

export interface RunTask {
  readonly file: string;
  /** Goes away with the run: database and results lie in it. */
  readonly folder: string;
  readonly labsFolder: string;
  readonly nativeBinding: string | undefined;
}

/** Names of the results in the folder of a run. */
export const resultFiles = { json: 'result.json', junit: 'junit.xml' } as const;

export type RunMessage =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'ended'; readonly passed: boolean }
  | { readonly kind: 'invalid'; readonly reason: string }
  /** A fault of the runner itself. */
  | { readonly kind: 'broken'; readonly reason: string };
