/** Job logs as files: what is exported, in which format, and how far an export is. */
import { z } from 'zod';
import { errorPayloadSchema } from './errors.ts';
import { jobFilterSchema, jobScopeSchema } from './jobs.ts';
import { idSchema } from './lists.ts';

export const exportFormats = ['csv', 'jsonLines', 'html', 'xml', 'bundle'] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** How the operator meets each format. `extension` without dot. */
export const exportFormatLabels: Record<ExportFormat, { readonly name: string; readonly use: string; readonly extension: string }> = {
  csv: { name: 'CSV', use: 'For spreadsheets: a line for each job, step and change.', extension: 'csv' },
  jsonLines: { name: 'JSON Lines', use: 'For scripts: an object for each job, step and change.', extension: 'jsonl' },
  html: { name: 'HTML', use: 'To read and to print: steps as a tree, changes as tables, in one file.', extension: 'html' },
  xml: { name: 'XML', use: "For tools: the fields of VMM's job objects.", extension: 'xml' },
  bundle: { name: 'Verifiable bundle', use: 'As evidence: chained records that can be checked for changes without this console.', extension: 'jsonl' },
};

/** Which jobs. A filter is that of the list of jobs, with what is typed into its search. */
export const exportScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('jobs'), ids: z.array(idSchema).min(1).max(1000) }),
  z.object({
    kind: z.literal('filter'),
    scope: jobScopeSchema.default('all'),
    /** Searched as the list of jobs does. */
    text: z.string().max(200).default(''),
    ...jobFilterSchema.shape,
  }),
]);
export type ExportScope = z.output<typeof exportScopeSchema>;

export const exportRequestSchema = z.object({ format: exportFormatSchema, scope: exportScopeSchema });
export type ExportRequest = z.output<typeof exportRequestSchema>;

/** What a scope has at this moment. */
export const exportSizeSchema = z.object({ jobs: z.number().int(), steps: z.number().int(), changes: z.number().int() });
export type ExportSize = z.infer<typeof exportSizeSchema>;

export const exportStateSchema = z.object({
  status: z.enum(['running', 'completed', 'canceled', 'failed']),
  path: z.string(),
  /** Jobs, steps and changes that are written, of how many. */
  done: z.number().int(),
  total: z.number().int(),
  /** Size of the file, in bytes; 0 until it is complete. */
  bytes: z.number().int(),
  /** SHA-256 of the file in hex; null until it is complete. */
  sha256: z.string().nullable(),
  error: errorPayloadSchema.nullable(),
});
export type ExportState = z.infer<typeof exportStateSchema>;
