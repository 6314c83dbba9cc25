/** Plays a scenario that comes with the console step by step, so that a test can look in between. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Lab } from '../../lab/lab.ts';
import { LocalSecretStore } from '../../lab/localSecretStore.ts';
import { readYamlFile } from '../../operations/yamlDocument.ts';
import { playgroundOf } from '../playground.ts';
import { scenarioSchema, type Scenario } from '../scenarioFile.ts';
import type { DoStep } from '../stepGrammar.ts';
import { runStep } from '../steps.ts';

const scenarioFolder = path.resolve(import.meta.dirname, '../../../resources/scenarios');
const labsFolder = path.resolve(import.meta.dirname, '../../../resources/labs');

/** Work of one operation, seen from before and from after it. */
export interface Walk {
  readonly lab: Lab;
  /** Called before each operation; what it gives is called after it. */
  readonly visit: (step: DoStep, lab: Lab) => Promise<(() => Promise<void> | void) | undefined> | (() => Promise<void> | void) | undefined;
}

/** The secrets of all labs of a test open each other's seals. */
const secrets = new LocalSecretStore();

/** An empty lab; without a file unless its path is given. */
export async function openEmptyLab(databasePath = ':memory:'): Promise<Lab> {
  return Lab.open({ databasePath, labsFolder, owner: 'tester', secrets, seed: 1 });
}

/** Names of the scenarios that come with the console, and of one that does what they leave out. */
export const scenarioNames: readonly string[] = [...readdirSync(scenarioFolder), 'everything.yaml'];

export function readScenario(name: string): Scenario {
  const folder = name === 'everything.yaml' ? import.meta.dirname : scenarioFolder;
  const read = readYamlFile(path.join(folder, name), scenarioSchema);
  if ('fault' in read) throw new Error(`${name}: ${read.fault.reason}`);
  return read.value;
}

/** Fills the lab with what the scenario starts from. */
export async function openStart({ lab: start }: Scenario, lab: Lab): Promise<void> {
  if (start === 'none') return;
  const input = start === undefined ? { lab: 'contoso' } : typeof start === 'string' ? { lab: start } : { lab: start.name, gateway: start.gateway };
  await lab.jobs.waitFor(lab.operations.start('lab.open', input));
}

export async function walkScenario(scenario: Scenario, { lab, visit }: Walk): Promise<void> {
  await openStart(scenario, lab);
  const playground = playgroundOf(lab);
  for (const step of scenario.steps) {
    const after = 'do' in step ? await visit(step, lab) : undefined;
    const { expectations, detail } = await runStep(playground, step);
    if ('do' in step && expectations.some(({ holds }) => !holds)) throw new Error(`${step.do} ${JSON.stringify(step.input)} did not go as expected: ${JSON.stringify(detail)}`);
    await after?.();
  }
}
