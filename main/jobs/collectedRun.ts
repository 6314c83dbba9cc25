/**
 * All steps of a new job in one go, with their log kept in memory until the last of them has ended well: then each row is written once,
 * as it is in the end, and no step needs a savepoint. Both together are half of what the log of a job costs.
 */
import type { JobStatus } from '../../shared/contract/jobs.ts';
import type { EndedStep, NewAuditRecord } from '../store/jobRows.ts';
import type { ExecutionServices } from './executionServices.ts';
import { checkpointOf, type JobPlan, type JsonValue, type StepContext } from './plan.ts';
import type { StepNode, StepTree } from './stepTree.ts';

interface StepTimes {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export class CollectedRun {
  readonly #jobId: string;
  readonly #plan: JobPlan;
  readonly #tree: StepTree;
  readonly #services: ExecutionServices;
  readonly #outputs = new Map<string, JsonValue>();
  readonly #times = new Map<StepNode, StepTimes>();
  readonly #messages = new Map<StepNode, string>();
  readonly #changes = new Map<StepNode, NewAuditRecord[]>();
  #result: { readonly type: string; readonly id: string | null; readonly name: string } | null = null;

  constructor(jobId: string, plan: JobPlan, tree: StepTree, services: ExecutionServices) {
    this.#jobId = jobId;
    this.#plan = plan;
    this.#tree = tree;
    this.#services = services;
  }

  /**
   * Null when something went wrong: then nothing is done and the tree is as it was, so that the job can be run step by step, which
   * leaves what has to be left of it.
   */
  run(startedAt: Date): JobStatus | null {
    try {
      return this.#services.repository.transaction(() => {
        this.#services.beforeSteps?.(this.#jobId, this.#plan);
        for (const node of this.#tree.pending()) this.#perform(node);
        return this.#write(startedAt);
      });
    } catch {
      // Whoever runs it again meets the same error, and reports it.
      for (const node of this.#tree.nodes) node.status = 'NotStarted';
      return null;
    }
  }

  #perform(node: StepNode): void {
    const { clock, afterStep } = this.#services;
    const startedAt = clock();
    const result = node.run?.(this.#contextOf(node));
    const output = checkpointOf(result);
    if (output !== undefined) this.#outputs.set(node.key, output);
    this.#messages.set(node, result?.message ?? '');
    const endedAt = clock();
    for (const { node: changed, status } of this.#tree.changesFor(node, result?.withInfo === true ? 'SucceedWithInfo' : 'Completed')) {
      changed.status = status;
      this.#times.set(changed, { startedAt: this.#times.get(changed)?.startedAt ?? startedAt, endedAt: status === 'Running' ? null : endedAt });
    }
    afterStep(this.#jobId);
  }

  #write(startedAt: Date): JobStatus {
    const { repository, clock } = this.#services;
    const status = this.#tree.completedStatus();
    repository.writeRun({ jobId: this.#jobId, status, startedAt, endedAt: clock(), result: this.#result, steps: this.#tree.nodes.map((node) => this.#ended(node)) });
    return status;
  }

  #ended(node: StepNode): EndedStep {
    const { id, key, number, name, isGroup, isSkippable, status } = node;
    const { startedAt, endedAt } = this.#times.get(node) ?? { startedAt: null, endedAt: null };
    return { id, key, number, name, isGroup, isSkippable, status, startedAt, endedAt, message: this.#messages.get(node) ?? '', output: this.#outputs.get(key), changes: this.#changes.get(node) ?? [] };
  }

  #contextOf(node: StepNode): StepContext {
    const { inventory, clock, newId } = this.#services;
    const changes: NewAuditRecord[] = [];
    this.#changes.set(node, changes);
    return {
      inventory,
      output: (key) => {
        const value = this.#outputs.get(key);
        if (value === undefined) throw new Error(`Step "${key}" left no output for step "${node.key}"`);
        return value;
      },
      audit: (entry) => { changes.push({ ...entry, jobId: this.#jobId, stepId: node.id, time: clock() }); },
      setResult: (type, id, name) => { this.#result = { type, id, name }; },
      newId,
      now: clock,
    };
  }
}
