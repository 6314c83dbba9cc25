/** One attempt at one job: its steps in order, each of them whole or not at all. */
import type { ErrorPayload } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';
import { invalidationDomains, type InvalidationDomain } from '../../shared/contract/procedures.ts';
import { endedWell } from '../store/jobRepository.ts';
import { CollectedRun } from './collectedRun.ts';
import type { ExecutionServices } from './executionServices.ts';
import { canceled, followUpFailed, jobFailed, outputOfSkipped, stepFailed } from './jobErrors.ts';
import { checkpointOf, type JobPlan, type JsonValue, type StepContext } from './plan.ts';
import type { StepChange, StepNode, StepTree } from './stepTree.ts';

/** Why the job ends early, and what that means for its steps. */
interface Outcome {
  readonly status: 'Failed' | 'Canceled';
  readonly error: ErrorPayload;
  readonly changes: readonly StepChange[];
  /** When the step began that ended the job. */
  readonly startedAt?: Date | undefined;
}

export class JobExecution {
  readonly #jobId: string;
  readonly #plan: JobPlan;
  readonly #tree: StepTree;
  readonly #services: ExecutionServices;
  readonly #outputs: Map<string, JsonValue>;
  readonly #stepsAreWritten: boolean;
  /** Since when the job runs, until its first transaction has said so. */
  #beginning: Date | null = null;
  #cancelRequested = false;
  #abandoned = false;

  /** `outputs`: checkpoints of the steps that an earlier attempt completed, by key. `stepsAreWritten`: false for a new job that nobody watches, in a temporary file. */
  constructor(jobId: string, plan: JobPlan, tree: StepTree, outputs: ReadonlyMap<string, JsonValue>, services: ExecutionServices, stepsAreWritten: boolean) {
    this.#stepsAreWritten = stepsAreWritten;
    this.#jobId = jobId;
    this.#plan = plan;
    this.#tree = tree;
    this.#outputs = new Map(outputs);
    this.#services = services;
  }

  /** Takes effect before the next step. */
  requestCancel(): void {
    this.#cancelRequested = true;
  }

  /** The process ends: not one more write. */
  abandon(): void {
    this.#abandoned = true;
  }

  /** Never rejects: whatever happens is the job's status. */
  async run(): Promise<JobStatus> {
    try {
      if (this.#abandoned) return 'Failed';
      this.#beginning = this.#services.clock();
      if (!this.#stepsAreWritten) return this.#collected(this.#beginning) ?? this.#committed(this.#beginning);
      if (this.#isUnobserved()) return this.#committed(this.#beginning);
      const outcome = this.#resume() ?? (await this.#runSteps());
      return this.#abandoned ? 'Failed' : this.#conclude(outcome);
    } catch (error) {
      return this.#giveUp(error);
    }
  }

  /** Nobody looks on between two steps, and none of them waits for anything. */
  #isUnobserved(): boolean {
    return this.#services.pace === undefined && this.#tree.pending().every(({ prepare }) => prepare === null);
  }

  /** In a temporary file, where no step is written before all have ended. Null when it has to be run step by step after all. */
  #collected(beginning: Date): JobStatus | null {
    const status = this.#cancelRequested ? null : new CollectedRun(this.#jobId, this.#plan, this.#tree, this.#services).run(beginning);
    if (status !== null) {
      this.#notify(invalidationDomains);
      return status;
    }
    this.#services.repository.insertSteps(this.#jobId, this.#tree.nodes);
    // Whatever has followed the steps goes back with them.
    this.#followUp(undefined);
    return null;
  }

  /** When the commit itself is refused, as by a full disk, nothing is done: whatever has followed the steps goes back with them. */
  #committed(beginning: Date): JobStatus {
    try {
      return this.#runAtOnce();
    } catch (error) {
      this.#beginning = beginning;
      this.#followUp(undefined);
      throw error;
    }
  }

  /**
   * All steps in one turn, and all of what they write committed together: each is still a whole (what a step that fails has written goes,
   * what those before it have written stays), but the pages that every step writes are written once. A process that dies before leaves a
   * job of which no step is done.
   */
  #runAtOnce(): JobStatus {
    return this.#services.repository.transaction(() => {
      try {
        let outcome = this.#resume();
        for (const node of this.#tree.pending()) {
          outcome ??= this.#cancelRequested ? this.#canceledBefore(node) : this.#perform(node, this.#services.clock());
        }
        return this.#conclude(outcome);
      } catch (error) {
        // Here, so that what the steps have done stays done.
        return this.#giveUp(error);
      }
    });
  }

  #conclude(outcome: Outcome | null): JobStatus {
    if (outcome === null) return this.#complete();
    this.#undo();
    return this.#end(outcome.status, outcome.error, outcome.changes, outcome.startedAt);
  }

  /** What was done by an earlier attempt may not have reached the simulation. */
  #resume(): Outcome | null {
    if (!this.#tree.nodes.some((node) => endedWell(node.status))) return null;
    return this.#followUp(undefined);
  }

  async #runSteps(): Promise<Outcome | null> {
    for (const node of this.#tree.pending()) {
      // Other jobs have their turn between two steps.
      await Promise.resolve();
      if (this.#abandoned) return null;
      if (this.#cancelRequested) return this.#canceledBefore(node);
      const startedAt = this.#services.clock();
      const failed = await this.#show(node, startedAt);
      if (this.#abandoned) return null;
      const outcome = failed ?? (this.#cancelRequested ? this.#cancelAt(node) : this.#perform(node, startedAt));
      if (outcome) return outcome;
    }
    return null;
  }

  /** Between two steps somebody may look on: then a step shows as Running before its work. Where nobody can, only its end is written. */
  async #show(node: StepNode, startedAt: Date): Promise<Outcome | null> {
    const { pace } = this.#services;
    if (pace === undefined && node.prepare === null) return null;
    const changes = this.#tree.changesFor(node, 'Running');
    this.#transaction(() => { this.#store(changes, startedAt); });
    remember(changes);
    this.#notify(['job']);
    await pace?.();
    return this.#abandoned || this.#cancelRequested ? null : await this.#prepare(node);
  }

  #canceledBefore(node: StepNode): Outcome {
    return { status: 'Canceled', error: canceled(node), changes: this.#tree.unfinishedGroups('Canceled') };
  }

  #cancelAt(node: StepNode): Outcome {
    return { status: 'Canceled', error: canceled(node), changes: this.#tree.changesFor(node, 'Canceled') };
  }

  async #prepare(node: StepNode): Promise<Outcome | null> {
    try {
      await node.prepare?.();
      return null;
    } catch (error) {
      return this.#failed(node, error);
    }
  }

  #failed(node: StepNode, error: unknown, startedAt?: Date): Outcome {
    this.#report(error);
    return { status: 'Failed', error: stepFailed(node, error), changes: this.#tree.changesFor(node, 'Failed'), startedAt };
  }

  /** Rows, audit records, checkpoint and status of the step: all of them or none. */
  #perform(node: StepNode, startedAt: Date): Outcome | null {
    const { repository, clock } = this.#services;
    let changes: readonly StepChange[];
    let output: JsonValue | undefined;
    try {
      changes = this.#transaction(() => {
        const result = node.run?.(this.#contextOf(node));
        output = checkpointOf(result);
        const status = result?.withInfo === true ? 'SucceedWithInfo' : 'Completed';
        const made = this.#tree.changesFor(node, status);
        repository.completeStep(node.id, status, { startedAt, endedAt: clock(), message: result?.message ?? '', output });
        this.#store(made.filter((change) => change.node !== node), startedAt);
        return made;
      });
    } catch (error) {
      return this.#failed(node, error, startedAt);
    }
    remember(changes);
    if (output !== undefined) this.#outputs.set(node.key, output);
    return this.#followUp(node);
  }

  /** What was done goes, and its steps stand as not started, in one transaction. What goes wrong here is the runner's to give up at. */
  #undo(): void {
    const { takeBack } = this.#plan;
    const done = this.#tree.nodes.filter((node) => !node.isGroup && endedWell(node.status));
    const last = done.at(-1);
    if (takeBack === undefined || last === undefined || this.#outputs.size === 0) return;
    const changes = done.map((node): StepChange => ({ node, status: 'NotStarted' }));
    this.#transaction(() => {
      const { message = '' } = takeBack(this.#contextOf(last));
      for (const { id } of done) this.#services.repository.setStepResult(id, `Taken back. ${message}`.trimEnd(), undefined);
      this.#store(changes);
    });
    remember(changes);
    this.#outputs.clear();
    this.#followUp(undefined);
  }

  #followUp(node: StepNode | undefined): Outcome | null {
    try {
      this.#services.afterStep(this.#jobId);
    } catch (error) {
      this.#report(error);
      return { status: 'Failed', error: followUpFailed(node, error), changes: this.#tree.unfinishedGroups('Failed') };
    } finally {
      this.#notify(invalidationDomains);
    }
    return null;
  }

  #complete(): JobStatus {
    return this.#end(this.#tree.completedStatus(), null, []);
  }

  #end(status: JobStatus, error: ErrorPayload | null, changes: readonly StepChange[], startedAt?: Date): JobStatus {
    const { repository, clock } = this.#services;
    this.#transaction(() => {
      this.#store(changes, startedAt);
      repository.finish(this.#jobId, status, error, clock());
    });
    remember(changes);
    this.#notify(invalidationDomains);
    return status;
  }

  /** The runner itself, or the disk, is at fault. If not even that can be written, the next start finds the job interrupted. */
  #giveUp(error: unknown): JobStatus {
    this.#report(error);
    try {
      return this.#end('Failed', jobFailed(error), this.#tree.unfinishedGroups('Failed'));
    } catch (second) {
      this.#report(second);
      return 'Failed';
    }
  }

  /** The first one of an attempt begins it. */
  #transaction<T>(work: () => T): T {
    const { repository, beforeSteps } = this.#services;
    const beginning = this.#beginning;
    if (beginning === null) return repository.whole(work);
    const value = repository.whole(() => {
      repository.begin(this.#jobId, beginning);
      beforeSteps?.(this.#jobId, this.#plan);
      return work();
    });
    this.#beginning = null;
    return value;
  }

  /** `startedAt`: of the step that they are about, where it was not shown as Running. */
  #store(changes: readonly StepChange[], startedAt?: Date): void {
    const now = this.#services.clock();
    for (const { node, status } of changes) this.#services.repository.setStepStatus(node.id, status, now, startedAt);
  }

  #contextOf(node: StepNode): StepContext {
    const { repository, inventory, clock, newId } = this.#services;
    const jobId = this.#jobId;
    return {
      inventory,
      output: (key) => {
        const value = this.#outputs.get(key);
        if (value !== undefined) return value;
        const source = this.#tree.nodes.find((other) => other.key === key);
        throw source?.isSkipped === true ? outputOfSkipped(node, source) : new Error(`Step "${key}" left no output for step "${node.key}"`);
      },
      audit: (entry) => { repository.addAuditRecord({ ...entry, jobId, stepId: node.id, time: clock() }); },
      setResult: (type, id, name) => { repository.setResult(jobId, type, id, name); },
      newId,
      now: clock,
    };
  }

  #notify(domains: readonly InvalidationDomain[]): void {
    try {
      this.#services.onChange(domains);
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    if (!(error instanceof Error) || error.name !== 'ConsoleError') this.#services.onFault(error);
  }
}

function remember(changes: readonly StepChange[]): void {
  for (const { node, status } of changes) node.status = status;
}
