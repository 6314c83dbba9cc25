/** Entry of the thread in which a scenario from the window is played: on a lab of its own, so that the open one stays as it is. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { BadInput } from './badInput.ts';
import { runScenario } from './run.ts';
import { resultFiles, type RunMessage, type RunTask } from './runThread.ts';

const { file, folder, labsFolder, nativeBinding } = workerData as RunTask;
const tell = (message: RunMessage): void => parentPort?.postMessage(message);

async function play(): Promise<void> {
  try {
    const passed = await runScenario({
      file,
      databasePath: undefined,
      temporaryFolder: folder,
      outputFolder: path.join(folder, 'out'),
      junitFile: path.join(folder, 'out', resultFiles.junit),
      seed: undefined,
      labsFolder,
      nativeBinding,
      say: () => undefined,
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      environment: process.env,
    });
    tell({ kind: 'ended', passed });
  } catch (error) {
    if (error instanceof BadInput) tell({ kind: 'invalid', reason: error.message });
    else tell({ kind: 'broken', reason: error instanceof Error ? error.message : String(error) });
  }
}

void play();
