/** The compartments of a gateway side by side, as in the architecture figure: the default compartment, and one cell for each tenant. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { CompartmentView as Compartment } from '../../../shared/contract/simulation.ts';
import { formatNumber } from '../shared/format.ts';
import { tenantColour } from '../shared/tenantColour.ts';
import { TunnelState } from '../vpn/TunnelState.tsx';

const useStyles = makeStyles({
  root: { flexGrow: 1, overflow: 'auto', minHeight: 0, padding: '12px', display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(340px, 1fr))', gap: '12px', alignContent: 'start', backgroundColor: tokens.colorNeutralBackground3 },
  cell: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderTopWidth: '3px',
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 12px 12px',
    minWidth: 0,
    // With 100 tenants only the cells in sight are laid out.
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 360px',
  },
  name: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  fact: { margin: '0 0 4px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  heading: { margin: '8px 0 2px', fontSize: '12px', lineHeight: '16px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyleType: 'none', fontSize: '12px', lineHeight: '18px' },
  line: { display: 'flex', gap: '8px', justifyContent: 'space-between', minWidth: 0 },
  mono: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
  quiet: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
});

/** Lines of each table that a cell shows; the rest is counted. */
const shownLines = 8;

export function CompartmentCells({ compartments }: { readonly compartments: readonly Compartment[] }) {
  const styles = useStyles();
  return (
    <div className={styles.root} role="group" aria-label="Compartments side by side" tabIndex={0}>
      {compartments.map((compartment) => (
        <Cell key={compartment.id} compartment={compartment} />
      ))}
    </div>
  );
}

function Cell({ compartment }: { readonly compartment: Compartment }) {
  const styles = useStyles();
  const { id, vmNetwork, interfaces, routes, neighbours, nat, tunnels, counters } = compartment;
  const name = vmNetwork ?? 'Default compartment';
  return (
    <section className={styles.cell} style={vmNetwork === null ? {} : { borderTopColor: tenantColour(id) }} aria-label={`Cell of ${name}`}>
      <h3 className={styles.name}>{name}</h3>
      <p className={styles.fact}>
        Compartment {id}. {formatNumber(counters.received)} received, {formatNumber(counters.forwarded)} forwarded, {formatNumber(counters.dropped)} dropped.
      </p>
      <Table title="Interfaces" lines={interfaces.map((entry) => [entry.address, entry.name])} />
      <Table title="Routes" lines={routes.map((route) => [route.destination, `${route.nextHop} ${route.protocol}`])} />
      <Table title="ARP" lines={neighbours.map((entry) => [entry.address, `${entry.mac} ${entry.state}`])} />
      {nat !== null && <Table title={`NAT ${nat.externalAddress}, ${nat.sessionCount} session${nat.sessionCount === 1 ? '' : 's'}`} count={nat.sessionCount} lines={nat.sessions.slice(0, shownLines).map((session) => [`${session.protocol} ${session.internal}`, session.remote])} />}
      {tunnels.length > 0 && <Table title="Tunnels" lines={tunnels.map((tunnel) => [tunnel.name, <TunnelState key="state" tunnel={tunnel} />])} />}
    </section>
  );
}

interface TableProps {
  readonly title: string;
  readonly lines: readonly (readonly [main: string, further: ReactNode])[];
  readonly count?: number;
}

function Table({ title, lines, count = lines.length }: TableProps) {
  const styles = useStyles();
  return (
    <>
      <h4 className={styles.heading}>{title}</h4>
      <ul className={styles.list}>
        {lines.length === 0 && <li className={styles.quiet}>None</li>}
        {lines.slice(0, shownLines).map(([main, further], at) => (
          <li key={at} className={styles.line}>
            <span className={styles.mono}>{main}</span>
            <span className={styles.quiet}>{further}</span>
          </li>
        ))}
        {count > shownLines && <li className={styles.quiet}>and {formatNumber(count - shownLines)} more</li>}
      </ul>
    </>
  );
}
