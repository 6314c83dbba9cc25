/** Every scenario that comes with the console holds. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runScenario } from './run.ts';

const folder = path.resolve(import.meta.dirname, '../../resources/scenarios');

it.each(readdirSync(folder))('%s', async (name) => {
  const out = mkdtempSync(path.join(tmpdir(), 'hnv-sample-'));
  const said: string[] = [];
  try {
    const passed = await runScenario({ file: path.join(folder, name), databasePath: undefined, outputFolder: out, seed: 1, say: (line) => void said.push(line), environment: {} });
    expect(passed, said.filter((line) => !line.startsWith('ok')).join('\n')).toBe(true);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
