/** `npm test`: checks, unit and referee tests, build, unpacked package, end-to-end tests. Ends with one line of counts. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { build } from './build.ts';
import { check } from './check.ts';
import { packUnpacked } from './packaging/pack.ts';
import { foreground, type CommandResult } from './runtime/command.ts';
import { ensurePackages, isDebian } from './runtime/debian.ts';
import { prepareRuntime } from './runtime/launch.ts';
import { asOrdinaryUser } from './runtime/ordinaryUser.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say } from './runtime/report.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const artifacts = path.join(projectRoot, 'artifacts');
const unitResults = path.join(artifacts, 'unit-results.json');
const e2eFolder = path.join(artifacts, 'e2e');
const e2eResults = path.join(e2eFolder, 'results.json');

const unitSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(), success: z.boolean() });
const e2eSchema = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) });

await runScript(async () => {
  mkdirSync(artifacts, { recursive: true });
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  await stage('tools for referee tests', installReferees);
  if (!(await stage('checks', check))) total.failed += 1;
  await stage('unit and referee tests', () => runUnit(total));
  await stage('runtime, build, unpacked package', async () => {
    await prepareRuntime({ display: false });
    await build({ force: true });
    await packUnpacked('test');
  });
  await stage('end-to-end tests', () => runEndToEnd(total));
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  say(`== ${name}`);
  try {
    return await work();
  } finally {
    say(`== ${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
}

/** Referees come from Debian's packages: installed in CI, elsewhere used when they are there. */
async function installReferees(): Promise<void> {
  if (process.env['CI'] !== 'true') return;
  if (isDebian()) await ensurePackages(['tshark'], 'referee tests');
  else say('LEFT OUT: referee tests, because their programs are installed on Debian only');
}

async function runUnit(total: Counts): Promise<void> {
  rmSync(unitResults, { force: true });
  const vitest = path.join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const status = await foreground(process.execPath, [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitResults}`], { cwd: projectRoot });
  const counts = unitSchema.safeParse(readJson(unitResults));
  if (!counts.success) {
    total.failed += 1;
    return;
  }
  total.passed += counts.data.numPassedTests;
  total.failed += Math.max(counts.data.numFailedTests, status === 0 ? 0 : 1);
  total.skipped += counts.data.numPendingTests;
}

async function runEndToEnd(total: Counts): Promise<void> {
  rmSync(e2eFolder, { recursive: true, force: true });
  const playwright = path.join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js');
  const command = await asOrdinaryUser(process.execPath, [playwright, 'test'], [e2eFolder]);
  const status: CommandResult['status'] = await foreground(command.program, command.args, { cwd: projectRoot, env: command.env });
  const counts = e2eSchema.safeParse(readJson(e2eResults));
  if (!counts.success) {
    total.failed += 1;
    return;
  }
  const { expected, unexpected, flaky, skipped } = counts.data.stats;
  total.passed += expected;
  total.failed += Math.max(unexpected + flaky, status === 0 ? 0 : 1);
  total.skipped += skipped;
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
