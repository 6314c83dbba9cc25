/** Exports that run or have ended, each in a thread of its own, so that jobs and window go on meanwhile. */
import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ConsoleError, type ErrorPayload } from '../../shared/contract/errors.ts';
import type { ExportRequest, ExportState } from '../../shared/contract/jobExport.ts';
import type { WrittenFile } from './exportFile.ts';
import { failure, sharedSize, slots, type ThreadData, type ThreadMessage } from './exportThread.ts';
import type { ExportTask } from './runExport.ts';

export interface ExportsOptions {
  /** A file; a database in memory is of one thread only. */
  readonly databasePath: string;
  readonly nativeBinding?: string | undefined;
  /** File of `exportWorker`, bundled or as it stands here; left out, nothing can be exported. */
  readonly workerFile: string | undefined;
  readonly clock: () => Date;
  /** Before a thread reads the file: commits whatever is not committed yet. */
  readonly settle: () => void;
  readonly reportFault: (error: unknown, where: string) => void;
}

interface Running {
  readonly task: ExportTask;
  readonly cells: Int32Array;
  readonly worker: Worker;
  status: ExportState['status'];
  file: WrittenFile | null;
  error: ErrorPayload | null;
  readonly ended: Promise<void>;
}

/** Ended exports that are still known, for their state and their folder. */
const keptExports = 20;

/** Milliseconds that a console which ends waits for a thread. */
const patience = 2_000;

export class Exports {
  readonly #options: ExportsOptions;
  readonly #exports = new Map<string, Running>();

  constructor(options: ExportsOptions) {
    this.#options = options;
  }

  /** Begins to write `target`; returns the id of the export. Throws ConsoleError databaseUnavailable for a database in memory. */
  start(request: ExportRequest, target: string): string {
    const { databasePath, nativeBinding, workerFile, clock } = this.#options;
    if (workerFile === undefined) throw new Error('No thread to export in was given.');
    if (databasePath === ':memory:') {
      throw new ConsoleError('databaseUnavailable', 'The job log of a lab in memory cannot be exported.', 'Open the lab from a database file.');
    }
    const draft = `${target}.${randomBytes(4).toString('hex')}.part`;
    const task: ExportTask = { ...request, databasePath: path.resolve(databasePath), nativeBinding, target, draft, exportedAt: clock().toISOString() };
    const id = randomUUID();
    this.#forgetOldest();
    this.#options.settle();
    this.#exports.set(id, this.#run(task, workerFile));
    return id;
  }

  /** Throws ConsoleError objectNotFound. */
  state(id: string): ExportState {
    const { task, cells, status, file, error } = this.#find(id);
    return {
      status,
      path: task.target,
      done: Atomics.load(cells, slots.done),
      total: Atomics.load(cells, slots.total),
      bytes: file?.bytes ?? 0,
      sha256: file?.sha256 ?? null,
      error,
    };
  }

  /** Takes effect soon; does nothing to an export that has ended. Throws ConsoleError objectNotFound. */
  cancel(id: string): void {
    Atomics.store(this.#find(id).cells, slots.canceled, 1);
  }

  /** File that an export wrote. Throws ConsoleError objectNotFound, also when there is none. */
  writtenPath(id: string): string {
    const { task, status } = this.#find(id);
    if (status !== 'completed') throw notFound(id);
    return task.target;
  }

  /** Resolves with the state in which the export ends. Throws ConsoleError objectNotFound. */
  async waitFor(id: string): Promise<ExportState> {
    await this.#find(id).ended;
    return this.state(id);
  }

  /** Before the process ends: cancels whatever runs and waits, a moment at most, until its unfinished file is gone. */
  close(): void {
    for (const { cells, task, status } of this.#exports.values()) {
      if (status !== 'running') continue;
      Atomics.store(cells, slots.canceled, 1);
      Atomics.wait(cells, slots.ended, 0, patience);
      rmSync(task.draft, { force: true });
    }
  }

  #run(task: ExportTask, workerFile: string): Running {
    const shared = new SharedArrayBuffer(sharedSize);
    const data: ThreadData = { task, shared };
    const worker = new Worker(workerFile, { workerData: data, execArgv: [] });
    let settle = (): void => undefined;
    const ended = new Promise<void>((resolve) => { settle = resolve; });
    const running: Running = { task, cells: new Int32Array(shared), worker, status: 'running', file: null, error: null, ended };
    const end = (message: ThreadMessage): void => {
      if (running.status !== 'running') return;
      this.#settle(running, message);
      settle();
    };
    worker.on('message', end);
    worker.on('error', (error) => end(failure(error)));
    worker.on('exit', () => end(failure(new Error('The thread of the export ended without a result'))));
    return running;
  }

  #settle(running: Running, message: ThreadMessage): void {
    switch (message.kind) {
      case 'written':
        running.status = 'completed';
        running.file = message.file;
        return;
      case 'canceled':
        running.status = 'canceled';
        return;
      case 'failed':
        running.status = 'failed';
        running.error = message.error;
        rmSync(running.task.draft, { force: true });
        if (message.fault !== null) this.#options.reportFault(new Error(message.fault), 'job.export');
    }
  }

  #find(id: string): Running {
    const running = this.#exports.get(id);
    if (running === undefined) throw notFound(id);
    return running;
  }

  #forgetOldest(): void {
    for (const [id, { status }] of this.#exports) {
      if (this.#exports.size < keptExports) return;
      if (status !== 'running') this.#exports.delete(id);
    }
  }
}

function notFound(id: string): ConsoleError {
  return new ConsoleError('objectNotFound', `There is no exported file of ${id.slice(0, 80)}.`, 'Export the job log again.');
}
