/** Writes the JSON Schema of scenario files, for editors. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { editorSchemaText } from '../main/scenario/editorSchema.ts';

const file = path.resolve(import.meta.dirname, '../resources/schemas/scenario.schema.json');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, editorSchemaText());
