/** BGP routers: of the tenants' compartments, and of the VPN devices at the other ends of their tunnels (fact sheet §3.5, 4.6). */
import type { Ipv4Prefix } from '../../shared/net/ipv4.ts';
import { maskOf } from '../../shared/net/ipv4.ts';
import type { BgpConfig } from '../simulation/config.ts';
import type { InventorySnapshot, VmNetworkGatewayRow, VpnDeviceRow } from '../store/inventory/snapshot.ts';
import { gatewayAddress } from './fabric.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

/** The compartment tells of the VM subnets. */
export function projectCompartmentBgp(gateway: VmNetworkGatewayRow, index: SnapshotIndex): BgpConfig | null {
  const asn = gateway.autonomousSystemNumber;
  if (gateway.enableBgp === 0 || gateway.hasVpn === 0 || asn === null) return null;
  return {
    asn,
    routerId: gatewayAddress(gateway),
    peers: (index.peersOfGateway.get(gateway.id) ?? []).map(({ name, address, autonomousSystemNumber }) => ({ name, address, asn: autonomousSystemNumber })),
    networks: vmSubnetsOf(gateway, index),
  };
}

/** The device tells of its LAN, to every compartment with BGP that has a connection to it; two compartments with one address cannot both be its peers. */
export function projectDeviceBgp(device: VpnDeviceRow, snapshot: InventorySnapshot, index: SnapshotIndex): BgpConfig | null {
  if (device.autonomousSystemNumber === null) return null;
  const peers = new Map<number, BgpConfig['peers'][number]>();
  for (const gateway of snapshot.vmNetworkGateways) {
    const asn = gateway.autonomousSystemNumber;
    if (asn === null || !speaksBgpTo(gateway, device, index)) continue;
    const address = gatewayAddress(gateway);
    if (!peers.has(address)) peers.set(address, { name: index.vmNetworks.get(gateway.vmNetworkId)?.name ?? gateway.name, address, asn });
  }
  if (peers.size === 0) return null;
  return { asn: device.autonomousSystemNumber, routerId: device.lanAddress, peers: [...peers.values()], networks: [lanOf(device)] };
}

/** Whether the compartment and the device learn each other's networks by BGP, so that the device needs no static routes to the VM subnets. */
export function speaksBgpTo(gateway: VmNetworkGatewayRow, device: VpnDeviceRow, index: SnapshotIndex): boolean {
  if (gateway.enableBgp === 0 || gateway.hasVpn === 0 || device.autonomousSystemNumber === null) return false;
  return (index.tunnelsOfGateway.get(gateway.id) ?? []).some(({ remoteAddress }) => remoteAddress === device.address);
}

function vmSubnetsOf({ vmNetworkId }: VmNetworkGatewayRow, index: SnapshotIndex): readonly Ipv4Prefix[] {
  return (index.subnetsOfNetwork.get(vmNetworkId) ?? []).map(({ address, prefixLength }) => ({ address, length: prefixLength }));
}

function lanOf({ lanAddress, lanPrefixLength }: VpnDeviceRow): Ipv4Prefix {
  return { address: (lanAddress & maskOf(lanPrefixLength)) >>> 0, length: lanPrefixLength };
}
