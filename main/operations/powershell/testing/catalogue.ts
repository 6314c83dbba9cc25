/** The cmdlets of VMM 2012 R2 and Windows Server 2012 R2 with their parameters (extract of the official cmdlet help), as a referee for scripts. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Script, ScriptValue } from '../script.ts';

const parameterSchema = z.object({ type: z.string(), values: z.array(z.string()).optional(), required: z.boolean().optional() });
const catalogueSchema = z.record(z.string(), z.record(z.string(), z.record(z.string(), parameterSchema)));

const modules = catalogueSchema.parse(JSON.parse(readFileSync(new URL('cmdlets.json', import.meta.url), 'utf8')));
const cmdlets = new Map(Object.values(modules).flatMap((entries) => Object.entries(entries)));

/** What is wrong with a script: unknown cmdlets and parameters, values that are not accepted. Empty when it is right. */
export function catalogueProblems(script: Script): string[] {
  return script.commands.flatMap(({ cmdlet, parameters }) => {
    const known = cmdlets.get(cmdlet);
    if (known === undefined) return [`${cmdlet} is not in the catalogue`];
    return Object.entries(parameters).flatMap(([name, value]) => {
      const parameter = known[name];
      if (parameter === undefined) return [`${cmdlet} has no parameter -${name}`];
      return valueProblems(`${cmdlet} -${name}`, parameter, value);
    });
  });
}

function valueProblems(where: string, { type, values }: z.infer<typeof parameterSchema>, value: ScriptValue): string[] {
  const isSwitch = typeof value === 'object' && 'switch' in value;
  if ((type === 'SwitchParameter') !== isSwitch) return [`${where} is of type ${type}`];
  if (values !== undefined && typeof value === 'string' && !values.includes(value)) return [`${where} does not accept ${value}`];
  return [];
}
