/** Entry of the thread in which a file is read to be imported. It ends with that. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { importFailure, type ImportMessage, type ImportTask } from './importThread.ts';
import { stageImport } from './stageImport.ts';

const tell = (message: ImportMessage): void => parentPort?.postMessage(message);

try {
  const surroundings = { newId: randomUUID, now: () => new Date() };
  tell({ kind: 'staged', staged: stageImport(workerData as ImportTask, surroundings, (stage) => tell({ kind: 'stage', stage })) });
} catch (error) {
  tell(importFailure(error));
}
