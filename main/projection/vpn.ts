/** Site-to-site interfaces of the tenants' compartments, and the VPN devices at their other ends (fact sheet §3.3, 4.4). */
import type { Ipv4Address, Ipv4Prefix } from '../../shared/net/ipv4.ts';
import type { ExternalService, SiteToSiteConfig, VpnDeviceConfig } from '../simulation/config.ts';
import { siteToSiteDefaults } from '../simulation/vpn/timings.ts';
import type { InventorySnapshot, NetworkServiceRow, VmNetworkGatewayRow, VpnConnectionRow, VpnDeviceRow } from '../store/inventory/snapshot.ts';
import { projectDeviceBgp, speaksBgpTo } from './bgp.ts';
import { gatewayPrefix } from './fabric.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** The pre-shared key of a Run As account; null when it was never typed here, or cannot be opened. */
export type PreSharedKeys = (runAsAccountId: string) => string | null;

/** Metric of routes through a tunnel: that of Microsoft's samples (fact sheet §4.4). */
const tunnelMetric = 100;

const externalServices: readonly ExternalService[] = ['icmp-echo', 'http', 'udp-echo'];

/** Services of a host outside, as they are stored. */
export function servicesOf(services: string): readonly ExternalService[] {
  return externalServices.filter((service) => services.split(',').includes(service));
}

/** Where VPN devices find a gateway: the address of its front end. Undefined while it has none. */
export function endpointOf(service: NetworkServiceRow | undefined, index: SnapshotIndex): Ipv4Address | undefined {
  const connection = (index.connectionsOfService.get(service?.id ?? '') ?? []).find(({ type }) => type === 'FrontEnd');
  const frontEnd = index.adapters.get(connection?.adapterId ?? '');
  return index.allocations.get(frontEnd?.allocationId ?? '')?.address;
}

export function projectTunnels(gateway: VmNetworkGatewayRow, index: SnapshotIndex, keys: PreSharedKeys): readonly SiteToSiteConfig[] {
  const localAddress = endpointOf(index.services.get(gateway.networkServiceId), index);
  if (localAddress === undefined || gateway.hasVpn === 0) return [];
  return (index.tunnelsOfGateway.get(gateway.id) ?? []).map((connection) =>
    tunnel(connection, {
      id: connection.id,
      name: connection.name,
      localAddress,
      destination: connection.remoteAddress,
      preSharedKey: keyAtGateway(connection, keys),
      to: index.routesOfTunnel.get(connection.id) ?? [],
    }),
  );
}

/** Each device answers every gateway that has a connection to it. */
export function projectVpnDevices(snapshot: InventorySnapshot, index: SnapshotIndex, keys: PreSharedKeys): readonly VpnDeviceConfig[] {
  return snapshot.vpnDevices.map((device) => ({
    id: device.id,
    name: device.name,
    address: device.address,
    mac: device.mac,
    lan: { name: device.lanName, address: device.lanAddress, prefixLength: device.lanPrefixLength, mac: device.lanMac },
    hosts: (index.hostsOfDevice.get(device.id) ?? []).map(({ id, name, address, mac, services }) => ({ id, name, address, mac, services: servicesOf(services) })),
    tunnels: snapshot.vmNetworkGateways.flatMap((gateway) => tunnelsOfDevice(device, gateway, index, keys)),
    bgp: projectDeviceBgp(device, snapshot, index),
    isSilent: false,
  }));
}

/** The device's own end: it was set up to reach the gateway's leg, and the VM subnets where BGP does not bring them. */
function tunnelsOfDevice(device: VpnDeviceRow, gateway: VmNetworkGatewayRow, index: SnapshotIndex, keys: PreSharedKeys): readonly SiteToSiteConfig[] {
  const destination = endpointOf(index.services.get(gateway.networkServiceId), index);
  if (destination === undefined || gateway.hasVpn === 0) return [];
  const inside = speaksBgpTo(gateway, device, index) ? [] : (index.subnetsOfNetwork.get(gateway.vmNetworkId) ?? []).map(({ address, prefixLength }) => ({ address, length: prefixLength }));
  return (index.tunnelsOfGateway.get(gateway.id) ?? [])
    .filter(({ remoteAddress }) => remoteAddress === device.address)
    .map((connection) =>
      tunnel(connection, {
        id: `${device.id} ${connection.id}`,
        name: index.vmNetworks.get(gateway.vmNetworkId)?.name ?? connection.name,
        localAddress: device.address,
        destination,
        preSharedKey: keyAtDevice(connection, device, keys),
        to: [...inside, gatewayPrefix(gateway)],
      }),
    );
}

type Ends = Pick<SiteToSiteConfig, 'id' | 'name' | 'localAddress' | 'destination' | 'preSharedKey'> & { readonly to: readonly Ipv4Prefix[] };

function tunnel({ isEnabled }: VpnConnectionRow, { to, ...ends }: Ends): SiteToSiteConfig {
  return {
    ...ends,
    subnets: to.map(({ address, length }) => ({ prefix: { address, length }, metric: tunnelMetric })),
    isEnabled: isEnabled === 1,
    isPersistent: false,
    ...siteToSiteDefaults,
  };
}

/** Certificates are not modelled: whoever trusts them has the same key, which is nobody's secret. */
const certificateKey = 'machine certificates that both ends trust';

function keyAtGateway({ runAsAccountId }: VpnConnectionRow, keys: PreSharedKeys): string {
  if (runAsAccountId === null) return certificateKey;
  return keys(runAsAccountId) ?? '';
}

/** The device knows the key on which both sides agreed, but accepts only the kinds of authentication it was set up for. */
function keyAtDevice(connection: VpnConnectionRow, device: VpnDeviceRow, keys: PreSharedKeys): string {
  const isAccepted = device.authenticationMethods.split(',').includes(connection.authenticationMethod);
  const isKnown = connection.runAsAccountId === null || keys(connection.runAsAccountId) !== null;
  return isAccepted && isKnown ? keyAtGateway(connection, keys) : 'what the gateway does not know';
}
