/** View models of logical networks and static IP address pools, for their Properties. */
import { z } from 'zod';
import { idSchema, listPage, listQuery } from './lists.ts';
import { logicalNetworkKinds } from './networkingOperations.ts';

const subnetSchema = z.object({
  id: idSchema,
  /** Empty: no VLAN. */
  vlan: z.string(),
  secondaryVlan: z.string(),
  /** CIDR. */
  subnet: z.string(),
});

export const logicalNetworkPropertiesSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  kind: z.enum(logicalNetworkKinds),
  networkVirtualization: z.boolean(),
  sites: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      hostGroupIds: z.array(idSchema),
      subnets: z.array(subnetSchema),
      /** Names of what uses it. */
      users: z.array(z.string()),
    }),
  ),
  dependants: z.array(z.object({ kind: z.string(), name: z.string() })),
});
export type LogicalNetworkProperties = z.infer<typeof logicalNetworkPropertiesSchema>;

export const ipPoolPropertiesSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  /** The network and the site or VM subnet that it belongs to, in words. */
  place: z.string(),
  subnet: z.string(),
  isVmSubnet: z.boolean(),
  settings: z.object({
    rangeStart: z.string(),
    rangeEnd: z.string(),
    vips: z.string(),
    reserved: z.string(),
    /** Empty metric: automatic. */
    gateways: z.array(z.object({ address: z.string(), metric: z.string() })),
    dnsServers: z.array(z.string()),
    dnsSuffix: z.string(),
    dnsSearchSuffixes: z.array(z.string()),
    winsServers: z.array(z.string()),
    enableNetbios: z.boolean(),
  }),
  /** Allocated addresses in order, the first of them. */
  addresses: z.array(z.object({ address: z.string(), assignedToType: z.string(), description: z.string(), isInactive: z.boolean() })),
  /** How many addresses are allocated in all. */
  allocated: z.number().int(),
});
export type IpPoolProperties = z.infer<typeof ipPoolPropertiesSchema>;

export const fabricObjectKinds = ['macAddressPool', 'logicalSwitch', 'uplinkPortProfile'] as const;
export type FabricObjectKind = (typeof fabricObjectKinds)[number];

export const fabricObjectRowSchema = z.object({
  id: idSchema,
  kind: z.enum(fabricObjectKinds),
  name: z.string(),
  description: z.string(),
  /** Range, uplink port profile, or network sites. */
  settings: z.string(),
  /** Host groups, hosts, or logical switches. */
  usedBy: z.array(z.string()),
});
export type FabricObjectRow = z.infer<typeof fabricObjectRowSchema>;
export const fabricObjectListQuerySchema = listQuery(['name', 'settings']).extend({ kind: z.enum(fabricObjectKinds) });
export const fabricObjectListPageSchema = listPage(fabricObjectRowSchema);
