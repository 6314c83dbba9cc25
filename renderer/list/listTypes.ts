/** Types of the one list of the console, derived from the contract's list procedures. */
import type { ReactNode } from 'react';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../shared/contract/procedures.ts';

export type ListProcedure = Extract<ProcedureName, `${string}.list`>;

interface Rows {
  readonly map: { [P in ListProcedure]: ProcedureOutput<P>['rows'][number] };
  readonly sort: { [P in ListProcedure]: NonNullable<ProcedureInput<P>['sort']>['column'] };
  readonly extra: { [P in ListProcedure]: Omit<ProcedureInput<P>, 'offset' | 'limit' | 'sort' | 'filter'> };
}

export type RowOf<P extends ListProcedure> = Rows['map'][P];
export type SortColumnOf<P extends ListProcedure> = Rows['sort'][P];
/** What a list procedure takes besides paging, sorting and filter. */
export type ExtraInput<P extends ListProcedure> = Rows['extra'][P];

export interface ListColumn<P extends ListProcedure> {
  /** Unique in the list; widths are remembered by it. */
  readonly id: string;
  readonly header: string;
  /** Not shown until somebody chooses it. */
  readonly isOptional?: boolean;
  /** Width at first, in CSS pixels. */
  readonly width: number;
  /** Numbers go to the end. */
  readonly align?: 'start' | 'end';
  /** Addresses: tabular monospaced face. */
  readonly isMono?: boolean;
  /** Column of the contract to sort by; left out, the column cannot be sorted. */
  readonly sortBy?: SortColumnOf<P>;
  /** Plain text of the cell: shown unless `render` is given, and the tooltip of a cut cell. */
  readonly text: (row: RowOf<P>) => string;
  readonly render?: (row: RowOf<P>) => ReactNode;
}

/** Rows that are opened to show others below them. */
export interface Expansion<R> {
  /** Undefined for a row with nothing below it. */
  readonly isOpen: (row: R) => boolean | undefined;
  readonly toggle: (row: R) => void;
}

/** What an empty list says: what this is, and what to do first. */
export interface EmptyState {
  readonly title: string;
  readonly description: string;
}

export interface ListSort {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}
