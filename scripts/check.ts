/** `npm run check`: types against both Electrons, lint, dependency rules, dead code, generated files. Prints what fails. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { capture } from './runtime/command.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const bin = (name: string): string => path.join(projectRoot, 'node_modules', '.bin', name);
const script = (name: string): [string, ...string[]] => [process.execPath, path.join(projectRoot, 'scripts', name), '--check'];

const checks: readonly Check[] = [
  { name: 'types (main, shared, scripts, tests)', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'types (end-to-end tests)', command: [bin('tsc'), '-p', 'e2e/tsconfig.json'] },
  { name: 'types (renderer)', command: [bin('tsc'), '-p', 'renderer/tsconfig.json'] },
  { name: 'types (platform against Electron 25)', command: [bin('tsc'), '-p', 'tsconfig.electron25.json'] },
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings', '0'] },
  { name: 'dependency rules', command: [bin('depcruise'), 'main', 'shared', 'renderer', 'scripts', 'bench', 'e2e'] },
  { name: 'dead code', command: [bin('knip')] },
  { name: 'lock file', command: script('lock-check.ts') },
  { name: 'third-party notices', command: script('notices.ts') },
  { name: 'dependency picture', command: script('architecture-picture.ts') },
];

/** True when everything holds. Two checks run at a time. */
export async function check(): Promise<boolean> {
  const waiting = checks.filter((entry) => !entry.name.includes('Electron 25') || hasElectron25Types());
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      const [program, ...args] = entry.command;
      const started = Date.now();
      const result = await capture(program, args, { cwd: projectRoot });
      say(`${result.status === 0 ? 'ok    ' : 'FAILED'} ${entry.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (result.status === 0) continue;
      failed.push(entry.name);
      process.stdout.write(`${result.output}\n`);
    }
  };
  await Promise.all([work(), work()]);
  return failed.length === 0;
}

function hasElectron25Types(): boolean {
  const present = existsSync(path.join(projectRoot, 'node_modules', 'electron25', 'electron.d.ts'));
  if (!present) say('LEFT OUT: types against Electron 25, because the optional package electron25 is not installed (an npm that ignores allowScripts drops it)');
  return present;
}

if (import.meta.main) await runScript(async () => ((await check()) ? 0 : 1));
