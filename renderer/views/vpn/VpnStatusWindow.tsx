/** VPN status of a VM network, live: state, endpoints, traffic, keys, last error and routes of each tunnel; Connect and Disconnect. */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PlugConnected20Regular, PlugDisconnected20Regular, ShieldKeyhole20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { TunnelView, VpnStatus } from '../../../shared/contract/vpn.ts';
import { invoke } from '../../bridge/client.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useConsole } from '../../shell/console.tsx';
import { useNotify } from '../../shell/notify.tsx';
import { CopyableAddress } from '../shared/CopyableAddress.tsx';
import { FactList, type Fact } from '../shared/FactList.tsx';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { formatBytes, formatNumber, formatSeconds } from '../shared/format.ts';
import { EmptyState, ErrorState, LoadingState } from '../shared/states.tsx';
import { BgpSection } from './BgpSection.tsx';
import { curve, withLook, type Histories } from './trafficHistory.ts';
import { TunnelState } from './TunnelState.tsx';

const useStyles = makeStyles({
  root: { flexGrow: 1, minHeight: 0, overflow: 'auto', padding: '12px', display: 'flex', flexDirection: 'column', gap: '12px', backgroundColor: tokens.colorNeutralBackground3 },
  tunnel: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px 12px' },
  head: { display: 'flex', alignItems: 'center', gap: '12px', marginBottom: '8px', minWidth: 0 },
  name: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  grow: { flexGrow: 1 },
  facts: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))', gap: '4px 32px' },
  error: { margin: '8px 0 0', color: tokens.colorStatusDangerForeground1 },
  curve: { display: 'block', flexShrink: 0 },
  line: { fill: 'none', stroke: tokens.colorBrandForeground1, strokeWidth: '1.5px' },
});

interface VpnStatusWindowProps {
  readonly vmNetworkId: string;
  readonly onClose: () => void;
}

export function VpnStatusWindow({ vmNetworkId, onClose }: VpnStatusWindowProps) {
  const { data, error } = useSubscription('vpn.status', { id: vmNetworkId });
  const content =
    data === undefined ? error === undefined ? <LoadingState what="the VPN status" /> : <ErrorState error={error} /> : <Tunnels vmNetworkId={vmNetworkId} status={data} />;
  return (
    <FloatingPanel title={data === undefined ? 'VPN status' : `VPN status of ${data.vmNetwork}`} icon={<ShieldKeyhole20Regular />} width={700} height={460} place="right" onClose={onClose}>
      {content}
    </FloatingPanel>
  );
}

function Tunnels({ vmNetworkId, status: { tunnels, bgp } }: { readonly vmNetworkId: string; readonly status: VpnStatus }) {
  const styles = useStyles();
  const { open } = useConsole();
  const [histories, setHistories] = useState<Histories>(() => new Map());
  useEffect(() => setHistories((before) => withLook(before, tunnels)), [tunnels]);
  if (tunnels.length === 0) {
    return (
      <EmptyState title="No VPN connections">
        Properties › Connectivity connects this VM network to another one through a VPN tunnel.
        <div>
          <Button onClick={() => open({ kind: 'vmNetworkProperties', vmNetworkId })}>Properties</Button>
        </div>
      </EmptyState>
    );
  }
  return (
    <div className={styles.root}>
      {tunnels.map((tunnel) => (
        <Tunnel key={tunnel.id} vmNetworkId={vmNetworkId} tunnel={tunnel} steps={histories.get(tunnel.id)?.steps ?? []} />
      ))}
      {bgp !== null && <BgpSection bgp={bgp} />}
    </div>
  );
}

interface TunnelProps {
  readonly vmNetworkId: string;
  readonly tunnel: TunnelView;
  readonly steps: readonly number[];
}

function Tunnel({ vmNetworkId, tunnel, steps }: TunnelProps) {
  const styles = useStyles();
  const notify = useNotify();
  const dial = (wanted: 'connected' | 'disconnected') => void invoke('vpn.dial', { vmNetwork: vmNetworkId, vpnConnection: tunnel.id, wanted }).catch(notify.error);
  const isDown = tunnel.state === 'Disconnected';
  return (
    <section className={styles.tunnel} aria-label={`Tunnel ${tunnel.name}`}>
      <div className={styles.head}>
        <h3 className={styles.name}>{tunnel.name}</h3>
        <TunnelState tunnel={tunnel} />
        <span className={styles.grow} />
        <Curve steps={steps} />
        <Button size="small" icon={<PlugConnected20Regular />} disabledFocusable={!isDown || !tunnel.isEnabled} onClick={() => dial('connected')}>
          Connect
        </Button>
        <Button size="small" icon={<PlugDisconnected20Regular />} disabledFocusable={isDown} onClick={() => dial('disconnected')}>
          Disconnect
        </Button>
      </div>
      <div className={styles.facts}>
        <FactList facts={endFacts(tunnel)} />
        <FactList facts={trafficFacts(tunnel)} />
      </div>
      {tunnel.lastError !== null && <p className={styles.error}>Last error: {tunnel.lastError}</p>}
    </section>
  );
}

function endFacts({ state, stateSeconds, localEndpoint, remoteEndpoint, routes, tries, waiting }: TunnelView): readonly Fact[] {
  return [
    { label: 'Since', value: `${formatSeconds(stateSeconds)} ago` },
    { label: 'Local endpoint', value: <CopyableAddress text={localEndpoint} what="Local endpoint" /> },
    { label: 'Remote endpoint', value: <CopyableAddress text={remoteEndpoint} what="Remote endpoint" /> },
    { label: 'Routes', value: routes.length === 0 ? 'None' : routes.map(({ destination, metric }) => `${destination}:${metric}`).join(', ') },
    ...(state === 'Connecting' ? [{ label: 'Tries', value: tries }, { label: 'Packets waiting', value: waiting }] : []),
  ];
}

function trafficFacts({ rxPackets, rxBytes, txPackets, txBytes, association }: TunnelView): readonly Fact[] {
  return [
    { label: 'Received', value: `${formatNumber(rxPackets)} packets, ${formatBytes(rxBytes)}` },
    { label: 'Sent', value: `${formatNumber(txPackets)} packets, ${formatBytes(txBytes)}` },
    ...(association === null
      ? [{ label: 'Security association', value: 'None' }]
      : [
          { label: 'SPI in, out', value: `${association.inboundSpi}, ${association.outboundSpi}` },
          { label: 'Age of the keys', value: formatSeconds(association.ageSeconds) },
          { label: 'Next rekey', value: `in ${formatSeconds(association.rekeyInSeconds)}` },
        ]),
  ];
}

const size = { width: 120, height: 24 } as const;

/** Bytes both ways between the last looks. */
function Curve({ steps }: { readonly steps: readonly number[] }) {
  const styles = useStyles();
  return (
    <svg {...size} className={mergeClasses(styles.curve)} role="img" aria-label="Traffic of the last looks">
      <polyline className={styles.line} points={curve(steps, size.width, size.height)} />
    </svg>
  );
}
