/** Properties › Border Gateway Protocol (fact sheet §3.5). */
import { Button, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { usePageStyles } from '../frame/pageStyles.ts';
import { MarkedField, RowProblems, WizardField } from '../frame/WizardField.tsx';
import type { ConnectivityPageProps } from './ConnectivityPage.tsx';
import { emptyPeer, type PeerForm } from './connectivityForm.ts';

const useStyles = makeStyles({
  number: { maxWidth: '240px' },
  head: { fontSize: '12px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 140px 32px', gap: '6px', alignItems: 'start' },
});

export function BgpPage({ form, onChange }: ConnectivityPageProps) {
  const styles = useStyles();
  const page = usePageStyles();
  const set = (at: number, change: Partial<PeerForm>) => onChange({ ...form, peers: form.peers.map((peer, other) => (other === at ? { ...peer, ...change } : peer)) });
  const input = (peer: PeerForm, at: number, key: 'address' | 'autonomousSystemNumber' | 'name', label: string) => (
    <MarkedField path={`vpnTunnel.bgp.peers.${at}.${key}`}>
      <Input aria-label={`${label} of BGP peer ${at + 1}`} className={mergeClasses(page.cell, key !== 'name' && page.mono)} value={peer[key]} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => set(at, { [key]: value })} />
    </MarkedField>
  );
  return (
    <div className={page.wide}>
      <WizardField className={styles.number} path="vpnTunnel.bgp.autonomousSystemNumber" label="Autonomous System Number" required hint="1 to 65534; 64512 and above are private.">
        <Input className={page.mono} value={form.autonomousSystemNumber} autoComplete="off" spellCheck={false} onChange={(_event, { value }) => onChange({ ...form, autonomousSystemNumber: value })} />
      </WizardField>
      <div role="group" aria-label="BGP peers" className={page.wide}>
        {form.peers.length === 0 ? (
          <span className={page.hint}>There is no BGP peer yet: nobody to learn routes from.</span>
        ) : (
          <div className={mergeClasses(styles.row, styles.head)} aria-hidden>
            <span>Peer IP address</span>
            <span>Name</span>
            <span>Peer ASN</span>
          </div>
        )}
        <ol className={styles.list}>
          {form.peers.map((peer, at) => (
            <li key={peer.id ?? `new ${at}`} className={styles.row}>
              {input(peer, at, 'address', 'IP address')}
              {input(peer, at, 'name', 'Name')}
              {input(peer, at, 'autonomousSystemNumber', 'ASN')}
              <Button appearance="subtle" icon={<Dismiss16Regular />} aria-label={`Remove BGP peer ${at + 1}`} onClick={() => onChange({ ...form, peers: form.peers.filter((_, other) => other !== at) })} />
              <RowProblems path={`vpnTunnel.bgp.peers.${at}`} className={page.problems} />
            </li>
          ))}
        </ol>
        <div>
          <Button size="small" icon={<Add16Regular />} onClick={() => onChange({ ...form, peers: [...form.peers, emptyPeer] })}>
            Add BGP peer
          </Button>
        </div>
        <span className={page.hint}>Each peer needs its address, with /32, among the routes of the VPN connection that leads to it.</span>
      </div>
    </div>
  );
}
