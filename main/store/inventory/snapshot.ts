/**
 * The whole inventory at one moment, as plain rows: one query a table, no joins. Rows that did not change between two snapshots are the
 * same objects, and tables that did not are the same arrays, so that who follows the inventory sees at once what it need not look at.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';

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
