/** Steps that set up, change or remove VPN connections and BGP of a VM network. */
import type { VpnTunnelInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VpnConnection } from '../../store/inventory/vpnConnections.ts';
import type { VmNetworkGateway } from '../../store/inventory/vmNetworkGateways.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import { refuseAll } from '../problems.ts';
import { bgpNow } from './bgpTarget.ts';
import { resolveVpnTunnel } from './connectivityGoal.ts';
import { setUpVmNetworkGateway } from './natSteps.ts';
import { connectionsOf, type VpnTarget } from './vpnTarget.ts';
import type { NetworkIn } from './networkIn.ts';

/** `first`: number of the first of them below 1. `bringsGateway`: no other part of the job sets the VM network gateway up. */
export function vpnSteps(networkIn: NetworkIn, input: VpnTunnelInput, first: number, bringsGateway: boolean): readonly StepDefinition[] {
  const steps: Omit<StepDefinition, 'number'>[] = [
    ...(bringsGateway ? [{ key: 'gateway', name: labels.setUpVmNetworkGateway, run: (context: StepContext) => setUpVmNetworkGateway(context, networkIn(context), targetNow(context, networkIn(context), input).gateway) }] : []),
    { key: 'vpn', name: labels.setUpVpnConnections, run: (context) => setUpVpn(context, networkIn(context), targetNow(context, networkIn(context), input).target) },
    ...(input.bgp === undefined ? [] : [{ key: 'bgp', name: labels.setUpBgp, run: (context: StepContext) => setUpBgp(context, networkIn(context), targetNow(context, networkIn(context), input).target) }]),
  ];
  return steps.map((step, at) => ({ ...step, number: `1.${first + at}` }));
}

function targetNow(context: StepContext, network: VmNetwork, input: VpnTunnelInput) {
  const resolved = resolveVpnTunnel(network, input, context.inventory);
  return 'target' in resolved ? resolved : refuseAll(resolved.problems);
}

function setUpVpn(context: StepContext, network: VmNetwork, { subnet, connections }: VpnTarget): StepResult {
  const gateway = context.inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (gateway === undefined) return { message: 'There is no VM network gateway.' };
  context.inventory.vmNetworkGateways.setVpn(gateway.id, true, subnet);
  auditGateway(context, gateway, { HasVPN: [yesNo(gateway.hasVpn), 'True'], IPSubnet: [formatPrefix({ address: gateway.subnetAddress, length: gateway.subnetPrefixLength }), formatPrefix(subnet)] });
  const before = connectionsOf(network, context.inventory);
  const after = connections.map((wanted): VpnConnection => ({ ...wanted, id: wanted.id ?? context.newId(), vmNetworkGatewayId: gateway.id }));
  replace(context, before, after);
  return { message: after.length === 0 ? 'There is no VPN connection yet.' : after.map(({ name, remoteAddress }) => `${name} to ${formatIpv4(remoteAddress)}`).join(', ') };
}

function setUpBgp(context: StepContext, network: VmNetwork, { bgp }: VpnTarget): StepResult {
  const { vmNetworkGateways, vpnConnections } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  if (gateway === undefined) return { message: 'There is no VM network gateway.' };
  const before = bgpNow(network, context.inventory);
  const known = vpnConnections.peersOf(gateway.id);
  const peers = (bgp?.peers ?? []).map((peer) => ({ ...peer, vmNetworkGatewayId: gateway.id, id: peer.id ?? known.find(({ address }) => address === peer.address)?.id ?? context.newId() }));
  vmNetworkGateways.setBgp(gateway.id, bgp !== null, bgp?.autonomousSystemNumber ?? gateway.autonomousSystemNumber);
  vpnConnections.replacePeers(gateway.id, peers);
  auditGateway(context, gateway, {
    EnableBGP: [yesNo(before !== null), yesNo(bgp !== null)],
    AutonomousSystemNumber: [numberText(gateway.autonomousSystemNumber), numberText(bgp?.autonomousSystemNumber ?? gateway.autonomousSystemNumber)],
    BGPPeers: [peersText(before?.peers ?? []), peersText(peers)],
  });
  return { message: bgp === null ? 'BGP is off.' : `Autonomous system ${bgp.autonomousSystemNumber} with ${peers.length} peer${peers.length === 1 ? '' : 's'}.` };
}

/** Connections, routes and peers go; the gateway stays for whatever else uses it. */
export function removeVpn(context: StepContext, network: VmNetwork): StepResult {
  const { vmNetworkGateways, vpnConnections } = context.inventory;
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  if (gateway?.hasVpn !== true) return { message: 'There is no VPN tunnel.' };
  const before = connectionsOf(network, context.inventory);
  replace(context, before, []);
  const bgp = bgpNow(network, context.inventory);
  vpnConnections.replacePeers(gateway.id, []);
  vmNetworkGateways.setBgp(gateway.id, false, null);
  vmNetworkGateways.setVpn(gateway.id, false, { address: gateway.subnetAddress, length: gateway.subnetPrefixLength });
  auditGateway(context, gateway, { HasVPN: ['True', 'False'], EnableBGP: [yesNo(bgp !== null), 'False'], AutonomousSystemNumber: [numberText(gateway.autonomousSystemNumber), null], BGPPeers: [peersText(bgp?.peers ?? []), null] });
  return { message: before.length === 0 ? 'The VPN tunnel is switched off.' : `Removed: ${before.map(({ name }) => name).join(', ')}.` };
}

/** Names and endpoints may change places, so all of them are written anew. */
function replace(context: StepContext, before: readonly VpnConnection[], after: readonly VpnConnection[]): void {
  const { vpnConnections } = context.inventory;
  for (const { id } of before) vpnConnections.remove(id);
  for (const connection of after) vpnConnections.add(connection);
  const ids = new Set([...before, ...after].map(({ id }) => id));
  for (const id of ids) auditConnection(context, before.find((entry) => entry.id === id), after.find((entry) => entry.id === id));
}

/** Property names of Add-SCVPNConnection. */
function auditConnection(context: StepContext, before: VpnConnection | undefined, after: VpnConnection | undefined): void {
  const object = after ?? before;
  if (object === undefined) return;
  const both = (read: (connection: VpnConnection) => string | null): readonly [string | null, string | null] => [before ? read(before) : null, after ? read(after) : null];
  auditChanges(context, { type: 'VPNConnection', id: object.id, name: object.name }, {
    Name: both(({ name }) => name),
    TargetVPNIPv4Address: both(({ remoteAddress }) => formatIpv4(remoteAddress)),
    Status: both(({ isEnabled }) => (isEnabled ? 'Enabled' : 'Disabled')),
    Protocol: both(({ protocol }) => protocol),
    AuthenticationMethod: both(({ authenticationMethod }) => authenticationMethod),
    Secret: both(({ runAsAccountId }) => accountName(runAsAccountId, context.inventory)),
    Certificate: both(({ certificate }) => (certificate === '' ? null : certificate)),
    MaximumBandwidthInboundKbps: both(({ maximumInboundKbps }) => String(maximumInboundKbps)),
    MaximumBandwidthOutboundKbps: both(({ maximumOutboundKbps }) => String(maximumOutboundKbps)),
    EncryptionMethod: both(({ encryptionMethod }) => encryptionMethod),
    IntegrityCheckMethod: both(({ integrityCheckMethod }) => integrityCheckMethod),
    CipherTransformConstants: both(({ cipherTransform }) => cipherTransform),
    AuthenticationTransformConstants: both(({ authenticationTransform }) => authenticationTransform),
    PFSGroup: both(({ pfsGroup }) => pfsGroup),
    DHGroup: both(({ dhGroup }) => dhGroup),
    Routes: both(({ routes }) => (routes.length === 0 ? null : routes.map(formatPrefix).join(', '))),
  });
}

/** The account, never its secret. */
function accountName(id: string | null, { runAsAccounts }: Inventory): string | null {
  return id === null ? null : runAsAccounts.runAsAccount(id).name;
}

function auditGateway(context: StepContext, { id, name }: VmNetworkGateway, changes: Parameters<typeof auditChanges>[2]): void {
  auditChanges(context, { type: 'VMNetworkGateway', id, name }, changes);
}

function yesNo(value: boolean): string {
  return value ? 'True' : 'False';
}

function numberText(value: number | null): string | null {
  return value === null ? null : String(value);
}

function peersText(peers: readonly { readonly name: string; readonly address: number; readonly autonomousSystemNumber: number }[]): string | null {
  return peers.length === 0 ? null : peers.map(({ address, autonomousSystemNumber }) => `${formatIpv4(address)} AS ${autonomousSystemNumber}`).join(', ');
}
