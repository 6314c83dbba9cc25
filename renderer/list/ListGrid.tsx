/**
 * Header and rows of a list, of which only those in view are in the document. What is in view is known here alone, so that scrolling draws nothing else.
 *
 * Keyboard: arrows, Home, End, Page Up and Down move the selection; Enter opens; the context menu key or Shift+F10 shows the menu.
 */
import { mergeClasses } from '@fluentui/react-components';
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject } from 'react';
import type { MenuPoint } from './CommandContextMenu.tsx';
import { ListRow } from './ListRow.tsx';
import './listRows.css';
import { headerHeight, rowHeight, useListStyles } from './listStyles.ts';
import type { Expansion, ListColumn, ListProcedure, RowOf } from './listTypes.ts';
import { indexAfterKey } from './pages.ts';
import { drawnRows, isDrawnNow, isFilled, scrollTopToSee, type RowSpan } from './rowWindow.ts';
import type { PagedRows } from './usePagedRows.ts';
import { useRowWindow } from './useRowWindow.ts';
import { useSettled } from './useSettled.ts';

/** Milliseconds of waiting that are not shown. */
const quietWait = 200;

interface ListGridProps<P extends ListProcedure> {
  readonly elementId: string;
  readonly captionId: string;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly paged: PagedRows<RowOf<P>>;
  /** The same element as long as it shows the same. */
  readonly header: ReactNode;
  readonly columns: readonly ListColumn<P>[];
  /** Tracks of the grid. */
  readonly template: string;
  readonly getRowId: (row: RowOf<P>) => string;
  readonly isIndented: ((row: RowOf<P>) => boolean) | undefined;
  readonly expansion: Expansion<RowOf<P>> | undefined;
  readonly selectedId: string | null;
  readonly onSelect: (row: RowOf<P>) => void;
  readonly onOpen: ((row: RowOf<P>) => void) | undefined;
  /** The menu of the selected row is wanted. */
  readonly onMenu: (at: MenuPoint) => void;
  /** These rows are seen now. Must be the same function from render to render. */
  readonly onSeen: (seen: RowSpan) => void;
  /** Instead of rows. */
  readonly children: ReactNode;
}

export function ListGrid<P extends ListProcedure>(props: ListGridProps<P>) {
  const { elementId, scroller, columns, getRowId, expansion, selectedId, onSelect, onOpen, onSeen } = props;
  const { total, rowAt, isOutdated, place } = props.paged;
  const styles = useListStyles();
  const [activeIndex, setActiveIndex] = useState(-1);
  const wantedView = useRowWindow(scroller);
  const { seen } = wantedView;
  const isRushing = wantedView.motion === 'rushing';
  const lastView = useRef(wantedView);
  const view = isDrawnNow(wantedView, total ?? 0, (index) => rowAt(index) !== undefined) ? wantedView : lastView.current;
  useLayoutEffect(() => {
    lastView.current = view;
  }, [view]);
  const drawn = drawnRows(view, total ?? 0);
  useLayoutEffect(() => {
    if (!isRushing) onSeen(seen);
  }, [seen, isRushing, onSeen]);

  // Another order, filter or scope starts at its top, when its rows are there.
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActiveIndex(-1);
  }, [scroller, place]);

  const items = Array.from({ length: drawn.last - drawn.first + 1 }, (_, position) => {
    const index = drawn.first + position;
    return { index, row: isFilled(view, index) ? rowAt(index) : undefined };
  });
  const selectedIndex = selectedId === null ? -1 : (items.find(({ row }) => row !== undefined && getRowId(row) === selectedId)?.index ?? -1);
  const currentIndex = selectedIndex >= 0 ? selectedIndex : activeIndex;
  const isWaiting = isOutdated || view !== wantedView || items.some(({ row }) => row === undefined);
  const isLongWait = useSettled(isWaiting, quietWait) && isWaiting;

  // The selected row as it is now: details and commands follow a refetch, and a key may have moved to a row that had not come yet.
  const activeRow = activeIndex >= 0 ? rowAt(activeIndex) : undefined;
  const selectedRow = selectedIndex >= 0 ? rowAt(selectedIndex) : undefined;
  const reported = useRef<RowOf<P> | undefined>(undefined);
  const pendingRow = useRef(false);
  useEffect(() => {
    const row = pendingRow.current ? activeRow : selectedRow;
    if (row === undefined || isOutdated || row === reported.current) return;
    pendingRow.current = false;
    reported.current = row;
    onSelect(row);
  }, [activeRow, selectedRow, isOutdated, onSelect]);

  const moveTo = (index: number) => {
    setActiveIndex(index);
    const row = rowAt(index);
    pendingRow.current = row === undefined;
    if (row === undefined) return;
    reported.current = row;
    onSelect(row);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const box = document.getElementById(rowElementId(elementId, currentIndex))?.getBoundingClientRect();
      if (box) props.onMenu({ x: box.left + 24, y: box.bottom });
      return;
    }
    const current = currentIndex >= 0 ? rowAt(currentIndex) : undefined;
    if (event.key === 'Enter') {
      if (current !== undefined) onOpen?.(current);
      return;
    }
    if (current !== undefined && turns(event.key, expansion?.isOpen(current))) {
      event.preventDefault();
      expansion?.toggle(current);
      return;
    }
    const { clientHeight, scrollTop } = event.currentTarget;
    const next = indexAfterKey(event.key, currentIndex, total ?? 0, Math.floor((clientHeight - headerHeight) / rowHeight));
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.scrollTop = scrollTopToSee(next, scrollTop, clientHeight);
    moveTo(next);
  };
  const onClick = (event: MouseEvent) => {
    const index = indexOf(event);
    if (index === undefined) return;
    moveTo(index);
    const row = rowAt(index);
    if (row !== undefined && isOnChevron(event)) expansion?.toggle(row);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const index = isOnChevron(event) ? undefined : indexOf(event);
    const row = index === undefined ? undefined : rowAt(index);
    if (row !== undefined) onOpen?.(row);
  };
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    const index = indexOf(event);
    if (index === undefined || rowAt(index) === undefined) return;
    moveTo(index);
    props.onMenu({ x: event.clientX, y: event.clientY });
  };

  const isCurrentDrawn = currentIndex >= drawn.first && currentIndex <= drawn.last;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-labelledby={props.captionId}
      aria-rowcount={(total ?? 0) + 1}
      aria-colcount={columns.length}
      aria-busy={total === undefined || isOutdated}
      aria-activedescendant={isCurrentDrawn ? rowElementId(elementId, currentIndex) : undefined}
      tabIndex={0}
      data-list-grid
      data-expandable={expansion === undefined ? undefined : ''}
      className={mergeClasses('hnv-list-grid', styles.grid)}
      style={{ '--list-columns': props.template } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      {props.header}
      <div
        role="rowgroup"
        className={mergeClasses(styles.body, isOutdated && isLongWait && styles.outdated)}
        style={{ height: (total ?? 0) * rowHeight }}
        data-waiting={isLongWait ? '' : undefined}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
      >
        {items.map(({ index, row }) => (
          <ListRow
            key={index + view.keyOffset}
            id={rowElementId(elementId, index)}
            index={index}
            row={row}
            columns={columns}
            isSelected={index === selectedIndex}
            isActive={index === currentIndex}
            isIndented={row !== undefined && props.isIndented?.(row) === true}
            isOpen={row === undefined ? undefined : expansion?.isOpen(row)}
          />
        ))}
      </div>
      {props.children}
    </div>
  );
}

function rowElementId(elementId: string, index: number): string {
  return `${elementId}-row-${index}`;
}

function indexOf(event: MouseEvent): number | undefined {
  const text = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]')?.dataset['index'] : undefined;
  return text === undefined ? undefined : Number(text);
}

function isOnChevron(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('[data-chevron]') !== null;
}

/** Right opens, left closes, as in a tree. */
function turns(key: string, isOpen: boolean | undefined): boolean {
  return (key === 'ArrowRight' && isOpen === false) || (key === 'ArrowLeft' && isOpen === true);
}
