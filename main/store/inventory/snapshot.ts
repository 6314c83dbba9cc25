/** The whole inventory at one moment, as plain rows: one query a table, no joins. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';

/** Flags are 0 or 1, as stored. */
export interface InventorySnapshot {
  readonly seed: number;
  readonly hosts: readonly HostRow[];
  readonly virtualSwitches: readonly VirtualSwitchRow[];
  readonly siteSubnets: readonly SiteSubnetRow[];
  readonly pools: readonly PoolRow[];
  readonly poolGateways: readonly PoolGatewayRow[];
  readonly allocations: readonly AllocationRow[];
  readonly vmNetworks: readonly VmNetworkRow[];
  readonly virtualSubnets: readonly VirtualSubnetRow[];
  readonly vmSubnets: readonly VmSubnetRow[];
  readonly virtualMachines: readonly VirtualMachineRow[];
  readonly adapters: readonly AdapterRow[];
  readonly providerAddresses: readonly ProviderAddressRow[];
  readonly networkServices: readonly NetworkServiceRow[];
  readonly connections: readonly ConnectionRow[];
  readonly vmNetworkGateways: readonly VmNetworkGatewayRow[];
  readonly natConnections: readonly NatConnectionRow[];
  readonly natExternalAddresses: readonly NatExternalAddressRow[];
  readonly natRules: readonly NatRuleRow[];
  readonly vpnConnections: readonly VpnConnectionRow[];
  readonly vpnRoutes: readonly VpnRouteRow[];
  readonly bgpPeers: readonly BgpPeerRow[];
  readonly vpnDevices: readonly VpnDeviceRow[];
  readonly vpnDeviceHosts: readonly VpnDeviceHostRow[];
  readonly externalRouters: readonly ExternalRouterRow[];
  readonly externalHosts: readonly ExternalHostRow[];
}

export interface HostRow { readonly id: string; readonly name: string; readonly isVirtual: number; readonly isDedicatedGateway: number; readonly nicName: string; readonly nicMac: MacAddress }
export interface VirtualSwitchRow { readonly id: string; readonly hostId: string; readonly name: string }
export interface SiteSubnetRow { readonly id: string; readonly siteId: string; readonly address: Ipv4Address; readonly prefixLength: number }
export interface PoolRow { readonly id: string; readonly name: string; readonly siteSubnetId: string | null; readonly vmSubnetId: string | null; readonly rangeStart: Ipv4Address; readonly rangeEnd: Ipv4Address }
export interface PoolGatewayRow { readonly poolId: string; readonly address: Ipv4Address; readonly metric: number }
export interface AllocationRow { readonly id: string; readonly poolId: string; readonly address: Ipv4Address; readonly holderType: string; readonly description: string }
export interface VmNetworkRow { readonly id: string; readonly name: string; readonly routingDomainId: string }
export interface VirtualSubnetRow { readonly vsid: number; readonly vmNetworkId: string; readonly routerMac: MacAddress }
export interface VmSubnetRow { readonly id: string; readonly vmNetworkId: string; readonly vsid: number; readonly name: string; readonly address: Ipv4Address; readonly prefixLength: number }
export interface VirtualMachineRow { readonly id: string; readonly hostId: string; readonly name: string; readonly role: string; readonly running: number; readonly firewallOn: number; readonly remoteAccessInstalled: number; readonly vpnDeployed: number }
export interface AdapterRow { readonly id: string; readonly virtualMachineId: string; readonly name: string; readonly mac: MacAddress; readonly virtualSwitchId: string | null; readonly vmSubnetId: string | null; readonly siteSubnetId: string | null; readonly allocationId: string | null }
export interface ProviderAddressRow { readonly hostId: string; readonly vsid: number; readonly allocationId: string; readonly mac: MacAddress }
export interface NetworkServiceRow { readonly id: string; readonly name: string; readonly hostId: string | null; readonly virtualMachineId: string | null; readonly standbyVirtualMachineId: string | null; readonly directRoutingMode: number }
export interface ConnectionRow { readonly networkServiceId: string; readonly type: string; readonly adapterId: string; readonly siteId: string }
export interface VmNetworkGatewayRow { readonly id: string; readonly vmNetworkId: string; readonly networkServiceId: string; readonly name: string; readonly compartmentId: number; readonly vsid: number; readonly subnetAddress: Ipv4Address; readonly subnetPrefixLength: number; readonly mac: MacAddress; readonly hasVpn: number; readonly enableBgp: number; readonly autonomousSystemNumber: number | null }
export interface NatConnectionRow { readonly id: string; readonly vmNetworkGatewayId: string; readonly name: string; readonly allocationId: string; readonly portStart: number; readonly portEnd: number }
/** Behind the first address of a NAT connection. */
export interface NatExternalAddressRow { readonly id: string; readonly natConnectionId: string; readonly allocationId: string }
export interface NatRuleRow { readonly natConnectionId: string; readonly natExternalAddressId: string | null; readonly name: string; readonly protocol: 'TCP' | 'UDP'; readonly externalPort: number; readonly internalAddress: Ipv4Address; readonly internalPort: number }
export interface VpnConnectionRow { readonly id: string; readonly vmNetworkGatewayId: string; readonly name: string; readonly remoteAddress: Ipv4Address; readonly isEnabled: number; readonly maximumInboundKbps: number; readonly maximumOutboundKbps: number; readonly authenticationMethod: 'PSKOnly' | 'MachineCertificates'; readonly runAsAccountId: string | null }
export interface VpnRouteRow { readonly vpnConnectionId: string; readonly address: Ipv4Address; readonly length: number }
export interface BgpPeerRow { readonly vmNetworkGatewayId: string; readonly name: string; readonly address: Ipv4Address; readonly autonomousSystemNumber: number }
export interface VpnDeviceRow { readonly id: string; readonly name: string; readonly address: Ipv4Address; readonly mac: MacAddress; readonly lanName: string; readonly lanAddress: Ipv4Address; readonly lanPrefixLength: number; readonly lanMac: MacAddress; readonly authenticationMethods: string; readonly autonomousSystemNumber: number | null }
export interface VpnDeviceHostRow { readonly id: string; readonly vpnDeviceId: string; readonly name: string; readonly address: Ipv4Address; readonly mac: MacAddress; readonly services: string }
export interface ExternalRouterRow { readonly name: string; readonly address: Ipv4Address; readonly prefixLength: number; readonly mac: MacAddress }
export interface ExternalHostRow { readonly id: string; readonly name: string; readonly address: Ipv4Address; readonly mac: MacAddress; readonly services: string }

export class SnapshotReader {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #read: () => InventorySnapshot;

  constructor(db: Db) {
    this.#statements = prepare(db);
    // One read transaction: all tables as of the same commit.
    this.#read = db.transaction(() => this.#readAll());
  }

  read(): InventorySnapshot {
    return this.#read();
  }

  #readAll(): InventorySnapshot {
    const { lab, ...tables } = this.#statements;
    return {
      seed: lab.get()?.seed ?? 0,
      hosts: tables.hosts.all(),
      virtualSwitches: tables.virtualSwitches.all(),
      siteSubnets: tables.siteSubnets.all(),
      pools: tables.pools.all(),
      poolGateways: tables.poolGateways.all(),
      allocations: tables.allocations.all(),
      vmNetworks: tables.vmNetworks.all(),
      virtualSubnets: tables.virtualSubnets.all(),
      vmSubnets: tables.vmSubnets.all(),
      virtualMachines: tables.virtualMachines.all(),
      adapters: tables.adapters.all(),
      providerAddresses: tables.providerAddresses.all(),
      networkServices: tables.networkServices.all(),
      connections: tables.connections.all(),
      vmNetworkGateways: tables.vmNetworkGateways.all(),
      natConnections: tables.natConnections.all(),
      natExternalAddresses: tables.natExternalAddresses.all(),
      natRules: tables.natRules.all(),
      vpnConnections: tables.vpnConnections.all(),
      vpnRoutes: tables.vpnRoutes.all(),
      bgpPeers: tables.bgpPeers.all(),
      vpnDevices: tables.vpnDevices.all(),
      vpnDeviceHosts: tables.vpnDeviceHosts.all(),
      externalRouters: tables.externalRouters.all(),
      externalHosts: tables.externalHosts.all(),
    };
  }
}

/** Order matters: equal inventories give equal snapshots. */
function prepare(db: Db) {
  const all = <T>(sql: string) => db.prepare<[], T>(sql);
  return {
    lab: all<{ seed: number }>('SELECT seed FROM lab'),
    hosts: all<HostRow>(`
      SELECT id, name, is_virtual AS isVirtual, is_dedicated_gateway AS isDedicatedGateway, nic_name AS nicName, nic_mac AS nicMac
      FROM host ORDER BY name`),
    virtualSwitches: all<VirtualSwitchRow>('SELECT id, host_id AS hostId, name FROM virtual_switch ORDER BY host_id, name'),
    siteSubnets: all<SiteSubnetRow>('SELECT id, network_site_id AS siteId, address, prefix_length AS prefixLength FROM network_site_subnet'),
    pools: all<PoolRow>(`
      SELECT id, name, network_site_subnet_id AS siteSubnetId, vm_subnet_id AS vmSubnetId, range_start AS rangeStart, range_end AS rangeEnd
      FROM ip_address_pool ORDER BY name`),
    poolGateways: all<PoolGatewayRow>(
      'SELECT ip_address_pool_id AS poolId, address, metric FROM ip_address_pool_gateway ORDER BY ip_address_pool_id, metric, address'),
    allocations: all<AllocationRow>(`
      SELECT id, ip_address_pool_id AS poolId, address, allocated_to_type AS holderType, description FROM ip_address_allocation`),
    vmNetworks: all<VmNetworkRow>('SELECT id, name, routing_domain_id AS routingDomainId FROM vm_network ORDER BY name'),
    virtualSubnets: all<VirtualSubnetRow>('SELECT vsid, vm_network_id AS vmNetworkId, router_mac AS routerMac FROM virtual_subnet ORDER BY vsid'),
    vmSubnets: all<VmSubnetRow>(`
      SELECT id, vm_network_id AS vmNetworkId, vsid, name, address, prefix_length AS prefixLength FROM vm_subnet ORDER BY vsid`),
    virtualMachines: all<VirtualMachineRow>(`
      SELECT id, host_id AS hostId, name, role, running, firewall_on AS firewallOn, remote_access_installed AS remoteAccessInstalled,
        vpn_deployed AS vpnDeployed
      FROM virtual_machine ORDER BY name`),
    adapters: all<AdapterRow>(`
      SELECT id, virtual_machine_id AS virtualMachineId, name, mac, virtual_switch_id AS virtualSwitchId, vm_subnet_id AS vmSubnetId,
        network_site_subnet_id AS siteSubnetId, ip_address_allocation_id AS allocationId
      FROM virtual_network_adapter ORDER BY virtual_machine_id, slot`),
    providerAddresses: all<ProviderAddressRow>(`
      SELECT host_id AS hostId, vsid, ip_address_allocation_id AS allocationId, mac FROM provider_address ORDER BY host_id, vsid`),
    networkServices: all<NetworkServiceRow>(`
      SELECT id, name, host_id AS hostId, virtual_machine_id AS virtualMachineId, standby_virtual_machine_id AS standbyVirtualMachineId,
        direct_routing_mode AS directRoutingMode
      FROM network_service ORDER BY name`),
    connections: all<ConnectionRow>(`
      SELECT network_service_id AS networkServiceId, connection_type AS type, virtual_network_adapter_id AS adapterId, network_site_id AS siteId
      FROM network_connection`),
    vmNetworkGateways: all<VmNetworkGatewayRow>(`
      SELECT id, vm_network_id AS vmNetworkId, network_service_id AS networkServiceId, name, compartment_id AS compartmentId, vsid,
        subnet_address AS subnetAddress, subnet_prefix_length AS subnetPrefixLength, mac, has_vpn AS hasVpn, enable_bgp AS enableBgp,
        autonomous_system_number AS autonomousSystemNumber
      FROM vm_network_gateway ORDER BY network_service_id, compartment_id`),
    natConnections: all<NatConnectionRow>(`
      SELECT id, vm_network_gateway_id AS vmNetworkGatewayId, name, ip_address_allocation_id AS allocationId, port_start AS portStart,
        port_end AS portEnd
      FROM nat_connection`),
    natExternalAddresses: all<NatExternalAddressRow>(`
      SELECT id, nat_connection_id AS natConnectionId, ip_address_allocation_id AS allocationId
      FROM nat_external_address ORDER BY nat_connection_id, slot`),
    natRules: all<NatRuleRow>(`
      SELECT nat_connection_id AS natConnectionId, nat_external_address_id AS natExternalAddressId, name, protocol, external_port AS externalPort,
        internal_address AS internalAddress, internal_port AS internalPort
      FROM nat_rule
      ORDER BY nat_connection_id, (SELECT e.slot FROM nat_external_address e WHERE e.id = nat_external_address_id), protocol, external_port`),
    vpnConnections: all<VpnConnectionRow>(`
      SELECT id, vm_network_gateway_id AS vmNetworkGatewayId, name, remote_address AS remoteAddress, is_enabled AS isEnabled,
        maximum_inbound_kbps AS maximumInboundKbps, maximum_outbound_kbps AS maximumOutboundKbps,
        authentication_method AS authenticationMethod, run_as_account_id AS runAsAccountId
      FROM vpn_connection ORDER BY vm_network_gateway_id, name`),
    vpnRoutes: all<VpnRouteRow>('SELECT vpn_connection_id AS vpnConnectionId, address, prefix_length AS length FROM vpn_route ORDER BY vpn_connection_id, address, prefix_length'),
    bgpPeers: all<BgpPeerRow>(`
      SELECT vm_network_gateway_id AS vmNetworkGatewayId, name, address, autonomous_system_number AS autonomousSystemNumber
      FROM bgp_peer ORDER BY vm_network_gateway_id, address`),
    vpnDevices: all<VpnDeviceRow>(`
      SELECT id, name, address, mac, lan_name AS lanName, lan_address AS lanAddress, lan_prefix_length AS lanPrefixLength, lan_mac AS lanMac,
        authentication_methods AS authenticationMethods, autonomous_system_number AS autonomousSystemNumber
      FROM vpn_device ORDER BY name`),
    vpnDeviceHosts: all<VpnDeviceHostRow>('SELECT id, vpn_device_id AS vpnDeviceId, name, address, mac, services FROM vpn_device_host ORDER BY vpn_device_id, name'),
    externalRouters: all<ExternalRouterRow>(
      'SELECT name, address, prefix_length AS prefixLength, mac FROM external_router ORDER BY name'),
    externalHosts: all<ExternalHostRow>('SELECT id, name, address, mac, services FROM external_host ORDER BY name'),
  };
}
