/** Inputs of the operations of logical networks and static IP address pools. Half-filled ones pass: what is missing is said by the checks, at its place. */
import { z } from 'zod';

const text = z.string().trim().max(1024).default('');
const draftRef = z.string().trim().max(256).default('');
const ref = z.string().trim().min(1, 'Choose an object.').max(256);

/** A number as typed: empty for none. */
const typedNumber = z.union([z.string().trim().max(16), z.number().transform(String)]).default('');

/** The three kinds of the page Name (fact sheet §2.1). */
export const logicalNetworkKinds = ['oneConnected', 'vlanIndependent', 'privateVlan'] as const;
export type LogicalNetworkKind = (typeof logicalNetworkKinds)[number];

const subnetVlanSchema = z.object({
  vlan: typedNumber.describe('VLAN ID; empty or 0 for none. In a PVLAN network the primary one'),
  secondaryVlan: typedNumber.describe('Only in a PVLAN network'),
  subnet: text.describe('IP subnet in CIDR form'),
});
export type SubnetVlanInput = z.infer<typeof subnetVlanSchema>;

const newSiteSchema = z.object({
  name: text,
  hostGroups: z.array(ref).max(1000).default([]).describe('Host groups that can use this network site'),
  subnets: z.array(subnetVlanSchema).max(1000).default([]).describe('Associated VLANs and IP subnets'),
});
export type NetworkSiteInput = z.infer<typeof newSiteSchema>;

/** Create Logical Network Wizard (fact sheet §2.1). */
export const createLogicalNetworkInputSchema = z.object({
  name: text,
  description: text,
  kind: z.enum(logicalNetworkKinds).default('oneConnected'),
  networkVirtualization: z.boolean().default(false).describe('Allow new VM networks created on this logical network to use network virtualization'),
  createVmNetwork: z.boolean().default(false).describe('Create a VM network with the same name'),
  sites: z.array(newSiteSchema).max(1000).default([]),
});

/** Properties of a logical network; what is left out stays. */
export const changeLogicalNetworkInputSchema = z.object({
  logicalNetwork: ref,
  name: z.string().trim().max(1024).optional(),
  description: z.string().trim().max(1024).optional(),
  networkVirtualization: z.boolean().optional(),
  sites: z
    .array(newSiteSchema.extend({ networkSite: draftRef.describe('The site as it is now; left out for a new one') }))
    .max(1000)
    .optional()
    .describe('All sites that the network shall have; those that are not named are removed'),
});
export type ChangedSiteInput = NonNullable<z.infer<typeof changeLogicalNetworkInputSchema>['sites']>[number];

export const logicalNetworkInputSchema = z.object({ logicalNetwork: ref });

const gatewaySchema = z.object({ address: text, metric: typedNumber.describe('Empty: automatic metric') });

/** What every page but the first two of the Create Static IP Address Pool Wizard asks for (fact sheet §2.2). */
const poolSettings = {
  rangeStart: text.describe('Starting IP address'),
  rangeEnd: text.describe('Ending IP address'),
  vips: z.string().trim().max(8192).default('').describe('IP addresses reserved for load balancer VIPs: addresses and ranges with commas between'),
  reserved: z.string().trim().max(8192).default('').describe('IP addresses to be reserved for other uses'),
  gateways: z.array(gatewaySchema).max(64).default([]),
  dnsServers: z.array(text).max(64).default([]),
  dnsSuffix: text.describe('Connection-specific DNS suffix'),
  dnsSearchSuffixes: z.array(text).max(64).default([]),
  winsServers: z.array(text).max(64).default([]),
  enableNetbios: z.boolean().default(false).describe('Enable NetBIOS over TCP/IP'),
};

export const createIpPoolInputSchema = z.object({
  name: text,
  description: text,
  logicalNetwork: draftRef,
  networkSite: draftRef.describe('An existing network site of the logical network'),
  newSite: newSiteSchema.optional().describe('Instead of an existing network site: one that is made with the pool'),
  subnet: text.describe('Which subnet of the network site; left out when it has one only'),
  vmNetwork: draftRef.describe('Instead of a logical network'),
  vmSubnet: draftRef,
  ...poolSettings,
});
export type CreateIpPoolInput = z.infer<typeof createIpPoolInputSchema>;

/** Properties of a pool; what is left out stays. */
export const changeIpPoolInputSchema = z.object({
  ipAddressPool: ref,
  name: z.string().trim().max(1024).optional(),
  description: z.string().trim().max(1024).optional(),
  settings: z.object(poolSettings).optional().describe('All pages from IP address range to WINS'),
});
export type PoolSettingsInput = NonNullable<z.infer<typeof changeIpPoolInputSchema>['settings']>;

export const ipPoolInputSchema = z.object({ ipAddressPool: ref });

/** Load balancing and teaming of an uplink port profile (New-SCNativeUplinkPortProfile), the defaults of 2012 R2 first. */
export const loadBalancingAlgorithms = ['HostDefault', 'Dynamic', 'HyperVPort', 'TransportPorts', 'IPAddresses', 'MacAddresses'] as const;
export const teamModes = ['SwitchIndependent', 'Static', 'Lacp'] as const;

export const createMacAddressPoolInputSchema = z.object({ name: text, description: text, hostGroups: z.array(ref).max(1000).default([]), rangeStart: text, rangeEnd: text });
export const macAddressPoolInputSchema = z.object({ macAddressPool: ref });

export const createUplinkPortProfileInputSchema = z.object({
  name: text,
  description: text,
  loadBalancing: z.enum(loadBalancingAlgorithms).default('HostDefault'),
  teamMode: z.enum(teamModes).default('SwitchIndependent'),
  networkSites: z.array(ref).max(1000).default([]),
  networkVirtualization: z.boolean().default(false).describe('Enable Hyper-V Network Virtualization'),
});
export const uplinkPortProfileInputSchema = z.object({ uplinkPortProfile: ref });

export const createLogicalSwitchInputSchema = z.object({ name: text, description: text, uplinkPortProfile: draftRef });
export const logicalSwitchInputSchema = z.object({ logicalSwitch: ref });

/** Inactive addresses › Release. */
export const releaseAddressesInputSchema = z.object({ ipAddressPool: ref, addresses: z.array(text).max(1000).default([]) });
