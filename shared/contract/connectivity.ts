/** How a VM network reaches other networks: Properties › Connectivity with its further pages (fact sheet §3). What is missing is said by the operation's checks, at its place. */
import { z } from 'zod';
import { parseIpv4 } from '../net/ipv4.ts';

const refSchema = z.string().trim().min(1, 'Choose an object.').max(256);
const draftSchema = z.string().trim().max(1024).default('');
/** A number as it was typed. */
const typedNumberSchema = z.union([z.int(), z.string().max(32)]).transform((value) => String(value).trim()).default('');

const ipv4TextSchema = z
  .string()
  .trim()
  .refine((text) => parseIpv4(text) !== undefined, 'Type an IPv4 address such as 203.0.113.10.');

export const natProtocols = ['TCP', 'UDP'] as const;

/** Behind the first external address of a NAT connection; our own bound, nobody documents one. */
export const furtherAddressesOfNat = 31;

/**
 * An external address behind the first one (fact sheet §3.2: by script on the gateway only). Without id: the present one that has this address,
 * or, when no address is given, the next that nothing else of the list means; else a new one.
 */
const natExternalAddressInputSchema = z.object({
  id: refSchema.optional().describe('Of an external address that is there already, to change it in place'),
  ipAddressPool: refSchema.optional().describe('Front-end pool; left out, the one that has the address, else that of the first external address'),
  ipAddress: ipv4TextSchema.optional().describe('Left out, it stays as it is, or is the first free address of the pool'),
});
export type NatExternalAddressInput = z.output<typeof natExternalAddressInputSchema>;

/** Page Network Address Translation (NAT) (fact sheet §3.2). */
export const natRuleInputSchema = z.object({
  id: refSchema.optional().describe('Of a rule that is there already, to change it in place'),
  name: draftSchema,
  protocol: z.enum(natProtocols).default('TCP'),
  externalAddress: z.int().min(1).max(1 + furtherAddressesOfNat).default(1).describe('At which external address it waits: 1 is the first, 2 the first of externalAddresses'),
  incomingPort: typedNumberSchema.describe('External port, 1 to 49151'),
  destinationAddress: draftSchema.describe('In a VM subnet of this VM network'),
  destinationPort: typedNumberSchema,
});
export type NatRuleInput = z.output<typeof natRuleInputSchema>;

/** "Connect directly to an additional logical network › Network address translation (NAT)" (fact sheet §3.1). */
const natConnectivitySchema = z.object({
  routing: z.literal('NAT'),
  gatewayDevice: refSchema.describe('The network service that serves as gateway'),
  ipAddressPool: refSchema.optional().describe('Front-end pool; left out, the first pool of the front-end site'),
  ipAddress: ipv4TextSchema.optional().describe('External address; left out, the first free address of the pool'),
  externalAddresses: z.array(natExternalAddressInputSchema).max(furtherAddressesOfNat).optional().describe('All external addresses behind the first one; left out, they stay as they are'),
  rules: z.array(natRuleInputSchema).max(1000).optional().describe('All NAT rules; left out, they stay as they are'),
});

/** "Connect directly … › Direct routing": only a forwarding gateway does it (DirectRoutingMode, fact sheet §1.4). */
const directRoutingSchema = z.object({
  routing: z.literal('Direct'),
  gatewayDevice: refSchema.describe('A network service with DirectRoutingMode=True'),
});

/** Values and defaults of the page Advanced (fact sheet §3.4; the defaults are M). */
export const vpnChoices = {
  protocol: ['IKEv2', 'L2TP', 'PPTP'],
  authenticationMethod: ['PSKOnly', 'MachineCertificates'],
  encryptionMethod: ['DES', 'DES3', 'AES128', 'AES192', 'AES256'],
  integrityCheckMethod: ['MD5', 'SHA1', 'SHA256', 'SHA384'],
  cipherTransform: ['DES', 'DES3', 'AES128', 'AES192', 'AES256', 'GCMAES128', 'GCMAES192', 'GCMAES256'],
  authenticationTransform: ['SHA256128', 'MD596', 'SHA196', 'GCMAES128', 'GCMAES192', 'GCMAES256'],
  pfsGroup: ['None', 'PFS1', 'PFS2', 'PFS2048', 'ECP256', 'ECP384', 'PFSMM', 'PFS24'],
  dhGroup: ['None', 'Group1', 'Group2', 'Group14', 'ECP256', 'ECP384', 'Group24'],
} as const;

export const vpnDefaults = {
  protocol: 'IKEv2',
  authenticationMethod: 'PSKOnly',
  encryptionMethod: 'AES256',
  integrityCheckMethod: 'SHA1',
  cipherTransform: 'AES256',
  authenticationTransform: 'SHA196',
  pfsGroup: 'PFS2048',
  dhGroup: 'Group2',
  /** Each direction, in kilobits a second (fact sheet §4.4, M). */
  bandwidthKbps: '5120',
} as const;

/** Site-to-site tunnels of one gateway device (fact sheet §1.5). */
export const tunnelsOfGateway = 200;

/** Page VPN Connections, one connection with its sub-pages (fact sheet §3.3). */
export const vpnConnectionInputSchema = z.object({
  id: refSchema.optional().describe('Of a connection that is there already, to change it in place'),
  name: draftSchema,
  remoteEndpoint: draftSchema.describe('Address of the VPN device on the other side'),
  maximumInboundKbps: typedNumberSchema.default(vpnDefaults.bandwidthKbps),
  maximumOutboundKbps: typedNumberSchema.default(vpnDefaults.bandwidthKbps),
  isEnabled: z.boolean().default(true),
  authenticationMethod: z.enum(vpnChoices.authenticationMethod).default(vpnDefaults.authenticationMethod),
  runAsAccount: draftSchema.describe('Whose password is the pre-shared key; only with PSKOnly'),
  certificate: draftSchema.describe('Thumbprint; empty: chosen automatically. Only with MachineCertificates'),
  routes: z.array(z.string().trim().max(64)).max(500).default([]).describe('Remote subnets in CIDR form'),
  protocol: z.enum(vpnChoices.protocol).default(vpnDefaults.protocol),
  encryptionMethod: z.enum(vpnChoices.encryptionMethod).default(vpnDefaults.encryptionMethod),
  integrityCheckMethod: z.enum(vpnChoices.integrityCheckMethod).default(vpnDefaults.integrityCheckMethod),
  cipherTransform: z.enum(vpnChoices.cipherTransform).default(vpnDefaults.cipherTransform),
  authenticationTransform: z.enum(vpnChoices.authenticationTransform).default(vpnDefaults.authenticationTransform),
  pfsGroup: z.enum(vpnChoices.pfsGroup).default(vpnDefaults.pfsGroup),
  dhGroup: z.enum(vpnChoices.dhGroup).default(vpnDefaults.dhGroup),
});
export type VpnConnectionInput = z.output<typeof vpnConnectionInputSchema>;

/** Page Border Gateway Protocol (fact sheet §3.5). */
export const bgpInputSchema = z.object({
  autonomousSystemNumber: typedNumberSchema,
  peers: z
    .array(z.object({ id: refSchema.optional(), name: draftSchema, address: draftSchema.describe('Of the peer, reached through a VPN connection'), autonomousSystemNumber: typedNumberSchema }))
    .max(100)
    .default([]),
});
export type BgpInput = z.output<typeof bgpInputSchema>;

/** "Connect to another network through a VPN tunnel" (fact sheet §3.1). */
export const vpnTunnelInputSchema = z.object({
  gatewayDevice: refSchema.describe('The VPN gateway device'),
  subnet: draftSchema.describe('Of the gateway’s leg into the VM network; empty: as it is, or chosen by VMM'),
  connections: z.array(vpnConnectionInputSchema).max(200).optional().describe('All VPN connections; left out, they stay as they are'),
  bgp: bgpInputSchema.nullable().optional().describe('null: BGP is off; left out, it stays as it is'),
});
export type VpnTunnelInput = z.output<typeof vpnTunnelInputSchema>;

export const directConnectionSchema = z.discriminatedUnion('routing', [natConnectivitySchema, directRoutingSchema]);

export const setConnectivityInputSchema = z
  .object({
    vmNetwork: refSchema,
    /** null switches it off and gives everything back; left out, it stays as it is. */
    vpnTunnel: vpnTunnelInputSchema.nullable().optional(),
    /** null switches it off and gives everything back; left out, it stays as it is. */
    directConnection: directConnectionSchema.nullable().optional(),
  })
  .refine(({ vpnTunnel, directConnection }) => vpnTunnel !== undefined || directConnection !== undefined, 'Say what is wanted: directConnection, vpnTunnel or both.');
export type SetConnectivityInput = z.output<typeof setConnectivityInputSchema>;
/** The parts of an input that say how a VM network reaches other networks. */
export type ConnectivityParts = Pick<SetConnectivityInput, 'directConnection' | 'vpnTunnel'>;
