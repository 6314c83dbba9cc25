/** BGP of a VM network as it was asked for, or everything that stands against it (fact sheet §3.5). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { BgpInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4, parseIpv4, prefixContains, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { BgpPeer } from '../../store/inventory/vpnConnections.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { gatewayLimits } from './limits.ts';
import { parseNumber } from './typedNumber.ts';

export type WantedPeer = Omit<BgpPeer, 'id' | 'vmNetworkGatewayId'> & { readonly id: string | undefined };

export interface WantedBgp {
  readonly autonomousSystemNumber: number;
  readonly peers: readonly WantedPeer[];
}

type PeerInput = BgpInput['peers'][number];
type Result = { readonly found: WantedBgp | null } | { readonly problems: readonly Problem[] };

/** What is there now; null while BGP is off. */
export function bgpNow(network: VmNetwork, { vmNetworkGateways, vpnConnections }: Inventory): WantedBgp | null {
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  if (gateway?.enableBgp !== true) return null;
  return { autonomousSystemNumber: gateway.autonomousSystemNumber ?? 0, peers: vpnConnections.peersOf(gateway.id) };
}

/** `routes`: of all VPN connections; a peer can be reached through one of them only. Left out, BGP stays as it is. */
export function resolveBgp(network: VmNetwork, input: BgpInput | null | undefined, routes: readonly { readonly prefix: Ipv4Prefix }[], inventory: Inventory): Result {
  if (input === null) return { found: null };
  if (input === undefined) return checkStaying(bgpNow(network, inventory), routes);
  const problems = [...checkNumber(network, input), ...input.peers.flatMap((peer, at) => checkPeer(peer, at, input, routes))];
  if (problems.length > 0) return { problems };
  return {
    found: {
      autonomousSystemNumber: Number(input.autonomousSystemNumber),
      peers: input.peers.map(({ id, name, address, autonomousSystemNumber }) => ({ id, name: name === '' ? address : name, address: parseIpv4(address) ?? 0, autonomousSystemNumber: Number(autonomousSystemNumber) })),
    },
  };
}

/** Routes may have changed below the peers. */
function checkStaying(bgp: WantedBgp | null, routes: readonly { readonly prefix: Ipv4Prefix }[]): Result {
  const lost = bgp?.peers.find(({ address }) => !isRouted(address, routes));
  if (lost === undefined) return { found: bgp };
  return { problems: [notRouted(['vpnTunnel', 'connections'], formatIpv4(lost.address))] };
}

function checkNumber(network: VmNetwork, { autonomousSystemNumber }: BgpInput): Problem[] {
  if (parseNumber(autonomousSystemNumber, 1, gatewayLimits.highestAsn) !== undefined) return [];
  return [problem('invalidInput', ['vpnTunnel', 'bgp', 'autonomousSystemNumber'], notAsn(autonomousSystemNumber, `VM network ${network.name}`), `Type a number from 1 to ${gatewayLimits.highestAsn}; 64512 and above are for private use.`)];
}

function notAsn(typed: string, whose: string): string {
  return typed === '' ? `${whose} has no autonomous system number.` : `"${typed}" is no autonomous system number of ${whose}.`;
}

function checkPeer(peer: PeerInput, at: number, { peers }: BgpInput, routes: readonly { readonly prefix: Ipv4Prefix }[]): Problem[] {
  const path = ['vpnTunnel', 'bgp', 'peers', at];
  const problems: Problem[] = [];
  const address = parseIpv4(peer.address);
  if (address === undefined) problems.push(problem('invalidInput', [...path, 'address'], peer.address === '' ? 'A BGP peer has no address.' : `"${peer.address}" is no address of a BGP peer.`, 'Type the IPv4 address of the peer.'));
  else if (peers.slice(0, at).some((other) => parseIpv4(other.address) === address)) problems.push(problem('nameInUse', [...path, 'address'], `BGP peer ${peer.address} stands twice.`, 'Remove one of them.'));
  else if (!isRouted(address, routes)) problems.push(notRouted([...path, 'address'], peer.address));
  if (parseNumber(peer.autonomousSystemNumber, 1, gatewayLimits.highestAsn) === undefined) {
    problems.push(problem('invalidInput', [...path, 'autonomousSystemNumber'], notAsn(peer.autonomousSystemNumber, `BGP peer ${peer.address === '' ? at + 1 : peer.address}`), `Type a number from 1 to ${gatewayLimits.highestAsn}.`));
  }
  return problems;
}

function isRouted(address: number, routes: readonly { readonly prefix: Ipv4Prefix }[]): boolean {
  return routes.some(({ prefix }) => prefixContains(prefix, address));
}

function notRouted(path: readonly (string | number)[], address: string): Problem {
  return problem('bgpPeerNotRouted', path, `No VPN connection has a route to BGP peer ${address}; the session would stay Connecting.`, `Add ${address}/32 to the routes of the connection that leads to it.`);
}
