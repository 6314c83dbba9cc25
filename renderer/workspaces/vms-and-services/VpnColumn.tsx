/** A line for each VPN connection of a VM network, with its live state. */
import { Link, makeStyles } from '@fluentui/react-components';
import type { TunnelView } from '../../../shared/contract/vpn.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useConsole } from '../../shell/console.tsx';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { FactList } from '../../views/shared/FactList.tsx';
import { Sparkline, useTrafficHistories } from '../../views/vpn/Sparkline.tsx';
import type { Rate } from '../../views/vpn/trafficHistory.ts';
import { TunnelState } from '../../views/vpn/TunnelState.tsx';
import { DetailsColumn } from '../DetailsFrame.tsx';

const useStyles = makeStyles({ line: { display: 'inline-flex', flexWrap: 'wrap', gap: '0 8px' } });

export function VpnColumn({ vmNetworkId }: { readonly vmNetworkId: string }) {
  const { open } = useConsole();
  const { data } = useSubscription('vpn.status', { id: vmNetworkId });
  const histories = useTrafficHistories(data);
  const tunnels = data?.tunnels ?? [];
  return (
    <DetailsColumn title="VPN connections">
      {tunnels.length === 0 ? 'No VPN connection yet.' : <FactList facts={tunnels.map((tunnel) => ({ label: tunnel.name, value: <TunnelLine tunnel={tunnel} rates={histories.get(tunnel.id)?.rates ?? []} /> }))} />}
      <Link onClick={() => open({ kind: 'vpnStatus', vmNetworkId })}>VPN status</Link>
    </DetailsColumn>
  );
}

function TunnelLine({ tunnel, rates }: { readonly tunnel: TunnelView; readonly rates: readonly Rate[] }) {
  const styles = useStyles();
  return (
    <span className={styles.line}>
      <TunnelState tunnel={tunnel} />
      <span>
        to <CopyableAddress text={tunnel.remoteEndpoint} what={`Remote endpoint of ${tunnel.name}`} />
      </span>
      <Sparkline rates={rates} width={90} />
    </span>
  );
}
