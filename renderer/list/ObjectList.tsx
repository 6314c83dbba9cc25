/**
 * The one list of the console: virtualized rows over a paged list procedure. It asks SQL for order, filter and pages, and never holds
 * more than the pages around what is seen.
 */
import { SearchBox } from '@fluentui/react-components';
import { useCallback, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Command } from '../shell/command.ts';
import { CommandContextMenu, type MenuPoint } from './CommandContextMenu.tsx';
import { ListGrid } from './ListGrid.tsx';
import { ListHeader } from './ListHeader.tsx';
import { ColumnMenu } from './ColumnMenu.tsx';
import { movedColumn } from './columnChoice.ts';
import { EmptyList, ListError, NothingFound } from './ListStates.tsx';
import { useListStyles } from './listStyles.ts';
import type { EmptyState, Expansion, ExtraInput, ListColumn, ListProcedure, RowOf } from './listTypes.ts';
import { useListTable } from './useListTable.ts';
import { usePagedRows } from './usePagedRows.ts';

/** Rows above which a search waits until typing rests. */
const longList = 20_000;
/** Milliseconds without typing that count as rest. */
const filterDelay = 150;

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
  const { procedure, extraInput, columns, caption, contextCommands } = props;
  const styles = useListStyles();
  const elementId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [ownTyped, setOwnTyped] = useState('');
  const { text: typed, onChange: setTyped } = props.search ?? { text: ownTyped, onChange: setOwnTyped };
  const [filter, setFilter] = useState(typed.trim());
  const [menu, setMenu] = useState<MenuPoint | null>(null);
  const { table, sort, shown, choose, template } = useListTable(props.listId ?? procedure, columns);
  const place = JSON.stringify([procedure, props.expansion === undefined ? extraInput : null, sort, filter]);
  const paged = usePagedRows({ procedure, extraInput, sort, filter, place });
  const { total, unfilteredTotal, isLoading, isOutdated, error, retry, see } = paged;

  const onMove = useCallback((id: string, to: number) => choose(movedColumn(shown, id, to)), [shown, choose]);
  const columnMenu = useMemo(() => <ColumnMenu columns={columns} shown={shown} caption={caption} onChoose={choose} />, [columns, shown, caption, choose]);

  // At once, or when what is on its way has come; a long list waits until typing rests, because to look through it for each letter would hold up main.
  const wanted = typed.trim();
  const delay = unfilteredTotal > longList ? filterDelay : 0;
  useEffect(() => {
    if (isLoading || wanted === filter) return undefined;
    const timer = setTimeout(() => setFilter(wanted), delay);
    return () => clearTimeout(timer);
  }, [wanted, filter, isLoading, delay]);

  const captionId = `${elementId}-caption`;
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
        {columnMenu}
      </div>
      {props.filterBar}
      <ListGrid
        elementId={elementId}
        captionId={captionId}
        scroller={scroller}
        paged={paged}
        header={<ListHeader table={table} columns={shown} onMove={onMove} />}
        columns={shown}
        template={template}
        getRowId={props.getRowId}
        isIndented={props.isIndented}
        expansion={props.expansion}
        selectedId={props.selectedId}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
        onMenu={setMenu}
        onSeen={see}
      >
        {error !== undefined && total === undefined && (
          <InsteadOfRows>
            <ListError error={error} onRetry={retry} />
          </InsteadOfRows>
        )}
        {total === 0 && !isOutdated && <InsteadOfRows>{filter === '' ? <EmptyList empty={props.emptyState} /> : <NothingFound filter={filter} onClear={() => setTyped('')} />}</InsteadOfRows>}
      </ListGrid>
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

function countText(total: number | undefined, unfilteredTotal: number, filter: string): string {
  if (total === undefined) return '';
  return filter === '' ? `(${total.toLocaleString('en-US')})` : `(${total.toLocaleString('en-US')} of ${unfilteredTotal.toLocaleString('en-US')})`;
}
