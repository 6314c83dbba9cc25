/** BGP of a VM network, live: peers with their state, and all routes that they brought or that are told to them. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { BgpRouterView } from '../../../shared/contract/vpn.ts';
import { formatSeconds } from '../shared/format.ts';
import { LocalTable, type LocalColumn } from '../shared/LocalTable.tsx';
import { Truncated } from '../shared/Truncated.tsx';
import { TunnelState } from './TunnelState.tsx';

const useStyles = makeStyles({
  root: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px 12px', display: 'flex', flexDirection: 'column', gap: '8px' },
  name: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular, fontSize: '12px' },
  peers: { border: `1px solid ${tokens.colorNeutralStroke2}`, minHeight: '86px', maxHeight: '150px', flexShrink: 0 },
  routes: { border: `1px solid ${tokens.colorNeutralStroke2}`, minHeight: '114px', maxHeight: '200px', flexShrink: 0 },
  error: { margin: 0, color: tokens.colorStatusDangerForeground1 },
});

const stateOf = { Connected: 'Connected', Connecting: 'Connecting', Stopped: 'Disconnected' } as const;

const peerColumns: readonly LocalColumn<BgpRouterView['peers'][number]>[] = [
  { header: 'Peer', width: 'minmax(110px, 1fr)', render: ({ name }) => <Truncated text={name} /> },
  { header: 'Address', width: '120px', kind: 'address', render: ({ address }) => address },
  { header: 'ASN', width: '70px', kind: 'number', render: ({ autonomousSystemNumber }) => autonomousSystemNumber },
  { header: 'Status', width: '124px', render: ({ status, lastError }) => <TunnelState tunnel={{ state: stateOf[status], isEnabled: true, lastError }} /> },
  { header: 'Since', width: '84px', kind: 'number', render: ({ statusSeconds }) => formatSeconds(statusSeconds) },
  { header: 'Learned', width: '72px', kind: 'number', render: ({ learned }) => learned },
  { header: 'Told', width: '56px', kind: 'number', render: ({ advertised }) => advertised },
];

const routeColumns: readonly LocalColumn<BgpRouterView['routes'][number]>[] = [
  { header: 'Destination', width: '140px', kind: 'address', render: ({ destination }) => destination },
  { header: 'Next Hop', width: '120px', kind: 'address', render: ({ nextHop }) => (nextHop === '0.0.0.0' ? 'own' : nextHop) },
  { header: 'Learned from', width: 'minmax(100px, 1fr)', render: ({ learnedFrom }) => <Truncated text={learnedFrom ?? ''} /> },
  { header: 'AS path', width: '90px', kind: 'address', render: ({ asPath }) => <Truncated text={asPath} /> },
  { header: 'Pref', width: '56px', kind: 'number', render: ({ localPref }) => localPref },
  { header: 'MED', width: '56px', kind: 'number', render: ({ med }) => med ?? '' },
  { header: 'State', width: '80px', render: ({ state }) => state },
];

export function BgpSection({ bgp }: { readonly bgp: BgpRouterView }) {
  const styles = useStyles();
  const { peers, routes, autonomousSystemNumber, identifier } = bgp;
  const wrong = peers.find(({ lastError }) => lastError !== null);
  return (
    <section className={styles.root} aria-label="Border Gateway Protocol">
      <h3 className={styles.name}>
        Border Gateway Protocol <span className={styles.quiet}>autonomous system {autonomousSystemNumber}, identifier {identifier}</span>
      </h3>
      {peers.length === 0 ? <span className={styles.quiet}>No peer yet.</span> : <LocalTable label="BGP peers" columns={peerColumns} rows={peers} rowKey={({ address }) => address} className={styles.peers} />}
      {wrong !== undefined && <p className={styles.error}>{`${wrong.name}: ${wrong.lastError ?? ''}`}</p>}
      <LocalTable label="BGP routes" columns={routeColumns} rows={routes} rowKey={(route) => `${route.destination} ${route.learnedFrom ?? ''} ${route.nextHop}`} className={styles.routes} />
    </section>
  );
}
