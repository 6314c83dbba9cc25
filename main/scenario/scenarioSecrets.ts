/** Where a scenario takes the secret of a Run As account from: best an environment variable, so that no file holds it. */
import type { DoStep } from './stepGrammar.ts';

/** Operations whose input has a `secret`. */
export const takesSecret: readonly string[] = ['runAsAccount.create', 'runAsAccount.change'];

export type ResolvedStep =
  | { readonly step: DoStep; readonly warning: string | undefined }
  /** At `input.secret`. */
  | { readonly fault: string };

/** `secret: { environment: NAME }` becomes the value of that variable; a secret in the file itself is taken with a warning. */
export function withSecret(step: DoStep, environment: Readonly<Record<string, string | undefined>>): ResolvedStep {
  const { secret } = step.input;
  if (!takesSecret.includes(step.do) || secret === undefined) return { step, warning: undefined };
  if (typeof secret === 'string') return { step, warning: 'the secret stands in the scenario file, where everybody can read it; better: secret: { environment: NAME }' };
  const name = environmentName(secret);
  if (name === undefined) return { fault: 'is neither a text nor { environment: NAME }' };
  const value = environment[name];
  if (value === undefined || value === '') return { fault: `the environment variable ${name} is not set` };
  return { step: { ...step, input: { ...step.input, secret: value } }, warning: undefined };
}

function environmentName(secret: unknown): string | undefined {
  if (typeof secret !== 'object' || secret === null) return undefined;
  const [[key, name] = [], ...others] = Object.entries(secret) as [string, unknown][];
  return key === 'environment' && typeof name === 'string' && /^\w{1,100}$/.test(name) && others.length === 0 ? name : undefined;
}
