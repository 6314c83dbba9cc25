/** A page of rows that are in memory already: the same order and search as lists that come from SQL. */

interface PageQuery {
  readonly offset: number;
  readonly limit: number;
  readonly sort?: { readonly column: string; readonly direction: 'asc' | 'desc' } | undefined;
  readonly filter: string;
}

interface Page<R> {
  readonly rows: R[];
  readonly total: number;
  readonly unfilteredTotal: number;
}

/** `textsOf`: what is searched. Rows that are equal in the sorted column stay in their order. */
export function pageOf<R extends object>(rows: readonly R[], { offset, limit, sort, filter }: PageQuery, textsOf: (row: R) => readonly string[]): Page<R> {
  const wanted = filter.toLowerCase();
  const matching = rows.filter((row) => wanted === '' || textsOf(row).some((text) => text.toLowerCase().includes(wanted)));
  const sign = sort?.direction === 'desc' ? -1 : 1;
  if (sort !== undefined) matching.sort((a, b) => sign * compared(valueOf(a, sort.column), valueOf(b, sort.column)));
  return { rows: matching.slice(offset, offset + limit), total: matching.length, unfilteredTotal: rows.length };
}

function valueOf(row: object, column: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[column];
}

/** Numbers by size, texts by the alphabet, whatever is neither (nothing, a list) first. */
function compared(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return textOf(a).localeCompare(textOf(b), 'en', { numeric: true });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
