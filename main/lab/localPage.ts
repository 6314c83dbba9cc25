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
  const valueOf = (row: R) => String((row as Readonly<Record<string, unknown>>)[sort?.column ?? ''] ?? '');
  if (sort !== undefined) matching.sort((a, b) => sign * valueOf(a).localeCompare(valueOf(b), 'en'));
  return { rows: matching.slice(offset, offset + limit), total: matching.length, unfilteredTotal: rows.length };
}
