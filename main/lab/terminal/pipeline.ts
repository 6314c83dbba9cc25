/** What may stand behind a "|": filters and formats over the objects of a cmdlet. */
import type { ParsedCommand } from './commandLine.ts';
import { bind, type Bound, type Parameter } from './parameters.ts';
import { matchesWildcard, propertyName, valueText, type PsObject, type PsOutput, type PsValue } from './psObject.ts';
import { TerminalError } from './terminalError.ts';

interface Stage {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly apply: (output: PsOutput, bound: Bound) => PsOutput;
}

const property: Parameter = { name: 'Property', type: 'list', position: 0 };

const comparisons: Readonly<Record<string, (given: PsValue, wanted: string) => boolean>> = {
  EQ: (given, wanted) => same(given, wanted),
  NE: (given, wanted) => !same(given, wanted),
  Like: (given, wanted) => matchesWildcard(wanted, valueText(given)),
  NotLike: (given, wanted) => !matchesWildcard(wanted, valueText(given)),
  GT: (given, wanted) => Number(given) > Number(wanted),
  LT: (given, wanted) => Number(given) < Number(wanted),
};

const stages: readonly Stage[] = [
  { name: 'Format-Table', aliases: ['ft'], parameters: [property, { name: 'AutoSize', type: 'switch' }, { name: 'Wrap', type: 'switch' }], apply: (output, bound) => shown(output, 'table', bound) },
  { name: 'Format-List', aliases: ['fl'], parameters: [property], apply: (output, bound) => shown(output, 'list', bound) },
  { name: 'Select-Object', aliases: ['select'], parameters: [property, { name: 'First', type: 'number' }, { name: 'Last', type: 'number' }], apply: select },
  {
    name: 'Where-Object',
    aliases: ['where', '?'],
    parameters: [{ name: 'Property', type: 'string', position: 0 }, { name: 'Value', type: 'string', position: 1 }, ...Object.keys(comparisons).map((name): Parameter => ({ name, type: 'string' }))],
    apply: where,
  },
];

export const stageNames: readonly string[] = stages.map(({ name }) => name);

/** Runs the objects through one stage. Throws TerminalError. */
export function applyStage(output: PsOutput, command: ParsedCommand): PsOutput {
  const lower = command.name.toLowerCase();
  const stage = stages.find(({ name, aliases }) => name.toLowerCase() === lower || aliases.includes(lower));
  if (stage === undefined) throw new TerminalError(`"${command.name}" cannot stand behind a "|" in this terminal. These can: ${stageNames.join(', ')}.`);
  return stage.apply(output, bind(stage.name, stage.parameters, command.arguments));
}

function shown(output: PsOutput, view: PsOutput['view'], bound: Bound): PsOutput {
  const wanted = bound.list('Property');
  if (wanted !== undefined) return { objects: output.objects, view, properties: expanded(output.objects, wanted) };
  // A list has room for everything.
  return { ...output, view, properties: view === 'list' && output.view === 'table' ? expanded(output.objects, ['*']) : output.properties };
}

function select(output: PsOutput, bound: Bound): PsOutput {
  const [first, last, wanted] = [bound.number('First'), bound.number('Last'), bound.list('Property')];
  let { objects } = output;
  if (first !== undefined) objects = objects.slice(0, first);
  if (last !== undefined) objects = objects.slice(Math.max(0, objects.length - last));
  if (wanted === undefined) return { ...output, objects };
  const properties = expanded(objects, wanted);
  // PowerShell shows up to four properties as a table.
  return { objects: objects.map((object) => only(object, properties)), view: properties.length > 4 ? 'list' : 'table', properties };
}

/** PowerShell 3's short form: Where-Object Property -Operator Value. */
function where(output: PsOutput, bound: Bound): PsOutput {
  const name = bound.text('Property');
  const operators = Object.keys(comparisons).filter((operator) => bound.has(operator));
  const [operator] = operators;
  if (name === undefined || operator === undefined || operators.length > 1) throw new TerminalError('Where-Object takes a property, one operator and a value here, as in: Where-Object CompartmentId -eq 2');
  const compare = comparisons[operator];
  const wanted = bound.text(operator) ?? '';
  return { ...output, objects: output.objects.filter((object) => compare?.(object[propertyName(object, name) ?? ''] ?? null, wanted)) };
}

function same(given: PsValue, wanted: string): boolean {
  return valueText(given).toLowerCase() === wanted.toLowerCase();
}

/** Names with wildcards become those of the first object. */
function expanded(objects: readonly PsObject[], wanted: readonly string[]): string[] {
  const known = Object.keys(objects[0] ?? {});
  return wanted.flatMap((name) => (/[*?]/.test(name) ? known.filter((candidate) => matchesWildcard(name, candidate)) : [name]));
}

function only(object: PsObject, properties: readonly string[]): PsObject {
  return Object.fromEntries(properties.map((name) => [name, object[propertyName(object, name) ?? ''] ?? null]));
}
