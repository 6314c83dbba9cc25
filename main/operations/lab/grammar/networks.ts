/** Grammar of logical networks, IP address pools and VM networks. */
import { z } from 'zod';
import { furtherAddressesOfNat, vpnChoices, vpnDefaults } from '../../../../shared/contract/connectivity.ts';
import { logicalNetworkKinds } from '../../../../shared/contract/networkingOperations.ts';
import { prefixContains } from '../../../../shared/net/ipv4.ts';
import { address, autonomousSystemNumber, guid, holder, listOf, mac, name, port, subnet, text, vlan, vsid } from './values.ts';

/** An address that is allocated although what it was given to is gone, or was never completed. */
const heldAddress = z.strictObject({
  address,
  holderType: z.enum(['NetworkService', 'VirtualNetworkAdapter', 'HostNetworkAdapter', 'NATConnection', 'VMNetworkGateway']),
  holder: z.string().trim().max(1024).default(''),
});

export const pool = z.strictObject({
  name,
  description: text,
  start: address,
  end: address,
  gateways: listOf(z.strictObject({ address, metric: z.int().min(1).max(9999).optional().describe('Left out: automatic') })),
  reserved: listOf(z.strictObject({ start: address, end: address, vip: z.boolean().default(false).describe('For VIPs of load balancers') })),
  dnsServers: listOf(address),
  dnsSuffix: text,
  dnsSearchSuffixes: listOf(z.string().trim().min(1).max(1024)),
  winsServers: listOf(address),
  enableNetbios: z.boolean().default(false),
  held: listOf(heldAddress).describe('Addresses that are allocated, but to nothing that stands in this file'),
});

const siteSubnet = z
  .strictObject({ subnet, vlan: vlan.default(0), secondaryVlan: z.int().min(1).max(4094).optional().describe('Only in a PVLAN network'), pools: listOf(pool) })
  .refine((value) => value.pools.every((entry) => inside(value.subnet, entry)), 'every pool must lie inside its subnet');

export const logicalNetwork = z.strictObject({
  name,
  description: text,
  kind: z.enum(logicalNetworkKinds).default('oneConnected'),
  networkVirtualization: z.boolean().default(false),
  sites: listOf(z.strictObject({ name: name.max(64), hostGroups: listOf(name), subnets: listOf(siteSubnet) })),
});

const vmSubnet = z
  .strictObject({ name, subnet, vsid, pool: pool.optional(), furtherPools: listOf(pool) })
  .refine((value) => [...(value.pool === undefined ? [] : [value.pool]), ...value.furtherPools].every((entry) => inside(value.subnet, entry)), 'the pool must lie inside its subnet');

const natRule = z.strictObject({
  name: z.string().trim().max(256),
  protocol: z.enum(['TCP', 'UDP']),
  externalAddress: address.optional().describe('One of the further addresses; left out, the first one'),
  externalPort: port,
  internalAddress: address,
  internalPort: port,
});

const natConnection = z
  .strictObject({
    name,
    address,
    pool: name.describe('Front-end pool that the address is of'),
    holder,
    portStart: port.default(1),
    portEnd: port.default(49_151),
    furtherAddresses: z.array(z.strictObject({ address, pool: name, holder })).max(furtherAddressesOfNat).default([]).describe('External addresses behind the first one'),
    rules: listOf(natRule),
  })
  .refine((nat) => nat.rules.every(({ externalAddress }) => externalAddress === undefined || nat.furtherAddresses.some((further) => further.address === externalAddress)), 'the external address of every rule must be one of the further addresses')
  .refine(({ rules }) => new Set(rules.map(({ protocol, externalAddress, externalPort }) => `${protocol} ${externalAddress ?? ''} ${externalPort}`)).size === rules.length, 'two rules wait at one port of one external address');

const bandwidth = z.int().min(0).max(100_000_000).default(Number(vpnDefaults.bandwidthKbps));

const vpnConnection = z
  .strictObject({
    name,
    remoteAddress: address,
    enabled: z.boolean().default(true),
    maximumInboundKbps: bandwidth,
    maximumOutboundKbps: bandwidth,
    protocol: z.enum(vpnChoices.protocol).default(vpnDefaults.protocol),
    authenticationMethod: z.enum(vpnChoices.authenticationMethod).default(vpnDefaults.authenticationMethod),
    runAsAccount: name.optional().describe('Whose password is the pre-shared key; the key itself is in no file'),
    certificate: z.string().trim().max(256).default(''),
    encryptionMethod: z.enum(vpnChoices.encryptionMethod).default(vpnDefaults.encryptionMethod),
    integrityCheckMethod: z.enum(vpnChoices.integrityCheckMethod).default(vpnDefaults.integrityCheckMethod),
    cipherTransform: z.enum(vpnChoices.cipherTransform).default(vpnDefaults.cipherTransform),
    authenticationTransform: z.enum(vpnChoices.authenticationTransform).default(vpnDefaults.authenticationTransform),
    pfsGroup: z.enum(vpnChoices.pfsGroup).default(vpnDefaults.pfsGroup),
    dhGroup: z.enum(vpnChoices.dhGroup).default(vpnDefaults.dhGroup),
    routes: listOf(subnet),
  })
  .refine((value) => (value.authenticationMethod === 'PSKOnly') === (value.runAsAccount !== undefined), 'with PSKOnly there is a runAsAccount, with MachineCertificates none');

const bgp = z.strictObject({
  enabled: z.boolean().default(false),
  autonomousSystemNumber: autonomousSystemNumber.optional(),
  peers: listOf(z.strictObject({ name, address, autonomousSystemNumber })),
});

/** What a VM network uses of a gateway device. Without NAT on a forwarding gateway it is routed directly. */
const vmNetworkGateway = z.strictObject({
  networkService: name,
  name,
  compartment: z.int().min(2).max(0x7fff_ffff),
  vsid: vsid.describe('Of the gateway’s own virtual subnet'),
  subnet: subnet.describe('Of the gateway’s leg into the VM network'),
  mac,
  vpn: z.boolean().default(false).describe('Connect to another network through a VPN tunnel'),
  vpnConnections: listOf(vpnConnection),
  bgp: bgp.default({ enabled: false, peers: [] }),
  nat: natConnection.optional(),
});

export const vmNetwork = z.strictObject({
  name,
  description: text,
  logicalNetwork: name,
  routingDomainId: guid,
  isolation: z.enum(['WindowsNetworkVirtualization', 'NoIsolation']).optional().describe('Left out, what the logical network allows'),
  subnets: listOf(vmSubnet),
  gateway: vmNetworkGateway.optional(),
});

function inside(network: z.output<typeof subnet>, entry: z.output<typeof pool>): boolean {
  return entry.start <= entry.end && prefixContains(network, entry.start) && prefixContains(network, entry.end);
}
