/** What an operation hands to the job runner. */
import type { Inventory } from '../store/inventory/inventory.ts';
import type { NewAuditRecord } from '../store/jobRows.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A property that a step changed; null where there was or is nothing. */
export type AuditEntry = Omit<NewAuditRecord, 'jobId' | 'stepId' | 'time'>;

/** What a step can use. All its writes are in the step's own transaction. */
export interface StepContext {
  readonly inventory: Inventory;
  /** Output of an earlier step of this job, by key; throws when that step left none, ConsoleError stepWasSkipped when it was skipped. */
  readonly output: (key: string) => JsonValue;
  readonly audit: (entry: AuditEntry) => void;
  /** Names the object that the job is about, once a step has made it. */
  readonly setResult: (type: string, id: string | null, name: string) => void;
  /** A new GUID, lower case, without braces. */
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface StepResult {
  /** A line for the operator. */
  readonly message?: string;
  /** The step did its work but has something to say: the job ends as Completed w/ Info. */
  readonly withInfo?: boolean;
  /** Kept in the checkpoint for later steps. */
  readonly output?: JsonValue;
}

/** The output of a step as a later attempt would read it back, so that a job behaves the same with and without a restart. */
export function checkpointOf(result: StepResult | undefined): JsonValue | undefined {
  return result?.output === undefined ? undefined : (JSON.parse(JSON.stringify(result.output)) as JsonValue);
}

export interface StepDefinition {
  /** Unique in the job and stable between versions. */
  readonly key: string;
  /** 1, 1.1, 1.2, ...: a step without `run` is the parent of those below it. */
  readonly number: string;
  readonly name: string;
  /** Work outside the inventory that has to be done right before `run` and may take its time; what it throws fails the job. Done again by a restart. */
  readonly prepare?: () => Promise<void>;
  /** Synchronous: runs inside one SQLite transaction. Throws ConsoleError to fail the job. */
  readonly run?: (context: StepContext) => StepResult | undefined;
  /** Whether the job can go on without it after it failed: nothing behind it builds on its work. Left out, it cannot. */
  readonly skippable?: boolean;
  /** Keys of earlier steps whose output this step reads: none of these can be skipped. */
  readonly uses?: readonly string[];
}

export interface JobPlan {
  readonly name: string;
  readonly resultType: string;
  readonly resultId: string | null;
  readonly resultName: string;
  /** Ids of the objects that no other job may touch meanwhile, or `wholeInventory`. */
  readonly locks: readonly string[];
  readonly steps: readonly StepDefinition[];
  /**
   * Takes back what the steps have done when one of them fails or the job is canceled, in one transaction; all steps begin anew on a restart.
   * Left out, what is done stays done. Asked for only after a step left an output: until then nothing may have changed.
   */
  readonly takeBack?: (context: StepContext) => StepResult;
  /** False when the job must not be canceled halfway; left out, it may. */
  readonly stoppable?: boolean;
}

/** A lock that stands against every other job. */
export const wholeInventory = '*';

/** Makes the plan of a job again from its stored input, for restart. */
export type JobPlanner = (operationId: string, input: unknown) => JobPlan;
