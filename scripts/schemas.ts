/** `node scripts/schemas.ts`: writes the published JSON Schemas into resources/schemas. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './runtime/places.ts';
import { schemaFiles } from './schemas/schemaFiles.ts';

for (const [name, text] of Object.entries(schemaFiles())) writeFileSync(path.join(projectRoot, 'resources', 'schemas', name), text);
