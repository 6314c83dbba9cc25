/** Runs jobs: queue, locks, restart, cancel, and what is left after the process died. */
import type { JobStatus } from '../../shared/contract/jobs.ts';
import { endedWell, type JobRepository } from '../store/jobRepository.ts';
import type { NewStep, StoredJob, StoredStep } from '../store/jobRows.ts';
import { canceled, interrupted, jobFailed, notCancelable, notFound, notRestartable, notSkippable, skippedText } from './jobErrors.ts';
import type { ExecutionServices } from './executionServices.ts';
import { JobExecution } from './jobExecution.ts';
import { LockQueue } from './lockQueue.ts';
import type { JobPlan, JobPlanner, JsonValue } from './plan.ts';
import { isSkippable, stepToSkip } from './skipping.ts';
import { StepTree, type StepNode } from './stepTree.ts';

export interface JobRunnerOptions extends Omit<ExecutionServices, 'onFault'> {
  readonly planner: JobPlanner;
  /** Who starts the jobs, as the list shows it. */
  readonly owner: string;
  /** Ids of jobs and steps; left out, `newId` gives them too. */
  readonly newLogId?: (() => string) | undefined;
  readonly onFault?: ((error: unknown) => void) | undefined;
}

export interface RestartOptions {
  /** Goes on as if the step that failed had been done. */
  readonly skipLastFailedStep?: boolean;
}

/** A job that waits or runs in this process. */
interface ActiveJob {
  readonly id: string;
  plan: JobPlan;
  /** Its steps as they were just written, or will be; undefined when they have to be read. */
  tree: StepTree | undefined;
  stepsAreWritten: boolean;
  /** Had to wait for others, which may have changed what its plan was made from. */
  waited: boolean;
  execution: JobExecution | null;
  readonly done: Promise<JobStatus>;
  readonly settle: (status: JobStatus) => void;
}

export class JobRunner {
  readonly #repository: JobRepository;
  #services: ExecutionServices;
  readonly #planner: JobPlanner;
  readonly #owner: string;
  readonly #newLogId: () => string;
  readonly #queue = new LockQueue();
  readonly #active = new Map<string, ActiveJob>();

  constructor(options: JobRunnerOptions) {
    this.#repository = options.repository;
    this.#planner = options.planner;
    this.#owner = options.owner;
    this.#newLogId = options.newLogId ?? options.newId;
    this.#services = { ...options, onFault: options.onFault ?? (() => undefined) };
  }

  /** Jobs that begin from now on take their time, because somebody looks on. */
  setPace(pace: () => Promise<void>): void {
    this.#services = { ...this.#services, pace };
  }

  /** Writes the job and queues it; returns its id at once. `input` is what the planner gets on a restart: JSON without secrets. */
  start(operationId: string, input: unknown, plan: JobPlan): string {
    const { clock } = this.#services;
    const id = this.#newLogId();
    const tree = new StepTree(nodesOf(plan, [], this.#newLogId));
    const { name, resultType, resultId, resultName } = plan;
    const stepsAreWritten = !this.#canCollect(plan);
    this.#repository.insert(
      { id, operationId, input, name, owner: this.#owner, resultType, resultId, resultName, isStoppable: plan.stoppable ?? true, createdAt: clock() },
      stepsAreWritten ? tree.nodes.map(rowOf) : [],
    );
    this.#enqueue(id, plan, { tree, stepsAreWritten });
    return id;
  }

  /** Ends a job before its next step. Throws objectNotFound or jobNotCancelable. */
  cancel(jobId: string): void {
    const job = this.#find(jobId);
    const active = this.#active.get(jobId);
    if (!active || !job.isStoppable) throw notCancelable(job);
    this.#repository.requestCancel(jobId);
    if (active.execution) {
      active.execution.requestCancel();
    } else {
      const next = this.#repository.steps(jobId).find(isPending);
      this.#repository.finish(jobId, 'Canceled', canceled(next), this.#services.clock());
      this.#leave(active, 'Canceled');
    }
    this.#services.onChange(['job']);
  }

  /**
   * Goes on after the last completed step, or behind the one that failed. Throws objectNotFound, jobNotRestartable,
   * stepNotSkippable, or what the planner throws; then the job stands as it did.
   */
  restart(jobId: string, { skipLastFailedStep = false }: RestartOptions = {}): void {
    const job = this.#find(jobId);
    if (this.#active.has(jobId) || (job.status !== 'Failed' && job.status !== 'Canceled')) throw notRestartable(job);
    const plan = this.#planner(job.operationId, job.input);
    this.#repository.transaction(() => {
      if (skipLastFailedStep) this.#skipFailedStep(job, plan);
      this.#placeSteps(jobId, plan);
      this.#repository.requeue(jobId, plan.stoppable ?? true);
    });
    this.#enqueue(jobId, plan);
  }

  /** At start: whatever a dead process left waiting or running becomes Failed. Returns the ids of these jobs. */
  recover(): readonly string[] {
    const ids = this.#repository.unfinishedIds().filter((id) => !this.#active.has(id));
    for (const id of ids) this.#interrupt(id);
    if (ids.length > 0) this.#services.onChange(['job']);
    return ids;
  }

  /** Before the store closes: no further step; jobs that wait or run become Failed (interrupted) and can be restarted. */
  stop(): void {
    for (const active of [...this.#active.values()]) {
      active.execution?.abandon();
      this.#interrupt(active.id);
      this.#leave(active, 'Failed', false);
    }
  }

  /** Resolves when nothing waits or runs. */
  async whenIdle(): Promise<void> {
    while (this.#active.size > 0) await Promise.all([...this.#active.values()].map(({ done }) => done));
  }

  /** Resolves with the status in which the job ends. Throws objectNotFound. */
  async waitFor(jobId: string): Promise<JobStatus> {
    return this.#active.get(jobId)?.done ?? this.#find(jobId).status;
  }

  #skipFailedStep(job: StoredJob, plan: JobPlan): void {
    const found = stepToSkip(plan, this.#repository.steps(job.id));
    if ('refusal' in found) throw notSkippable(job, found.refusal);
    this.#repository.skipStep(found.step.id, skippedText(this.#owner, job.error));
  }

  #find(jobId: string): StoredJob {
    const job = this.#repository.find(jobId);
    if (!job) throw notFound(jobId);
    return job;
  }

  /** Whether all steps can be written when the last has ended: nobody sees them before, and whoever needs them after the process died has no file. */
  #canCollect(plan: JobPlan): boolean {
    return this.#repository.isTemporary && this.#services.pace === undefined && plan.steps.every(({ prepare }) => prepare === undefined);
  }

  /** `tree`: the steps of a job that is new. */
  #enqueue(id: string, plan: JobPlan, { tree, stepsAreWritten }: Pick<ActiveJob, 'tree' | 'stepsAreWritten'> = { tree: undefined, stepsAreWritten: true }): void {
    const { promise, resolve } = withResolver<JobStatus>();
    this.#active.set(id, { id, plan, tree, stepsAreWritten, waited: false, execution: null, done: promise, settle: resolve });
    this.#queue.add(id, plan.locks);
    this.#services.onChange(['job']);
    this.#beginReady();
    const active = this.#active.get(id);
    if (!active || active.execution) return;
    active.waited = true;
    this.#writeSteps(active);
  }

  #writeSteps(active: ActiveJob): void {
    if (active.stepsAreWritten) return;
    this.#repository.insertSteps(active.id, active.tree?.nodes.map(rowOf) ?? []);
    active.stepsAreWritten = true;
  }

  #beginReady(): void {
    for (const id of this.#queue.takeReady()) {
      const active = this.#active.get(id);
      if (active) this.#begin(active);
    }
  }

  #begin(active: ActiveJob): void {
    try {
      if (active.waited && !this.#planAgain(active)) return;
      const stored = active.tree === undefined ? this.#repository.steps(active.id) : [];
      const tree = active.tree ?? new StepTree(nodesOf(active.plan, stored, this.#newLogId));
      active.execution = new JobExecution(active.id, active.plan, tree, outputsOf(stored), this.#services, active.stepsAreWritten);
    } catch (error) {
      this.#writeSteps(active);
      this.#repository.finish(active.id, 'Failed', jobFailed(error), this.#services.clock());
      this.#leave(active, 'Failed');
      return;
    }
    void this.#execute(active, active.execution);
  }

  async #execute(active: ActiveJob, execution: JobExecution): Promise<void> {
    // The caller of `start` gets the id before the first step runs.
    await Promise.resolve();
    const status = await execution.run();
    if (this.#active.get(active.id) === active) this.#leave(active, status);
  }

  /** A plan is made from the inventory as it is; those it waited for have changed that. False when it has to wait on. */
  #planAgain(active: ActiveJob): boolean {
    const job = this.#find(active.id);
    const plan = this.#planner(job.operationId, job.input);
    this.#repository.transaction(() => { this.#placeSteps(active.id, plan); });
    active.plan = plan;
    active.tree = undefined;
    return this.#queue.exchange(active.id, plan.locks);
  }

  /** Steps of the new plan; those that ended well are kept by their key with status, times and checkpoint. */
  #placeSteps(jobId: string, plan: JobPlan): void {
    const { clock } = this.#services;
    const tree = new StepTree(nodesOf(plan, this.#repository.steps(jobId), this.#newLogId));
    this.#repository.replaceSteps(jobId, tree.nodes.map(rowOf));
    for (const node of tree.nodes) {
      if (!node.isGroup && endedWell(node.status)) continue;
      this.#repository.setStepStatus(node.id, node.status, clock());
      this.#repository.setStepResult(node.id, '', undefined);
    }
  }

  #interrupt(jobId: string): void {
    const { clock } = this.#services;
    this.#repository.transaction(() => {
      const job = this.#find(jobId);
      const steps = this.#repository.steps(jobId);
      const running = steps.filter((step) => step.status === 'Running');
      for (const step of running) this.#repository.setStepStatus(step.id, 'Failed', clock());
      const error = interrupted(running.find((step) => !step.isGroup), steps.find(isPending), job.status === 'Running');
      this.#repository.finish(jobId, 'Failed', error, clock());
    });
  }

  #leave(active: ActiveJob, status: JobStatus, beginNext = true): void {
    this.#active.delete(active.id);
    this.#queue.remove(active.id);
    active.settle(status);
    if (beginNext) this.#beginReady();
  }
}

/** The steps of a plan, with id and status of the stored step of the same key where it ended well. */
function nodesOf(plan: JobPlan, stored: readonly StoredStep[], newId: () => string): readonly StepNode[] {
  const byKey = new Map(stored.map((step) => [step.key, step]));
  const nodes = plan.steps.map((definition): StepNode => {
    const known = byKey.get(definition.key);
    const isGroup = definition.run === undefined;
    return {
      id: known?.id ?? newId(),
      key: definition.key,
      number: definition.number,
      name: definition.name,
      isGroup,
      isSkippable: isSkippable(plan, definition),
      isSkipped: known?.isSkipped ?? false,
      prepare: definition.prepare ?? null,
      run: definition.run ?? null,
      status: known && !isGroup && endedWell(known.status) ? known.status : 'NotStarted',
    };
  });
  new StepTree(nodes).settleGroups();
  return nodes;
}

function rowOf({ id, key, number, name, isGroup, isSkippable: skippable }: StepNode): NewStep {
  return { id, key, number, name, isGroup, isSkippable: skippable };
}

function outputsOf(stored: readonly StoredStep[]): ReadonlyMap<string, JsonValue> {
  const outputs = new Map<string, JsonValue>();
  for (const step of stored) {
    if (endedWell(step.status) && step.output !== undefined) outputs.set(step.key, step.output as JsonValue);
  }
  return outputs;
}

function isPending(step: StoredStep): boolean {
  return !step.isGroup && !endedWell(step.status);
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => { resolve = settle; });
  return { promise, resolve };
}
