/** What resources/schemas has to hold, by file name: made from the grammars that the console reads with. */
import { labJsonSchema } from '../../main/operations/lab/labSchema.ts';
import { editorSchemaText } from '../../main/scenario/editorSchema.ts';

export function schemaFiles(): Readonly<Record<string, string>> {
  return { 'lab.schema.json': textOf(labJsonSchema()), 'scenario.schema.json': editorSchemaText() };
}

function textOf(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
