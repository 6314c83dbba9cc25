/** VPN status of a VM network, live: state, endpoints, traffic, keys, last error and routes of each tunnel; Connect and Disconnect. */
import { Button, makeStyles, tokens, Tooltip } from '@fluentui/react-components';
import { PlugConnected20Regular, PlugDisconnected20Regular, ShieldKeyhole20Regular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
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
import { Sparkline, useTrafficHistories } from './Sparkline.tsx';
import type { Rate } from './trafficHistory.ts';
import { TunnelState } from './TunnelState.tsx';

const useStyles = makeStyles({
  root: { flexGrow: 1, minHeight: 0, overflow: 'auto', padding: '12px', display: 'flex', flexDirection: 'column', gap: '12px', backgroundColor: tokens.colorNeutralBackground3 },
  tunnel: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: '8px 12px 12px' },
  head: { display: 'flex', alignItems: 'center', gap: '12px', marginBottom: '8px', minWidth: 0 },
  name: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: tokens.fontWeightSemibold, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  grow: { flexGrow: 1 },
  facts: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))', gap: '4px 32px' },
  error: { margin: '8px 0 0', color: tokens.colorStatusDangerForeground1 },
  summary: { margin: 0, color: tokens.colorNeutralForeground2 },
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
    <FloatingPanel title={data === undefined ? 'VPN status' : `VPN status of ${data.vmNetwork}`} icon={<ShieldKeyhole20Regular />} width={820} height={460} place="right" onClose={onClose}>
      {content}
    </FloatingPanel>
  );
}

function Tunnels({ vmNetworkId, status }: { readonly vmNetworkId: string; readonly status: VpnStatus }) {
  const styles = useStyles();
  const { open } = useConsole();
  const histories = useTrafficHistories(status);
  const { tunnels, bgp, gatewayDevice } = status;
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
      <p className={styles.summary}>{summaryOf(tunnels, gatewayDevice)}</p>
      {tunnels.map((tunnel) => (
        <Tunnel key={tunnel.id} vmNetworkId={vmNetworkId} tunnel={tunnel} rates={histories.get(tunnel.id)?.rates ?? []} />
      ))}
      {bgp !== null && <BgpSection bgp={bgp} />}
    </div>
  );
}

interface TunnelProps {
  readonly vmNetworkId: string;
  readonly tunnel: TunnelView;
  readonly rates: readonly Rate[];
}

function Tunnel({ vmNetworkId, tunnel, rates }: TunnelProps) {
  const styles = useStyles();
  const notify = useNotify();
  const dial = (wanted: 'connected' | 'disconnected') => void invoke('vpn.dial', { vmNetwork: vmNetworkId, vpnConnection: tunnel.id, wanted }).catch(notify.error);
  return (
    <section className={styles.tunnel} aria-label={`Tunnel ${tunnel.name}`}>
      <div className={styles.head}>
        <h3 className={styles.name}>{tunnel.name}</h3>
        <TunnelState tunnel={tunnel} />
        <span className={styles.grow} />
        <Sparkline rates={rates} width={120} />
        <DialButton label="Connect" icon={<PlugConnected20Regular />} disabledReason={connectObstacle(tunnel)} onClick={() => dial('connected')} />
        <DialButton label="Disconnect" icon={<PlugDisconnected20Regular />} disabledReason={tunnel.state === 'Disconnected' ? 'The tunnel is not connected.' : undefined} onClick={() => dial('disconnected')} />
      </div>
      <div className={styles.facts}>
        <FactList facts={endFacts(tunnel)} />
        <FactList facts={trafficFacts(tunnel)} />
      </div>
      {tunnel.lastError !== null && <p className={styles.error}>Last error: {tunnel.lastError}</p>}
    </section>
  );
}

function summaryOf(tunnels: readonly TunnelView[], gatewayDevice: string | null): string {
  const connected = tunnels.filter(({ state }) => state === 'Connected').length;
  return `${connected} of ${tunnels.length} connected${gatewayDevice === null ? '' : `, on gateway device ${gatewayDevice}`}.`;
}

function connectObstacle({ state, isEnabled, name }: TunnelView): string | undefined {
  if (!isEnabled) return `${name} is disabled: Properties › VPN Connections enables it.`;
  if (state === 'Connecting') return 'The tunnel is being dialed.';
  return state === 'Connected' ? 'The tunnel is connected already.' : undefined;
}

interface DialButtonProps {
  readonly label: string;
  readonly icon: ReactElement;
  readonly disabledReason: string | undefined;
  readonly onClick: () => void;
}

function DialButton({ label, icon, disabledReason, onClick }: DialButtonProps) {
  const button = (
    <Button size="small" icon={icon} disabledFocusable={disabledReason !== undefined} onClick={onClick}>
      {label}
    </Button>
  );
  if (disabledReason === undefined) return button;
  return (
    <Tooltip content={disabledReason} relationship="description">
      {button}
    </Tooltip>
  );
}

function endFacts({ state, stateSeconds, isPersistent, localEndpoint, remoteEndpoint, routes, tries, waiting }: TunnelView): readonly Fact[] {
  return [
    { label: 'Since', value: `${formatSeconds(stateSeconds)} ago` },
    { label: 'Local endpoint', value: <CopyableAddress text={localEndpoint} what="Local endpoint" /> },
    { label: 'Remote endpoint', value: <CopyableAddress text={remoteEndpoint} what="Remote endpoint" /> },
    { label: 'Routes', value: routes.length === 0 ? 'None' : routes.map(({ destination, metric }) => `${destination}:${metric}`).join(', ') },
    { label: 'Dialing', value: isPersistent ? 'Persistent: stays connected' : 'On demand: a packet to its routes dials' },
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
