/** Rows of a list procedure, fetched page by page as they come into view. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConsoleError } from '../../shared/contract/errors.ts';
import type { ProcedureInput } from '../../shared/contract/procedures.ts';
import { invoke } from '../bridge/client.ts';
import { procedureKey } from '../bridge/queries.ts';
import type { ExtraInput, ListProcedure, ListSort, RowOf } from './listTypes.ts';
import { pageSize, pagesToHold } from './pages.ts';
import type { RowSpan } from './rowWindow.ts';

/** Milliseconds for which pages that are no longer held stay at hand: who scrolls back at once finds them, and a journey through a long list keeps little. */
const keptFor = 20_000;
const firstPage: readonly number[] = [0];

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly unfilteredTotal: number;
}

interface Loaded<Row> {
  /** Identifies procedure, extra input, sort and filter. */
  readonly base: string;
  readonly place: string;
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
  /** Pages are on their way that were not there before. */
  readonly isLoading: boolean;
  /** `place` of the query that the rows shown are of. */
  readonly place: string | undefined;
  /** Tells which rows are seen, so that their pages are held. Always the same function. */
  readonly see: (seen: RowSpan) => void;
  readonly error: ConsoleError | undefined;
  readonly retry: () => void;
}

export interface PagedRowsQuery<P extends ListProcedure> {
  readonly procedure: P;
  readonly extraInput: ExtraInput<P> | undefined;
  readonly sort: ListSort | undefined;
  readonly filter: string;
  /** Differs where a list begins at its top again: another sort or filter, not one more row that is opened. */
  readonly place: string;
}

export function usePagedRows<P extends ListProcedure>(query: PagedRowsQuery<P>): PagedRows<RowOf<P>> {
  const { procedure, extraInput, sort, filter, place } = query;
  const [held, setHeld] = useState({ place, pages: firstPage });
  const pages = held.place === place ? held.pages : firstPage;
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = pageInput(query, page);
      return { queryKey: procedureKey(procedure, input), queryFn: () => fetchPage(procedure, input), gcTime: keptFor };
    }),
  });
  // The client of the bridge throws nothing but ConsoleError.
  const results = answers as UseQueryResult<Page<RowOf<P>>, ConsoleError>[];

  const base = JSON.stringify([procedure, extraInput, sort, filter]);
  const fresh = collect(base, place, pages, results);
  const last = useRef<Loaded<RowOf<P>> | undefined>(undefined);
  const isLoading = results.some(({ isLoading: isFirst }) => isFirst);
  // Rows of an earlier query stay until all that are asked for have come: half of them would leave holes where rows were.
  const isPartial = isLoading && last.current !== undefined && last.current.base !== base;
  const known = (isPartial ? undefined : fresh) ?? last.current;
  useEffect(() => {
    if (known !== undefined) last.current = known;
  });
  const rows = known?.pages;
  const rowAt = useCallback((index: number) => rows?.get(Math.floor(index / pageSize))?.[index % pageSize], [rows]);

  // One wish at a time: while pages are on their way, others wait, and those that were only passed by are never asked for.
  const seen = useRef<RowSpan>({ first: 0, last: 0 });
  const now = useRef<() => void>(() => undefined);
  useEffect(() => {
    now.current = () => {
      if (isLoading) return;
      const next = pagesToHold(seen.current, known?.total ?? 0, (page) => fresh?.pages.has(page) === true);
      if (held.place !== place || next.join() !== pages.join()) setHeld({ place, pages: next });
    };
    now.current();
  });
  const see = useCallback((span: RowSpan) => {
    seen.current = span;
    now.current();
  }, []);
  return {
    total: known?.total,
    unfilteredTotal: known?.unfilteredTotal ?? 0,
    rowAt,
    isOutdated: known !== undefined && known.base !== base,
    isLoading,
    place: known?.place,
    see,
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
  place: string,
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
  return { base, place, pages: loaded, total: newest.page.total, unfilteredTotal: newest.page.unfilteredTotal };
}
