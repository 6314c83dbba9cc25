/**
 * What Export-VmmInventory.ps1 writes: one flat list for each kind, objects refer to each other by ID. Every property may be missing,
 * because a property that a VMM does not have is written as null: what then is lacking shows when the objects are put together.
 */
import { z } from 'zod';

/** Stands at the top of the file. */
export const inventoryFormat = 'HNV Gateway Console VMM inventory';
export const inventoryVersion = 1;

const text = z.string().max(4096).nullish().transform((value) => value?.trim() ?? '');
const flag = z.boolean().nullish().transform((value) => value ?? false);
const id = z.string().max(256).nullish().transform((value) => value?.trim().toLowerCase() ?? '');
const number = z.number().nullish().transform((value) => value ?? undefined);
/** Windows PowerShell writes a list of one as its only item, and an empty one as null. */
const list = <S extends z.ZodType>(item: S) => z.preprocess(asList, z.array(item).max(10_000));

function asList(value: unknown): readonly unknown[] {
  if (value === null || value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

const texts = list(z.string().max(1024));

/** Kind by kind, in the order in which the file names them. */
export const inventoryKinds = {
  HostGroups: z.object({ ID: id, Name: text, ParentID: id }),
  RunAsAccounts: z.object({ ID: id, Name: text, Description: text, UserName: text }),
  LogicalNetworks: z.object({ ID: id, Name: text, Description: text, NetworkVirtualizationEnabled: flag, LogicalNetworkDefinitionIsolation: flag, IsPVLAN: flag }),
  LogicalNetworkDefinitions: z.object({ ID: id, Name: text, LogicalNetworkID: id, HostGroupIDs: texts, SubnetVLans: list(z.object({ Subnet: text, VLanID: number, SecondaryVLanID: number })) }),
  StaticIPAddressPools: z.object({
    ID: id,
    Name: text,
    Description: text,
    LogicalNetworkDefinitionID: id,
    VMSubnetID: id,
    Subnet: text,
    VLanID: number,
    IPAddressRangeStart: text,
    IPAddressRangeEnd: text,
    DefaultGateways: list(z.object({ IPAddress: text, Metric: number, IsAutomatic: flag })),
    DNSServers: texts,
    DNSSuffix: text,
    DNSSearchSuffixes: texts,
    WINSServers: texts,
    EnableNetBIOS: flag,
    IPAddressReservedSet: text,
    VIPAddressSet: text,
  }),
  Hosts: z.object({ ID: id, Name: text, HostGroupID: id, RunAsAccount: text, IsDedicatedToNetworkVirtualizationGateway: flag, NetworkAdapters: list(z.object({ Name: text, MacAddress: text })), VirtualNetworks: texts }),
  VMNetworks: z.object({ ID: id, Name: text, Description: text, LogicalNetworkID: id, RoutingDomainID: id, IsolationType: text }),
  VMSubnets: z.object({ ID: id, Name: text, VMNetworkID: id, Subnets: texts, VMSubnetID: number }),
  VirtualMachines: z.object({
    ID: id,
    Name: text,
    HostID: id,
    Generation: number,
    Status: text,
    Adapters: list(z.object({ ID: id, Name: text, MACAddress: text, VirtualNetwork: text, VMNetworkID: id, VMSubnetID: id, IPv4Addresses: texts })),
  }),
  NetworkServices: z.object({
    ID: id,
    Name: text,
    Description: text,
    Manufacturer: text,
    Model: text,
    ConnectionString: text,
    RunAsAccount: text,
    HostGroupIDs: texts,
    Connections: list(z.object({ Name: text, ConnectionType: text, LogicalNetworkDefinitionID: id, NetworkAdapterID: id, NetworkAdapter: text })),
  }),
  VMNetworkGateways: z.object({
    ID: id,
    Name: text,
    VMNetworkID: id,
    NetworkGatewayID: id,
    IPSubnet: text,
    EnableBGP: flag,
    AutonomousSystemNumber: number,
    BGPPeers: list(z.object({ Name: text, PeerIPAddress: text, PeerASN: number })),
  }),
  NATConnections: z.object({
    ID: id,
    Name: text,
    VMNetworkGatewayID: id,
    ExternalIPAddress: text,
    Rules: list(z.object({ Name: text, Protocol: text, ExternalPort: number, InternalIPAddress: text, InternalPort: number })),
  }),
  VPNConnections: z.object({
    ID: id,
    Name: text,
    VMNetworkGatewayID: id,
    TargetVPNIPv4Address: text,
    Enabled: z.boolean().nullish().transform((value) => value ?? true),
    Protocol: text,
    AuthenticationMethod: text,
    RunAsAccount: text,
    MaximumInboundKbps: number,
    MaximumOutboundKbps: number,
    EncryptionMethod: text,
    IntegrityCheckMethod: text,
    CipherTransform: text,
    AuthenticationTransform: text,
    PFSGroup: text,
    DHGroup: text,
    Routes: texts,
  }),
} as const;

export type InventoryKind = keyof typeof inventoryKinds;
export type Item<K extends InventoryKind> = z.output<(typeof inventoryKinds)[K]>;
