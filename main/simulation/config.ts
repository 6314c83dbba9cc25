/**
 * What the simulation is told to be: plain data that `projection` derives from the inventory.
 * Equal configurations with equal seed and inputs give equal bytes. Addresses are numbers (shared/net).
 * Names are those of fact sheet §4.2-4.8.
 */
import type { Ipv4Address, Ipv4Prefix } from '../../shared/net/ipv4.ts';
import type { MacAddress } from '../../shared/net/mac.ts';

export interface SimulationConfig {
  /** Seed of every random choice (link loss, FlowID salt, TCP sequence numbers, ICMP identifiers). */
  readonly seed: number;
  readonly hosts: readonly HostConfig[];
  readonly virtualSubnets: readonly VirtualSubnetConfig[];
  readonly virtualMachines: readonly VirtualMachineConfig[];
  readonly lookupRecords: readonly LookupRecordConfig[];
  readonly customerRoutes: readonly CustomerRouteConfig[];
  readonly gateways: readonly GatewayConfig[];
  readonly external: ExternalNetworkConfig;
  /** Between the provider subnets; needed only where the hosts' provider addresses are in more than one. */
  readonly providerRouter: ProviderRouterConfig | null;
}

/** The data centre's router: one interface in each provider subnet. */
export interface ProviderRouterConfig {
  readonly name: string;
  readonly interfaces: readonly { readonly address: Ipv4Address; readonly prefixLength: number; readonly mac: MacAddress }[];
}

/** A Hyper-V host with one uplink into the provider network. */
export interface HostConfig {
  readonly id: string;
  readonly name: string;
  /** True when the "host" is itself a virtual machine: 2012 R2 has no nested virtualization, nothing is encapsulated. */
  readonly isVirtual: boolean;
  readonly dedicatedGateway: boolean;
  readonly physicalNic: { readonly name: string; readonly mac: MacAddress };
  readonly virtualSwitches: readonly string[];
  readonly providerAddresses: readonly ProviderAddressConfig[];
}

/** One PA per virtual subnet per host (HNVv1, fact sheet §2.4). */
export interface ProviderAddressConfig {
  readonly vsid: number;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
  readonly mac: MacAddress;
  /** Next hop of ProviderRoute 0.0.0.0/0; null when all hosts share one PA subnet. */
  readonly gateway: Ipv4Address | null;
}

export interface VirtualSubnetConfig {
  readonly vsid: number;
  /** RDID of the VM network, a GUID in lower case without braces. */
  readonly routingDomainId: string;
  readonly name: string;
  readonly prefix: Ipv4Prefix;
  /** MAC with which the distributed router answers for the subnet's first address. */
  readonly routerMac: MacAddress;
}

export interface VirtualMachineConfig {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
  readonly running: boolean;
  readonly adapters: readonly VmAdapterConfig[];
}

export interface VmAdapterConfig {
  readonly id: string;
  readonly name: string;
  readonly mac: MacAddress;
  readonly vsid: number;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
  readonly defaultGateway: Ipv4Address | null;
}

/** Get-NetVirtualizationLookupRecord: which PA carries a customer address (fact sheet §4.3). */
export interface LookupRecordConfig {
  readonly vsid: number;
  /** 0.0.0.0 for a GatewayWildcard. */
  readonly customerAddress: Ipv4Address;
  readonly mac: MacAddress;
  readonly providerAddress: Ipv4Address;
  readonly rule: 'TranslationMethodEncap' | 'TranslationMethodNone';
  readonly type: 'Static' | 'GatewayWildcard';
}

/** Get-NetVirtualizationCustomerRoute. On-link routes have next hop 0.0.0.0. */
export interface CustomerRouteConfig {
  readonly routingDomainId: string;
  readonly vsid: number;
  readonly destination: Ipv4Prefix;
  readonly nextHop: Ipv4Address;
  readonly metric: number;
}

/** The gateway VM (Windows Server Gateway). */
export interface GatewayConfig {
  readonly id: string;
  /** Computer name of the gateway VM, e.g. GatewayVM01. */
  readonly vmName: string;
  readonly hostId: string;
  readonly running: boolean;
  /** RRAS runs as a multitenant gateway; false until front end and back end are connected. */
  readonly multitenant: boolean;
  readonly firewallOn: boolean;
  readonly frontEnd: GatewayAdapterConfig | null;
  readonly management: GatewayAdapterConfig | null;
  /** The back-end vNIC; its addresses live in the tenant compartments. */
  readonly backEnd: { readonly name: string; readonly mac: MacAddress; readonly switchName: string | null } | null;
  readonly compartments: readonly CompartmentConfig[];
  /** The passive node of a guest cluster; null for a gateway that stands alone. */
  readonly standby: GatewayStandbyConfig | null;
}

/**
 * What is different on the passive node. Addresses, compartments and static mappings move with the cluster's role; the tenants'
 * provider addresses on this host must exist (one for each gateway subnet).
 */
export interface GatewayStandbyConfig {
  readonly vmName: string;
  readonly hostId: string;
  /** MAC of the front-end adapter of this node. */
  readonly frontEndMac: MacAddress;
  /** Virtual nanoseconds from the active node's end until this one carries the role. */
  readonly failoverNs: number;
}

/** An adapter of the default compartment. */
export interface GatewayAdapterConfig {
  readonly name: string;
  readonly mac: MacAddress;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
  readonly defaultGateway: Ipv4Address | null;
  readonly metric: number;
}

/** A tenant's compartment. The default compartment (id 1) is implied by the gateway's adapters. */
export interface CompartmentConfig {
  /** 2, 3, ... */
  readonly id: number;
  /** Equals the VM network's RDID. */
  readonly guid: string;
  readonly description: string;
  readonly interfaces: readonly CompartmentInterfaceConfig[];
  readonly routes: readonly CompartmentRouteConfig[];
  readonly nat: NatConfig | null;
  /** Fault: NAT gives out no new port, as if every port of the external address were in use. */
  readonly isNatExhausted: boolean;
  readonly tunnels: readonly SiteToSiteConfig[];
  /** Forwarding gateway (DirectRoutingMode, fact sheet §1.4): packets go to the front end and come from there untranslated. */
  readonly isRouted: boolean;
  /** The compartment as a BGP router; it speaks from the address of its first interface. Left out or null: none. */
  readonly bgp?: BgpConfig | null;
}

/** A BGP router (Add-BgpRouter, fact sheet §4.6), of a compartment or of a VPN device outside. */
export interface BgpConfig {
  /** LocalASN: 1 to 4294967295. */
  readonly asn: number;
  /** BgpIdentifier. */
  readonly routerId: Ipv4Address;
  /** One for each address. */
  readonly peers: readonly BgpPeerConfig[];
  /** Networks that it advertises as its own: the VM subnets, or the LAN of the office. */
  readonly networks: readonly Ipv4Prefix[];
}

/** A peer (Add-BgpPeer). Its /32 has to be in the routes of the tunnel that leads to it (fact sheet §3.5). */
export interface BgpPeerConfig {
  readonly name: string;
  readonly address: Ipv4Address;
  readonly asn: number;
}

export interface CompartmentInterfaceConfig {
  /** The mapping's IsolationName: the interface alias inside the guest. */
  readonly name: string;
  readonly vsid: number;
  readonly mac: MacAddress;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
}

/** Static routes; connected ones follow from the interfaces. */
export interface CompartmentRouteConfig {
  readonly destination: Ipv4Prefix;
  readonly nextHop: Ipv4Address;
  readonly interfaceName: string;
  readonly metric: number;
}

/** A NetNat instance bound to a routing domain (fact sheet §4.5). */
export interface NatConfig {
  readonly id: string;
  readonly name: string;
  readonly externalAddress: Ipv4Address;
  /** Behind the first one, all with the same ports. Left out: none. */
  readonly furtherAddresses?: readonly Ipv4Address[];
  /** First and last dynamic external port, 1 and 49151 under VMM. */
  readonly portStart: number;
  readonly portEnd: number;
  readonly staticMappings: readonly NatStaticMappingConfig[];
}

export interface NatStaticMappingConfig {
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
  /** One of the NAT's. Left out: the first. */
  readonly externalAddress?: Ipv4Address;
  readonly externalPort: number;
  readonly internalAddress: Ipv4Address;
  readonly internalPort: number;
}

/** A site-to-site interface (Get-VpnS2SInterface, fact sheet §4.4), of a compartment or of a VPN device outside. */
export interface SiteToSiteConfig {
  readonly id: string;
  readonly name: string;
  /** Address of this end: of the gateway's front end, or the device's own. */
  readonly localAddress: Ipv4Address;
  /** Address of the remote VPN device. With a pre-shared key, one interface a destination. */
  readonly destination: Ipv4Address;
  /** Secret: never leaves the simulation. */
  readonly preSharedKey: string;
  /** IPv4Subnet, `prefix:metric`: a packet to one of them dials. */
  readonly subnets: readonly { readonly prefix: Ipv4Prefix; readonly metric: number }[];
  /** AdminStatus. */
  readonly isEnabled: boolean;
  /** Always connected; otherwise dialed on demand and disconnected when idle. */
  readonly isPersistent: boolean;
  /** 0: for ever. */
  readonly numberOfTries: number;
  readonly retryIntervalNs: number;
  readonly idleDisconnectNs: number;
  readonly networkOutageNs: number;
  readonly saLifeTimeNs: number;
  readonly saDataSizeKilobytes: number;
}

/** What lies beyond the front end. */
export interface ExternalNetworkConfig {
  /** Routers with one interface in a front-end subnet; they reach every external host. */
  readonly routers: readonly ExternalRouterConfig[];
  readonly hosts: readonly ExternalHostConfig[];
  readonly vpnDevices: readonly VpnDeviceConfig[];
}

/** A VPN device of a customer's office on the Internet, with the office's LAN behind it. */
export interface VpnDeviceConfig {
  readonly id: string;
  readonly name: string;
  readonly address: Ipv4Address;
  readonly mac: MacAddress;
  /** Its own address in the LAN, which is the hosts' default gateway. */
  readonly lan: { readonly name: string; readonly address: Ipv4Address; readonly prefixLength: number; readonly mac: MacAddress };
  readonly hosts: readonly ExternalHostConfig[];
  readonly tunnels: readonly SiteToSiteConfig[];
  /** The device as a BGP router; it speaks from its address in the LAN. Left out or null: none. */
  readonly bgp?: BgpConfig | null;
  /** Fault: it neither answers nor sends. */
  readonly isSilent: boolean;
}

export interface ExternalRouterConfig {
  readonly name: string;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
  readonly mac: MacAddress;
  /** Networks behind a forwarding gateway, by the gateway's front-end address. */
  readonly routes: readonly { readonly destination: Ipv4Prefix; readonly nextHop: Ipv4Address }[];
}

/** A host on the Internet, or any other place outside that is reached through a router. */
export interface ExternalHostConfig {
  readonly id: string;
  readonly name: string;
  readonly address: Ipv4Address;
  readonly mac: MacAddress;
  readonly services: readonly ExternalService[];
}

export type ExternalService = 'icmp-echo' | 'http' | 'udp-echo' | 'udp-discard';
