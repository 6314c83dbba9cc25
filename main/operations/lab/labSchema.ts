/** The grammar of lab files as JSON Schema: published for editors, and what tells the writer of lab files which values need not be written. */
import { z } from 'zod';
import { labShape } from './labDefinition.ts';

/** Name of the schema; nothing answers there. The file itself is resources/schemas/lab.schema.json. */
export const labSchemaId = 'https://hnv-gateway-console.invalid/schemas/lab.schema.json';

export function labJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(labShape, {
    io: 'input',
    target: 'draft-7',
    // Of lists whose items are read into other values the default is left out: an empty list is one all the same.
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodDefault && zodSchema.def.innerType instanceof z.ZodArray) jsonSchema.default ??= [];
    },
  });
  return { $schema, $id: labSchemaId, title: 'Lab of the HNV Gateway Console', ...schema };
}
