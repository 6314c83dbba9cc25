/** A line for each VPN connection of a VM network, with its live state. */
import { Link, makeStyles } from '@fluentui/react-components';
import type { TunnelView } from '../../../shared/contract/vpn.ts';
import { useSubscription } from '../../bridge/queries.ts';
import { useConsole } from '../../shell/console.tsx';
import { CopyableAddress } from '../../views/shared/CopyableAddress.tsx';
import { FactList } from '../../views/shared/FactList.tsx';
import { TunnelState } from '../../views/vpn/TunnelState.tsx';
import { DetailsColumn } from '../DetailsFrame.tsx';

const useStyles = makeStyles({ line: { display: 'inline-flex', flexWrap: 'wrap', gap: '0 8px' } });

export function VpnColumn({ vmNetworkId }: { readonly vmNetworkId: string }) {
  const { open } = useConsole();
  const { data } = useSubscription('vpn.status', { id: vmNetworkId });
  const tunnels = data?.tunnels ?? [];
  return (
    <DetailsColumn title="VPN connections">
      {tunnels.length === 0 ? 'No VPN connection yet.' : <FactList facts={tunnels.map((tunnel) => ({ label: tunnel.name, value: <TunnelLine tunnel={tunnel} /> }))} />}
      <Link onClick={() => open({ kind: 'vpnStatus', vmNetworkId })}>VPN status</Link>
    </DetailsColumn>
  );
}

function TunnelLine({ tunnel }: { readonly tunnel: TunnelView }) {
  const styles = useStyles();
  return (
    <span className={styles.line}>
      <TunnelState tunnel={tunnel} />
      <span>
        to <CopyableAddress text={tunnel.remoteEndpoint} what={`Remote endpoint of ${tunnel.name}`} />
      </span>
    </span>
  );
}
