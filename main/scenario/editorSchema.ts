/** JSON Schema of a whole scenario file, so that an editor completes and checks it while it is written. */
import { z } from 'zod';
import { operationInputs, type OperationId } from '../../shared/contract/operations.ts';
import { registry } from '../operations/registry.ts';
import { scenarioSchema } from './scenarioFile.ts';
import { takesSecret } from './scenarioSecrets.ts';
import { stepSchemas } from './stepGrammar.ts';
import { stepKinds } from './stepOutcome.ts';

type JsonSchema = Record<string, unknown> & { properties?: Record<string, unknown> };

/** One entry a kind of step, and for `do` one an operation: of many alternatives editors show the one whose `do` fits. */
export function editorSchemaText(): string {
  const ids = Object.keys(operationInputs) as OperationId[];
  const operations = ids.map((id): readonly [string, JsonSchema] => [`do ${id}`, operationStep(id)]);
  const probes = stepKinds.filter((kind) => kind !== 'do').map((kind): readonly [string, JsonSchema] => [kind, plain(stepSchemas[kind])]);
  const steps = [...operations, ...probes];
  const file = plain(scenarioSchema.extend({ steps: z.array(z.unknown()).min(1) }));
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Scenario of the HNV Gateway Console',
    ...file,
    properties: { ...file.properties, steps: { type: 'array', minItems: 1, items: { anyOf: steps.map(([name]) => ({ $ref: `#/definitions/${name}` })) } } },
    definitions: Object.fromEntries(steps),
  };
  return `${JSON.stringify(schema, null, 1)}\n`;
}

function operationStep(id: OperationId): JsonSchema {
  const step = plain(stepSchemas.do);
  const input = plain(operationInputs[id]);
  return { ...step, description: registry[id].title, properties: { ...step.properties, do: { const: id, description: registry[id].title }, input: takesSecret.includes(id) ? withSecret(input) : input } };
}

/** A scenario names the environment variable that holds the secret. */
function withSecret(input: JsonSchema): JsonSchema {
  const variable = { type: 'object', properties: { environment: { type: 'string', pattern: '^\\w{1,100}$' } }, required: ['environment'], additionalProperties: false };
  return { ...input, properties: { ...input.properties, secret: { anyOf: [variable, { type: 'string' }] } } };
}

function plain(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return rest;
}
