/** JSON Schemas of everything that a scenario can do. */
import { z } from 'zod';
import { operationInputs, type OperationId } from '../../shared/contract/operations.ts';
import { registry } from '../operations/registry.ts';
import { stepSchemas } from './stepGrammar.ts';

export function describeOperations(): unknown {
  const ids = Object.keys(operationInputs) as OperationId[];
  return {
    operations: Object.fromEntries(ids.map((id) => [id, { title: registry[id].title, input: schemaOf(operationInputs[id]) }])),
    probes: Object.fromEntries(
      Object.entries(stepSchemas)
        .filter(([kind]) => kind !== 'do')
        .map(([kind, schema]) => [kind, schemaOf(schema)]),
    ),
    operationStep: schemaOf(stepSchemas.do),
  };
}

function schemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input' });
}
