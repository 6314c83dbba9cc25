/**
 * PowerShell as *View Script* shows it: commands as data, so that a test can hold every cmdlet and parameter against the catalogue,
 * and written out with values quoted so that no name can become code.
 */

/** A variable, or a member of one: `$capabilities.NetworkAdapters[1]`. */
export interface ScriptReference {
  readonly variable: string;
  readonly member?: string;
  readonly index?: number;
}

/** `switch` for a parameter without a value. */
export type ScriptValue = string | number | boolean | ScriptReference | readonly ScriptValue[] | { readonly switch: true };

export interface ScriptCommand {
  readonly cmdlet: string;
  readonly parameters: Readonly<Record<string, ScriptValue>>;
}

type Assignment = '=' | '+=';
type Line =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'command'; readonly variable: string | null; readonly by: Assignment; readonly command: ScriptCommand }
  | { readonly kind: 'value'; readonly variable: string; readonly value: ScriptValue };

export const scriptSwitch = { switch: true } as const;

export function reference(variable: string, member?: string, index?: number): ScriptReference {
  return { variable, ...(member === undefined ? {} : { member }), ...(index === undefined ? {} : { index }) };
}

export class Script {
  readonly #lines: Line[] = [];

  comment(text: string): this {
    this.#lines.push({ kind: 'comment', text });
    return this;
  }

  /** A command whose result is not kept. */
  run(cmdlet: string, parameters: ScriptCommand['parameters'] = {}): this {
    this.#lines.push({ kind: 'command', variable: null, by: '=', command: { cmdlet, parameters } });
    return this;
  }

  /** `$variable = cmdlet ...`; gives what stands for the result in later commands. */
  set(variable: string, cmdlet: string, parameters: ScriptCommand['parameters'] = {}): ScriptReference {
    this.#lines.push({ kind: 'command', variable, by: '=', command: { cmdlet, parameters } });
    return reference(variable);
  }

  /** `$variable += cmdlet ...`, for a variable that holds a list. */
  append(variable: string, cmdlet: string, parameters: ScriptCommand['parameters'] = {}): this {
    this.#lines.push({ kind: 'command', variable, by: '+=', command: { cmdlet, parameters } });
    return this;
  }

  /** `$variable = value`; an empty list is `@()`. */
  value(variable: string, value: ScriptValue): ScriptReference {
    this.#lines.push({ kind: 'value', variable, value });
    return reference(variable);
  }

  get commands(): readonly ScriptCommand[] {
    return this.#lines.flatMap((line) => (line.kind === 'command' ? [line.command] : []));
  }

  toString(): string {
    return `${this.#lines.map(writeLine).join('\n')}\n`;
  }

  /** As *View Script* shows it, under a heading (fact sheet §1.8 for its shape, our own words). */
  toText(title: string): string {
    const rule = `# ${'-'.repeat(78)}`;
    return [rule, `# ${oneLine(title)}`, rule, '# For additional help on cmdlet usage, type get-help <cmdlet name>', rule, '', String(this)].join('\n');
  }
}

function writeLine(line: Line): string {
  switch (line.kind) {
    case 'comment':
      return `# ${oneLine(line.text)}`;
    case 'value':
      return `$${line.variable} = ${writeValue(line.value)}`;
    case 'command':
      return `${line.variable === null ? '' : `$${line.variable} ${line.by} `}${writeCommand(line.command)}`;
  }
}

function writeCommand({ cmdlet, parameters }: ScriptCommand): string {
  const parts = Object.entries(parameters).map(([name, value]) => (isSwitch(value) ? `-${name}` : `-${name} ${writeValue(value)}`));
  return [cmdlet, ...parts].join(' ');
}

function writeValue(value: ScriptValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (isList(value)) return value.length === 0 ? '@()' : `@(${value.map(writeValue).join(', ')})`;
  if (isSwitch(value)) throw new Error('a switch is no value');
  const { variable, member, index } = value;
  return `$${variable}${member === undefined ? '' : `.${member}`}${index === undefined ? '' : `[${index}]`}`;
}

const isList = (value: ScriptValue): value is readonly ScriptValue[] => Array.isArray(value);
const isSwitch = (value: ScriptValue): value is { readonly switch: true } => typeof value === 'object' && 'switch' in value;

/** PowerShell ends a double-quoted string at the typographic quotation marks too (language specification §2.3.5.2). */
const special = /[`$"\u201c\u201d\u201e]/gu;
const controls: Readonly<Record<string, string>> = { '\0': '`0', '\n': '`n', '\r': '`r', '\t': '`t' };

/** A string in double quotes in which nothing is expanded. */
export function quote(text: string): string {
  const escaped = text.replace(special, (character) => `\`${character}`);
  return `"${escaped.replace(/[\0\n\r\t]/gu, (character) => controls[character] ?? '')}"`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/gu, ' ');
}
