/** Reads files to be imported, one at a time, in a thread of its own: the window and the simulation go on meanwhile, and the operator can break it off. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { ImportProgress } from '../../../shared/contract/snapshots.ts';
import type { BuildSurroundings } from '../../operations/lab/buildLab.ts';
import { removeDatabase } from '../../store/snapshots/inventoryFile.ts';
import { importFailure, type ImportMessage, type ImportStage, type ImportTask, type StagedImport } from './importThread.ts';
import { stageImport } from './stageImport.ts';

export interface ImportReaderOptions extends BuildSurroundings {
  /** File of `importWorker`, bundled or as it stands here; left out, files are read in the thread that asks. */
  readonly workerFile: string | undefined;
  readonly reportFault: (error: unknown, where: string) => void;
}

interface Reading {
  readonly task: ImportTask;
  /** Milliseconds of the process. */
  readonly startedAt: number;
  stage: ImportStage;
  /** Ends the reading without a result. */
  readonly cancel: () => void;
}

/** Milliseconds after which an operator wants to see how far it is. */
const longAfter = 1_000;

export class ImportReader {
  readonly #options: ImportReaderOptions;
  #reading: Reading | undefined;

  constructor(options: ImportReaderOptions) {
    this.#options = options;
  }

  /** Null when it was canceled, also by the next file; then, and when it throws, there is no database. Throws ConsoleError importFileInvalid or databaseUnavailable. */
  async read(task: ImportTask): Promise<StagedImport | null> {
    const { workerFile, ...surroundings } = this.#options;
    this.cancel();
    if (workerFile === undefined) return stageImport(task, surroundings, () => undefined);
    return this.#readInThread(task, workerFile);
  }

  /** Of the file that is being read; null when none is. */
  progress(): ImportProgress | null {
    if (this.#reading === undefined) return null;
    const { task, startedAt, stage } = this.#reading;
    return { fileName: path.basename(task.source), stage: stage.name, done: stage.done, total: stage.total, isLong: performance.now() - startedAt >= longAfter };
  }

  /** Does nothing when no file is being read. */
  cancel(): void {
    this.#reading?.cancel();
  }

  #readInThread(task: ImportTask, workerFile: string): Promise<StagedImport | null> {
    const worker = new Worker(workerFile, { workerData: task, execArgv: [] });
    return new Promise((resolve, reject) => {
      const end = (): boolean => {
        if (this.#reading !== reading) return false;
        this.#reading = undefined;
        return true;
      };
      const remove = (): void => removeDatabase(task.target);
      const reading: Reading = {
        task,
        startedAt: performance.now(),
        stage: { name: '', done: 0, total: 1 },
        cancel: () => {
          if (!end()) return;
          // What the thread was about to write goes when it no longer writes.
          void worker.terminate().then(remove, remove);
          resolve(null);
        },
      };
      const take = (message: ImportMessage): void => {
        if (this.#reading !== reading) return;
        if (message.kind === 'stage') {
          reading.stage = message.stage;
          return;
        }
        end();
        if (message.kind === 'staged') resolve(message.staged);
        else reject(this.#refusal(message));
      };
      this.#reading = reading;
      worker.on('message', take);
      worker.on('error', (error) => { take(importFailure(error)); });
      worker.on('exit', () => { take(importFailure(new Error('The thread that read the file ended without a result'))); });
    });
  }

  #refusal({ error, fault }: Extract<ImportMessage, { readonly kind: 'failed' }>): ConsoleError {
    if (fault !== null) this.#options.reportFault(new Error(fault), 'lab.prepareImport');
    return ConsoleError.fromPayload(error);
  }
}
