/** Writes plain values as YAML 1.2 that a person can read: one line for what has no lists inside, and quotes only where they are needed. */

export type YamlValue = boolean | number | string | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Longest object in characters that stands on one line. */
const lineLength = 180;

/** Words that are other than text without quotes, in YAML 1.1 or 1.2. */
const reserved = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i;
const plain = /^[A-Za-z_][\w.@\\()/+-]*(?: [\w.@\\()/+-]+)*$/;
const addressLike = /^(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\/\d{1,2})?|(?:[0-9A-F]{2}-){5}[0-9A-F]{2})$/;

/** The members of a document, line by line, each with its line break. */
export function* yamlLines(value: { readonly [key: string]: YamlValue }): Generator<string> {
  for (const [key, member] of Object.entries(value)) yield* memberLines(key, member, '');
}

function* memberLines(key: string, value: YamlValue, indent: string): Generator<string> {
  const short = flow(value);
  if (short !== undefined) {
    yield `${indent}${scalar(key)}: ${short}\n`;
    return;
  }
  yield `${indent}${scalar(key)}:\n`;
  yield* blockLines(value, `${indent}  `);
}

function* blockLines(value: YamlValue, indent: string): Generator<string> {
  if (isList(value)) {
    for (const item of value) yield* itemLines(item, indent);
  } else if (typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) yield* memberLines(key, member, indent);
  }
}

/** The first line of an item stands behind its dash. */
function* itemLines(item: YamlValue, indent: string): Generator<string> {
  const short = flow(item);
  if (short !== undefined) {
    yield `${indent}- ${short}\n`;
    return;
  }
  let isFirst = true;
  for (const line of blockLines(item, `${indent}  `)) {
    yield isFirst ? `${indent}- ${line.slice(indent.length + 2)}` : line;
    isFirst = false;
  }
}

/** On one line, or undefined for what is better written on several. */
function flow(value: YamlValue): string | undefined {
  if (typeof value !== 'object') return scalar(value);
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return value.every((item) => typeof item !== 'object') ? within(`[${value.map(inFlow).join(', ')}]`) : undefined;
  }
  const members = Object.entries(value);
  if (members.length === 0) return '{}';
  const parts = members.map(([key, member]) => (isShort(member) ? `${scalar(key)}: ${inFlow(member)}` : undefined));
  return parts.every((part) => part !== undefined) ? within(`{ ${parts.join(', ')} }`) : undefined;
}

function isShort(value: YamlValue): boolean {
  if (typeof value !== 'object') return true;
  return isList(value) ? value.every((item) => typeof item !== 'object') : Object.values(value).every((member) => typeof member !== 'object');
}

function inFlow(value: YamlValue): string {
  if (typeof value !== 'object') return scalar(value);
  if (isList(value)) return `[${value.map(inFlow).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${scalar(key)}: ${inFlow(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function within(text: string): string | undefined {
  return text.length <= lineLength ? text : undefined;
}

/** JSON's quoted text is YAML's too. */
function scalar(value: boolean | number | string): string {
  if (typeof value !== 'string') return String(value);
  return addressLike.test(value) || (plain.test(value) && !reserved.test(value)) ? value : JSON.stringify(value);
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
