/** What variables of a script hold, and the parameters of a cmdlet. */
import type { Command, Expression } from '../../../operations/powershell/testing/scriptTree.ts';

export interface Thing {
  readonly type: string;
  readonly name: string;
  /** Changed by cmdlets that work on it. */
  readonly parts: Record<string, Value>;
}

export type Value = string | number | boolean | Thing | readonly Value[];

export function thing(type: string, name: string, parts: Record<string, Value> = {}): Thing {
  return { type, name, parts };
}

export function isThing(value: Value | undefined): value is Thing {
  return typeof value === 'object' && 'parts' in value;
}

/** Parameters as the cmdlet gets them. Each must be asked for: one that nobody looks at is a part of the script without effect. */
export class Arguments {
  readonly cmdlet: string;
  readonly #values: ReadonlyMap<string, Value>;
  readonly #unread: Set<string>;

  constructor({ cmdlet, parameters }: Command, variables: ReadonlyMap<string, Value>, splatted: ReadonlyMap<string, Expression>) {
    this.cmdlet = cmdlet;
    this.#values = new Map([...parameters, ...splatted].map(([name, value]) => [name, value === null ? true : evaluate(value, variables)]));
    this.#unread = new Set(this.#values.keys());
  }

  get unread(): readonly string[] {
    return [...this.#unread];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  value(name: string): Value | undefined {
    this.#unread.delete(name);
    return this.#values.get(name);
  }

  /** Empty when it is left out. */
  text(name: string): string {
    const value = this.value(name);
    return plainText(value);
  }

  /** Undefined when it is left out. */
  maybe(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  flag(name: string): boolean {
    return this.value(name) === true;
  }

  thing(name: string): Thing {
    const value = this.value(name);
    if (!isThing(value)) throw new Error(`${this.cmdlet} -${name} is no object`);
    return value;
  }

  /** Of one value too, as PowerShell makes a list of it. */
  list(name: string): readonly Value[] {
    const value = this.value(name);
    return value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value];
  }

  names(name: string): string[] {
    return this.list(name).map((value) => (isThing(value) ? value.name : String(value as string)));
  }

  /** Says that a parameter has no effect in this console. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#unread.delete(name);
  }
}

export function evaluate(expression: Expression, variables: ReadonlyMap<string, Value>): Value {
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return expression.value;
    case 'list':
      return expression.items.map((item) => evaluate(item, variables));
    case 'table':
      throw new Error('a table is no value here');
    case 'reference': {
      const base = variables.get(expression.variable);
      const member = expression.member === null ? base : isThing(base) ? base.parts[expression.member] : undefined;
      const value = expression.index === null || !Array.isArray(member) ? member : (member as readonly Value[])[expression.index];
      if (value === undefined) throw new Error(`$${expression.variable} does not have this`);
      return value;
    }
  }
}

/** Empty for nothing. Throws for what has no text of its own: an object, a list. */
export function plainText(value: Value | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'object') throw new Error('A cmdlet wants a text here and was given an object.');
  return String(value);
}
