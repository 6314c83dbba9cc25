/**
 * Reads a script as PowerShell reads it, with a grammar that nobody here wrote (tree-sitter-powershell): what is tested is the text
 * that an operator sees, not the data from which it was written. Knows what scripts of this console are made of, and refuses the rest.
 */
import path from 'node:path';
import { Language, Parser, type Node } from 'web-tree-sitter';

export type Expression =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'table'; readonly entries: ReadonlyMap<string, Expression> }
  | { readonly kind: 'reference'; readonly variable: string; readonly member: string | null; readonly index: number | null };

export interface Command {
  readonly cmdlet: string;
  /** By name; null for a switch. */
  readonly parameters: ReadonlyMap<string, Expression | null>;
  /** Variable whose table gives the parameters. */
  readonly splat: string | null;
  readonly where: { readonly property: string; readonly equals: string } | null;
}

export interface Statement {
  /** Null where the result is not kept. */
  readonly variable: string | null;
  readonly appends: boolean;
  readonly value: { readonly command: Command } | { readonly expression: Expression };
}

const modules = path.resolve(import.meta.dirname, '../../../../node_modules');
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(path.join(modules, 'tree-sitter-powershell/tree-sitter-powershell.wasm')));

/** Throws with the place when the text is no PowerShell, or none of the kind that the console writes. */
export function readScript(text: string): readonly Statement[] {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('nothing was parsed');
  if (tree.rootNode.hasError) throw new Error(`not PowerShell, at ${faultOf(tree.rootNode)} of:\n${text}`);
  return statementNodes(tree.rootNode).map(readStatement);
}

function faultOf(node: Node): string {
  const bad = node.descendantsOfType('ERROR')[0];
  return bad === undefined ? 'an unknown place' : `line ${bad.startPosition.row + 1}: ${bad.text.slice(0, 80)}`;
}

function statementNodes(root: Node): readonly Node[] {
  return children(root).flatMap((node) => (node.type === 'statement_list' ? children(node) : node.type === 'comment' ? [] : [node])).filter((node) => node.type !== 'comment' && node.type !== 'empty_statement');
}

/** Named children; without what grammars put between words. */
function children(node: Node): readonly Node[] {
  return node.namedChildren.flatMap((child) => (child === null || child.type === 'command_argument_sep' ? [] : [child]));
}

/** The grammar wraps a lone literal in a node for every level of precedence. */
function inner(node: Node): Node {
  let current = node;
  for (let only = node.namedChild(0); current.type !== 'expandable_string_literal' && current.childCount === 1 && only !== null; only = current.namedChild(0)) current = only;
  return current;
}

function readStatement(wrapped: Node): Statement {
  const node = inner(wrapped);
  if (node.type !== 'assignment_expression') return { variable: null, appends: false, value: { command: readCommand(node) } };
  const [left, operator, right] = children(node).map(inner);
  if (left?.type !== 'variable' || operator === undefined || right === undefined) throw unknown(node);
  const isCommand = right.type === 'command' || right.type === 'pipeline_chain' || right.type === 'pipeline' || right.type === 'command_name';
  return { variable: left.text.slice(1), appends: operator.text === '+=', value: isCommand ? { command: readCommand(right) } : { expression: readExpression(right) } };
}

function readCommand(node: Node): Command {
  if (node.type === 'command_name') return { cmdlet: node.text, parameters: new Map(), splat: null, where: null };
  if (node.type === 'command') return { ...readParameters(node), where: null };
  const [command, filter, ...more] = children(node).map(inner);
  if (command?.type !== 'command' || filter?.type !== 'command' || more.length > 0) throw unknown(node);
  return { ...readParameters(command), where: readFilter(filter) };
}

function readParameters(node: Node): Omit<Command, 'where'> {
  const [name, elements, ...more] = children(node);
  if (name?.type !== 'command_name' || more.length > 0) throw unknown(node);
  const parameters = new Map<string, Expression | null>();
  let splat: string | null = null;
  let current: string | null = null;
  for (const element of elements === undefined ? [] : children(elements).map(inner)) {
    if (element.type === 'command_parameter') {
      current = element.text.slice(1);
      if (parameters.has(current)) throw new Error(`-${current} stands twice in ${node.text}`);
      parameters.set(current, null);
    } else if (element.type === 'variable' && element.text.startsWith('@')) {
      splat = element.text.slice(1);
    } else if (current !== null) {
      parameters.set(current, readExpression(element));
      current = null;
    } else throw unknown(node);
  }
  return { cmdlet: name.text, parameters, splat };
}

/** `Where-Object { $_.Path -eq "..." }` and nothing else. */
function readFilter(node: Node): Command['where'] {
  const [name, elements] = children(node);
  const [block] = elements === undefined ? [] : children(elements).map(inner);
  if (name?.text !== 'Where-Object' || block === undefined) throw unknown(node);
  const comparison = block.descendantsOfType('comparison_expression').map((found) => found && inner(found)).find((found) => found?.type === 'comparison_expression');
  const [left, operator, right] = comparison ? children(comparison).map(inner) : [];
  const [item, property] = left?.type === 'member_access' ? children(left).map(inner) : [];
  if (item?.text !== '$_' || property === undefined || operator?.text !== '-eq' || right === undefined) throw unknown(node);
  const equals = readExpression(right);
  if (equals.kind !== 'string') throw unknown(node);
  return { property: property.text, equals: equals.value };
}

function readExpression(wrapped: Node): Expression {
  const node = inner(wrapped);
  switch (node.type) {
    case 'expandable_string_literal':
      return { kind: 'string', value: readString(node) };
    case 'decimal_integer_literal':
      return { kind: 'number', value: Number(node.text) };
    case 'variable':
      return node.text === '$true' || node.text === '$false' ? { kind: 'boolean', value: node.text === '$true' } : { kind: 'reference', variable: node.text.slice(1), member: null, index: null };
    case 'member_access':
    case 'element_access':
      return readAccess(node);
    case 'array_expression':
      return { kind: 'list', items: itemsOf(node) };
    case 'hash_literal_expression':
      return { kind: 'table', entries: new Map(node.descendantsOfType('hash_entry').flatMap((entry) => (entry === null ? [] : [readEntry(entry)]))) };
    default:
      throw unknown(node);
  }
}

function readEntry(entry: Node): readonly [string, Expression] {
  const [key, value] = children(entry);
  if (key === undefined || value === undefined) throw unknown(entry);
  return [key.text, readExpression(value)];
}

function itemsOf(list: Node): readonly Expression[] {
  const [content] = children(list);
  if (content === undefined) return [];
  const only = inner(content);
  return only.type === 'array_literal_expression' ? children(only).map(readExpression) : [readExpression(only)];
}

/** `$a.Member[1]`, `$a[1]`, `$a.Member`. */
function readAccess(node: Node): Expression {
  const [of, part] = children(node).map(inner);
  if (of === undefined || part === undefined) throw unknown(node);
  const base = readExpression(of);
  if (base.kind !== 'reference') throw unknown(node);
  return node.type === 'member_access' ? { ...base, member: part.text } : { ...base, index: Number(part.text) };
}

const escapes: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', t: '\t' };

/** What PowerShell makes of the literal. Throws when something in it is expanded. */
function readString(node: Node): string {
  if (children(node).length > 0) throw new Error(`something is expanded in ${node.text}`);
  const body = node.text.slice(1, -1);
  let value = '';
  for (let at = 0; at < body.length; at += 1) {
    const character = body.charAt(at);
    if (character === '`') {
      at += 1;
      value += escapes[body.charAt(at)] ?? body.charAt(at);
    } else if ('$"\u201c\u201d\u201e'.includes(character)) throw new Error(`${character} stands bare in ${node.text}`);
    else value += character;
  }
  return value;
}

function unknown(node: Node): Error {
  return new Error(`a script of the console has no ${node.type}: ${node.text.slice(0, 200)}`);
}
