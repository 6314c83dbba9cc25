/** A BGP router in the words of Windows. */
import type { BgpRouterView } from '../../shared/contract/vpn.ts';
import { formatIpv4, formatPrefix } from '../../shared/net/ipv4.ts';
import type { BgpPeerState, BgpRouterState } from '../simulation/state.ts';

/** `now`: virtual nanoseconds. */
export function bgpView({ asn, routerId, localAddress, peers, routes }: BgpRouterState, now: number): BgpRouterView {
  return {
    autonomousSystemNumber: asn,
    identifier: formatIpv4(routerId),
    localAddress: formatIpv4(localAddress),
    peers: peers.map((peer) => peerView(peer, now)),
    routes: routes.map(({ destination, nextHop, ...route }) => ({ ...route, destination: formatPrefix(destination), nextHop: formatIpv4(nextHop) })),
  };
}

function peerView({ name, address, asn, status, since, lastError, holdTimeNs, prefixesReceived, prefixesAdvertised }: BgpPeerState, now: number): BgpRouterView['peers'][number] {
  return {
    name,
    address: formatIpv4(address),
    autonomousSystemNumber: asn,
    status,
    statusSeconds: Math.max(0, (now - since) / 1e9),
    lastError,
    holdSeconds: holdTimeNs === null ? null : holdTimeNs / 1e9,
    learned: prefixesReceived,
    advertised: prefixesAdvertised,
  };
}
