/** Site-to-site interfaces in the words of Windows. */
import type { TunnelView } from '../../shared/contract/vpn.ts';
import { formatIpv4, formatPrefix } from '../../shared/net/ipv4.ts';
import type { SiteToSiteState, SiteToSiteStateName } from '../simulation/state.ts';

const stateNames: Readonly<Record<SiteToSiteStateName, TunnelView['state']>> = { Disconnected: 'Disconnected', Dialing: 'Connecting', Connected: 'Connected' };

/** `now`: virtual nanoseconds. */
export function tunnelView(tunnel: SiteToSiteState, now: number): TunnelView {
  const { id, name, isEnabled, isPersistent, lastError, tries, waiting, rxPackets, rxBytes, txPackets, txBytes, association } = tunnel;
  return {
    id,
    name,
    isEnabled,
    isPersistent,
    state: stateNames[tunnel.state],
    stateSeconds: seconds(now - tunnel.since),
    localEndpoint: formatIpv4(tunnel.localAddress),
    remoteEndpoint: formatIpv4(tunnel.destination),
    routes: tunnel.subnets.map(({ prefix, metric }) => ({ destination: formatPrefix(prefix), metric })),
    lastError,
    tries,
    waiting,
    rxPackets,
    rxBytes,
    txPackets,
    txBytes,
    association: association && {
      inboundSpi: spiText(association.inboundSpi),
      outboundSpi: spiText(association.outboundSpi),
      ageSeconds: seconds(now - association.establishedAt),
      rekeyInSeconds: seconds(association.rekeyAt - now),
    },
  };
}

function seconds(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e9);
}

/** As Wireshark writes it. */
function spiText(spi: number): string {
  return `0x${(spi >>> 0).toString(16).padStart(8, '0')}`;
}
