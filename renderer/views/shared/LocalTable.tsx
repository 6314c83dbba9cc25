/** A table over rows that are already here: steps, change records, sessions. Only the rows in sight are in the document. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowSortDown16Regular, ArrowSortUp16Regular } from '@fluentui/react-icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';

const rowHeight = 28;

const useStyles = makeStyles({
  root: { overflow: 'auto', minHeight: 0, fontSize: '13px', lineHeight: '20px', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  row: { display: 'grid', alignItems: 'center', height: `${rowHeight}px`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, boxSizing: 'border-box' },
  bodyRow: { position: 'absolute', insetInlineStart: 0, insetInlineEnd: 0, top: 0, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  head: { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold, fontSize: '12px' },
  body: { position: 'relative' },
  cell: { padding: '0 8px', minWidth: 0, overflow: 'hidden', whiteSpace: 'nowrap', textOverflow: 'ellipsis' },
  end: { textAlign: 'end' },
  sort: {
    padding: 0,
    border: 'none',
    backgroundColor: 'transparent',
    color: 'inherit',
    font: 'inherit',
    display: 'inline-flex',
    alignItems: 'center',
    maxWidth: '100%',
    overflow: 'hidden',
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  address: { fontFamily: tokens.fontFamilyMonospace, fontVariantNumeric: 'tabular-nums', fontSize: '12px' },
});

export interface LocalColumn<R> {
  readonly header: string;
  /** A track of the grid: `96px`, `minmax(120px, 1fr)`. */
  readonly width: string;
  readonly kind?: 'text' | 'number' | 'address';
  readonly render: (row: R) => ReactNode;
  /** Left out, the table cannot be sorted by it. */
  readonly sortBy?: string;
}

export interface LocalSort {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

interface LocalTableProps<R> {
  readonly label: string;
  readonly columns: readonly LocalColumn<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string | number;
  readonly className?: string;
  /** How the rows stand now, and what a click on a header asks for: whoever gives the rows sorts them. */
  readonly sort?: LocalSort;
  readonly onSort?: (sort: LocalSort) => void;
}

export function LocalTable<R>({ label, columns, rows, rowKey, className, sort, onSort }: LocalTableProps<R>) {
  const styles = useStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });
  const tracks = columns.map(({ width }) => width).join(' ');
  const cellClass = (column: LocalColumn<R>) => mergeClasses(styles.cell, column.kind === 'number' && styles.end, column.kind === 'address' && styles.address);
  return (
    <div ref={scroller} role="table" aria-label={label} aria-rowcount={rows.length + 1} tabIndex={0} className={mergeClasses(styles.root, className)}>
      <div style={{ minWidth: leastWidth(columns) }}>
        <div role="row" aria-rowindex={1} className={mergeClasses(styles.row, styles.head)} style={{ gridTemplateColumns: tracks }}>
          {columns.map((column) => (
            <span key={column.header} role="columnheader" className={mergeClasses(styles.cell, column.kind === 'number' && styles.end)} {...ariaSort(column, sort)}>
              {column.sortBy === undefined || onSort === undefined ? column.header : <SortButton header={column.header} column={column.sortBy} sort={sort} onSort={onSort} />}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={index + 2}
                className={mergeClasses(styles.row, styles.bodyRow)}
                style={{ gridTemplateColumns: tracks, transform: `translateY(${start}px)` }}
              >
                {columns.map((column) => (
                  <span key={column.header} role="cell" className={cellClass(column)}>
                    {column.render(row)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function ariaSort<R>({ sortBy }: LocalColumn<R>, sort: LocalSort | undefined): { 'aria-sort'?: 'ascending' | 'descending' } {
  if (sortBy === undefined || sort?.column !== sortBy) return {};
  return { 'aria-sort': sort.direction === 'asc' ? 'ascending' : 'descending' };
}

interface SortButtonProps {
  readonly header: string;
  readonly column: string;
  readonly sort: LocalSort | undefined;
  readonly onSort: (sort: LocalSort) => void;
}

function SortButton({ header, column, sort, onSort }: SortButtonProps) {
  const styles = useStyles();
  const isSorted = sort?.column === column;
  const next = isSorted && sort.direction === 'asc' ? 'desc' : 'asc';
  return (
    <button type="button" className={styles.sort} onClick={() => onSort({ column, direction: next })}>
      {header}
      {isSorted && (sort.direction === 'asc' ? <ArrowSortUp16Regular aria-hidden /> : <ArrowSortDown16Regular aria-hidden />)}
    </button>
  );
}

/** Below the sum of the least widths of its columns the table scrolls sideways. */
function leastWidth<R>(columns: readonly LocalColumn<R>[]): number {
  return columns.reduce((sum, { width }) => sum + Number(/(\d+)px/.exec(width)?.[1] ?? 0), 0);
}
