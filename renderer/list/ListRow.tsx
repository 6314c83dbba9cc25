/** One row of a list; drawn again only when something of its own changes. */
import { ChevronDown12Regular, ChevronRight12Regular } from '@fluentui/react-icons';
import { memo, type ReactElement, type ReactNode } from 'react';
import { rowHeight } from './listStyles.ts';
import type { ListColumn, ListProcedure, RowOf } from './listTypes.ts';

interface ListRowProps<P extends ListProcedure> {
  readonly id: string;
  readonly index: number;
  /** Undefined while its page is on the way. */
  readonly row: RowOf<P> | undefined;
  readonly columns: readonly ListColumn<P>[];
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly isIndented: boolean;
  /** Whether rows below it are shown; undefined where there are none. */
  readonly isOpen: boolean | undefined;
}

function ListRowInner<P extends ListProcedure>(props: ListRowProps<P>): ReactElement {
  const { id, index, row, columns, isSelected, isActive, isIndented, isOpen } = props;
  return (
    <div
      role="row"
      id={id}
      // The header is row 1.
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-description={isOpen === undefined ? undefined : isOpen ? 'Open, close with the left arrow key' : 'Closed, open with the right arrow key'}
      aria-busy={row === undefined ? true : undefined}
      data-index={index}
      data-active={isActive ? '' : undefined}
      className="hnv-list-row"
      style={{ transform: `translateY(${index * rowHeight}px)` }}
    >
      {columns.map((column, position) => {
        // Cells of a row that is waited for are there already: to fill them costs less than to make them.
        const text = row === undefined ? '' : column.text(row);
        const content = row !== undefined && column.render ? column.render(row) : text;
        const isFirst = position === 0;
        return (
          <div key={column.id} role="gridcell" aria-colindex={position + 1} title={text === '' ? undefined : text} className={cellClass(column, isFirst && isIndented)}>
            {isFirst ? <FirstCell isOpen={isOpen}>{content}</FirstCell> : content}
          </div>
        );
      })}
    </div>
  );
}

function FirstCell({ isOpen, children }: { readonly isOpen: boolean | undefined; readonly children: ReactNode }) {
  if (isOpen === undefined) return children;
  return (
    <>
      <span className="hnv-list-chevron" data-chevron aria-hidden>
        {isOpen ? openChevron : closedChevron}
      </span>
      {children}
    </>
  );
}

// One element for all rows: React does not look into what is the same as before.
const openChevron = <ChevronDown12Regular />;
const closedChevron = <ChevronRight12Regular />;

function cellClass<P extends ListProcedure>({ isMono, align }: ListColumn<P>, isIndented: boolean): string {
  return `hnv-list-cell${isMono === true ? ' hnv-list-cell-mono' : ''}${align === 'end' ? ' hnv-list-cell-end' : ''}${isIndented ? ' hnv-list-cell-indented' : ''}`;
}

// memo() forgets type parameters; the cast gives them back.
export const ListRow = memo(ListRowInner) as typeof ListRowInner;
