/** `npm test`: checks, unit and referee tests, build, unpacked package, end-to-end tests. The last line is the count. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { build } from './build.ts';
import { check } from './check.ts';
import { packUnpacked, unpackedExecutable } from './packaging/pack.ts';
import { foreground } from './runtime/command.ts';
import { tryPackages } from './runtime/debian.ts';
import { prepareRuntime } from './runtime/launch.ts';
import { runAsOrdinaryUser } from './runtime/ordinaryUser.ts';
import { projectRoot } from './runtime/places.ts';
import { runScript, say, SetupError } from './runtime/report.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const artifacts = path.join(projectRoot, 'artifacts');
const unitResults = path.join(artifacts, 'unit-results.json');
const e2eFolder = path.join(artifacts, 'e2e');
const e2eResults = path.join(e2eFolder, 'results.json');
/** Programs of others that judge what the project writes. */
const referees = ['tshark', 'iproute2', 'nftables', 'socat', 'bird2'];
const oneFailure: Counts = { passed: 0, failed: 1, skipped: 0 };

const unitSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });
const e2eSchema = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) });

await runScript(async () => {
  const started = Date.now();
  mkdirSync(artifacts, { recursive: true });
  await stage('tools for referee tests', async () => void (await tryPackages(referees, 'referee tests')));
  const parts = [
    await stage('checks', async () => ({ ...oneFailure, ...((await check()) ? { failed: 0 } : {}) })),
    await stage('unit and referee tests', runUnit),
    await stage('end-to-end tests', endToEnd),
  ];
  const total = parts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }));
  say(`whole run: ${secondsSince(started)} s${total.skipped > 0 ? `; ${total.skipped} tests were skipped, see above` : ''}`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  say(`== ${name}`);
  try {
    return await work();
  } finally {
    say(`== ${name}: ${secondsSince(started)} s`);
  }
}

function secondsSince(started: number): string {
  return ((Date.now() - started) / 1000).toFixed(0);
}

async function runUnit(): Promise<Counts> {
  rmSync(unitResults, { force: true });
  const vitest = path.join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const status = await foreground(process.execPath, [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitResults}`], { cwd: projectRoot });
  const counts = unitSchema.safeParse(readJson(unitResults));
  if (!counts.success) return oneFailure;
  const { numPassedTests, numFailedTests, numPendingTests } = counts.data;
  // A file that cannot be loaded has no failed test, but the run fails.
  return { passed: numPassedTests, failed: Math.max(numFailedTests, status === 0 ? 0 : 1), skipped: numPendingTests };
}

/** What stands in the way of these tests is one failure, so that the counts of the others are still told. */
async function endToEnd(): Promise<Counts> {
  try {
    // With a display: the user under whom the tests run may not install one.
    const runtime = await stage('runtime', () => prepareRuntime({ display: true }));
    await stage('build', () => build({ force: true }));
    await stage('unpacked package', () => packUnpacked('test'));
    return await runPlaywright([runtime.executable, unpackedExecutable()]);
  } catch (error) {
    if (error instanceof SetupError) say(`FAILED: ${error.message}`);
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return oneFailure;
  }
}

async function runPlaywright(needed: readonly string[]): Promise<Counts> {
  rmSync(e2eFolder, { recursive: true, force: true });
  const playwright = path.join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js');
  const status = await runAsOrdinaryUser(process.execPath, [playwright, 'test'], { writable: [e2eFolder], needed });
  const results = e2eSchema.safeParse(readJson(e2eResults));
  if (!results.success) return oneFailure;
  const { expected, unexpected, flaky, skipped } = results.data.stats;
  return { passed: expected, failed: Math.max(unexpected + flaky, status === 0 ? 0 : 1), skipped };
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
