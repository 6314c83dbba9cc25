/** View models of the fabric's inventory. Addresses are text here: the window shows them, it does not compute. */
import { z } from 'zod';
import { directConnectionSchema, vpnTunnelInputSchema } from './connectivity.ts';
import { problemSchema } from './errors.ts';
import { idSchema, listPage, listQuery } from './lists.ts';
import { jobRowSchema } from './jobs.ts';

export const vmNetworkRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  logicalNetwork: z.string(),
  /** CIDR of the VM subnets, in order of name. */
  subnets: z.array(z.string()),
  /** Name of the gateway device and how it is used, or null: the column Gateway Connection. */
  gatewayConnection: z.string().nullable(),
  externalAddress: z.string().nullable(),
  /** Of a NAT connection with several, in their order behind the first. */
  furtherExternalAddresses: z.array(z.string()),
  virtualMachines: z.number().int(),
});
export type VmNetworkRow = z.infer<typeof vmNetworkRowSchema>;

/** A VM network, or (with `parentId`) one of its IP pools: the view "VM Networks and IP Pools". */
export const vmNetworkPoolRowSchema = vmNetworkRowSchema.extend({
  kind: z.enum(['vmNetwork', 'ipAddressPool']),
  parentId: idSchema.nullable(),
  /** There are rows to open. */
  hasPools: z.boolean(),
  /** Of a pool. */
  beginAddress: z.string(),
  endAddress: z.string(),
  availableAddresses: z.number().int().nullable(),
});
export type VmNetworkPoolRow = z.infer<typeof vmNetworkPoolRowSchema>;

export const vmNetworkDetailsSchema = vmNetworkRowSchema.extend({
  description: z.string(),
  routingDomainId: z.string(),
  isolation: z.string(),
  vmSubnets: z.array(z.object({ id: idSchema, name: z.string(), subnet: z.string(), vsid: z.number().int(), pool: z.string().nullable(), availableAddresses: z.number().int().nullable() })),
  gateway: z
    .object({
      networkServiceId: idSchema,
      networkServiceName: z.string(),
      vmName: z.string(),
      vmNetworkGatewayName: z.string(),
      compartmentId: z.number().int().nullable(),
      gatewaySubnet: z.string(),
      gatewayVsid: z.number().int(),
      /** DirectRoutingMode. */
      isForwarding: z.boolean(),
      hasVpn: z.boolean(),
    })
    .nullable(),
  nat: z
    .object({ id: idSchema, name: z.string(), externalAddress: z.string(), pool: z.string(), furtherAddresses: z.array(z.object({ address: z.string(), pool: z.string() })), portStart: z.number().int(), portEnd: z.number().int(), rules: z.number().int() })
    .nullable(),
  virtualMachineList: z.array(z.object({ id: idSchema, name: z.string(), address: z.string(), host: z.string(), running: z.boolean() })),
  latestJob: jobRowSchema.nullable(),
});
export type VmNetworkDetails = z.infer<typeof vmNetworkDetailsSchema>;

/** What the Connectivity page of a VM network offers. */
const connectivityOptionsSchema = z.object({
  vmNetwork: z.object({ id: idSchema, name: z.string() }),
  gateways: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      vmName: z.string(),
      /** Null when it can be chosen; otherwise why not. */
      unavailableReason: z.string().nullable(),
      supportsNat: z.boolean(),
      supportsVpn: z.boolean(),
      supportsDirectRouting: z.boolean(),
      /** Address that VPN devices dial; null while the front end has none. */
      vpnEndpoint: z.string().nullable(),
      tunnelsInUse: z.number().int(),
      tunnelsMaximum: z.number().int(),
      vmNetworksInUse: z.number().int(),
      vmNetworksMaximum: z.number().int(),
      pools: z.array(z.object({ id: idSchema, name: z.string(), range: z.string(), available: z.number().int() })),
    }),
  ),
});
/** What its pages start from. */
export const connectivityNowSchema = z.object({
  directConnection: directConnectionSchema.nullable(),
  vpnTunnel: vpnTunnelInputSchema.nullable(),
  /** Also while BGP is off; empty when it was never on. */
  autonomousSystemNumber: z.string(),
});
export type ConnectivityNow = z.output<typeof connectivityNowSchema>;

/** With what is set now. */
export const connectivitySchema = connectivityOptionsSchema.extend({ current: connectivityNowSchema });
/** For a VM network that is not there yet, and has no id. */
export const newConnectivitySchema = connectivitySchema.extend({ vmNetwork: z.object({ id: z.literal(''), name: z.string() }) });
export type Connectivity = z.output<typeof connectivitySchema>;
export type ConnectivityOptions = z.infer<typeof connectivityOptionsSchema>;

export const virtualMachineRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  running: z.boolean(),
  host: z.string(),
  vmNetwork: z.string().nullable(),
  vmNetworkId: idSchema.nullable(),
  address: z.string().nullable(),
  mac: z.string().nullable(),
  role: z.enum(['tenant', 'gateway']),
  /** Guest cluster of which it is a node. */
  cluster: z.string().nullable(),
});
export type VirtualMachineRow = z.infer<typeof virtualMachineRowSchema>;

export const hostRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  hostGroup: z.string(),
  hostGroupId: idSchema,
  dedicatedGateway: z.boolean(),
  virtualMachines: z.number().int(),
  providerAddresses: z.array(z.string()),
  virtualSwitches: z.array(z.string()),
  /** Hyper-V cluster of which it is a node. */
  cluster: z.string().nullable(),
  status: z.string(),
});
export type HostRow = z.infer<typeof hostRowSchema>;

/** Properties of a host. */
export const hostPropertiesSchema = z.object({
  id: idSchema,
  name: z.string(),
  hostGroupId: idSchema,
  hostGroup: z.string(),
  /** Null for a host that came with a lab. */
  runAsAccountId: idSchema.nullable(),
  isVirtual: z.boolean(),
  isDedicatedGateway: z.boolean(),
  nic: z.object({ name: z.string(), mac: z.string() }),
  /** `users`: adapters that are connected to it, each with its virtual machine. */
  virtualSwitches: z.array(z.object({ id: idSchema, name: z.string(), users: z.array(z.string()) })),
  virtualMachines: z.array(z.string()),
  networkServices: z.array(z.string()),
});
export type HostProperties = z.infer<typeof hostPropertiesSchema>;

/** A logical network, or (with `parentId`) one of its IP pools: the view "Logical Networks and IP Pools". */
export const logicalNetworkRowSchema = z.object({
  id: idSchema,
  parentId: idSchema.nullable(),
  kind: z.enum(['logicalNetwork', 'ipAddressPool']),
  name: z.string(),
  networkVirtualization: z.boolean().nullable(),
  subnet: z.string(),
  beginAddress: z.string(),
  endAddress: z.string(),
  availableAddresses: z.number().int().nullable(),
});
export type LogicalNetworkRow = z.infer<typeof logicalNetworkRowSchema>;

export const networkServiceRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  vmName: z.string(),
  host: z.string(),
  connectionString: z.string(),
  /** Passive node of the guest cluster. */
  standby: z.string().nullable(),
  frontEnd: z.string().nullable(),
  backEnd: z.string().nullable(),
  vmNetworksInUse: z.number().int(),
  vmNetworksMaximum: z.number().int(),
  status: z.string(),
});
export type NetworkServiceRow = z.infer<typeof networkServiceRowSchema>;

const choiceSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Null when it can be chosen; otherwise why not. */
  unavailableReason: z.string().nullable(),
});

/** Properties of a gateway device: what is set, and what the page Connectivity offers. */
export const networkServicePropertiesSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  connectionString: z.string(),
  runAsAccountId: idSchema,
  hostGroupIds: z.array(idSchema),
  /** Null while the connection string names no machine that exists. */
  vmName: z.string().nullable(),
  /** VM networks that use it. */
  vmNetworks: z.array(z.string()),
  connections: z.array(
    z.object({
      connectionType: z.enum(['FrontEnd', 'BackEnd']),
      current: z.object({ networkAdapterId: idSchema, networkSiteId: idSchema }).nullable(),
      networkAdapters: z.array(choiceSchema.extend({ place: z.string() })),
      networkSites: z.array(choiceSchema.extend({ logicalNetwork: z.string() })),
    }),
  ),
});
export type NetworkServiceProperties = z.infer<typeof networkServicePropertiesSchema>;

/** The table of the *Test* button (fact sheet §1.3); with problems there are no rows. */
export const providerTestResultSchema = z.object({
  problems: z.array(problemSchema),
  rows: z.array(
    z.object({
      name: z.string(),
      family: z.enum(['functional', 'informational']),
      result: z.enum(['Passed', 'Failed', 'Implemented', 'Not implemented']),
      detail: z.string(),
    }),
  ),
});
export type ProviderTestResult = z.infer<typeof providerTestResultSchema>;

export const inventoryTreeSchema = z.object({
  labName: z.string(),
  hostGroups: z.array(z.object({ id: idSchema, parentId: idSchema.nullable(), name: z.string() })),
  hosts: z.array(z.object({ id: idSchema, hostGroupId: idSchema, name: z.string(), dedicatedGateway: z.boolean() })),
  counts: z.object({
    vmNetworks: z.number().int(),
    virtualMachines: z.number().int(),
    logicalNetworks: z.number().int(),
    networkServices: z.number().int(),
    runAsAccounts: z.number().int(),
  }),
});
export type InventoryTree = z.infer<typeof inventoryTreeSchema>;

export const runAsAccountRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  userName: z.string(),
  kind: z.enum(['credential', 'preSharedKey']),
  description: z.string(),
  /** False for an account of a lab file, which holds no secrets, until somebody types one. */
  hasSecret: z.boolean(),
});
export type RunAsAccountRow = z.infer<typeof runAsAccountRowSchema>;

export const vmNetworkListQuerySchema = listQuery(['name', 'logicalNetwork', 'subnets', 'gatewayConnection', 'externalAddress', 'virtualMachines']);
export const vmNetworkListPageSchema = listPage(vmNetworkRowSchema);
export const vmNetworkPoolListQuerySchema = vmNetworkListQuerySchema.extend({ expanded: z.array(idSchema).max(500).default([]).describe('VM networks whose pools are shown; a search shows what it finds') });
export const vmNetworkPoolListPageSchema = listPage(vmNetworkPoolRowSchema);
export const virtualMachineListQuerySchema = listQuery(['name', 'host', 'vmNetwork', 'address', 'role', 'running']).extend({
  hostId: idSchema.optional(),
  hostGroupId: idSchema.optional(),
  vmNetworkId: idSchema.optional(),
});
export const virtualMachineListPageSchema = listPage(virtualMachineRowSchema);
export const hostListQuerySchema = listQuery(['name', 'hostGroup', 'dedicatedGateway', 'virtualMachines', 'status']).extend({ hostGroupId: idSchema.optional() });
export const hostListPageSchema = listPage(hostRowSchema);
export const logicalNetworkListQuerySchema = listQuery(['name', 'subnet', 'beginAddress', 'endAddress', 'availableAddresses']);
export const logicalNetworkListPageSchema = listPage(logicalNetworkRowSchema);
export const networkServiceListQuerySchema = listQuery(['name', 'manufacturer', 'model', 'host', 'vmNetworksInUse', 'status']);
export const networkServiceListPageSchema = listPage(networkServiceRowSchema);
export const runAsAccountListQuerySchema = listQuery(['name', 'userName', 'kind']);
export const runAsAccountListPageSchema = listPage(runAsAccountRowSchema);
