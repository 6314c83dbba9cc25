/** The cmdlets of VMM 2012 R2 and Windows Server 2012 R2 with their parameters (extract of the official cmdlet help), as a referee for scripts. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Script } from '../script.ts';
import { laterParameters, parameterSets } from './parameterSets.ts';
import { readScript, type Command, type Expression, type Statement } from './scriptTree.ts';
import { windowsCmdlets } from './windowsCmdlets.ts';

const parameterSchema = z.object({ type: z.string(), values: z.array(z.string()).optional(), required: z.boolean().optional() });
type Parameter = z.infer<typeof parameterSchema>;
const catalogueSchema = z.record(z.string(), z.record(z.string(), z.record(z.string(), parameterSchema)));

const modules = catalogueSchema.parse({ ...(JSON.parse(readFileSync(new URL('cmdlets.json', import.meta.url), 'utf8')) as object), Windows: windowsCmdlets });
const cmdlets = new Map(Object.values(modules).flatMap((entries) => Object.entries(entries)));

/** What is wrong with the text of a script: no PowerShell, unknown cmdlets, parameters, values, mandatory parameters left out, variables without a value. Empty when it is right. */
export function catalogueProblems(script: Script): string[] {
  let statements: readonly Statement[];
  try {
    statements = readScript(String(script));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const tables = new Map<string, ReadonlyMap<string, Expression>>();
  const known = new Set<string>();
  return statements.flatMap(({ variable, appends, value }) => {
    const problems: string[] = [];
    if ('expression' in value) {
      problems.push(...unset([value.expression], known));
      if (variable !== null && value.expression.kind === 'table') tables.set(variable, value.expression.entries);
    } else problems.push(...commandProblems(value.command, tables, known));
    if (appends && variable !== null && !known.has(variable)) problems.push(`$${variable} is no list yet`);
    if (variable !== null) known.add(variable);
    return problems;
  });
}

function commandProblems({ cmdlet, parameters, splat }: Command, tables: ReadonlyMap<string, ReadonlyMap<string, Expression>>, known: ReadonlySet<string>): string[] {
  const catalogued = cmdlets.get(cmdlet);
  if (catalogued === undefined) return [`${cmdlet} is not in the catalogue`];
  const table = splat === null ? new Map<string, Expression>() : tables.get(splat);
  if (table === undefined) return [`$${splat ?? ''} is no table`];
  const given = new Map<string, Expression | null>([...parameters, ...table]);
  const values = [...given].flatMap(([name, value]) => parameterProblems(cmdlet, name, catalogued[name], value, table.has(name)));
  return [...values, ...missing(cmdlet, catalogued, given), ...unset([...given.values()], known)];
}

function parameterProblems(cmdlet: string, name: string, parameter: Parameter | undefined, value: Expression | null, isSplatted: boolean): string[] {
  if (parameter === undefined || laterParameters[cmdlet]?.includes(name)) return [`${cmdlet} has no parameter -${name}`];
  const where = `${cmdlet} -${name}`;
  const isSwitch = value === null || (isSplatted && value.kind === 'boolean' && parameter.type === 'SwitchParameter');
  if ((parameter.type === 'SwitchParameter') !== isSwitch) return [`${where} is of type ${parameter.type}`];
  return value === null ? [] : valueProblems(where, parameter, value);
}

function valueProblems(where: string, parameter: Parameter, value: Expression): string[] {
  if (value.kind === 'list') return value.items.flatMap((item) => valueProblems(where, parameter, item));
  const shape = parameter.type === 'Boolean' ? 'boolean' : /^U?Int\d+$/.test(parameter.type) ? 'number' : undefined;
  if (shape !== undefined && value.kind !== 'reference' && value.kind !== shape) return [`${where} takes a ${shape}`];
  if (parameter.values !== undefined && value.kind === 'string' && !parameter.values.includes(value.value)) return [`${where} does not accept ${value.value}`];
  return [];
}

/** All mandatory parameters of at least one parameter set must be given. */
function missing(cmdlet: string, catalogued: Readonly<Record<string, Parameter>>, given: ReadonlyMap<string, unknown>): string[] {
  const sets = parameterSets[cmdlet] ?? [Object.entries(catalogued).flatMap(([name, { required }]) => (required === true ? [name] : []))];
  if (sets.some((set) => set.every((name) => given.has(name)))) return [];
  return [`${cmdlet} lacks ${sets.map((set) => set.filter((name) => !given.has(name)).map((name) => `-${name}`).join(' and ')).join(', or ')}`];
}

function unset(values: readonly (Expression | null)[], known: ReadonlySet<string>): string[] {
  return values.flatMap((value) => {
    if (value?.kind === 'list') return unset(value.items, known);
    if (value?.kind === 'table') return unset([...value.entries.values()], known);
    return value?.kind === 'reference' && !known.has(value.variable) ? [`$${value.variable} has no value`] : [];
  });
}
