/** The tables of a snapshot: what is read of them, in which order, and by what their rows are found again. */
import type { InventorySnapshot } from './snapshot.ts';
import { by, byBytes, byName, type Order } from './sqlOrder.ts';

/** Names of the lists of a snapshot. */
export type SnapshotTable = Exclude<keyof InventorySnapshot, 'seed'>;

export type RowOf<T extends SnapshotTable> = InventorySnapshot[T][number];

export interface TableSource<R> {
  /** Name of the table in the database. */
  readonly table: string;
  /** Result columns. */
  readonly columns: string;
  /** ORDER BY; left out, rows come as they were inserted, and nobody relies on it: one that a rollback brings back may stand behind the others. */
  readonly orderBy?: string;
  /** Left out, the table is small and read anew as a whole whenever anything of it changes. */
  readonly followed?: FollowedRows<R>;
}

/** How one row, or a few that belong together, are read again after a change. */
export interface FollowedRows<R> {
  /** Column whose value names them. */
  readonly key: string;
  readonly keyOf: (row: R) => string | number;
  /** Equal to `orderBy`, but for rows of one key, which are read in their order. */
  readonly order?: Order<R>;
}

/** Order matters: equal inventories give equal snapshots. */
export const snapshotTables: { readonly [T in SnapshotTable]: TableSource<RowOf<T>> } = {
  hosts: {
    table: 'host',
    columns: 'id, name, is_virtual AS isVirtual, is_dedicated_gateway AS isDedicatedGateway, nic_name AS nicName, nic_mac AS nicMac',
    orderBy: 'name',
  },
  virtualSwitches: { table: 'virtual_switch', columns: 'id, host_id AS hostId, name', orderBy: 'host_id, name' },
  siteSubnets: { table: 'network_site_subnet', columns: 'id, network_site_id AS siteId, address, prefix_length AS prefixLength' },
  pools: {
    table: 'ip_address_pool',
    columns: 'id, name, network_site_subnet_id AS siteSubnetId, vm_subnet_id AS vmSubnetId, range_start AS rangeStart, range_end AS rangeEnd',
    orderBy: 'name',
    followed: { key: 'id', keyOf: ({ id }) => id, order: byName(({ name }) => name) },
  },
  poolGateways: {
    table: 'ip_address_pool_gateway',
    columns: 'ip_address_pool_id AS poolId, address, metric',
    orderBy: 'ip_address_pool_id, metric, address',
    followed: { key: 'ip_address_pool_id', keyOf: ({ poolId }) => poolId, order: byBytes(({ poolId }) => poolId) },
  },
  allocations: {
    table: 'ip_address_allocation',
    columns: 'id, ip_address_pool_id AS poolId, address, allocated_to_type AS holderType, description',
    followed: { key: 'id', keyOf: ({ id }) => id },
  },
  vmNetworks: {
    table: 'vm_network',
    columns: 'id, name, routing_domain_id AS routingDomainId',
    orderBy: 'name',
    followed: { key: 'id', keyOf: ({ id }) => id, order: byName(({ name }) => name) },
  },
  virtualSubnets: {
    table: 'virtual_subnet',
    columns: 'vsid, vm_network_id AS vmNetworkId, router_mac AS routerMac',
    orderBy: 'vsid',
    followed: { key: 'vsid', keyOf: ({ vsid }) => vsid, order: by(({ vsid }) => vsid) },
  },
  vmSubnets: {
    table: 'vm_subnet',
    columns: 'id, vm_network_id AS vmNetworkId, vsid, name, address, prefix_length AS prefixLength',
    orderBy: 'vsid',
    followed: { key: 'id', keyOf: ({ id }) => id, order: by(({ vsid }) => vsid) },
  },
  virtualMachines: {
    table: 'virtual_machine',
    columns: `id, host_id AS hostId, name, role, running, firewall_on AS firewallOn, remote_access_installed AS remoteAccessInstalled,
      vpn_deployed AS vpnDeployed`,
    orderBy: 'name',
    followed: { key: 'id', keyOf: ({ id }) => id, order: byName(({ name }) => name) },
  },
  adapters: {
    table: 'virtual_network_adapter',
    columns: `id, virtual_machine_id AS virtualMachineId, name, mac, virtual_switch_id AS virtualSwitchId, vm_subnet_id AS vmSubnetId,
      network_site_subnet_id AS siteSubnetId, ip_address_allocation_id AS allocationId`,
    orderBy: 'virtual_machine_id, slot',
    followed: { key: 'virtual_machine_id', keyOf: ({ virtualMachineId }) => virtualMachineId, order: byBytes(({ virtualMachineId }) => virtualMachineId) },
  },
  providerAddresses: {
    table: 'provider_address',
    columns: 'host_id AS hostId, vsid, ip_address_allocation_id AS allocationId, mac',
    orderBy: 'host_id, vsid',
    followed: { key: 'vsid', keyOf: ({ vsid }) => vsid, order: byBytes(({ hostId }) => hostId, by(({ vsid }) => vsid)) },
  },
  networkServices: {
    table: 'network_service',
    columns: `id, name, host_id AS hostId, virtual_machine_id AS virtualMachineId, standby_virtual_machine_id AS standbyVirtualMachineId,
      direct_routing_mode AS directRoutingMode`,
    orderBy: 'name',
  },
  connections: {
    table: 'network_connection',
    columns: 'network_service_id AS networkServiceId, connection_type AS type, virtual_network_adapter_id AS adapterId, network_site_id AS siteId',
  },
  vmNetworkGateways: {
    table: 'vm_network_gateway',
    columns: `id, vm_network_id AS vmNetworkId, network_service_id AS networkServiceId, name, compartment_id AS compartmentId, vsid,
      subnet_address AS subnetAddress, subnet_prefix_length AS subnetPrefixLength, mac, has_vpn AS hasVpn, enable_bgp AS enableBgp,
      autonomous_system_number AS autonomousSystemNumber`,
    orderBy: 'network_service_id, compartment_id',
    followed: { key: 'id', keyOf: ({ id }) => id, order: byBytes(({ networkServiceId }) => networkServiceId, by(({ compartmentId }) => compartmentId)) },
  },
  natConnections: {
    table: 'nat_connection',
    columns: `id, vm_network_gateway_id AS vmNetworkGatewayId, name, ip_address_allocation_id AS allocationId, port_start AS portStart,
      port_end AS portEnd`,
    followed: { key: 'id', keyOf: ({ id }) => id },
  },
  natExternalAddresses: {
    table: 'nat_external_address',
    columns: 'id, nat_connection_id AS natConnectionId, ip_address_allocation_id AS allocationId',
    orderBy: 'nat_connection_id, slot',
    followed: { key: 'nat_connection_id', keyOf: ({ natConnectionId }) => natConnectionId, order: byBytes(({ natConnectionId }) => natConnectionId) },
  },
  natRules: {
    table: 'nat_rule',
    columns: `nat_connection_id AS natConnectionId, nat_external_address_id AS natExternalAddressId, name, protocol, external_port AS externalPort,
      internal_address AS internalAddress, internal_port AS internalPort`,
    orderBy: 'nat_connection_id, protocol, external_port, nat_external_address_id',
    followed: { key: 'nat_connection_id', keyOf: ({ natConnectionId }) => natConnectionId, order: byBytes(({ natConnectionId }) => natConnectionId) },
  },
  vpnConnections: {
    table: 'vpn_connection',
    columns: `id, vm_network_gateway_id AS vmNetworkGatewayId, name, remote_address AS remoteAddress, is_enabled AS isEnabled,
      maximum_inbound_kbps AS maximumInboundKbps, maximum_outbound_kbps AS maximumOutboundKbps,
      authentication_method AS authenticationMethod, run_as_account_id AS runAsAccountId`,
    orderBy: 'vm_network_gateway_id, name',
    followed: { key: 'id', keyOf: ({ id }) => id, order: byBytes(({ vmNetworkGatewayId }) => vmNetworkGatewayId, byName(({ name }) => name)) },
  },
  vpnRoutes: {
    table: 'vpn_route',
    columns: 'vpn_connection_id AS vpnConnectionId, address, prefix_length AS length',
    orderBy: 'vpn_connection_id, address, prefix_length',
    followed: { key: 'vpn_connection_id', keyOf: ({ vpnConnectionId }) => vpnConnectionId, order: byBytes(({ vpnConnectionId }) => vpnConnectionId) },
  },
  bgpPeers: {
    table: 'bgp_peer',
    columns: 'vm_network_gateway_id AS vmNetworkGatewayId, name, address, autonomous_system_number AS autonomousSystemNumber',
    orderBy: 'vm_network_gateway_id, address',
    followed: { key: 'vm_network_gateway_id', keyOf: ({ vmNetworkGatewayId }) => vmNetworkGatewayId, order: byBytes(({ vmNetworkGatewayId }) => vmNetworkGatewayId) },
  },
  vpnDevices: {
    table: 'vpn_device',
    columns: `id, name, address, mac, lan_name AS lanName, lan_address AS lanAddress, lan_prefix_length AS lanPrefixLength, lan_mac AS lanMac,
      authentication_methods AS authenticationMethods, autonomous_system_number AS autonomousSystemNumber`,
    orderBy: 'name',
  },
  vpnDeviceHosts: { table: 'vpn_device_host', columns: 'id, vpn_device_id AS vpnDeviceId, name, address, mac, services', orderBy: 'vpn_device_id, name' },
  externalRouters: { table: 'external_router', columns: 'name, address, prefix_length AS prefixLength, mac', orderBy: 'name' },
  externalHosts: { table: 'external_host', columns: 'id, name, address, mac, services', orderBy: 'name' },
};
