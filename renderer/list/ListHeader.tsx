/** Column headers: sort by clicking, resize by dragging the edge or with Shift and the arrow keys, move by dragging or with Alt, Shift and the arrow keys. */
import { mergeClasses, useArrowNavigationGroup } from '@fluentui/react-components';
import { ArrowDown12Regular, ArrowUp12Regular } from '@fluentui/react-icons';
import { memo, type KeyboardEvent } from 'react';
import { useListStyles } from './listStyles.ts';
import type { ListColumn, ListProcedure } from './listTypes.ts';
import type { ListTable } from './useListTable.ts';

/** Pixels by which one key press changes a width. */
const keyboardStep = 16;
/** Type of what is dragged: nothing else can be dropped on a header. */
const draggedColumn = 'application/x-hnv-column';

interface ListHeaderProps<P extends ListProcedure> {
  readonly table: ListTable;
  readonly columns: readonly ListColumn<P>[];
  /** Puts a column in the place of another. Must be the same function from render to render. */
  readonly onMove: (id: string, to: number) => void;
}

type Header = ReturnType<ListTable['getFlatHeaders']>[number];

function ListHeaderInner<P extends ListProcedure>({ table, columns, onMove }: ListHeaderProps<P>) {
  const styles = useListStyles();
  const arrows = useArrowNavigationGroup({ axis: 'horizontal' });
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.header} {...arrows}>
        {table.getFlatHeaders().map((header, position) => (
          <HeaderCell key={header.id} table={table} header={header} position={position} label={columns[position]?.header ?? ''} isEnd={columns[position]?.align === 'end'} onMove={onMove} />
        ))}
      </div>
    </div>
  );
}

/** Drawn again when widths, sort or columns change, and not with every page that comes. The table is another object each time, its state is not. */
export const ListHeader = memo(
  ListHeaderInner,
  (before, after) => before.table.state === after.table.state && before.columns === after.columns && before.onMove === after.onMove,
) as typeof ListHeaderInner;

interface HeaderCellProps {
  readonly table: ListTable;
  readonly header: Header;
  readonly position: number;
  readonly label: string;
  readonly isEnd: boolean;
  readonly onMove: (id: string, to: number) => void;
}

function HeaderCell({ table, header, position, label, isEnd, onMove }: HeaderCellProps) {
  const styles = useListStyles();
  const { column } = header;
  const sorted = column.getIsSorted();
  const resize = (width: number) => table.setColumnSizing((sizing) => ({ ...sizing, [column.id]: Math.max(48, Math.round(width)) }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) onMove(column.id, position + (event.key === 'ArrowRight' ? 1 : -1));
    else resize(column.getSize() + (event.key === 'ArrowRight' ? keyboardStep : -keyboardStep));
  };
  return (
    <div role="columnheader" aria-colindex={position + 1} aria-sort={ariaSort(sorted)} className={styles.headerCell}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(draggedColumn)) event.preventDefault();
      }}
      onDrop={(event) => {
        const id = event.dataTransfer.getData(draggedColumn);
        if (id !== '') onMove(id, position);
      }}
    >
      <button
        type="button"
        className={mergeClasses(styles.headerButton, isEnd && styles.end)}
        title={label}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(draggedColumn, column.id);
          event.dataTransfer.effectAllowed = 'move';
        }}
        onClick={() => {
          if (column.getCanSort()) column.toggleSorting(sorted === 'asc');
        }}
        onKeyDown={onKeyDown}
      >
        <span className={styles.headerText}>{label}</span>
        {sorted === 'asc' && <ArrowUp12Regular aria-hidden />}
        {sorted === 'desc' && <ArrowDown12Regular aria-hidden />}
      </button>
      <div
        aria-hidden
        className={mergeClasses(styles.resizer, column.getIsResizing() && styles.resizing)}
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => column.resetSize()}
      />
    </div>
  );
}

function ariaSort(sorted: false | 'asc' | 'desc'): 'none' | 'ascending' | 'descending' {
  switch (sorted) {
    case 'asc':
      return 'ascending';
    case 'desc':
      return 'descending';
    case false:
      return 'none';
  }
}
