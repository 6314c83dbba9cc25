/** Lists are procedures: paged, sorted and filtered in SQL, never in the window. */
import { z } from 'zod';

/** Input of every list procedure over columns `columns`. Rows come from `offset`, at most `limit`. */
export function listQuery<const C extends readonly [string, ...string[]]>(columns: C) {
  return z.object({
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(500).default(200),
    sort: z
      .object({ column: z.enum(columns), direction: z.enum(['asc', 'desc']) })
      .optional(),
    /** Substring of any shown text column, case-insensitive; empty for all. */
    filter: z.string().max(200).default(''),
  });
}

/** Output of every list procedure. */
export function listPage<R extends z.ZodType>(row: R) {
  return z.object({
    rows: z.array(row),
    /** Rows that match the filter. */
    total: z.number().int(),
    /** Rows without any filter. */
    unfilteredTotal: z.number().int(),
  });
}

export const idSchema = z.string().min(1).max(64);

/** Text of an ISO 8601 instant in UTC. */
export const instantSchema = z.string();
