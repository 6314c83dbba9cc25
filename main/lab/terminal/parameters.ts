/** Parameters as PowerShell binds them: by name or by any beginning of it that is unique, in any case, the rest by position. */
import type { Argument } from './commandLine.ts';
import { TerminalError } from './terminalError.ts';

export interface Parameter {
  readonly name: string;
  /** `list`: several values with commas between them. */
  readonly type: 'string' | 'number' | 'switch' | 'list';
  /** Takes what stands without a name, in this order; left out, it must be named. */
  readonly position?: number;
  /** The only values that it takes. */
  readonly values?: readonly string[];
}

/** What was bound, by the parameter's name. */
export class Bound {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  list(name: string): readonly string[] | undefined {
    return this.#values.get(name);
  }

  text(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }
}

/** Throws TerminalError, which says what is wrong. */
export function bind(command: string, parameters: readonly Parameter[], given: readonly Argument[]): Bound {
  const values = new Map<string, readonly string[]>();
  const positional: Argument[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index];
    if (argument === undefined) break;
    const named = argument.isBare && argument.values.length === 1 ? /^-([A-Za-z][^:]*)(?::(.*))?$/.exec(argument.values[0] ?? '') : null;
    if (named === null) {
      positional.push(argument);
      continue;
    }
    const parameter = parameterOf(command, parameters, named[1] ?? '');
    if (values.has(parameter.name)) throw new TerminalError(`${command}: parameter -${parameter.name} is given more than once.`);
    if (parameter.type === 'switch') {
      values.set(parameter.name, []);
      continue;
    }
    const inline = named[2];
    const value = inline === undefined || inline === '' ? given[(index += 1)]?.values : [inline];
    if (value === undefined) throw new TerminalError(`${command}: parameter -${parameter.name} needs a value.`);
    set(command, values, parameter, value);
  }
  const free = parameters.filter(({ name, position }) => position !== undefined && !values.has(name)).sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  positional.forEach((argument, index) => {
    const parameter = free[index];
    if (parameter === undefined) throw new TerminalError(`${command}: no parameter takes "${argument.values.join(',')}".`);
    set(command, values, parameter, argument.values);
  });
  return new Bound(values);
}

function parameterOf(command: string, parameters: readonly Parameter[], name: string): Parameter {
  const lower = name.toLowerCase();
  const exact = parameters.find((parameter) => parameter.name.toLowerCase() === lower);
  if (exact !== undefined) return exact;
  const candidates = parameters.filter((parameter) => parameter.name.toLowerCase().startsWith(lower));
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  if (candidates.length > 1) throw new TerminalError(`${command}: -${name} is ambiguous; it may be ${candidates.map((candidate) => `-${candidate.name}`).join(' or ')}.`);
  const known = parameters.length === 0 ? 'it has none' : `it has ${parameters.map((parameter) => `-${parameter.name}`).join(', ')}`;
  throw new TerminalError(`${command}: there is no parameter -${name} in this terminal; ${known}.`);
}

function set(command: string, values: Map<string, readonly string[]>, parameter: Parameter, given: readonly string[]): void {
  const { name, type } = parameter;
  if (type !== 'list' && given.length > 1) throw new TerminalError(`${command}: parameter -${name} takes one value.`);
  if (type === 'number' && given.some((value) => !/^\d{1,9}$/.test(value))) throw new TerminalError(`${command}: parameter -${name} takes a number, not "${given.join(',')}".`);
  const allowed = parameter.values?.map((value) => value.toLowerCase());
  if (allowed !== undefined && given.some((value) => !allowed.includes(value.toLowerCase()))) throw new TerminalError(`${command}: parameter -${name} takes ${parameter.values?.join(', ') ?? ''}, not "${given.join(',')}".`);
  values.set(name, given);
}
