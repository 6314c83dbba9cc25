/** Properties of a VM network. OK checks the input, then starts a job; nothing typed is lost when it is refused. */
import { VirtualNetwork20Regular } from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import type { Connectivity, VmNetworkDetails } from '../../../shared/contract/inventory.ts';
import { useFreshProcedure } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../../views/shared/states.tsx';
import { useDelayed } from '../../views/shared/useDelayed.ts';
import { OperationProperties, type OwningPropertiesPage } from '../frame/OperationProperties.tsx';
import { PropertiesFrame } from '../frame/PropertiesFrame.tsx';
import { BgpPage } from './BgpPage.tsx';
import { initialForm, isChanged, toInput } from './connectivityForm.ts';
import { ConnectivityPage, type ConnectivityPageProps } from './ConnectivityPage.tsx';
import { generalInput, initialGeneral, isGeneralChanged } from './generalForm.ts';
import { NamePage, VmSubnetsPage } from './GeneralPages.tsx';
import { NatPage } from './NatPage.tsx';
import { VpnPage } from './VpnPage.tsx';

interface VmNetworkPropertiesProps {
  readonly vmNetworkId: string;
  readonly onClose: () => void;
  readonly onJobStarted: (jobId: string) => void;
}

/** Waits a moment for what the pages show: a window that fills itself while one looks would be worse. A long wait is shown. */
export function VmNetworkProperties(props: VmNetworkPropertiesProps) {
  const details = useFreshProcedure('vmNetwork.get', { id: props.vmNetworkId });
  const options = useFreshProcedure('vmNetwork.connectivity', { id: props.vmNetworkId });
  const error = details.error ?? options.error;
  const isLoaded = details.data?.id === props.vmNetworkId && options.data?.vmNetwork.id === props.vmNetworkId;
  const isSlow = useDelayed(!isLoaded);
  if (error !== null) return <PropertiesNotice content={<ErrorState error={error} />} onClose={props.onClose} />;
  if (isLoaded && details.data !== undefined && options.data !== undefined) return <LoadedProperties {...props} details={details.data} options={options.data} />;
  return isSlow ? <PropertiesNotice content={<LoadingState what="the properties" />} onClose={props.onClose} /> : null;
}

/** The window before it has anything to change. */
function PropertiesNotice({ content, onClose }: { readonly content: ReactNode; readonly onClose: () => void }) {
  return (
    <PropertiesFrame
      title="VM network properties"
      icon={<VirtualNetwork20Regular />}
      pages={[{ id: 'general', label: 'General', purpose: 'The VM network', content }]}
      pageId="general"
      onPage={() => undefined}
      notice={null}
      isBusy={false}
      canAccept={false}
      onAccept={onClose}
      onCancel={onClose}
    />
  );
}

type PageId = 'name' | 'vmSubnets' | 'connectivity' | 'nat' | 'vpn' | 'bgp';

interface LoadedPropertiesProps extends VmNetworkPropertiesProps {
  readonly details: VmNetworkDetails;
  readonly options: Connectivity;
}

function LoadedProperties({ vmNetworkId, details, options: fresh, onClose, onJobStarted }: LoadedPropertiesProps) {
  // What is typed is typed against what was there when the window opened.
  const [options] = useState(fresh);
  const [before] = useState(() => initialForm(options));
  const [form, setForm] = useState(before);
  const [shown] = useState(details);
  const [generalBefore] = useState(() => initialGeneral(details));
  const [general, setGeneral] = useState(generalBefore);
  const page = (id: PageId, label: string, purpose: string, owns: readonly string[], Content: (props: ConnectivityPageProps) => ReactNode): OwningPropertiesPage<PageId> => ({
    id,
    label,
    purpose,
    owns,
    content: <Content options={options} form={form} onChange={setForm} />,
  });
  const isVirtualized = shown.isolation !== 'No isolation';
  const isOwnChanged = isGeneralChanged(general, generalBefore);
  const isConnectivityChanged = isChanged(form, before);
  const connectivity = toInput(form, before, vmNetworkId);
  const pages: readonly OwningPropertiesPage<PageId>[] = [
    { id: 'name', label: 'Name', purpose: 'Name and isolation of the VM network', owns: ['name', 'description'], content: <NamePage details={shown} form={general} onChange={setGeneral} /> },
    ...(isVirtualized ? [{ id: 'vmSubnets', label: 'VM Subnets', purpose: 'Subnets of the VM network and their virtual subnet IDs', owns: ['subnets'], content: <VmSubnetsPage details={shown} form={general} onChange={setGeneral} /> } as const] : []),
    page('connectivity', 'Connectivity', 'How this VM network reaches other networks', ['vpnTunnel.gatewayDevice', 'directConnection.gatewayDevice', 'directConnection.ipAddressPool', 'directConnection.ipAddress', 'directConnection.routing'], ConnectivityPage),
    ...(form.isDirect && form.routing === 'NAT' ? [page('nat', 'Network Address Translation (NAT)', 'Specify network address translation (NAT) rules', ['directConnection.externalAddresses', 'directConnection.rules'], NatPage)] : []),
    ...(form.isVpn ? [page('vpn', 'VPN Connections', 'Tunnels to VPN devices of other networks', ['vpnTunnel.subnet', 'vpnTunnel.connections'], VpnPage)] : []),
    ...(form.isVpn && form.isBgp ? [page('bgp', 'Border Gateway Protocol', 'Peers with which routes are exchanged', ['vpnTunnel.bgp'], BgpPage)] : []),
  ];
  return (
    <OperationProperties
      title={`${shown.name} Properties`}
      icon={<VirtualNetwork20Regular />}
      operationId={isOwnChanged ? 'vmNetwork.change' : 'vmNetwork.setConnectivity'}
      input={isOwnChanged ? { ...(isConnectivityChanged ? connectivity : { vmNetwork: vmNetworkId }), ...generalInput(general, generalBefore) } : connectivity}
      pages={pages}
      initialPage="connectivity"
      isChanged={isOwnChanged || isConnectivityChanged}
      hasScript
      onClose={onClose}
      onJobStarted={onJobStarted}
    />
  );
}
