/** Runs a scenario file on a lab of its own or on a given database. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsoleError } from '../../shared/contract/errors.ts';
import { Lab, type LabOptions } from '../lab/lab.ts';
import { inputProblems } from '../operations/operations.ts';
import { readYamlFile } from '../operations/yamlDocument.ts';
import { BadInput } from './badInput.ts';
import { junitOfBadInput, junitXml } from './junit.ts';
import { wholeCapture, writeOutputs } from './outputs.ts';
import { playgroundOf, type Playground } from './playground.ts';
import { scenarioSchema, type Scenario } from './scenarioFile.ts';
import type { DoStep } from './stepGrammar.ts';
import { withSecret } from './scenarioSecrets.ts';
import { stepKinds, type StepKind, type StepOutcome } from './stepOutcome.ts';
import { StepFault } from './stepFault.ts';
import { runStep } from './steps.ts';
import { scenarioEpoch, seededIds } from './virtualIdentity.ts';

export interface RunOptions {
  readonly file: string;
  /** Left out: a temporary database that goes away with the run. */
  readonly databasePath: string | undefined;
  readonly outputFolder: string;
  /** Where the result goes as JUnit XML; left out, nowhere. */
  readonly junitFile?: string | undefined;
  readonly seed: number | undefined;
  /** A line about each step. */
  readonly say: (line: string) => void;
  /** Folder of the lab files; left out, the one of the sources. */
  readonly labsFolder?: string | undefined;
  readonly nativeBinding?: string | undefined;
  /** Where the temporary database is made; left out, the system's place. */
  readonly temporaryFolder?: string | undefined;
  /** For somebody who watches. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Where secrets come from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type RunProgress =
  | { readonly kind: 'loaded'; readonly title: string; readonly steps: readonly { readonly number: number; readonly line: number | null; readonly kind: StepKind; readonly title: string }[] }
  | { readonly kind: 'began'; readonly number: number }
  /** `failures`: expectations that do not hold, in words. */
  | { readonly kind: 'ended'; readonly number: number; readonly title: string; readonly passed: boolean; readonly failures: readonly string[] };

interface LoadedScenario {
  readonly scenario: Scenario;
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
}

const sourceLabs = (): string => fileURLToPath(new URL('../../resources/labs', import.meta.url));
const defaultLab = { lab: 'contoso', gateway: 'connected' } as const;

/** True when all expectations hold. Throws BadInput; then no output is written but the reason, where JUnit XML is wanted. */
export async function runScenario(options: RunOptions): Promise<boolean> {
  try {
    return await runWhole(options);
  } catch (error) {
    if (!(error instanceof BadInput) || options.junitFile === undefined) throw error;
    try {
      writeJUnit(options.junitFile, junitOfBadInput(options.file, error.message));
    } catch (unwritten) {
      // The reason why nothing could be played is worth more than the reason why that could not be written.
      options.say(`warning: ${unwritten instanceof Error ? unwritten.message : String(unwritten)}`);
    }
    throw error;
  }
}

function writeJUnit(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new BadInput(file, null, `the JUnit file cannot be written (${error instanceof Error ? error.message : String(error)})`);
  }
}

async function runWhole(options: RunOptions): Promise<boolean> {
  const loaded = load(options);
  prepareFolder(options.outputFolder);
  const temporary = options.databasePath === undefined ? mkdtempSync(join(options.temporaryFolder ?? tmpdir(), 'hnv-scenario-')) : undefined;
  try {
    const databasePath = options.databasePath ?? join(temporary ?? '', 'scenario.sqlite');
    const lab = await openLab({ ...options, databasePath }, options.databasePath === undefined);
    try {
      return await play(lab, loaded, options);
    } finally {
      lab.close();
    }
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}

function load({ file, environment, say }: RunOptions): LoadedScenario {
  const result = readYamlFile(file, scenarioSchema);
  if ('fault' in result) throw new BadInput(file, result.fault.line, result.fault.reason);
  const { value, lineOf } = result;
  const steps = value.steps.map((step, at) => {
    if (!('do' in step)) return step;
    const resolved = withSecret(step, environment);
    if ('fault' in resolved) throw new BadInput(file, lineOf(['steps', at, 'input', 'secret']), `steps.${at}.input.secret: ${resolved.fault}`);
    if (resolved.warning !== undefined) say(`warning: ${file}:${lineOf(['steps', at, 'input', 'secret']) ?? ''}: ${resolved.warning}`);
    checkInput(resolved.step, at, file, lineOf);
    return resolved.step;
  });
  return { scenario: { ...value, steps }, lineOf };
}

/** Throws BadInput for a value that no inventory could make right, unless that very problem is expected. */
function checkInput(step: DoStep, at: number, file: string, lineOf: LoadedScenario['lineOf']): void {
  try {
    const [problem] = inputProblems(step.do, step.input);
    if (!problem || step.expect?.problem === problem.code) return;
    const where = ['steps', at, 'input', ...problem.path];
    throw new BadInput(file, lineOf(where), `${where.join('.')}: ${problem.message}`);
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    throw new BadInput(file, lineOf(['steps', at, 'do']), `steps.${at}.do: ${error.message} ${error.recommendedAction}`);
  }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new BadInput(folder, null, `the output folder cannot be made (${error instanceof Error ? error.message : String(error)})`);
  }
}

/**
 * Ids and times follow from the seed, so that equal runs write equal bytes. On a given database without a seed they are
 * real ones, because that database may be somebody's work.
 */
async function openLab(options: RunOptions & { readonly databasePath: string }, temporary: boolean): Promise<Lab> {
  const fixed = temporary || options.seed !== undefined;
  let lab: Lab | undefined;
  // Ids of an earlier run on the same database must not come again: its jobs are part of the seed.
  const seed = () => `${options.seed ?? 'scenario'}/${lab ? jobCount(lab) : 0}`;
  const identity = fixed ? { newId: begunLater(() => seededIds(seed())), newLogId: begunLater(() => seededIds(`${seed()}/log`)), clock: () => new Date(scenarioEpoch.getTime() + Math.floor((lab?.now ?? 0) / 1e6)) } : {};
  const labOptions: LabOptions = { databasePath: options.databasePath, isTemporary: temporary, nativeBinding: options.nativeBinding, labsFolder: options.labsFolder ?? sourceLabs(), owner: 'scenario', seed: options.seed, ...identity };
  try {
    lab = await Lab.open(labOptions);
    return lab;
  } catch (error) {
    if (error instanceof ConsoleError) throw new BadInput(options.databasePath, null, `${error.message} ${error.recommendedAction}`);
    throw error;
  }
}

/** Begins the sequence when its first id is drawn. */
function begunLater(begin: () => () => string): () => string {
  let next: (() => string) | undefined;
  return () => (next ??= begin())();
}

function jobCount(lab: Lab): number {
  return lab.lists.jobs.list({ offset: 0, limit: 1, filter: '', scope: 'all' }).unfilteredTotal;
}

async function play(lab: Lab, { scenario, lineOf }: LoadedScenario, options: RunOptions): Promise<boolean> {
  options.onProgress?.({ kind: 'loaded', title: scenario.scenario, steps: scenario.steps.map((step, at) => ({ number: at + 1, line: lineOf(['steps', at]), kind: kindOf(step), title: step.name ?? ('do' in step ? step.do : kindOf(step)) })) });
  await fill(lab, scenario, options.file, lineOf);
  const playground = playgroundOf(lab);
  let captureId: string | undefined;
  const outcomes: StepOutcome[] = [];
  for (const [at, step] of scenario.steps.entries()) {
    // A step that opens the lab begins another simulation: what records the empty one would end with it.
    if (scenario.capture && !lab.isEmpty) captureId ??= lab.captures.start();
    options.onProgress?.({ kind: 'began', number: at + 1 });
    const outcome = await playStep(playground, at, step, options.file, lineOf);
    outcomes.push(outcome);
    options.say(lineFor(outcome));
    options.onProgress?.({ kind: 'ended', number: outcome.number, title: outcome.title, passed: outcome.passed, failures: failuresOf(outcome) });
  }
  const passed = outcomes.every((outcome) => outcome.passed);
  const result = {
    scenario: scenario.scenario,
    outcome: passed ? 'passed' : 'failed',
    seed: lab.snapshot().seed,
    virtualSeconds: lab.now / 1e9,
    steps: outcomes,
  };
  if (scenario.capture) playground.files.set(wholeCapture, lab.captures.finish(captureId ?? lab.captures.start()));
  writeOutputs(options.outputFolder, lab, result, playground.files);
  if (options.junitFile !== undefined) writeJUnit(options.junitFile, junitXml({ scenario: scenario.scenario, file: options.file, steps: outcomes }));
  return passed;
}

/** Opens the scenario's lab where there is nothing yet and no step does it. */
async function fill(lab: Lab, scenario: Scenario, file: string, lineOf: LoadedScenario['lineOf']): Promise<void> {
  if (!lab.isEmpty || scenario.lab === 'none' || scenario.steps.some((step) => 'do' in step && step.do === 'lab.open')) return;
  const input = scenario.lab === undefined ? defaultLab : typeof scenario.lab === 'string' ? { lab: scenario.lab } : { lab: scenario.lab.name, gateway: scenario.lab.gateway };
  try {
    const jobId = lab.operations.start('lab.open', input);
    if ((await lab.jobs.waitFor(jobId)) === 'Completed') return;
    throw new BadInput(file, lineOf(['lab']), lab.lists.jobs.get(jobId).error?.message ?? 'the lab could not be opened');
  } catch (error) {
    if (error instanceof ConsoleError) throw new BadInput(file, lineOf(['lab']), error.message);
    throw error;
  }
}

async function playStep(playground: Playground, at: number, step: Scenario['steps'][number], file: string, lineOf: LoadedScenario['lineOf']): Promise<StepOutcome> {
  try {
    const before = playground.lab.now;
    const result = await runStep(playground, step);
    // A step that opens another lab begins another time.
    const virtualSeconds = Math.max(playground.lab.now - before, 0) / 1e9;
    return { number: at + 1, line: lineOf(['steps', at]), ...result, passed: result.expectations.every(({ holds }) => holds), virtualSeconds };
  } catch (error) {
    if (!(error instanceof StepFault)) throw error;
    throw new BadInput(file, lineOf(['steps', at, ...error.path]), `steps.${at}.${error.path.join('.')}: ${error.message}`);
  }
}

function kindOf(step: Scenario['steps'][number]): StepKind {
  return stepKinds.find((kind) => Object.hasOwn(step, kind)) ?? 'do';
}

/** Expectations that do not hold, in words. */
function failuresOf({ expectations }: StepOutcome): readonly string[] {
  return expectations.filter(({ holds }) => !holds).map(({ what, expected, actual }) => `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

function lineFor(outcome: StepOutcome): string {
  const { number, kind, title, passed } = outcome;
  const failed = failuresOf(outcome);
  const head = `${passed ? 'ok    ' : 'FAILED'} ${number}. ${kind === 'do' ? '' : `${kind}: `}${title}`;
  return failed.length === 0 ? head : `${head} (${failed.join('; ')})`;
}
