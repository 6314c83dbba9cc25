/** Live views of a gateway that send what is looked at and no more: a page of its compartments, chosen compartments, its NAT sessions, its headroom. */
import { z } from 'zod';
import { idSchema } from './lists.ts';
import { compartmentSchema } from './simulation.ts';

/** Compartments that one subscription gives in full. */
export const mostCompartments = 12;
/** Rows of a table of live state in one payload. */
export const mostLiveRows = 500;

export const gatewayOverviewQuerySchema = z.object({
  /** Of the network service. */
  id: idSchema,
  /** Substring of the VM network's name or of its NAT address, case-insensitive. */
  filter: z.string().max(200).default(''),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(100).default(25),
});

const compartmentSummarySchema = z.object({
  id: z.number().int(),
  guid: z.string(),
  /** Null for the default compartment. */
  vmNetworkId: z.string().nullable(),
  vmNetwork: z.string().nullable(),
  /** The first one in front; none without NAT. */
  natAddresses: z.array(z.string()),
  sessions: z.number().int(),
  tunnels: z.number().int(),
  connectedTunnels: z.number().int(),
  counters: z.object({ received: z.number(), forwarded: z.number(), dropped: z.number() }),
});
export type CompartmentSummaryView = z.infer<typeof compartmentSummarySchema>;

export const gatewayOverviewSchema = z.object({
  networkServiceId: idSchema,
  networkServiceName: z.string(),
  vmName: z.string(),
  host: z.string(),
  /** One sentence: what RRAS is doing, or why nothing flows. */
  statusText: z.string(),
  /** Compartment 1, whatever the filter; null when there is no gateway VM. */
  defaultCompartment: compartmentSummarySchema.nullable(),
  /** One page of the tenants' compartments, in the order of their numbers. */
  tenants: z.array(compartmentSummarySchema),
  /** Tenants that match the filter, and in all. */
  matching: z.number().int(),
  total: z.number().int(),
});
export type GatewayOverview = z.infer<typeof gatewayOverviewSchema>;

export const gatewayCompartmentsQuerySchema = z.object({
  /** Of the network service. */
  id: idSchema,
  /** Compartments by number. */
  compartments: z.array(z.number().int().min(1)).max(mostCompartments),
  /** Rows of each table at most. */
  rows: z.number().int().min(1).max(mostLiveRows).default(mostLiveRows),
});

export const gatewayCompartmentsSchema = z.object({ compartments: z.array(compartmentSchema) });

export const natSessionSorts = ['vmNetwork', 'protocol', 'internal', 'external', 'remote', 'state', 'rule', 'age', 'expires', 'sent', 'received'] as const;

export const natScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vmNetwork'), id: idSchema }),
  z.object({ kind: z.literal('networkService'), id: idSchema }),
]);
export type NatScope = z.infer<typeof natScopeSchema>;

export const natSessionsQuerySchema = z.object({
  scope: natScopeSchema,
  /** Sessions that packets from inside made, or the static mappings of NAT rules. */
  kind: z.enum(['dynamic', 'static']).default('dynamic'),
  /** Substring of what a row shows, case-insensitive. */
  filter: z.string().max(200).default(''),
  sort: z.enum(natSessionSorts).default('external'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  limit: z.number().int().min(1).max(mostLiveRows).default(200),
});
export type NatSessionsQuery = z.input<typeof natSessionsQuerySchema>;

const natSessionSchema = z.object({
  vmNetwork: z.string(),
  protocol: z.string(),
  /** Address and port (identifier for ICMP) behind a colon. */
  internal: z.string(),
  external: z.string(),
  /** Empty while a static mapping was never used. */
  remote: z.string(),
  state: z.string(),
  /** Name of the NAT rule; empty for a dynamic session. */
  rule: z.string(),
  ageSeconds: z.number().int(),
  /** Null: never. */
  expiresInSeconds: z.number().int().nullable(),
  /** IPv4 packets and their bytes, seen from the virtual machine. */
  sentPackets: z.number(),
  sentBytes: z.number(),
  receivedPackets: z.number(),
  receivedBytes: z.number(),
});
export type NatSessionRow = z.infer<typeof natSessionSchema>;

export const natSessionsSchema = z.object({
  /** Of the VM network, or of the network service. */
  name: z.string(),
  /** Why there can be no session, one sentence; null otherwise. */
  unavailable: z.string().nullable(),
  rows: z.array(natSessionSchema),
  /** Of the asked kind: those that match the filter. `rows` has the first of them. */
  matching: z.number().int(),
  dynamicTotal: z.number().int(),
  staticTotal: z.number().int(),
  /** One sentence for each external address without a free port. */
  exhausted: z.array(z.string()),
});
export type NatSessionsView = z.infer<typeof natSessionsSchema>;

/** `none`: this gateway has nothing of the kind. */
export const headroomLevels = ['none', 'normal', 'warning', 'full'] as const;

export const headroomSchema = z.object({
  label: z.string(),
  used: z.number(),
  limit: z.number(),
  level: z.enum(headroomLevels),
  /** "38 of 50, 12 free". */
  text: z.string(),
  /** Where the limit is from, or which one is the fullest. */
  note: z.string(),
});
export type Headroom = z.infer<typeof headroomSchema>;

export const gatewayCapacitySchema = z.object({ name: z.string(), items: z.array(headroomSchema) });
