/** PowerShell of the pages VPN Connections and BGP. The pre-shared key is a Run As account: no secret is in a script. */
import type { SetConnectivityInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import type { Script, ScriptReference } from '../powershell/script.ts';
import { bgpNow, type WantedBgp } from './bgpTarget.ts';
import { connectionsOf, type VpnTarget, type WantedConnection } from './vpnTarget.ts';

interface VpnPart {
  readonly network: VmNetwork;
  readonly gateway: ScriptReference;
  /** The VM network gateway is made anew: nothing is there yet. */
  readonly isNew: boolean;
  readonly input: SetConnectivityInput;
  readonly vpn: VpnTarget | null;
}

export function vpnScript(script: Script, { network, gateway, isNew, input, vpn }: VpnPart, inventory: Inventory): void {
  const before = isNew ? [] : connectionsOf(network, inventory);
  const wanted = input.vpnTunnel === undefined && vpn === null ? before : (vpn?.connections ?? []);
  const stays = (a: WantedConnection) => wanted.some((b) => isSame(a, b));
  for (const { name } of before.filter((connection) => !stays(connection))) {
    script.run('Remove-SCVPNConnection', { VPNConnection: script.set('vpnConnection', 'Get-SCVPNConnection', { VMNetworkGateway: gateway, Name: name }) });
  }
  for (const connection of wanted) if (!before.some((known) => isSame(known, connection))) addConnection(script, gateway, connection, inventory);
  if (vpn !== null) bgpScript(script, gateway, isNew ? null : bgpNow(network, inventory), vpn.bgp);
}

function isSame(a: WantedConnection, b: WantedConnection): boolean {
  return propertiesText(a) === propertiesText(b);
}

function propertiesText({ routes, ...rest }: WantedConnection): string {
  const own = Object.entries(rest).filter(([key]) => key !== 'id' && key !== 'vmNetworkGatewayId');
  return JSON.stringify([own.sort(([a], [b]) => (a < b ? -1 : 1)), routes.map(formatPrefix)]);
}

function addConnection(script: Script, gateway: ScriptReference, connection: WantedConnection, inventory: Inventory): void {
  const account = connection.runAsAccountId === null ? null : inventory.runAsAccounts.runAsAccount(connection.runAsAccountId);
  if (account !== null) script.comment(`Run As account '${account.name}' holds the pre-shared key`);
  const secret = account === null ? {} : { Secret: script.set('secret', 'Get-SCRunAsAccount', { Name: account.name }) };
  const vpn = script.set('vpnConnection', 'Add-SCVPNConnection', {
    VMNetworkGateway: gateway,
    Name: connection.name,
    Protocol: connection.protocol,
    TargetIPv4VPNAddress: formatIpv4(connection.remoteAddress),
    AuthenticationMethod: connection.authenticationMethod,
    ...secret,
    EncryptionMethod: connection.encryptionMethod,
    IntegrityCheckMethod: connection.integrityCheckMethod,
    CipherTransformConstants: connection.cipherTransform,
    AuthenticationTransformConstants: connection.authenticationTransform,
    PFSGroup: connection.pfsGroup,
    DHGroup: connection.dhGroup,
    MaximumBandwidthInboundKbps: connection.maximumInboundKbps,
    MaximumBandwidthOutboundKbps: connection.maximumOutboundKbps,
  });
  if (!connection.isEnabled) script.run('Set-SCVPNConnection', { VPNConnection: vpn, Status: 'Disabled' });
  for (const route of connection.routes) script.run('Add-SCNetworkRoute', { IPSubnet: formatPrefix(route), VPNConnection: vpn, VMNetworkGateway: gateway });
}

/** No cmdlet changes a peer, nor the number while BGP is on (fact sheet §3.5). */
function bgpScript(script: Script, gateway: ScriptReference, before: WantedBgp | null, after: WantedBgp | null): void {
  const stays = (list: WantedBgp | null, peer: WantedBgp['peers'][number]) => list?.peers.some(({ name, address, autonomousSystemNumber }) => name === peer.name && address === peer.address && autonomousSystemNumber === peer.autonomousSystemNumber) === true;
  for (const peer of before?.peers ?? []) {
    if (!stays(after, peer)) script.run('Remove-SCBGPPeer', { BGPPeer: script.set('bgpPeer', 'Get-SCBGPPeer', { VMNetworkGateway: gateway, Name: peer.name }) });
  }
  if (after === null) {
    if (before !== null) script.run('Set-SCVMNetworkGateway', { VMNetworkGateway: gateway, EnableBGP: false });
    return;
  }
  if (before?.autonomousSystemNumber !== after.autonomousSystemNumber) {
    if (before !== null) script.run('Set-SCVMNetworkGateway', { VMNetworkGateway: gateway, EnableBGP: false });
    script.run('Set-SCVMNetworkGateway', { VMNetworkGateway: gateway, EnableBGP: true, AutonomousSystemNumber: after.autonomousSystemNumber });
  }
  for (const peer of after.peers) {
    if (!stays(before, peer)) script.run('Add-SCBGPPeer', { VMNetworkGateway: gateway, Name: peer.name, PeerIPAddress: formatIpv4(peer.address), PeerASN: peer.autonomousSystemNumber });
  }
}
