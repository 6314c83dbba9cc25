/**
 * Inputs of every operation. An operation is one VMM action; starting one makes a job.
 * Objects are named by a reference: their id, or their name (unique in its kind, case-insensitive).
 */
import { z } from 'zod';
import { parseIpv4 } from '../net/ipv4.ts';

/** Id or name of an object. */
export const objectRefSchema = z.string().trim().min(1, 'Choose an object.').max(256);

const ipv4TextSchema = z
  .string()
  .trim()
  .refine((text) => parseIpv4(text) !== undefined, 'Type an IPv4 address such as 203.0.113.10.');

/** "Connect directly to an additional logical network › Network address translation (NAT)" (fact sheet §3.1). */
const natConnectivitySchema = z.object({
  routing: z.literal('NAT'),
  gatewayDevice: objectRefSchema.describe('The network service that serves as gateway'),
  ipAddressPool: objectRefSchema.optional().describe('Front-end pool; left out, the first pool of the front-end site'),
  ipAddress: ipv4TextSchema.optional().describe('External address; left out, the first free address of the pool'),
});

export const setConnectivityInputSchema = z.object({
  vmNetwork: objectRefSchema,
  /** null switches the direct connection off and gives everything back. */
  directConnection: natConnectivitySchema.nullable(),
});
export type SetConnectivityInput = z.infer<typeof setConnectivityInputSchema>;

/** Fills an empty database from a lab file. */
export const openLabInputSchema = z.object({
  lab: z.string().trim().min(1).max(64).default('contoso').describe('Name of a lab in resources/labs'),
  gateway: z
    .enum(['connected', 'absent'])
    .default('connected')
    .describe('Whether the gateway is already added and its front end and back end connected'),
});

/** Operation id (`noun.verb`) -> input schema. The list from which everything else is derived. */
export const operationInputs = {
  'lab.open': openLabInputSchema,
  'vmNetwork.setConnectivity': setConnectivityInputSchema,
} as const;

export type OperationId = keyof typeof operationInputs;
export type OperationInput<I extends OperationId> = z.input<(typeof operationInputs)[I]>;
export type ParsedOperationInput<I extends OperationId> = z.output<(typeof operationInputs)[I]>;

export const operationIdSchema = z.enum(Object.keys(operationInputs) as [OperationId, ...OperationId[]]);
