/** What the pages of a VM network's properties start from: everything as it is, in the form in which it would be asked for. */
import type { ConnectivityNow } from '../../../shared/contract/inventory.ts';
import { formatIpv4, formatPrefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NatExternalAddress } from '../../store/inventory/natExternalAddresses.ts';
import type { NatRule } from '../../store/inventory/natRules.ts';
import type { VmNetworkGateway } from '../../store/inventory/vmNetworkGateways.ts';
import type { VpnConnection } from '../../store/inventory/vpnConnections.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { furtherAddressesOf } from './externalAddressTarget.ts';
import { rulesOf } from './natRuleTarget.ts';
import { connectionsOf } from './vpnTarget.ts';

/** Throws objectNotFound. */
export function connectivityNow(reference: string, inventory: Inventory): ConnectivityNow {
  const network = inventory.vmNetworks.vmNetwork(reference);
  const gateway = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  if (gateway === undefined) return { directConnection: null, vpnTunnel: null, autonomousSystemNumber: '' };
  return {
    directConnection: directNow(network, gateway, inventory),
    vpnTunnel: vpnNow(network, gateway, inventory),
    autonomousSystemNumber: gateway.autonomousSystemNumber === null ? '' : String(gateway.autonomousSystemNumber),
  };
}

function directNow(network: VmNetwork, gateway: VmNetworkGateway, inventory: Inventory): ConnectivityNow['directConnection'] {
  const nat = inventory.vmNetworkGateways.natOf(gateway.id);
  const allocation = nat && inventory.pools.allocation(nat.ipAddressAllocationId);
  const gatewayDevice = gateway.networkServiceId;
  if (allocation) {
    const further = furtherAddressesOf(network, inventory);
    return {
      routing: 'NAT',
      gatewayDevice,
      ipAddressPool: allocation.ipAddressPoolId,
      ipAddress: formatIpv4(allocation.address),
      externalAddresses: further.map(({ id, ipAddressPoolId, address }) => ({ id, ipAddressPool: ipAddressPoolId, ipAddress: formatIpv4(address) })),
      rules: rulesOf(network, inventory).map((rule) => ruleNow(rule, further)),
    };
  }
  return inventory.networkServices.networkService(gatewayDevice).directRoutingMode ? { routing: 'Direct', gatewayDevice } : null;
}

function ruleNow({ id, name, protocol, natExternalAddressId, externalPort, internalAddress, internalPort }: NatRule, further: readonly NatExternalAddress[]) {
  // 1 is the first one, which has no row of its own.
  const externalAddress = 2 + further.findIndex((row) => row.id === natExternalAddressId);
  return { id, name, protocol, externalAddress, incomingPort: String(externalPort), destinationAddress: formatIpv4(internalAddress), destinationPort: String(internalPort) };
}

function vpnNow(network: VmNetwork, gateway: VmNetworkGateway, inventory: Inventory): ConnectivityNow['vpnTunnel'] {
  if (!gateway.hasVpn) return null;
  return {
    gatewayDevice: gateway.networkServiceId,
    subnet: formatPrefix({ address: gateway.subnetAddress, length: gateway.subnetPrefixLength }),
    connections: connectionsOf(network, inventory).map(connectionNow),
    bgp: gateway.enableBgp
      ? {
          autonomousSystemNumber: String(gateway.autonomousSystemNumber ?? ''),
          peers: inventory.vpnConnections.peersOf(gateway.id).map(({ id, name, address, autonomousSystemNumber }) => ({ id, name, address: formatIpv4(address), autonomousSystemNumber: String(autonomousSystemNumber) })),
        }
      : null,
  };
}

type VpnConnectionNow = NonNullable<NonNullable<ConnectivityNow['vpnTunnel']>['connections']>[number];

function connectionNow({ vmNetworkGatewayId: _place, remoteAddress, runAsAccountId, maximumInboundKbps, maximumOutboundKbps, routes, ...own }: VpnConnection): VpnConnectionNow {
  return {
    ...own,
    remoteEndpoint: formatIpv4(remoteAddress),
    runAsAccount: runAsAccountId ?? '',
    maximumInboundKbps: String(maximumInboundKbps),
    maximumOutboundKbps: String(maximumOutboundKbps),
    routes: routes.map(formatPrefix),
  };
}
