/** One compartment: counters on top, its tables in tabs. */
import { Link, makeStyles, MessageBar, MessageBarBody, Tab, TabList, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CompartmentView as Compartment } from '../../../shared/contract/simulation.ts';
import { useConsole } from '../../shell/console.tsx';
import { CopyableAddress } from '../shared/CopyableAddress.tsx';
import { FactList, type Fact } from '../shared/FactList.tsx';
import { formatNumber } from '../shared/format.ts';
import { LocalTable } from '../shared/LocalTable.tsx';
import { EmptyState } from '../shared/states.tsx';
import { dropColumns, interfaceColumns, neighbourColumns, routeColumns, sessionColumns, tunnelColumns } from './compartmentColumns.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0 },
  facts: { padding: '12px 16px 8px', flexShrink: 0, display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))', gap: '4px 32px' },
  tabs: { padding: '0 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  table: { flexGrow: 1 },
  note: { padding: '6px 12px', fontSize: '12px', color: tokens.colorNeutralForeground3, flexShrink: 0 },
});

type Page = 'interfaces' | 'routes' | 'neighbours' | 'nat' | 'tunnels' | 'drops';

export function CompartmentContent({ compartment }: { readonly compartment: Compartment }) {
  const styles = useStyles();
  const [page, setPage] = useState<Page>('interfaces');
  const { nat, rows } = compartment;
  return (
    <div className={styles.root}>
      <div className={styles.facts}>
        <FactList facts={identityFacts(compartment)} />
        <FactList facts={counterFacts(compartment)} />
      </div>
      <TabList size="small" className={styles.tabs} selectedValue={page} onTabSelect={(_event, { value }) => setPage(value as Page)}>
        <Tab value="interfaces">Interfaces ({rows.interfaces})</Tab>
        <Tab value="routes">Routes ({rows.routes})</Tab>
        <Tab value="neighbours">Neighbours ({rows.neighbours})</Tab>
        {nat !== null && <Tab value="nat">NAT sessions ({nat.sessionCount})</Tab>}
        {rows.tunnels > 0 && <Tab value="tunnels">Tunnels ({rows.tunnels})</Tab>}
        <Tab value="drops">Drops ({rows.drops})</Tab>
      </TabList>
      <CompartmentTable page={page} compartment={compartment} />
    </div>
  );
}

function identityFacts({ id, guid, vmNetwork, description, nat }: Compartment): readonly Fact[] {
  return [
    { label: 'Compartment', value: id },
    { label: 'Description', value: description },
    { label: vmNetwork === null ? 'GUID' : 'Routing domain', value: <CopyableAddress text={guid} what="Compartment GUID" /> },
    ...(vmNetwork === null ? [] : [{ label: 'VM network', value: vmNetwork }]),
    ...(nat === null ? [] : [nat.externalAddress, ...nat.furtherAddresses].map((address, at) => ({ label: at === 0 ? 'NAT address' : `NAT address ${at + 1}`, value: <CopyableAddress text={address} what="NAT address" /> }))),
  ];
}

function counterFacts({ counters }: Compartment): readonly Fact[] {
  return [
    { label: 'Packets received', value: formatNumber(counters.received) },
    { label: 'Packets forwarded', value: formatNumber(counters.forwarded) },
    { label: 'Packets dropped', value: formatNumber(counters.dropped) },
  ];
}

function CompartmentTable({ page, compartment }: { readonly page: Page; readonly compartment: Compartment }) {
  const styles = useStyles();
  switch (page) {
    case 'interfaces':
      return <LocalTable label="Interfaces" columns={interfaceColumns} rows={compartment.interfaces} rowKey={({ name }) => name} className={styles.table} />;
    case 'routes':
      return <LocalTable label="Routes" columns={routeColumns} rows={compartment.routes} rowKey={(route) => `${route.destination} ${route.nextHop} ${route.interfaceName} ${route.protocol}`} className={styles.table} />;
    case 'neighbours':
      if (compartment.neighbours.length === 0) return <EmptyState title="No neighbours">Nothing has been resolved on these interfaces yet.</EmptyState>;
      return <LocalTable label="Neighbours" columns={neighbourColumns} rows={compartment.neighbours} rowKey={(entry) => `${entry.interfaceName} ${entry.address}`} className={styles.table} />;
    case 'nat':
      return <Sessions compartment={compartment} />;
    case 'tunnels':
      return <LocalTable label="Tunnels" columns={tunnelColumns} rows={compartment.tunnels} rowKey={({ id }) => id} className={styles.table} />;
    case 'drops':
      if (compartment.drops.length === 0) return <EmptyState title="No drops">This compartment has dropped no packet.</EmptyState>;
      return <LocalTable label="Drops" columns={dropColumns} rows={compartment.drops} rowKey={({ reason }) => reason} className={styles.table} />;
  }
}

function Sessions({ compartment: { nat, vmNetworkId } }: { readonly compartment: Compartment }) {
  const styles = useStyles();
  const { open } = useConsole();
  if (nat === null) return null;
  if (nat.sessionCount === 0 && nat.exhausted === null) return <EmptyState title="No NAT sessions">A session appears with the first packet that leaves, and goes after its time-out.</EmptyState>;
  return (
    <>
      {nat.exhausted !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{nat.exhausted}</MessageBarBody>
        </MessageBar>
      )}
      <LocalTable label="NAT sessions" columns={sessionColumns} rows={nat.sessions} rowKey={(session) => `${session.protocol} ${session.external} ${session.remote}`} className={styles.table} />
      <div className={styles.note}>
        {nat.sessions.length < nat.sessionCount && `The first ${formatNumber(nat.sessions.length)} of ${formatNumber(nat.sessionCount)} sessions. `}
        {vmNetworkId !== null && <Link onClick={() => open({ kind: 'natSessions', scope: { kind: 'vmNetwork', id: vmNetworkId } })}>Sort, filter, and see what went each way</Link>}
      </div>
    </>
  );
}
