/** View models of jobs (fact sheet §6.1). */
import { z } from 'zod';
import { errorPayloadSchema } from './errors.ts';
import { idSchema, instantSchema, listPage, listQuery } from './lists.ts';

export const jobStatuses = ['NotStarted', 'Running', 'Completed', 'SucceedWithInfo', 'Failed', 'Canceled'] as const;
export const jobStatusSchema = z.enum(jobStatuses);
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** How VMM shows each status; only the pair for SucceedWithInfo is documented (fact sheet §6.1). */
export const jobStatusLabels: Record<JobStatus, string> = {
  NotStarted: 'Not started',
  Running: 'Running',
  Completed: 'Completed',
  SucceedWithInfo: 'Completed w/ Info',
  Failed: 'Failed',
  Canceled: 'Canceled',
};

export const jobRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  operationId: z.string(),
  status: jobStatusSchema,
  /** 0..100 */
  progress: z.number(),
  startTime: instantSchema.nullable(),
  endTime: instantSchema.nullable(),
  resultName: z.string(),
  resultType: z.string(),
  owner: z.string(),
  /** How many times it was started, restarts included. */
  attempts: z.number().int(),
  /** Of the error with which it ended; null while there is none. */
  errorCode: z.string().nullable(),
  isRestartable: z.boolean(),
  /** Its failed step may be left out at a restart. */
  canSkipLastFailedStep: z.boolean(),
  isStoppable: z.boolean(),
  /** Why it cannot be undone, as a sentence; null when it may be, unless what it changed was changed since. */
  undoRefusal: z.string().nullable(),
});
export type JobRow = z.infer<typeof jobRowSchema>;

export const jobStepSchema = z.object({
  id: idSchema,
  /** 1, 1.1, 1.2, ... */
  number: z.string(),
  name: z.string(),
  status: jobStatusSchema,
  startTime: instantSchema.nullable(),
  endTime: instantSchema.nullable(),
  /** A line of information that the step left, or empty. */
  message: z.string(),
  /** It failed, and the job went on without it. */
  isSkipped: z.boolean(),
});
export type JobStep = z.infer<typeof jobStepSchema>;

/** One changed property of one object (Change Tracking). */
export const auditRecordSchema = z.object({
  sequence: z.number().int(),
  stepNumber: z.string(),
  time: instantSchema,
  objectType: z.string(),
  objectName: z.string(),
  property: z.string(),
  previousValue: z.string().nullable(),
  newValue: z.string().nullable(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

const jobLinkSchema = z.object({ id: idSchema, name: z.string() });

export const jobDetailsSchema = jobRowSchema.extend({
  steps: z.array(jobStepSchema),
  auditRecords: z.array(auditRecordSchema),
  error: errorPayloadSchema.nullable(),
  /** The job that this one undoes, and the one that undid it. */
  undoes: jobLinkSchema.nullable(),
  undoneBy: jobLinkSchema.nullable(),
});
export type JobDetails = z.infer<typeof jobDetailsSchema>;

const filterInstant = z.iso.datetime({ message: 'Type a date and time.' });

/** What jobs are narrowed to, in the list and for an export. Everything has to hold; what is empty lets every job pass. */
export const jobFilterSchema = z.object({
  statuses: z.array(jobStatusSchema).max(16).default([]),
  /** Operations by their id, as `JobRow.operationId` has it. */
  operationIds: z.array(z.string().min(1).max(100)).max(200).default([]),
  /** The whole name, in whatever case. */
  owner: z.string().max(200).default(''),
  /** Instants in UTC. A job counts by its start, or by its creation while it waits; `to` itself is outside. */
  from: filterInstant.nullable().default(null),
  to: filterInstant.nullable().default(null),
});
export type JobFilter = z.output<typeof jobFilterSchema>;

export const jobScopeSchema = z.enum(['running', 'history', 'all']);

export const jobListQuerySchema = listQuery(['name', 'status', 'startTime', 'endTime', 'resultName', 'owner', 'operation', 'attempts', 'duration']).extend({
  scope: jobScopeSchema.default('all'),
  ...jobFilterSchema.shape,
});
export const jobListPageSchema = listPage(jobRowSchema);

/** PowerShell of a job, and what would undo it; of each pair one is null, and the other says why. */
export const jobScriptSchema = z.object({ script: z.string().nullable(), noScript: z.string().nullable(), reverse: z.string().nullable(), noReverse: z.string().nullable() });
export type JobScript = z.infer<typeof jobScriptSchema>;

/** What the filter offers: what the log has. */
export const jobFilterChoicesSchema = z.object({ operations: z.array(z.object({ id: z.string(), name: z.string() })), owners: z.array(z.string()) });

/** For the status bar. */
export const jobSummarySchema = z.object({ running: z.number().int(), failedLastHour: z.number().int() });
