/** What became of one step, against what was expected of it. */

export interface Expectation {
  readonly what: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly holds: boolean;
}

export const stepKinds = ['do', 'ping', 'udp', 'tcp', 'tracert', 'trace', 'mtu', 'advance', 'gateway', 'failOver', 'tunnel', 'fault', 'capture', 'assert'] as const;
export type StepKind = (typeof stepKinds)[number];

export interface StepOutcome {
  readonly number: number;
  readonly line: number | null;
  readonly kind: StepKind;
  readonly title: string;
  readonly passed: boolean;
  /** Virtual time that the step let pass. */
  readonly virtualSeconds: number;
  readonly expectations: readonly Expectation[];
  /** What the step gave, as far as it is worth reading. */
  readonly detail: unknown;
}

/** Compares each value of `expected` that is given. */
export function compare(expected: Readonly<Record<string, unknown>>, actual: Readonly<Record<string, unknown>>): readonly Expectation[] {
  return Object.entries(expected)
    .filter(([, value]) => value !== undefined)
    .map(([what, value]) => ({ what, expected: value, actual: actual[what] ?? null, holds: JSON.stringify(value) === JSON.stringify(actual[what]) }));
}
