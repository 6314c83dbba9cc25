/** Inputs of the operations of VM networks (fact sheet §2.3, 3). What is missing is said by the operation's checks, at its place. */
import { z } from 'zod';
import { parseIpv4 } from '../net/ipv4.ts';
import { directConnectionSchema, vpnTunnelInputSchema } from './connectivity.ts';

const text = z.string().trim().max(1024).default('');
const draftRef = z.string().trim().max(256).default('');
const ref = z.string().trim().min(1, 'Choose an object.').max(256);

const newSubnetSchema = z.object({ name: text, subnet: text.describe('CIDR') });

/** Pages Connectivity, VPN Connections and Border Gateway Protocol of the wizard. */
const connectivityOfNew = {
  directConnection: directConnectionSchema.optional(),
  vpnTunnel: vpnTunnelInputSchema.optional(),
};

/** Create VM Network Wizard. */
export const createVmNetworkInputSchema = z.object({
  name: text,
  description: text,
  logicalNetwork: draftRef,
  isolation: z.enum(['WindowsNetworkVirtualization', 'NoIsolation']).default('WindowsNetworkVirtualization'),
  subnets: z.array(newSubnetSchema).max(500).default([]).describe('VM subnets'),
  ...connectivityOfNew,
});

/** Properties of a VM network; what is left out stays. */
export const changeVmNetworkInputSchema = z.object({
  vmNetwork: ref,
  name: z.string().trim().max(1024).optional(),
  description: z.string().trim().max(1024).optional(),
  subnets: z
    .array(newSubnetSchema.extend({ vmSubnet: draftRef.describe('The VM subnet as it is now; left out for a new one') }))
    .max(500)
    .optional()
    .describe('All VM subnets that the VM network shall have; those that are not named are removed'),
  /** null switches it off; left out, it stays as it is. */
  directConnection: directConnectionSchema.nullable().optional(),
  /** null switches it off; left out, it stays as it is. */
  vpnTunnel: vpnTunnelInputSchema.nullable().optional(),
});

/** Move to gateway, with everything that the VM network has. */
export const moveToGatewayInputSchema = z.object({
  vmNetwork: ref,
  gatewayDevice: draftRef.describe('The network service that shall serve it'),
  ipAddressPool: draftRef.describe('For NAT; left out, the pool stays where the front end of the gateway has it'),
  ipAddress: z.string().trim().max(64).refine((typed) => typed === '' || parseIpv4(typed) !== undefined, 'Type an IPv4 address such as 203.0.113.10.').default('').describe('For NAT; left out, the address stays where its pool stays, else the first free one'),
});
export type MoveToGatewayInput = z.output<typeof moveToGatewayInputSchema>;

export const vmNetworkInputSchema = z.object({ vmNetwork: ref });
