/** What is chosen in the Move to Gateway Wizard, and what it will bring, in words. */
import type { Connectivity } from '../../../shared/contract/inventory.ts';
import type { MovePreview } from '../../../shared/contract/vmNetworkMove.ts';

export interface MoveForm {
  readonly gatewayDevice: string;
  /** Empty: the pool that it has, where the other gateway has it too. */
  readonly ipAddressPool: string;
  readonly ipAddress: string;
}

export const emptyForm: MoveForm = { gatewayDevice: '', ipAddressPool: '', ipAddress: '' };

type Gateway = Connectivity['gateways'][number];

export function presentGateway({ current }: Connectivity): string | undefined {
  return current.directConnection?.gatewayDevice ?? current.vpnTunnel?.gatewayDevice;
}

/** Gateway devices that do what the VM network needs, or why one of them cannot. */
export function unavailable(gateway: Gateway, { current }: Connectivity): string | null {
  if (gateway.unavailableReason !== null) return gateway.unavailableReason;
  const needsRouting = current.directConnection?.routing === 'Direct';
  if (needsRouting) return gateway.supportsDirectRouting ? null : 'It is no forwarding gateway, and the VM network is routed directly.';
  return gateway.supportsNat ? null : 'It is a forwarding gateway: neither NAT nor VPN tunnels.';
}

export interface MoveFact {
  readonly label: string;
  readonly value: string;
}

export function previewFacts({ comesAlong }: MovePreview): readonly MoveFact[] {
  if (comesAlong === null) return [];
  const { externalAddress, furtherAddresses, natRules, vpnConnections, bgpPeers, endpoint } = comesAlong;
  return [
    ...(externalAddress === null ? [] : [{ label: 'External NAT address', value: change(externalAddress) }, ...furtherAddresses.map((address, at) => ({ label: `External NAT address ${at + 2}`, value: change(address) })), { label: 'NAT rules', value: natRules.join(', ') || 'None' }]),
    ...(vpnConnections.length === 0 ? [] : [{ label: 'VPN connections', value: vpnConnections.map(({ name, remoteEndpoint, routes }) => `${name} to ${remoteEndpoint}, ${routes} route${routes === 1 ? '' : 's'}`).join('; ') }]),
    ...(bgpPeers.length === 0 ? [] : [{ label: 'BGP peers', value: bgpPeers.join(', ') }]),
    ...(endpoint === null ? [] : [{ label: 'Tell the other side', value: endpoint.before === endpoint.after ? `Nothing: the endpoint stays ${endpoint.after}` : `The VPN devices have to dial ${endpoint.after} instead of ${endpoint.before}` }]),
  ];
}

function change({ before, after }: { readonly before: string; readonly after: string }): string {
  return before === after ? `${after}, as now` : `${after} instead of ${before}`;
}
