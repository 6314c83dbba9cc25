/** Rows of a snapshot, found by what refers to them. */
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';

export type SnapshotIndex = ReturnType<typeof indexSnapshot>;

export function indexSnapshot(snapshot: InventorySnapshot) {
  return {
    allocations: byKey(snapshot.allocations, (row) => row.id),
    pools: byKey(snapshot.pools, (row) => row.id),
    poolGateways: grouped(snapshot.poolGateways, (row) => row.poolId),
    siteSubnets: byKey(snapshot.siteSubnets, (row) => row.id),
    switches: byKey(snapshot.virtualSwitches, (row) => row.id),
    switchesOfHost: grouped(snapshot.virtualSwitches, (row) => row.hostId),
    vmNetworks: byKey(snapshot.vmNetworks, (row) => row.id),
    vmSubnets: byKey(snapshot.vmSubnets, (row) => row.id),
    subnetsOfNetwork: grouped(snapshot.vmSubnets, (row) => row.vmNetworkId),
    virtualMachines: byKey(snapshot.virtualMachines, (row) => row.id),
    adapters: byKey(snapshot.adapters, (row) => row.id),
    adaptersOfMachine: grouped(snapshot.adapters, (row) => row.virtualMachineId),
    providerAddressesOfHost: grouped(snapshot.providerAddresses, (row) => row.hostId),
    providerAddresses: byKey(snapshot.providerAddresses, (row) => hostSubnetKey(row.hostId, row.vsid)),
    connectionsOfService: grouped(snapshot.connections, (row) => row.networkServiceId),
    gatewaysOfService: grouped(snapshot.vmNetworkGateways, (row) => row.networkServiceId),
    services: byKey(snapshot.networkServices, (row) => row.id),
    natOfGateway: byKey(snapshot.natConnections, (row) => row.vmNetworkGatewayId),
    tunnelsOfGateway: grouped(snapshot.vpnConnections, (row) => row.vmNetworkGatewayId),
    routesOfTunnel: grouped(snapshot.vpnRoutes, (row) => row.vpnConnectionId),
    peersOfGateway: grouped(snapshot.bgpPeers, (row) => row.vmNetworkGatewayId),
    hostsOfDevice: grouped(snapshot.vpnDeviceHosts, (row) => row.vpnDeviceId),
    furtherAddressesOfNat: grouped(snapshot.natExternalAddresses, (row) => row.natConnectionId),
    furtherAddresses: byKey(snapshot.natExternalAddresses, (row) => row.id),
    rulesOfNat: grouped(snapshot.natRules, (row) => row.natConnectionId),
  };
}

/** A provider address stands for one virtual subnet on one host. */
export function hostSubnetKey(hostId: string, vsid: number): string {
  return `${vsid}@${hostId}`;
}

function byKey<R>(rows: readonly R[], key: (row: R) => string): ReadonlyMap<string, R> {
  const map = new Map<string, R>();
  for (const row of rows) map.set(key(row), row);
  return map;
}

function grouped<R>(rows: readonly R[], key: (row: R) => string): ReadonlyMap<string, readonly R[]> {
  const map = new Map<string, R[]>();
  for (const row of rows) {
    const group = map.get(key(row));
    if (group) group.push(row);
    else map.set(key(row), [row]);
  }
  return map;
}
