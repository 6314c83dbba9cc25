/** Snapshots of the whole lab, what differs between two of them, and labs that come from files. */
import { z } from 'zod';
import { idSchema, instantSchema, listPage, listQuery } from './lists.ts';

const ref = z.string().trim().min(1, 'Choose a snapshot.').max(256);
const text = z.string().trim().max(1024).default('');

export const createSnapshotInputSchema = z.object({ name: text, description: text });
export const snapshotInputSchema = z.object({ snapshot: ref });
export const importLabInputSchema = z.object({ preparation: idSchema.describe('What was read from the file; it stands until another file is read') });

export const snapshotRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  /** Taken by the console before it replaced the inventory. */
  isAutomatic: z.boolean(),
  createdAt: instantSchema,
  bytes: z.number().int(),
  /** Jobs in the log at that time. */
  jobs: z.number().int(),
});
export type SnapshotRow = z.infer<typeof snapshotRowSchema>;

export const snapshotListQuerySchema = listQuery(['name', 'createdAt', 'bytes', 'jobs', 'isAutomatic']);
export const snapshotListPageSchema = listPage(snapshotRowSchema);

/** What differs between a snapshot and now: what would come back with `before`, and what would go with `after`. */
export const snapshotDifferenceRowSchema = z.object({
  /** Unique in the list. */
  key: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  kind: z.string(),
  name: z.string(),
  /** Empty for an object that was added or removed as a whole. */
  property: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type SnapshotDifferenceRow = z.infer<typeof snapshotDifferenceRowSchema>;

/** `other`: another snapshot; left out, the lab as it is now. */
export const snapshotDifferencesQuerySchema = listQuery(['kind', 'name', 'property', 'change']).extend({ id: idSchema, other: idSchema.optional() });
export const snapshotDifferencesPageSchema = listPage(snapshotDifferenceRowSchema);

const objectCount = z.object({ label: z.string(), count: z.number().int() });

/** Something of a file that could not be taken over. `place`: in the file, such as `VMNetworks[3].Name`. */
const importRemarkSchema = z.object({ place: z.string(), reason: z.string() });
export type ImportRemark = z.infer<typeof importRemarkSchema>;

/** What no inventory of a VMM tells, and what therefore was given anew. `values`: which, or where they come from. */
const madeAnewSchema = z.object({ what: z.string(), count: z.number().int(), values: z.string() });
export type MadeAnew = z.infer<typeof madeAnewSchema>;

/** What a file holds that is to be imported. `preparation` is null when the dialog or the reading was canceled. */
export const importPreviewSchema = z.object({
  preparation: idSchema.nullable(),
  path: z.string(),
  labName: z.string(),
  counts: z.array(objectCount),
  /** What is in the console now, and would be replaced. */
  current: z.object({ labName: z.string(), counts: z.array(objectCount) }),
  /** Of a VMM inventory: what was not understood. `total` counts also those that are not in the list. Null of a lab file, which is understood as a whole. */
  notUnderstood: z.object({ total: z.number().int(), remarks: z.array(importRemarkSchema) }).nullable(),
  /** Empty of a lab file. */
  madeAnew: z.array(madeAnewSchema),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** How far the file is that is being read: `done` of `total` parts. */
export const importProgressSchema = z.object({
  fileName: z.string(),
  stage: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  /** It takes so long that the operator wants to see this. */
  isLong: z.boolean(),
});
export type ImportProgress = z.infer<typeof importProgressSchema>;
