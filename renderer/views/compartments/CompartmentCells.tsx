/** The compartments of a gateway side by side, as in the architecture figure: the default compartment, and one cell for each tenant of this page. */
import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { ArrowLeft20Regular, ArrowMaximize20Regular, Table20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { CompartmentSummaryView } from '../../../shared/contract/liveGateway.ts';
import type { CompartmentView as Compartment } from '../../../shared/contract/simulation.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useKept } from '../../bridge/useKept.ts';
import { useConsole } from '../../shell/console.tsx';
import { formatNumber } from '../shared/format.ts';
import { EmptyState, ErrorState, LoadingState } from '../shared/states.tsx';
import { tenantColour } from '../shared/tenantColour.ts';
import { Truncated } from '../shared/Truncated.tsx';
import { TunnelState } from '../vpn/TunnelState.tsx';
import { WholeCompartment } from './WholeCompartment.tsx';

const useStyles = makeStyles({
  root: { flexGrow: 1, overflow: 'auto', minHeight: 0, padding: '12px', display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(300px, 1fr))', gap: '12px', alignContent: 'start', backgroundColor: tokens.colorNeutralBackground3, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  cell: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderTopWidth: '3px', borderRadius: tokens.borderRadiusMedium, padding: '6px 12px 12px', minWidth: 0 },
  head: { display: 'flex', alignItems: 'center', gap: '4px', minWidth: 0 },
  name: { margin: 0, flexGrow: 1, minWidth: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  button: { minWidth: '24px', height: '24px', padding: 0, flexShrink: 0 },
  fact: { margin: '0 0 4px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  heading: { margin: '8px 0 2px', fontSize: '12px', lineHeight: '16px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  count: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 },
  list: { margin: 0, padding: 0, listStyleType: 'none', fontSize: '12px', lineHeight: '18px' },
  line: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: '8px', minWidth: 0 },
  mono: { fontFamily: tokens.fontFamilyMonospace },
  quiet: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap', maxWidth: '190px', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  back: { padding: '4px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  alone: { flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column' },
});

/** With the default compartment that are six cells, and fewer than 100 lines in the document. */
export const tenantsSideBySide = 5;
/** Rows of each table in a cell: six cells of five tables stay below 100 lines. */
const rowsOfCell = 3;

interface CompartmentCellsProps {
  readonly networkServiceId: string;
  readonly shown: readonly CompartmentSummaryView[];
  readonly expandedId: number | null;
  readonly onExpand: (id: number | null) => void;
}

export function CompartmentCells({ networkServiceId, shown, expandedId, onExpand }: CompartmentCellsProps) {
  if (expandedId !== null) return <Expanded networkServiceId={networkServiceId} compartmentId={expandedId} onBack={() => onExpand(null)} />;
  if (shown.length === 0) return <EmptyState title="No compartments">The gateway’s virtual machine does not exist, so there is nothing to show.</EmptyState>;
  return <Cells networkServiceId={networkServiceId} shown={shown} onExpand={onExpand} />;
}

function Expanded({ networkServiceId, compartmentId, onBack }: { readonly networkServiceId: string; readonly compartmentId: number; readonly onBack: () => void }) {
  const styles = useStyles();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onBack();
  };
  return (
    <div ref={root} className={styles.alone} onKeyDown={onKeyDown}>
      <div className={styles.back}>
        <Button size="small" appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
          Back to all cells
        </Button>
      </div>
      <WholeCompartment networkServiceId={networkServiceId} compartmentId={compartmentId} />
    </div>
  );
}

function Cells({ networkServiceId, shown, onExpand }: { readonly networkServiceId: string; readonly shown: readonly CompartmentSummaryView[]; readonly onExpand: (id: number) => void }) {
  const styles = useStyles();
  const { data, error } = useSubscription('gateway.compartments', { id: networkServiceId, compartments: shown.map(({ id }) => id), rows: rowsOfCell });
  const state = useKept(data);
  if (error !== undefined) return <ErrorState error={error} />;
  if (state === undefined) return <LoadingState what="compartments" />;
  return (
    <div className={styles.root} role="group" aria-label="Compartments side by side" tabIndex={0}>
      {state.compartments.map((compartment) => (
        <Cell key={compartment.id} compartment={compartment} onExpand={() => onExpand(compartment.id)} />
      ))}
    </div>
  );
}

function Cell({ compartment, onExpand }: { readonly compartment: Compartment; readonly onExpand: () => void }) {
  const styles = useStyles();
  const { open } = useConsole();
  const { id, vmNetwork, vmNetworkId, interfaces, routes, neighbours, nat, tunnels, drops, counters, rows } = compartment;
  const name = vmNetwork ?? 'Default compartment';
  return (
    <section className={styles.cell} style={vmNetwork === null ? {} : { borderTopColor: tenantColour(id) }} aria-label={`Cell of ${name}`}>
      <div className={styles.head}>
        <h3 className={styles.name}>
          <Truncated text={name} />
        </h3>
        {nat !== null && vmNetworkId !== null && (
          <Tooltip content={`NAT sessions of ${name}`} relationship="label">
            <Button appearance="subtle" size="small" className={styles.button} icon={<Table20Regular />} onClick={() => open({ kind: 'natSessions', scope: { kind: 'vmNetwork', id: vmNetworkId } })} />
          </Tooltip>
        )}
        <Tooltip content={`Expand ${name}`} relationship="label">
          <Button appearance="subtle" size="small" className={styles.button} icon={<ArrowMaximize20Regular />} onClick={onExpand} />
        </Tooltip>
      </div>
      <p className={styles.fact}>
        Compartment {id}. {formatNumber(counters.received)} received, {formatNumber(counters.forwarded)} forwarded, {formatNumber(counters.dropped)} dropped.
      </p>
      <Table title="Interfaces" count={rows.interfaces} lines={interfaces.map((entry) => [entry.address, `${entry.name}, ${formatNumber(entry.rxPackets)} in, ${formatNumber(entry.txPackets)} out`])} />
      <Table title="Routes" count={rows.routes} lines={routes.map((route) => [route.destination, `${route.nextHop} ${route.protocol}`])} />
      <Table title="ARP" count={rows.neighbours} lines={neighbours.map((entry) => [entry.address, `${entry.state === 'Incomplete' ? '' : `${entry.mac} `}${entry.state}`])} />
      {nat !== null && <Table title={`NAT ${nat.externalAddress}${nat.furtherAddresses.length === 0 ? '' : ` and ${nat.furtherAddresses.length} more`}`} count={nat.sessionCount} lines={nat.sessions.map((session) => [`${session.protocol} ${session.internal}`, session.remote === '' ? session.state : session.remote])} />}
      {rows.tunnels > 0 && <Table title="Tunnels" count={rows.tunnels} lines={tunnels.map((tunnel) => [tunnel.name, <TunnelState key="state" tunnel={tunnel} />])} />}
      {rows.drops > 0 && <Table title="Drops" count={rows.drops} lines={drops.map(({ reason, packets }) => [reason, formatNumber(packets)])} isText />}
    </section>
  );
}

interface TableProps {
  readonly title: string;
  readonly lines: readonly (readonly [main: string, further: ReactNode])[];
  /** Rows in all: a cell has the first of them. */
  readonly count: number;
  readonly isText?: boolean;
}

function Table({ title, lines, count, isText = false }: TableProps) {
  const styles = useStyles();
  return (
    <>
      <h4 className={styles.heading}>
        {title} <span className={styles.count}>{count === 0 ? 'none' : count > lines.length ? `${lines.length} of ${formatNumber(count)}` : count}</span>
      </h4>
      <ul className={styles.list}>
        {lines.map(([main, further], at) => (
          <li key={at} className={styles.line}>
            <Truncated text={main} {...(isText ? {} : { className: styles.mono })} />
            {typeof further === 'string' ? <Truncated text={further} className={styles.quiet} /> : <span className={styles.quiet}>{further}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
