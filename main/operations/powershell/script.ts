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

/** Of what a command gives, only the objects of which a property has this value: `| Where-Object { $_.Path -eq "..." }`. */
export interface ScriptFilter {
  readonly property: string;
  readonly equals: string;
}

export interface ScriptCommand {
  readonly cmdlet: string;
  readonly parameters: Readonly<Record<string, ScriptValue>>;
  /** Where the name alone does not tell which object is meant. */
  readonly where?: ScriptFilter;
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

  /** `set` for a command that somebody else made, such as a lookup. */
  find(variable: string, command: ScriptCommand): ScriptReference {
    this.#lines.push({ kind: 'command', variable, by: '=', command });
    return reference(variable);
  }

  /** `append` for a command that somebody else made. */
  findMore(variable: string, command: ScriptCommand): this {
    this.#lines.push({ kind: 'command', variable, by: '+=', command });
    return this;
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
      return writeCommand(line.variable, line.by, line.command);
  }
}

function writeCommand(variable: string | null, by: Assignment, { cmdlet, parameters, where }: ScriptCommand): string {
  const target = variable === null ? '' : `$${variable} ${by} `;
  const filter = where === undefined ? '' : ` | Where-Object { $_.${where.property} -eq ${quote(where.equals)} }`;
  const entries = Object.entries(parameters);
  if (entries.some(([name]) => hasDigit.test(name))) {
    const table = `${variable ?? nounOf(cmdlet)}Parameters`;
    const rows = entries.map(([name, value]) => `  ${name} = ${isSwitch(value) ? '$true' : writeValue(value)}`);
    return [`$${table} = @{`, ...rows, '}', `${target}${cmdlet} @${table}${filter}`].join('\n');
  }
  const parts = entries.map(([name, value]) => (isSwitch(value) ? `-${name}` : `-${name} ${writeValue(value)}`));
  return `${target}${[cmdlet, ...parts].join(' ')}${filter}`;
}

/**
 * A command with such a parameter takes all of its parameters from a table (splatting). PowerShell itself reads `-IPv4Address` on the
 * command line too, but the grammar with which tests and editors parse scripts does not; and a long command reads better so.
 */
const hasDigit = /\d/;

/** `Set-SCVirtualNetworkAdapter` -> `virtualNetworkAdapter`. */
function nounOf(cmdlet: string): string {
  const noun = cmdlet.replace(/^\w+-(SC)?/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}`;
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
const special = /[`$"\u201c\u201d\u201e\0\n\r\t]/u;
/** With an escaped `#` too: behind another escape, editors that use the grammar of the tests take it for a comment. */
const escaped = /[`$"\u201c\u201d\u201e#]/gu;
const controls: Readonly<Record<string, string>> = { '\0': '`0', '\n': '`n', '\r': '`r', '\t': '`t' };

/** A string in double quotes in which nothing is expanded. */
export function quote(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  const quoted = text.replace(escaped, (character) => `\`${character}`);
  return `"${quoted.replace(/[\0\n\r\t]/gu, (character) => controls[character] ?? '')}"`;
}

/** A comment ends with its line; control characters have no business in one. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
