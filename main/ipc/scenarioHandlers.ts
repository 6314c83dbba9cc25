/** The part of the contract that records and plays scenarios. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { Handlers } from './router.ts';
import type { ScenarioDesk } from './scenarioDesk.ts';

/** What these handlers need of the world around the lab. */
export interface ScenarioSurroundings {
  readonly scenarios: ScenarioDesk;
  /** Asks the operator for a file name; null when canceled. */
  askSavePath(proposedName: string, kind: { name: string; extensions: string[] }): Promise<string | null>;
  /** Asks the operator for a file to open; null when canceled. */
  askOpenPath(kind: { name: string; extensions: string[] }): Promise<string | null>;
}

type ScenarioHandlers = Pick<
  Handlers,
  | 'scenario.startRecording'
  | 'scenario.recording'
  | 'scenario.saveRecording'
  | 'scenario.discardRecording'
  | 'scenario.run'
  | 'scenario.runAgain'
  | 'scenario.cancelRun'
  | 'scenario.saveResult'
>;

const scenarioKind = { name: 'Scenario', extensions: ['yaml', 'yml'] };
const resultKinds = {
  json: { file: 'result.json', name: 'Result', extensions: ['json'] },
  junit: { file: 'junit.xml', name: 'JUnit XML', extensions: ['xml'] },
} as const;

export function scenarioHandlers(surroundings: ScenarioSurroundings): ScenarioHandlers {
  const { scenarios } = surroundings;
  return {
    'scenario.startRecording': () => {
      scenarios.startRecording();
      return scenarios.recording();
    },
    'scenario.recording': () => scenarios.recording(),
    /** Asks first: a canceled dialog leaves the recording running. */
    'scenario.saveRecording': async ({ withExpectations }) => {
      const { text, steps } = scenarios.recordingText(withExpectations);
      const path = await surroundings.askSavePath('recorded.yaml', scenarioKind);
      if (path === null) return { path, steps };
      await writeWhole(path, text);
      scenarios.discardRecording();
      return { path, steps };
    },
    'scenario.discardRecording': () => {
      scenarios.discardRecording();
      return {};
    },
    'scenario.run': async () => {
      const file = await surroundings.askOpenPath(scenarioKind);
      return { runId: file === null ? null : scenarios.run(file) };
    },
    'scenario.runAgain': ({ id }) => ({ runId: scenarios.run(scenarios.runState(id).file) }),
    'scenario.cancelRun': ({ id }) => {
      scenarios.cancelRun(id);
      return {};
    },
    'scenario.saveResult': async ({ id, format }) => {
      const text = scenarios.runResult(id, format);
      const { file, name, extensions } = resultKinds[format];
      const path = await surroundings.askSavePath(file, { name, extensions: [...extensions] });
      if (path !== null) await writeWhole(path, text);
      return { path };
    },
  };
}

/** Written beside its place and moved there, so that a full disk leaves no half file under the name. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.part`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw new ConsoleError('fileNotWritten', `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`, 'Choose a folder in which you may write and that has room.');
  }
}
