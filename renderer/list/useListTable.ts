/**
 * Columns of a list: order, width, sort. TanStack Table keeps that state; it holds no rows, because these live page by page in the
 * query cache and are sorted in SQL.
 */
import {
  columnResizingFeature,
  columnSizingFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ColumnSizingState,
  type SortingState,
} from '@tanstack/react-table';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { readListPreferences, writeListPreferences } from '../shell/preferences.ts';
import { chosenColumns } from './columnChoice.ts';
import type { ListColumn, ListProcedure, ListSort } from './listTypes.ts';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, rowSortingFeature });
type NoRow = Record<string, never>;
const noRows: NoRow[] = [];

const minimumWidth = 48;

/** Widths, sort, and which columns of list `listId` are shown in which order are remembered. `columns`: all that can be shown. */
export function useListTable<P extends ListProcedure>(listId: string, columns: readonly ListColumn<P>[]) {
  const [columnSizing, setColumnSizing] = useState<ColumnSizingState>(() => readListPreferences(listId).widths);
  const [sorting, setSorting] = useState<SortingState>(() => rememberedSorting(listId, columns));
  const [chosen, setChosen] = useState<readonly string[] | undefined>(() => readListPreferences(listId).columns);
  const shown = useMemo(() => chosenColumns(columns, chosen), [columns, chosen]);
  const definitions = useMemo(() => shown.map(definitionOf), [shown]);
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    state: { columnSizing, sorting },
    onColumnSizingChange: setColumnSizing,
    onSortingChange: setSorting,
    columnResizeMode: 'onChange',
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    sortDescFirst: false,
  });

  useEffect(() => {
    if (columnSizing !== readListPreferences(listId).widths) writeListPreferences(listId, { widths: columnSizing });
  }, [listId, columnSizing]);
  const sort = useMemo(() => sortOf(sorting, columns), [sorting, columns]);
  useEffect(() => {
    const [first] = sorting;
    if (first !== undefined) writeListPreferences(listId, { sort: { column: first.id, direction: first.desc ? 'desc' : 'asc' } });
  }, [listId, sorting]);

  const choose = useCallback(
    (ids: readonly string[] | undefined) => {
      setChosen(ids);
      writeListPreferences(listId, { columns: ids === undefined ? undefined : [...ids] });
    },
    [listId],
  );
  return { table, sort, shown, choose, template: gridTemplate(shown, columnSizing) };
}

export type ListTable = ReturnType<typeof useListTable>['table'];

function definitionOf<P extends ListProcedure>(column: ListColumn<P>): ColumnDef<typeof features, NoRow> {
  return {
    id: column.id,
    header: column.header,
    size: column.width,
    minSize: minimumWidth,
    enableSorting: column.sortBy !== undefined,
    // Sorting needs an accessor to count as possible; nothing is ever read through it.
    accessorFn: () => '',
  };
}

function rememberedSorting<P extends ListProcedure>(listId: string, columns: readonly ListColumn<P>[]): SortingState {
  const { sort } = readListPreferences(listId);
  const isKnown = columns.some((column) => column.id === sort?.column && column.sortBy !== undefined);
  return sort !== undefined && isKnown ? [{ id: sort.column, desc: sort.direction === 'desc' }] : [];
}

function sortOf<P extends ListProcedure>(sorting: SortingState, columns: readonly ListColumn<P>[]): ListSort | undefined {
  const [first] = sorting;
  const column = columns.find((candidate) => candidate.id === first?.id)?.sortBy;
  if (first === undefined || column === undefined) return undefined;
  return { column, direction: first.desc ? 'desc' : 'asc' };
}

/** The last column takes what is left. */
function gridTemplate<P extends ListProcedure>(columns: readonly ListColumn<P>[], sizing: ColumnSizingState): string {
  return columns
    .map((column, position) => {
      const width = Math.max(minimumWidth, sizing[column.id] ?? column.width);
      return position === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}
