/**
 * The one list of the console: virtualized rows over a paged list procedure. It asks SQL for order, filter and pages, and never holds
 * more than the pages around what is seen.
 *
 * Keyboard: arrows, Home, End, Page Up and Down move the selection; Enter opens; the context menu key or Shift+F10 shows the menu.
 */
import { mergeClasses, SearchBox } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { Command } from '../shell/command.ts';
import { CommandContextMenu, type MenuPoint } from './CommandContextMenu.tsx';
import { ListHeader } from './ListHeader.tsx';
import { ListRow } from './ListRow.tsx';
import { ColumnMenu } from './ColumnMenu.tsx';
import { movedColumn } from './columnChoice.ts';
import { EmptyList, ListError, NothingFound } from './ListStates.tsx';
import { headerHeight, rowHeight, useListStyles } from './listStyles.ts';
import type { EmptyState, ExtraInput, ListColumn, ListProcedure, RowOf } from './listTypes.ts';
import { indexAfterKey, pagesAround } from './pages.ts';
import { useListTable } from './useListTable.ts';
import { usePagedRows } from './usePagedRows.ts';
import { useSettled } from './useSettled.ts';

/** Rows drawn beyond the visible ones. */
const overscan = 8;
/** Milliseconds without typing before the search is asked. */
const filterDelay = 150;
/** Milliseconds without scrolling before far pages are asked. */
const scrollDelay = 40;

export interface Expansion<R> {
  /** Undefined for a row with nothing below it. */
  readonly isOpen: (row: R) => boolean | undefined;
  readonly toggle: (row: R) => void;
}

export interface ObjectListProps<P extends ListProcedure> {
  /** Name under which column widths and sort are remembered; the procedure's name if left out. */
  readonly listId?: string;
  readonly procedure: P;
  /** What the procedure takes besides paging, sort and filter. Compared by value. */
  readonly extraInput?: ExtraInput<P>;
  /** Must be the same array from render to render. */
  readonly columns: readonly ListColumn<P>[];
  /** Heading without the count, such as "VM Networks and IP Pools"; also the accessible name. */
  readonly caption: string;
  readonly getRowId: (row: RowOf<P>) => string;
  /** Rows that belong under the one before them are set in. */
  readonly isIndented?: (row: RowOf<P>) => boolean;
  /** Rows with others below them that are shown when it is opened. */
  readonly expansion?: Expansion<RowOf<P>>;
  readonly selectedId: string | null;
  /** A row was chosen, or the chosen row came anew from a refetch. */
  readonly onSelect: (row: RowOf<P>) => void;
  /** Double click or Enter on the selected row. */
  readonly onOpen?: (row: RowOf<P>) => void;
  /** Commands of the selected row, for its context menu. A right click selects first. */
  readonly contextCommands?: readonly Command[];
  readonly emptyState: EmptyState;
  /** What is typed into the search, where somebody else keeps it; left out, the list does. */
  readonly search?: { readonly text: string; readonly onChange: (text: string) => void; readonly placeholder: string };
  /** Stands between the search and the rows. */
  readonly filterBar?: ReactNode;
}

export function ObjectList<P extends ListProcedure>(props: ObjectListProps<P>) {
  const { procedure, extraInput, columns, caption, getRowId, selectedId, onSelect, onOpen, contextCommands, emptyState } = props;
  const styles = useListStyles();
  const listElementId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [ownTyped, setOwnTyped] = useState('');
  const { text: typed, onChange: setTyped } = props.search ?? { text: ownTyped, onChange: setOwnTyped };
  const filter = useSettled(typed.trim(), filterDelay);
  const [pages, setPages] = useState<readonly number[]>([0]);
  const [activeIndex, setActiveIndex] = useState(-1);
  const [menu, setMenu] = useState<MenuPoint | null>(null);
  const { table, sort, shown, choose, template } = useListTable(props.listId ?? procedure, columns);
  const { total, unfilteredTotal, rowAt, isOutdated, error, retry } = usePagedRows({ procedure, extraInput, sort, filter, pages });

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    useFlushSync: false,
  });
  const range = virtualizer.range;
  const wantedPages = useSettled(pagesAround(range?.startIndex ?? 0, range?.endIndex ?? 0, total ?? 0).join(','), scrollDelay);
  useEffect(() => setPages(wantedPages.split(',').map(Number)), [wantedPages]);

  // Another order, filter or scope starts at its top.
  const base = JSON.stringify([procedure, props.expansion === undefined ? extraInput : null, sort, filter]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActiveIndex(-1);
  }, [base]);

  const items = virtualizer.getVirtualItems();
  const selectedIndex = selectedId === null ? -1 : (items.find((item) => isRow(rowAt(item.index), selectedId, getRowId))?.index ?? -1);
  const currentIndex = selectedIndex >= 0 ? selectedIndex : activeIndex;

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
  const indexOf = (event: MouseEvent): number | undefined => {
    const text = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]')?.dataset['index'] : undefined;
    return text === undefined ? undefined : Number(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const box = document.getElementById(rowElementId(listElementId, currentIndex))?.getBoundingClientRect();
      if (box) setMenu({ x: box.left + 24, y: box.bottom });
      return;
    }
    if (event.key === 'Enter') {
      const row = currentIndex >= 0 ? rowAt(currentIndex) : undefined;
      if (row !== undefined) onOpen?.(row);
      return;
    }
    const current = currentIndex >= 0 ? rowAt(currentIndex) : undefined;
    if (current !== undefined && turns(event.key, props.expansion?.isOpen(current))) {
      event.preventDefault();
      props.expansion?.toggle(current);
      return;
    }
    const visible = Math.floor((event.currentTarget.clientHeight - headerHeight) / rowHeight);
    const next = indexAfterKey(event.key, currentIndex >= 0 ? currentIndex : activeIndex, total ?? 0, visible);
    if (next === undefined) return;
    event.preventDefault();
    virtualizer.scrollToIndex(next, { align: 'auto' });
    moveTo(next);
  };

  const onClick = (event: MouseEvent) => {
    const index = indexOf(event);
    if (index === undefined) return;
    moveTo(index);
    const row = rowAt(index);
    if (row !== undefined && event.target instanceof Element && event.target.closest('[data-chevron]') !== null) props.expansion?.toggle(row);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const index = indexOf(event);
    if (event.target instanceof Element && event.target.closest('[data-chevron]') !== null) return;
    const row = index === undefined ? undefined : rowAt(index);
    if (row !== undefined) onOpen?.(row);
  };
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    const index = indexOf(event);
    if (index === undefined || rowAt(index) === undefined) return;
    moveTo(index);
    setMenu({ x: event.clientX, y: event.clientY });
  };

  const isCurrentDrawn = items.some((item) => item.index === currentIndex);
  const captionId = `${listElementId}-caption`;
  return (
    <section className={styles.root} aria-labelledby={captionId} data-object-list>
      <div className={styles.bar}>
        <h2 className={styles.caption} id={captionId}>
          {caption} {countText(total, unfilteredTotal, filter)}
        </h2>
        <SearchBox
          className={styles.search}
          size="small"
          placeholder={props.search?.placeholder ?? 'Search'}
          aria-label={`Search ${caption}`}
          title="Search (Ctrl+F)"
          value={typed}
          onChange={(_event, data) => setTyped(data.value)}
          data-list-search
        />
        <ColumnMenu columns={columns} shown={shown} caption={caption} onChoose={choose} />
      </div>
      {props.filterBar}
      <div
        ref={scroller}
        role="grid"
        aria-labelledby={captionId}
        aria-rowcount={(total ?? 0) + 1}
        aria-colcount={shown.length}
        aria-busy={total === undefined || isOutdated}
        aria-activedescendant={isCurrentDrawn ? rowElementId(listElementId, currentIndex) : undefined}
        tabIndex={0}
        data-list-grid
        className={mergeClasses('hnv-list-grid', styles.grid)}
        style={{ '--list-columns': template } as CSSProperties}
        onKeyDown={onKeyDown}
      >
        <ListHeader table={table} columns={shown} onMove={(id, to) => choose(movedColumn(shown, id, to))} />
        <div
          role="rowgroup"
          className={mergeClasses(styles.body, isOutdated && styles.outdated)}
          style={{ height: virtualizer.getTotalSize() }}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onContextMenu={onContextMenu}
        >
          {items.map((item) => {
            const row = rowAt(item.index);
            return (
              <ListRow
                key={item.index}
                id={rowElementId(listElementId, item.index)}
                index={item.index}
                top={item.start - headerHeight}
                row={row}
                columns={shown}
                isSelected={isRow(row, selectedId, getRowId)}
                isActive={item.index === currentIndex}
                isIndented={row !== undefined && props.isIndented?.(row) === true}
                isOpen={row === undefined ? undefined : props.expansion?.isOpen(row)}
              />
            );
          })}
        </div>
        {error !== undefined && total === undefined && (
          <InsteadOfRows>
            <ListError error={error} onRetry={retry} />
          </InsteadOfRows>
        )}
        {total === 0 && !isOutdated && <InsteadOfRows>{filter === '' ? <EmptyList empty={emptyState} /> : <NothingFound filter={filter} onClear={() => setTyped('')} />}</InsteadOfRows>}
      </div>
      {menu !== null && contextCommands !== undefined && contextCommands.length > 0 && (
        <CommandContextMenu
          at={menu}
          commands={contextCommands}
          onClose={() => {
            setMenu(null);
            scroller.current?.focus();
          }}
        />
      )}
    </section>
  );
}

/** A grid has nothing but rows: what stands in their place is one. */
function InsteadOfRows({ children }: { readonly children: ReactNode }) {
  return (
    <div role="row">
      <div role="gridcell">{children}</div>
    </div>
  );
}

function rowElementId(listElementId: string, index: number): string {
  return `${listElementId}-row-${index}`;
}

function isRow<Row>(row: Row | undefined, id: string | null, getRowId: (row: Row) => string): boolean {
  return row !== undefined && id !== null && getRowId(row) === id;
}

function countText(total: number | undefined, unfilteredTotal: number, filter: string): string {
  if (total === undefined) return '';
  return filter === '' ? `(${total.toLocaleString('en-US')})` : `(${total.toLocaleString('en-US')} of ${unfilteredTotal.toLocaleString('en-US')})`;
}

/** Right opens, left closes, as in a tree. */
function turns(key: string, isOpen: boolean | undefined): boolean {
  return (key === 'ArrowRight' && isOpen === false) || (key === 'ArrowLeft' && isOpen === true);
}
