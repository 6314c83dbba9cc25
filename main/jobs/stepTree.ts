/** The steps of one job as a tree with statuses: 1, 1.1, 1.2, 2, ... */
import type { JobStatus } from '../../shared/contract/jobs.ts';
import { endedWell } from '../store/jobRepository.ts';
import type { NewStep } from '../store/jobRows.ts';
import type { StepDefinition } from './plan.ts';

export interface StepNode extends NewStep {
  readonly prepare: NonNullable<StepDefinition['prepare']> | null;
  readonly run: NonNullable<StepDefinition['run']> | null;
  /** It failed, and the operator had the job go on without it. */
  readonly isSkipped: boolean;
  status: JobStatus;
}

/** A status that a step is to get. */
export interface StepChange {
  readonly node: StepNode;
  readonly status: JobStatus;
}

export class StepTree {
  readonly nodes: readonly StepNode[];
  readonly #byNumber: ReadonlyMap<string, StepNode>;

  /** Throws Error when keys or numbers repeat, or a step stands before its parent: a fault of the operation. */
  constructor(nodes: readonly StepNode[]) {
    const byNumber = new Map<string, StepNode>();
    const keys = new Set<string>();
    for (const node of nodes) {
      const parent = parentNumber(node.number);
      if (byNumber.has(node.number) || keys.has(node.key)) throw new Error(`Step ${node.number} "${node.key}" stands twice in its plan`);
      if (parent !== null && byNumber.get(parent)?.isGroup !== true) throw new Error(`Step ${node.number} has no parent step before it`);
      byNumber.set(node.number, node);
      keys.add(node.key);
    }
    this.nodes = nodes;
    this.#byNumber = byNumber;
  }

  /** Steps that do something and have not ended well yet, in order. */
  pending(): readonly StepNode[] {
    return this.nodes.filter((node) => !node.isGroup && !endedWell(node.status));
  }

  /** What it means that a step gets a status: the change itself, then those of its parents. Changes nothing yet. */
  changesFor(node: StepNode, status: JobStatus): readonly StepChange[] {
    const changes: StepChange[] = [{ node, status }];
    const statusNow = (other: StepNode) => changes.find((change) => change.node === other)?.status ?? other.status;
    for (let parent = this.#parentOf(node); parent; parent = this.#parentOf(parent)) {
      const rolledUp = rollUp(this.#childrenOf(parent).map(statusNow));
      if (rolledUp !== parent.status) changes.push({ node: parent, status: rolledUp });
    }
    return changes;
  }

  /** The status of a job whose steps have all ended well. */
  completedStatus(): 'Completed' | 'SucceedWithInfo' {
    return this.nodes.some((node) => node.status === 'SucceedWithInfo') ? 'SucceedWithInfo' : 'Completed';
  }

  /** Parents that would be left Running when the job ends as `status` between two steps. */
  unfinishedGroups(status: JobStatus): readonly StepChange[] {
    return this.nodes.filter((node) => node.isGroup && node.status === 'Running').map((node) => ({ node, status }));
  }

  /** For a tree that waits to run: a group whose steps have all ended well stands so, any other has not started. */
  settleGroups(): void {
    for (const node of [...this.nodes].reverse()) {
      if (!node.isGroup) continue;
      const status = rollUp(this.#childrenOf(node).map((child) => child.status));
      node.status = endedWell(status) ? status : 'NotStarted';
    }
  }

  #parentOf(node: StepNode): StepNode | undefined {
    const number = parentNumber(node.number);
    return number === null ? undefined : this.#byNumber.get(number);
  }

  #childrenOf(parent: StepNode): readonly StepNode[] {
    return this.nodes.filter((node) => parentNumber(node.number) === parent.number);
  }
}

/** The status of a parent, from those of its children. */
function rollUp(statuses: readonly JobStatus[]): JobStatus {
  if (statuses.includes('Failed')) return 'Failed';
  if (statuses.includes('Canceled')) return 'Canceled';
  if (statuses.every(endedWell)) return statuses.includes('SucceedWithInfo') ? 'SucceedWithInfo' : 'Completed';
  return statuses.every((status) => status === 'NotStarted') ? 'NotStarted' : 'Running';
}

function parentNumber(number: string): string | null {
  const dot = number.lastIndexOf('.');
  return dot < 0 ? null : number.slice(0, dot);
}
