/** Grammar of hosts, virtual machines, gateway devices, and the library. */
import { z } from 'zod';
import { loadBalancingAlgorithms, teamModes } from '../../../../shared/contract/networkingOperations.ts';
import { address, addressOrNone, holder, listOf, mac, name, subnet, text, vlan } from './values.ts';

/** A name alone is a standard switch. */
const virtualSwitch = z.union([name, z.strictObject({ name, logicalSwitch: name.optional() })]).transform((value) => (typeof value === 'string' ? { name: value, logicalSwitch: undefined } : value));

export const host = z.strictObject({
  name,
  hostGroup: name,
  runAsAccount: name.optional(),
  nic: z.strictObject({ name, mac }),
  virtualSwitches: listOf(virtualSwitch),
  dedicatedGateway: z.boolean().default(false),
  virtual: z.boolean().default(false),
});

export const macAddressPool = z.strictObject({ name, description: text, start: mac, end: mac, hostGroups: listOf(name) }).refine((pool) => pool.start <= pool.end, 'the range must not end before it begins');

export const uplinkPortProfile = z.strictObject({
  name,
  description: text,
  loadBalancing: z.enum(loadBalancingAlgorithms).default('HostDefault'),
  teamMode: z.enum(teamModes).default('SwitchIndependent'),
  networkVirtualization: z.boolean().default(false),
  networkSites: listOf(name),
});

export const logicalSwitch = z.strictObject({ name, description: text, uplinkPortProfile: name });

const adapter = z
  .strictObject({
    name,
    mac,
    virtualSwitch: name.optional().describe('Of the host; left out: Not connected'),
    vmNetwork: name.optional(),
    vmSubnet: name.optional(),
    networkSite: name.optional(),
    siteSubnet: subnet.optional().describe('Where the adapter has no address of a pool'),
    siteVlan: vlan.optional(),
    address: addressOrNone.optional().describe('Left out, the first free address'),
    pool: name.optional().describe('Left out, the first pool that has the address'),
    holder,
  })
  .refine((value) => (value.vmNetwork === undefined) === (value.vmSubnet === undefined), 'a VM network and a VM subnet belong together')
  .refine((value) => value.vmSubnet === undefined || value.networkSite === undefined, 'an adapter is in a VM subnet or in a network site');

const generation = z.union([z.literal(1), z.literal(2)]);

export const machine = z.strictObject({
  name,
  host: name,
  generation: generation.default(2),
  running: z.boolean().default(true),
  firewallOn: z.boolean().default(true),
  remoteAccessInstalled: z.boolean().default(false),
  vpnDeployed: z.boolean().default(false),
  dataExchangeOn: z.boolean().default(true).describe('Integration service Data Exchange'),
  remoteAccessByHand: z.boolean().default(false).describe('RRAS was configured in its own console'),
  adapters: listOf(adapter).describe('A gateway’s adapter without a place is the one for the back end, not connected at first'),
});

export const libraryImage = z.strictObject({
  name,
  libraryServer: name,
  libraryPath: z.string().trim().min(1).max(260),
  operatingSystem: name,
  generation,
  sizeMb: z.int().min(1),
});

const templateAdapter = z
  .strictObject({ vmNetwork: name.optional(), logicalNetwork: name.optional() })
  .refine((value) => value.vmNetwork === undefined || value.logicalNetwork === undefined, 'an adapter is connected to one network at most');

export const vmTemplate = z.strictObject({
  name,
  description: text,
  image: name,
  generation,
  memoryMb: z.int().min(32).max(1_048_576),
  processors: z.int().min(1).max(64),
  /** With neither network: Not connected. */
  adapters: z.array(templateAdapter).max(8).default([]),
});

export const serviceTemplate = z.strictObject({ name, description: text, vmTemplate: name });

const connection = z.strictObject({
  adapter: name,
  networkSite: name,
  name: name.optional(),
  address: address.optional().describe('When the gateway device itself holds the address of its front end'),
  pool: name.optional(),
  holder,
});

/** Named either by its parts or by the connection string as it was typed. */
export const networkService = z.strictObject({
  name,
  description: text,
  manufacturer: name,
  model: name,
  runAsAccount: name,
  connectionString: z.string().max(4096).optional(),
  hostGroups: listOf(name),
  host: name.optional(),
  gatewayVirtualMachine: name.optional(),
  standbyVirtualMachine: name.optional().describe('Passive node of a guest cluster'),
  directRoutingMode: z.boolean().default(false),
  backEndSwitch: name.optional().describe('To which the adapter of the back end is attached when it is not yet'),
  maxVmNetworks: z.int().min(1).max(100).default(50),
  frontEnd: connection.optional(),
  backEnd: connection.optional(),
});
