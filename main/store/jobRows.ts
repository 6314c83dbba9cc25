/** Jobs, their steps and their changes, as they are handed to the job log and come back from it. */
import type { ErrorPayload } from '../../shared/contract/errors.ts';
import type { JobStatus } from '../../shared/contract/jobs.ts';

/** A job as the runner needs it. `input` and `error` are parsed JSON. */
export interface StoredJob {
  readonly id: string;
  readonly operationId: string;
  readonly input: unknown;
  readonly name: string;
  readonly status: JobStatus;
  readonly isStoppable: boolean;
  readonly error: ErrorPayload | null;
}

export interface NewJob {
  readonly id: string;
  readonly operationId: string;
  /** Anything that JSON can carry; never a secret. */
  readonly input: unknown;
  readonly name: string;
  readonly owner: string;
  readonly resultType: string;
  readonly resultId: string | null;
  readonly resultName: string;
  readonly isStoppable: boolean;
  readonly createdAt: Date;
}

export interface NewStep {
  readonly id: string;
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly isGroup: boolean;
  /** Whether the job can go on without it. */
  readonly isSkippable: boolean;
}

export interface StoredStep extends NewStep {
  readonly status: JobStatus;
  readonly isSkipped: boolean;
  /** Parsed checkpoint of the step; undefined while it left none. */
  readonly output: unknown;
}

export interface NewAuditRecord {
  readonly jobId: string;
  readonly stepId: string;
  readonly time: Date;
  readonly objectType: string;
  readonly objectId: string;
  readonly objectName: string;
  readonly property: string;
  readonly previousValue: string | null;
  readonly newValue: string | null;
}

/** `output`: anything that JSON can carry; undefined for none. */
export interface StepEnd {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly message: string;
  readonly output: unknown;
}

/** A step as it is in the end; a group has the times of its steps. */
export interface EndedStep extends NewStep {
  readonly status: JobStatus;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly message: string;
  /** Anything that JSON can carry; undefined for none. */
  readonly output: unknown;
  /** In the order in which it made them. */
  readonly changes: readonly NewAuditRecord[];
}

/** All of a job that was only inserted so far, without its steps. */
export interface JobRun {
  readonly jobId: string;
  readonly status: JobStatus;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Null: as it was inserted. */
  readonly result: { readonly type: string; readonly id: string | null; readonly name: string } | null;
  readonly steps: readonly EndedStep[];
}
