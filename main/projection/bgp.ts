/** BGP routers: of the tenants' compartments, and of the VPN devices at the other ends of their tunnels (fact sheet §3.5, 4.6). */
import type { Ipv4Prefix } from '../../shared/net/ipv4.ts';
import { maskOf } from '../../shared/net/ipv4.ts';
import type { BgpConfig } from '../simulation/config.ts';
import type { BgpPeerRow, VmNetworkGatewayRow, VmSubnetRow, VpnDeviceRow } from '../store/inventory/snapshot.ts';
import { gatewayAddress } from './fabric.ts';

/** The compartment tells of the VM subnets. */
export function compartmentBgp(gateway: VmNetworkGatewayRow, peers: readonly BgpPeerRow[], subnets: readonly VmSubnetRow[]): BgpConfig | null {
  const asn = gateway.autonomousSystemNumber;
  if (gateway.enableBgp === 0 || gateway.hasVpn === 0 || asn === null) return null;
  return {
    asn,
    routerId: gatewayAddress(gateway),
    peers: peers.map(({ name, address, autonomousSystemNumber }) => ({ name, address, asn: autonomousSystemNumber })),
    networks: subnets.map(({ address, prefixLength }) => ({ address, length: prefixLength })),
  };
}

/**
 * The device tells of its LAN, to every compartment with BGP that has a connection to it; two compartments with one address cannot both be
 * its peers. `gateways`: those with a connection to it, with the names of their VM networks.
 */
export function deviceBgp(device: VpnDeviceRow, gateways: readonly { readonly gateway: VmNetworkGatewayRow; readonly name: string }[]): BgpConfig | null {
  if (device.autonomousSystemNumber === null) return null;
  const peers = new Map<number, BgpConfig['peers'][number]>();
  for (const { gateway, name } of gateways) {
    const asn = gateway.autonomousSystemNumber;
    if (asn === null || !speaksBgpTo(gateway, device)) continue;
    const address = gatewayAddress(gateway);
    if (!peers.has(address)) peers.set(address, { name, address, asn });
  }
  if (peers.size === 0) return null;
  return { asn: device.autonomousSystemNumber, routerId: device.lanAddress, peers: [...peers.values()], networks: [lanOf(device)] };
}

/** Whether a compartment and a device to which it has a connection learn each other's networks by BGP, so that the device needs no static routes to the VM subnets. */
export function speaksBgpTo(gateway: VmNetworkGatewayRow, device: VpnDeviceRow): boolean {
  return gateway.enableBgp === 1 && gateway.hasVpn === 1 && device.autonomousSystemNumber !== null;
}

function lanOf({ lanAddress, lanPrefixLength }: VpnDeviceRow): Ipv4Prefix {
  return { address: (lanAddress & maskOf(lanPrefixLength)) >>> 0, length: lanPrefixLength };
}
