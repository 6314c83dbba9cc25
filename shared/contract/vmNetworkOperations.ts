/** Inputs of the operations of VM networks (fact sheet §2.3, 3). What is missing is said by the operation's checks, at its place. */
import { z } from 'zod';
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

export const vmNetworkInputSchema = z.object({ vmNetwork: ref });
