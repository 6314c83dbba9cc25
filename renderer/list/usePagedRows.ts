/** Rows of a list procedure, fetched page by page as they come into view. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { ConsoleError } from '../../shared/contract/errors.ts';
import type { ProcedureInput } from '../../shared/contract/procedures.ts';
import { invoke } from '../bridge/client.ts';
import { procedureKey } from '../bridge/queries.ts';
import type { ExtraInput, ListProcedure, ListSort, RowOf } from './listTypes.ts';
import { pageSize } from './pages.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly unfilteredTotal: number;
}

interface Loaded<Row> {
  /** Identifies procedure, extra input, sort and filter. */
  readonly base: string;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
  readonly total: number;
  readonly unfilteredTotal: number;
}

export interface PagedRows<Row> {
  /** Rows that match; undefined until the first answer. */
  readonly total: number | undefined;
  readonly unfilteredTotal: number;
  readonly rowAt: (index: number) => Row | undefined;
  /** The rows shown are those of an earlier sort or filter, kept until the new ones come. */
  readonly isOutdated: boolean;
  readonly error: ConsoleError | undefined;
  readonly retry: () => void;
}

export interface PagedRowsQuery<P extends ListProcedure> {
  readonly procedure: P;
  readonly extraInput: ExtraInput<P> | undefined;
  readonly sort: ListSort | undefined;
  readonly filter: string;
  /** Page numbers to hold. */
  readonly pages: readonly number[];
}

export function usePagedRows<P extends ListProcedure>(query: PagedRowsQuery<P>): PagedRows<RowOf<P>> {
  const { procedure, extraInput, sort, filter, pages } = query;
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = pageInput(query, page);
      return { queryKey: procedureKey(procedure, input), queryFn: () => fetchPage(procedure, input) };
    }),
  });
  // The client of the bridge throws nothing but ConsoleError.
  const results = answers as UseQueryResult<Page<RowOf<P>>, ConsoleError>[];

  const base = JSON.stringify([procedure, extraInput, sort, filter]);
  const fresh = collect(base, pages, results);
  const last = useRef<Loaded<RowOf<P>> | undefined>(undefined);
  useEffect(() => {
    if (fresh !== undefined) last.current = fresh;
  });

  const known = fresh ?? last.current;
  const rows = known?.pages;
  const rowAt = useCallback((index: number) => rows?.get(Math.floor(index / pageSize))?.[index % pageSize], [rows]);
  return {
    total: known?.total,
    unfilteredTotal: known?.unfilteredTotal ?? 0,
    rowAt,
    isOutdated: known !== undefined && known.base !== base,
    error: results.find((result) => result.error !== null)?.error ?? undefined,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch();
    },
  };
}

function pageInput<P extends ListProcedure>(query: PagedRowsQuery<P>, page: number): ProcedureInput<P> {
  const { extraInput, sort, filter } = query;
  const input = { ...extraInput, offset: page * pageSize, limit: pageSize, filter, ...(sort ? { sort } : {}) };
  // The columns of the list are typed by the procedure's own sort columns, so the parts fit; TypeScript cannot see it for an open P.
  return input as unknown as ProcedureInput<P>;
}

async function fetchPage<P extends ListProcedure>(procedure: P, input: ProcedureInput<P>): Promise<Page<RowOf<P>>> {
  return (await invoke(procedure, input)) as unknown as Page<RowOf<P>>;
}

/** What the answers hold together; undefined while none has come. Totals are those of the newest answer. */
function collect<Row>(
  base: string,
  pages: readonly number[],
  results: readonly UseQueryResult<Page<Row>, ConsoleError>[],
): Loaded<Row> | undefined {
  const loaded = new Map<number, readonly Row[]>();
  let newest: { readonly at: number; readonly page: Page<Row> } | undefined;
  results.forEach((result, position) => {
    const number = pages[position];
    if (result.data === undefined || number === undefined) return;
    loaded.set(number, result.data.rows);
    if (newest === undefined || result.dataUpdatedAt > newest.at) newest = { at: result.dataUpdatedAt, page: result.data };
  });
  if (newest === undefined) return undefined;
  return { base, pages: loaded, total: newest.page.total, unfilteredTotal: newest.page.unfilteredTotal };
}
