import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from './schemaFiles.ts';

const folder = path.resolve(import.meta.dirname, '../../resources/schemas');

describe('published JSON Schemas', () => {
  it('are those of the grammars; otherwise: node scripts/schemas.ts', () => {
    expect(Object.keys(schemaFiles())).toContain('lab.schema.json');
    for (const [name, text] of Object.entries(schemaFiles())) expect(readFileSync(path.join(folder, name), 'utf8')).toBe(text);
  });
});
