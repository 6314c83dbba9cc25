/** What a job needs of the console while it runs. */
import type { InvalidationDomain } from '../../shared/contract/procedures.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import type { JobRepository } from '../store/jobRepository.ts';
import type { JobPlan } from './plan.ts';

export interface ExecutionServices {
  readonly repository: JobRepository;
  readonly inventory: Inventory;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Between the moment a step shows as Running and its work: lets the window breathe. Left out, nobody looks on, and a step shows when it has ended. */
  readonly pace?: (() => Promise<void>) | undefined;
  readonly onChange: (domains: readonly InvalidationDomain[]) => void;
  /** In the first transaction of an attempt, before any of its steps: the inventory is as the job finds it. */
  readonly beforeSteps?: ((jobId: string, plan: JobPlan) => void) | undefined;
  /** Brings what follows the inventory along; what it throws ends the job. */
  readonly afterStep: (jobId: string) => void;
  /** An error that is no ConsoleError, for the log. */
  readonly onFault: (error: unknown) => void;
}
