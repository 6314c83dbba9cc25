import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const report = path.resolve(import.meta.dirname, 'report.ts');

/** Exit status of a script with this main function, next to a library that ends every process with status 0. */
function statusOf(main: string): number | null {
  const script = `import { runScript, SetupError } from ${JSON.stringify(report)}; process.on('beforeExit', () => process.exit(0)); await runScript(${main});`;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { encoding: 'utf8' }).status;
}

it.each([
  ['async () => 0', 0],
  ['async () => 1', 1],
  ['async () => 7', 7],
  ["async () => { throw new SetupError('no display'); }", 1],
  ["async () => { throw new Error('fault'); }", 1],
])('%s ends with status %i, whatever hooks a library has', (main, status) => {
  expect(statusOf(main)).toBe(status);
});
