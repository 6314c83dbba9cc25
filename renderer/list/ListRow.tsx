/** One row of a list; drawn again only when something of its own changes. */
import { mergeClasses } from '@fluentui/react-components';
import { ChevronDown12Regular, ChevronRight12Regular } from '@fluentui/react-icons';
import { memo, type ReactElement } from 'react';
import { useListStyles } from './listStyles.ts';
import type { ListColumn, ListProcedure, RowOf } from './listTypes.ts';

interface ListRowProps<P extends ListProcedure> {
  readonly id: string;
  readonly index: number;
  /** Distance from the top of the body, in CSS pixels. */
  readonly top: number;
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
  const { id, index, top, row, columns, isSelected, isActive, isIndented, isOpen } = props;
  const styles = useListStyles();
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
      className={mergeClasses('hnv-list-row', styles.row, isSelected && styles.selected)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, position) => {
        if (row === undefined) return <div key={column.id} role="gridcell" aria-colindex={position + 1} className={styles.skeleton} />;
        const text = column.text(row);
        return (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={position + 1}
            title={text}
            className={mergeClasses(
              styles.cell,
              column.isMono === true && styles.mono,
              column.align === 'end' && styles.end,
              position === 0 && isIndented && styles.indented,
              position === 0 && isOpen !== undefined && styles.expandable,
            )}
          >
            {position === 0 && isOpen !== undefined && (
              <span className={styles.chevron} data-chevron aria-hidden>
                {isOpen ? <ChevronDown12Regular /> : <ChevronRight12Regular />}
              </span>
            )}
            {column.render ? column.render(row) : text}
          </div>
        );
      })}
    </div>
  );
}

// memo() forgets type parameters; the cast gives them back.
export const ListRow = memo(ListRowInner) as typeof ListRowInner;
