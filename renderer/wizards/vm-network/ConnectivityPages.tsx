/** Create VM Network Wizard, pages Connectivity, VPN Connections and Border Gateway Protocol: those of the properties, for a VM network that is not there yet. */
import type { ReactNode } from 'react';
import type { Connectivity } from '../../../shared/contract/inventory.ts';
import { useProcedure } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import type { Fact } from '../../views/shared/FactList.tsx';
import type { WizardPage } from '../frame/OperationWizard.tsx';
import { BgpPage } from '../vm-network-properties/BgpPage.tsx';
import { ConnectivityPage, type ConnectivityPageProps } from '../vm-network-properties/ConnectivityPage.tsx';
import { initialForm, type ConnectivityForm } from '../vm-network-properties/connectivityForm.ts';
import { VpnPage } from '../vm-network-properties/VpnPage.tsx';
import type { VmNetworkForm } from './form.ts';

interface Choices {
  readonly options: Connectivity | undefined;
  readonly state: ReactNode;
  readonly connectivity: ConnectivityForm | null;
}

/** What the gateways offer to a VM network on the chosen logical network. */
export function useConnectivityChoices(form: VmNetworkForm): Choices {
  const { data, error, isPlaceholderData } = useProcedure('logicalNetwork.connectivity', { id: form.logicalNetwork }, { enabled: form.logicalNetwork !== '' });
  const state = error === null ? <LoadingState what="the gateways" /> : <ErrorState error={error} />;
  if (data === undefined || isPlaceholderData) return { options: undefined, state, connectivity: form.connectivity };
  const options = { ...data, vmNetwork: { ...data.vmNetwork, name: form.name } };
  return { options, state, connectivity: form.connectivity ?? initialForm(options) };
}

export function connectivityPages({ options, state, connectivity }: Choices, onChange: (connectivity: ConnectivityForm) => void): readonly WizardPage[] {
  const page = (id: string, label: string, purpose: string, owns: readonly string[], Content: (props: ConnectivityPageProps) => ReactNode): WizardPage => ({
    id,
    label,
    purpose,
    owns,
    content: options === undefined || connectivity === null ? state : <Content options={options} form={connectivity} onChange={onChange} />,
  });
  const isVpn = connectivity?.isVpn === true;
  return [
    page('connectivity', 'Connectivity', 'How this VM network will reach other networks', ['vpnTunnel.gatewayDevice', 'directConnection'], ConnectivityPage),
    ...(isVpn ? [page('vpn', 'VPN Connections', 'Tunnels to VPN devices of other networks', ['vpnTunnel.subnet', 'vpnTunnel.connections'], VpnPage)] : []),
    ...(isVpn && connectivity.isBgp ? [page('bgp', 'Border Gateway Protocol', 'Peers with which routes are exchanged', ['vpnTunnel.bgp'], BgpPage)] : []),
  ];
}

export function connectivityFacts({ options, connectivity }: Choices): readonly Fact[] {
  if (connectivity === null || (!connectivity.isVpn && !connectivity.isDirect)) return [{ label: 'Connectivity', value: 'None' }];
  const { isDirect, routing, gatewayDevice, ipAddress } = connectivity;
  const direct = routing === 'NAT' ? `Network address translation (NAT), ${ipAddress.trim() === '' ? 'first free address' : ipAddress.trim()}` : 'Direct routing';
  return [
    { label: 'Gateway device', value: options?.gateways.find(({ id }) => id === gatewayDevice)?.name ?? '' },
    ...(isDirect ? [{ label: 'Direct connection', value: direct }] : []),
    ...(connectivity.isVpn ? vpnFacts(connectivity) : []),
  ];
}

function vpnFacts({ subnet, connections, isBgp, autonomousSystemNumber, peers }: ConnectivityForm): readonly Fact[] {
  const neighbours = peers.length === 0 ? 'no peer yet' : `peers ${peers.map(({ address }) => address).join(', ')}`;
  return [
    { label: 'Gateway subnet', value: subnet.trim() === '' ? 'Chosen by VMM' : subnet.trim() },
    { label: 'VPN connections', value: connections.length === 0 ? 'None yet' : connections.map(({ name, remoteEndpoint }) => `${name} to ${remoteEndpoint}`).join(', ') },
    ...(isBgp ? [{ label: 'Border Gateway Protocol', value: `Autonomous system ${autonomousSystemNumber.trim()}, ${neighbours}` }] : []),
  ];
}
