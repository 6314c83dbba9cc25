/** Scenarios that the window plays, each in a thread of its own and on a lab of its own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { ScenarioRunState, ScenarioStepState } from '../../shared/contract/scenarios.ts';
import type { RunProgress } from './run.ts';
import { resultFiles, type RunMessage, type RunTask } from './runThread.ts';

export interface RunsOptions {
  /** File of `scenarioWorker`, bundled or as it stands here. */
  readonly workerFile: string;
  readonly labsFolder: string;
  readonly nativeBinding: string | undefined;
  /** Where the folders of the runs are made; left out, the system's place. */
  readonly temporaryFolder?: string | undefined;
  /** Milliseconds, for how long something takes. */
  readonly now: () => number;
  readonly reportFault: (error: unknown, where: string) => void;
}

interface Run {
  readonly file: string;
  readonly folder: string;
  readonly worker: Worker;
  readonly startedAt: number;
  endedAt: number | undefined;
  stepStartedAt: number;
  title: string;
  status: ScenarioRunState['status'];
  problem: string | null;
  /** Replaced as the run goes on. */
  steps: ScenarioStepState[];
  done: number;
  failed: number;
}

/** Ended runs that are still known, for their results. */
const keptRuns = 5;
/** Steps that the window is shown of a longer scenario: so many failed ones, and so many around the one that runs. */
const shown = { all: 300, failed: 100, near: 100 } as const;

export class ScenarioRuns {
  readonly #options: RunsOptions;
  readonly #runs = new Map<string, Run>();

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  start(file: string): string {
    this.#forgetOldest();
    const { workerFile, labsFolder, nativeBinding, temporaryFolder, now } = this.#options;
    const folder = mkdtempSync(path.join(temporaryFolder ?? tmpdir(), 'hnv-run-'));
    const task: RunTask = { file, folder, labsFolder, nativeBinding };
    const worker = new Worker(workerFile, { workerData: task, execArgv: [] });
    const startedAt = now();
    const run: Run = { file, folder, worker, startedAt, endedAt: undefined, stepStartedAt: startedAt, title: '', status: 'running', problem: null, steps: [], done: 0, failed: 0 };
    worker.on('message', (message: RunMessage) => this.#take(run, message));
    worker.on('error', (error: Error) => this.#break(run, error));
    worker.on('exit', () => this.#end(run, 'broken', 'The thread of the scenario ended without a result.'));
    const id = randomUUID();
    this.#runs.set(id, run);
    return id;
  }

  /** Throws ConsoleError objectNotFound. */
  state(id: string): ScenarioRunState {
    const { file, title, status, problem, startedAt, endedAt, steps, done, failed } = this.#find(id);
    return { file, title, status, problem, elapsedMs: Math.round((endedAt ?? this.#options.now()) - startedAt), total: steps.length, done, failed, steps: excerpt(steps, done) };
  }

  /** Does nothing to a run that has ended. Throws ConsoleError objectNotFound. */
  cancel(id: string): void {
    this.#cancel(this.#find(id));
  }

  /** Throws ConsoleError objectNotFound, also while there is no result. */
  result(id: string, format: 'json' | 'junit'): string {
    const { folder, status } = this.#find(id);
    if (status !== 'passed' && status !== 'failed') throw notFound(id);
    return readFileSync(path.join(folder, 'out', resultFiles[format]), 'utf8');
  }

  /** Before the process ends: nothing of the runs stays. */
  close(): void {
    for (const run of this.#runs.values()) this.#forget(run);
    this.#runs.clear();
  }

  #take(run: Run, message: RunMessage): void {
    if (run.status !== 'running') return;
    switch (message.kind) {
      case 'progress':
        this.#follow(run, message.progress);
        return;
      case 'ended':
        this.#end(run, message.passed ? 'passed' : 'failed', null);
        return;
      case 'invalid':
        this.#end(run, 'invalid', message.reason);
        return;
      case 'broken':
        this.#break(run, new Error(message.reason));
    }
  }

  #follow(run: Run, progress: RunProgress): void {
    const now = this.#options.now();
    if (progress.kind === 'loaded') {
      run.title = progress.title;
      run.steps = progress.steps.map((step) => ({ ...step, state: 'waiting', elapsedMs: 0, failures: [] }));
      return;
    }
    const at = progress.number - 1;
    const step = run.steps[at];
    if (step === undefined) return;
    if (progress.kind === 'began') {
      run.stepStartedAt = now;
      run.steps[at] = { ...step, state: 'running' };
      return;
    }
    run.done += 1;
    if (!progress.passed) run.failed += 1;
    run.steps[at] = { ...step, title: progress.title, state: progress.passed ? 'passed' : 'failed', elapsedMs: Math.round(now - run.stepStartedAt), failures: [...progress.failures] };
  }

  #break(run: Run, error: Error): void {
    if (run.status === 'running') this.#options.reportFault(error, 'scenario');
    this.#end(run, 'broken', `The scenario runner failed: ${error.message}`);
  }

  #end(run: Run, status: ScenarioRunState['status'], problem: string | null): void {
    if (run.status !== 'running') return;
    run.status = status;
    run.problem = problem;
    run.endedAt = this.#options.now();
    // The step that ran when a thread ended stands still.
    run.steps = run.steps.map((step) => (step.state === 'running' ? { ...step, state: 'waiting' } : step));
  }

  #cancel(run: Run): void {
    if (run.status !== 'running') return;
    this.#end(run, 'canceled', null);
    void run.worker.terminate();
  }

  #find(id: string): Run {
    const run = this.#runs.get(id);
    if (run === undefined) throw notFound(id);
    return run;
  }

  #forgetOldest(): void {
    const ended = [...this.#runs].filter(([, { status }]) => status !== 'running');
    for (const [id, run] of ended.slice(0, Math.max(ended.length - keptRuns + 1, 0))) {
      this.#forget(run);
      this.#runs.delete(id);
    }
  }

  /** The folder goes when the thread no longer writes into it. */
  #forget(run: Run): void {
    this.#cancel(run);
    const remove = (): void => rmSync(run.folder, { recursive: true, force: true, maxRetries: 3 });
    void run.worker.terminate().then(remove, remove);
    remove();
  }
}

function excerpt(steps: readonly ScenarioStepState[], done: number): ScenarioStepState[] {
  if (steps.length <= shown.all) return [...steps];
  const failed = new Set(steps.filter(({ state }) => state === 'failed').slice(0, shown.failed));
  return steps.filter((step, at) => failed.has(step) || Math.abs(at - done) <= shown.near);
}

function notFound(id: string): ConsoleError {
  return new ConsoleError('objectNotFound', `There is no result of a scenario run ${id.slice(0, 80)}.`, 'Run the scenario again.');
}
