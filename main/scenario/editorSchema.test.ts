import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { editorSchemaText } from './editorSchema.ts';

const resources = path.resolve(import.meta.dirname, '../../resources');
const schema = z.fromJSONSchema(JSON.parse(editorSchemaText()) as Parameters<typeof z.fromJSONSchema>[0]);
const samples = readdirSync(path.join(resources, 'scenarios'));

it.each(samples)('%s names the schema and fits it', (name) => {
  const text = readFileSync(path.join(resources, 'scenarios', name), 'utf8');
  expect(text.split('\n', 1)[0]).toBe('# yaml-language-server: $schema=../schemas/scenario.schema.json');
  const result = schema.safeParse(parse(text));
  expect(result.error?.message).toBeUndefined();
});

describe('what does not fit', () => {
  const scenario = (step: unknown) => ({ scenario: 'A test', steps: [step] });

  it.each([
    ['an operation that does not exist', { do: 'vmNetwork.conect', input: {} }],
    ['an input that the operation does not know', { do: 'guest.setFirewall', input: { virtualMachine: 'X', isOn: 'perhaps' } }],
    ['an input of another operation', { do: 'host.change', input: { vmNetwork: 'Fabrikam' } }],
    ['an unknown key', { advance: '1s', expct: {} }],
    ['a code that nobody knows', { ping: { from: 'a', to: '192.0.2.80' }, expect: { problem: 'HNV-0000' } }],
    ['a fault without its object', { fault: { kind: 'hostDown' } }],
    ['a question that is none', { assert: { query: 'operation.start' }, expect: [{ exists: true }] }],
  ])('%s', (_what, step) => {
    expect(schema.safeParse(scenario({ advance: '1s' })).success).toBe(true);
    expect(schema.safeParse(scenario(step)).success).toBe(false);
  });

  it('a secret is an environment variable, or text', () => {
    const account = (secret: unknown) => scenario({ do: 'runAsAccount.create', input: { name: 'PSK', userName: 'x', secret } });
    expect(schema.safeParse(account({ environment: 'HNV_PSK' })).success).toBe(true);
    expect(schema.safeParse(account('text')).success).toBe(true);
    expect(schema.safeParse(account({ enviroment: 'HNV_PSK' })).success).toBe(false);
  });
});
