/** NAT sessions and static mappings of a VM network or of a gateway, live: sorted and filtered where they are, so that only what is shown is sent. */
import { makeStyles, MessageBar, MessageBarBody, SearchBox, Tab, TabList, tokens } from '@fluentui/react-components';
import { Table20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { natSessionSorts, type NatScope, type NatSessionRow, type NatSessionsQuery, type NatSessionsView } from '../../../shared/contract/liveGateway.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useKept } from '../../bridge/useKept.ts';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { formatNumber } from '../shared/format.ts';
import { LocalTable, type LocalSort } from '../shared/LocalTable.tsx';
import { EmptyState, ErrorState, LoadingState } from '../shared/states.tsx';
import { mappingColumns, ownerColumn, sessionColumns } from './natColumns.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px', padding: '4px 12px 4px 4px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  space: { flexGrow: 1 },
  search: { width: '240px' },
  table: { flexGrow: 1 },
  note: { padding: '6px 12px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, flexShrink: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

type Kind = 'dynamic' | 'static';

interface NatSessionsWindowProps {
  readonly scope: NatScope;
  readonly onClose: () => void;
}

export function NatSessionsWindow({ scope, onClose }: NatSessionsWindowProps) {
  const [query, setQuery] = useState<Omit<NatSessionsQuery, 'scope'>>({ kind: 'dynamic', filter: '', sort: 'external', direction: 'asc' });
  const { data, error } = useSubscription('nat.sessions', { scope, ...query });
  const view = useKept(data);
  return (
    <FloatingPanel title={view === undefined ? 'NAT sessions' : `NAT sessions of ${view.name}`} icon={<Table20Regular />} width={scope.kind === 'networkService' ? 1210 : 1100} height={440} place="middle" onClose={onClose}>
      {error !== undefined && <ErrorState error={error} />}
      {view === undefined && error === undefined && <LoadingState what="NAT sessions" />}
      {view !== undefined && <Sessions view={view} isOfGateway={scope.kind === 'networkService'} query={query} onChange={(change) => setQuery((before) => ({ ...before, ...change }))} />}
    </FloatingPanel>
  );
}

interface SessionsProps {
  readonly view: NatSessionsView;
  readonly isOfGateway: boolean;
  readonly query: Omit<NatSessionsQuery, 'scope'>;
  readonly onChange: (change: Partial<Omit<NatSessionsQuery, 'scope'>>) => void;
}

function Sessions({ view, isOfGateway, query, onChange }: SessionsProps) {
  const styles = useStyles();
  const kind: Kind = query.kind ?? 'dynamic';
  const { unavailable, dynamicTotal, staticTotal, exhausted } = view;
  return (
    <>
      <div className={styles.bar}>
        <TabList size="small" aria-label="What is shown" selectedValue={kind} onTabSelect={(_event, { value }) => onChange({ kind: value === 'static' ? 'static' : 'dynamic' })}>
          <Tab value="dynamic">Sessions ({formatNumber(dynamicTotal)})</Tab>
          <Tab value="static">Static mappings ({formatNumber(staticTotal)})</Tab>
        </TabList>
        <span className={styles.space} />
        <SearchBox size="small" className={styles.search} aria-label="Filter" placeholder="Address, port, protocol, state" value={query.filter ?? ''} onChange={(_event, { value }) => onChange({ filter: value })} />
      </div>
      {exhausted.map((text) => (
        <MessageBar key={text} intent="error" layout="multiline">
          <MessageBarBody>{text}</MessageBarBody>
        </MessageBar>
      ))}
      {unavailable === null ? <Rows view={view} kind={kind} isOfGateway={isOfGateway} query={query} onChange={onChange} /> : <EmptyState title="Nothing is translated">{unavailable} Properties › Connectivity of a VM network turns it on.</EmptyState>}
    </>
  );
}

function Rows({ view, kind, isOfGateway, query, onChange }: SessionsProps & { readonly kind: Kind }) {
  const styles = useStyles();
  const { rows, matching } = view;
  const own = kind === 'static' ? mappingColumns : sessionColumns;
  if (rows.length === 0) return <EmptyState title={emptyTitle(kind, query.filter ?? '')}>{emptyHint(kind, query.filter ?? '')}</EmptyState>;
  return (
    <>
      <LocalTable
        label={kind === 'static' ? 'Static mappings' : 'NAT sessions'}
        columns={isOfGateway ? [ownerColumn, ...own] : own}
        rows={rows}
        rowKey={keyOf}
        className={styles.table}
        sort={{ column: query.sort ?? 'external', direction: query.direction ?? 'asc' }}
        onSort={(sort) => onChange(sortOf(sort))}
      />
      <div className={styles.note} role="status">
        {rows.length < matching ? `The first ${formatNumber(rows.length)} of ${formatNumber(matching)} in this order. Filter to see the others.` : `${formatNumber(matching)} shown.`}
      </div>
    </>
  );
}

function sortOf({ column, direction }: LocalSort): Partial<NatSessionsQuery> {
  const sort = natSessionSorts.find((known) => known === column);
  return sort === undefined ? {} : { sort, direction };
}

function keyOf({ protocol, external }: NatSessionRow): string {
  return `${protocol} ${external}`;
}

function emptyTitle(kind: Kind, filter: string): string {
  if (filter.trim() !== '') return `Nothing matches “${filter.trim()}”`;
  return kind === 'static' ? 'No static mappings' : 'No NAT sessions';
}

function emptyHint(kind: Kind, filter: string): string {
  if (filter.trim() !== '') return 'The filter looks into every column. Clear it to see all.';
  return kind === 'static' ? 'A NAT rule makes one: Properties › Network Address Translation (NAT) of the VM network.' : 'A session appears with the first packet that leaves, and goes after its time-out.';
}
