/** One invoke wrapper for every procedure: parse the input, run the handler, put the answer or the error in an envelope. */
import type { z } from 'zod';
import { ConsoleError, problem, type Envelope } from '../../shared/contract/errors.ts';
import {
  procedures,
  type ProcedureName,
  type ProcedureOutput,
  type ProcedureParsedInput,
} from '../../shared/contract/procedures.ts';

/** One handler for every procedure of the contract; a missing one is a compile error. */
export type Handlers = {
  readonly [P in ProcedureName]: (input: ProcedureParsedInput<P>) => ProcedureOutput<P> | Promise<ProcedureOutput<P>>;
};

export interface Router {
  /** Never rejects: whatever happens comes back as an envelope. */
  invoke(name: string, input: unknown): Promise<Envelope<unknown>>;
}

/** `reportFault` gets errors that are the console's own; the window only learns that one happened. */
export function createRouter(handlers: Handlers, reportFault: (error: unknown, where: string) => void): Router {
  return {
    async invoke(name, input) {
      try {
        if (!isProcedure(name)) throw unknownName('procedure', name);
        return { ok: true, value: await callHandler(handlers, name, input) };
      } catch (error) {
        return { ok: false, error: toConsoleError(error, name, reportFault).toPayload() };
      }
    },
  };
}

async function callHandler<P extends ProcedureName>(handlers: Handlers, name: P, input: unknown): Promise<unknown> {
  const parsed = parseInput(procedures[name].input, input, name);
  return handlers[name](parsed as ProcedureParsedInput<P>);
}

function isProcedure(name: string): name is ProcedureName {
  return Object.hasOwn(procedures, name);
}

export function unknownName(kind: 'procedure' | 'subscription', name: string): ConsoleError {
  return new ConsoleError('unknownProcedure', `The console has no ${kind} "${name.slice(0, 80)}".`, 'Update the console, or report this as a fault.');
}

/** Parses what came from outside; throws ConsoleError invalidInput with one problem a field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, where: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) =>
    problem('invalidInput', issue.path.filter((part) => typeof part !== 'symbol'), issue.message, 'Correct this value and try again.'),
  );
  throw new ConsoleError(
    'invalidInput',
    `${where}: ${problems.map((entry) => `${entry.path.join('.') || 'input'}: ${entry.message}`).join(' ')}`,
    'Correct the named values and try again.',
    problems,
  );
}

/** Errors a person can act on pass; anything else becomes `internal`, reported here and opaque to the window. */
export function toConsoleError(error: unknown, where: string, reportFault: (error: unknown, where: string) => void): ConsoleError {
  if (error instanceof ConsoleError) return error;
  reportFault(error, where);
  return new ConsoleError('internal', `The console failed while it answered ${where}.`, 'Try again; if it stays, restart the console and look into its log.');
}
