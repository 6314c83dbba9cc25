/** One attempt at one job: its steps in order, each in a transaction of its own. */
import type { ErrorPayload } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';
import { invalidationDomains, type InvalidationDomain } from '../../shared/contract/procedures.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import { endedWell, type JobRepository } from '../store/jobRepository.ts';
import { canceled, followUpFailed, jobFailed, outputOfSkipped, stepFailed } from './jobErrors.ts';
import type { JobPlan, JsonValue, StepContext, StepResult } from './plan.ts';
import type { StepChange, StepNode, StepTree } from './stepTree.ts';

export interface ExecutionServices {
  readonly repository: JobRepository;
  readonly inventory: Inventory;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Between the moment a step shows as Running and its work: lets the window breathe. Resolves at once in scenarios. */
  readonly pace: () => Promise<void>;
  readonly onChange: (domains: readonly InvalidationDomain[]) => void;
  /** Brings what follows the inventory along; what it throws ends the job. */
  readonly afterStep: (jobId: string) => void;
  /** An error that is no ConsoleError, for the log. */
  readonly onFault: (error: unknown) => void;
}

/** Why the job ends early, and what that means for its steps. */
interface Outcome {
  readonly status: 'Failed' | 'Canceled';
  readonly error: ErrorPayload;
  readonly changes: readonly StepChange[];
}

export class JobExecution {
  readonly #jobId: string;
  readonly #tree: StepTree;
  readonly #services: ExecutionServices;
  readonly #outputs: Map<string, JsonValue>;
  readonly #takeBack: JobPlan['takeBack'];
  #cancelRequested = false;
  #abandoned = false;

  /** `outputs`: checkpoints of the steps that an earlier attempt completed, by key. */
  constructor(jobId: string, tree: StepTree, outputs: ReadonlyMap<string, JsonValue>, services: ExecutionServices, takeBack?: JobPlan['takeBack']) {
    this.#jobId = jobId;
    this.#tree = tree;
    this.#outputs = new Map(outputs);
    this.#services = services;
    this.#takeBack = takeBack;
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
      this.#services.repository.begin(this.#jobId, this.#services.clock());
      const outcome = this.#resume() ?? (await this.#runSteps());
      if (this.#abandoned) return 'Failed';
      if (outcome === null) return this.#complete();
      this.#undo();
      return this.#end(outcome.status, outcome.error, outcome.changes);
    } catch (error) {
      return this.#giveUp(error);
    }
  }

  /** What was done by an earlier attempt may not have reached the simulation. */
  #resume(): Outcome | null {
    if (!this.#tree.nodes.some((node) => endedWell(node.status))) return null;
    return this.#followUp(undefined);
  }

  async #runSteps(): Promise<Outcome | null> {
    for (const node of this.#tree.pending()) {
      if (this.#abandoned) return null;
      if (this.#cancelRequested) return { status: 'Canceled', error: canceled(node), changes: this.#tree.unfinishedGroups('Canceled') };
      this.#write(this.#tree.changesFor(node, 'Running'));
      this.#notify(['job']);
      await this.#services.pace();
      if (this.#abandoned) return null;
      const failed = this.#cancelRequested ? null : await this.#prepare(node);
      if (this.#abandoned) return null;
      const outcome = failed ?? (this.#cancelRequested ? this.#cancelAt(node) : this.#perform(node));
      if (outcome) return outcome;
    }
    return null;
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

  #failed(node: StepNode, error: unknown): Outcome {
    this.#report(error);
    return { status: 'Failed', error: stepFailed(node, error), changes: this.#tree.changesFor(node, 'Failed') };
  }

  /** Rows, audit records, checkpoint and status of the step: all of them or none. */
  #perform(node: StepNode): Outcome | null {
    const { repository } = this.#services;
    let changes: readonly StepChange[];
    let output: JsonValue | undefined;
    try {
      changes = repository.transaction(() => {
        const result = node.run?.(this.#contextOf(node));
        output = checkpoint(result);
        repository.setStepResult(node.id, result?.message ?? '', output);
        const made = this.#tree.changesFor(node, result?.withInfo === true ? 'SucceedWithInfo' : 'Completed');
        this.#store(made);
        return made;
      });
    } catch (error) {
      return this.#failed(node, error);
    }
    remember(changes);
    if (output !== undefined) this.#outputs.set(node.key, output);
    return this.#followUp(node);
  }

  /** What was done goes, and its steps stand as not started, in one transaction. What goes wrong here is the runner's to give up at. */
  #undo(): void {
    const takeBack = this.#takeBack;
    const done = this.#tree.nodes.filter((node) => !node.isGroup && endedWell(node.status));
    const last = done.at(-1);
    if (takeBack === undefined || last === undefined || this.#outputs.size === 0) return;
    const changes = done.map((node): StepChange => ({ node, status: 'NotStarted' }));
    this.#services.repository.transaction(() => {
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
    const withInfo = this.#tree.nodes.some((node) => node.status === 'SucceedWithInfo');
    return this.#end(withInfo ? 'SucceedWithInfo' : 'Completed', null, []);
  }

  #end(status: JobStatus, error: ErrorPayload | null, changes: readonly StepChange[]): JobStatus {
    const { repository, clock } = this.#services;
    repository.transaction(() => {
      this.#store(changes);
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

  #write(changes: readonly StepChange[]): void {
    this.#services.repository.transaction(() => { this.#store(changes); });
    remember(changes);
  }

  #store(changes: readonly StepChange[]): void {
    const now = this.#services.clock();
    for (const { node, status } of changes) this.#services.repository.setStepStatus(node.id, status, now);
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

/** As a later attempt would read it back, so that a job behaves the same with and without a restart. */
function checkpoint(result: StepResult | undefined): JsonValue | undefined {
  if (result?.output === undefined) return undefined;
  return JSON.parse(JSON.stringify(result.output)) as JsonValue;
}

function remember(changes: readonly StepChange[]): void {
  for (const { node, status } of changes) node.status = status;
}
