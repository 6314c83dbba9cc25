/** View models of live state: what only the simulation knows. Addresses and MACs are text as Windows prints them. */
import { z } from 'zod';
import { idSchema } from './lists.ts';
import { tunnelSchema } from './vpn.ts';
import { parseIpv4 } from '../net/ipv4.ts';

/** 0 paused; 1, 10, 100 times real time; 'max' as fast as possible. */
export const simulationSpeedSchema = z.union([z.literal(0), z.literal(1), z.literal(10), z.literal(100), z.literal('max')]);
export type SimulationSpeed = z.infer<typeof simulationSpeedSchema>;

export const simulationStatusSchema = z.object({
  /** Virtual nanoseconds since the lab was opened. */
  now: z.number(),
  speed: simulationSpeedSchema,
  packetsForwarded: z.number(),
  packetsDropped: z.number(),
});
export type SimulationStatus = z.infer<typeof simulationStatusSchema>;

/** States of a neighbour as Get-NetNeighbor names them (RFC 4861 §7.3.2). */
const neighbourStates = ['Incomplete', 'Reachable', 'Stale', 'Delay', 'Probe'] as const;

export const compartmentSchema = z.object({
  /** 1 is the default compartment. */
  id: z.number().int(),
  guid: z.string(),
  description: z.string(),
  /** The VM network whose routing domain this is; null for the default compartment. */
  vmNetwork: z.string().nullable(),
  vmNetworkId: z.string().nullable(),
  interfaces: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      mac: z.string(),
      mtu: z.number().int(),
      rxPackets: z.number(),
      rxBytes: z.number(),
      txPackets: z.number(),
      txBytes: z.number(),
    }),
  ),
  routes: z.array(
    z.object({ destination: z.string(), nextHop: z.string(), interfaceName: z.string(), metric: z.number(), protocol: z.string() }),
  ),
  neighbours: z.array(z.object({ address: z.string(), mac: z.string(), state: z.enum(neighbourStates), interfaceName: z.string() })),
  nat: z
    .object({
      name: z.string(),
      /** The first one. */
      externalAddress: z.string(),
      furtherAddresses: z.array(z.string()),
      sessions: z.array(
        z.object({
          protocol: z.string(),
          internal: z.string(),
          external: z.string(),
          remote: z.string(),
          state: z.string(),
          idleSeconds: z.number(),
          /** Null for a static mapping, which never ends. */
          expiresInSeconds: z.number().nullable(),
        }),
      ),
      /** One sentence while no external port is free for new sessions; null otherwise. */
      exhausted: z.string().nullable(),
      /** Sessions in all; the list is cut at 500. */
      sessionCount: z.number().int(),
    })
    .nullable(),
  tunnels: z.array(tunnelSchema),
  counters: z.object({ received: z.number(), forwarded: z.number(), dropped: z.number() }),
  drops: z.array(z.object({ reason: z.string(), packets: z.number() })),
  /** Rows of each table in all: a payload may have the first of them only. NAT sessions are counted in `nat`. */
  rows: z.object({ interfaces: z.number().int(), routes: z.number().int(), neighbours: z.number().int(), tunnels: z.number().int(), drops: z.number().int() }),
});
export type CompartmentView = z.infer<typeof compartmentSchema>;

export const gatewayStateSchema = z.object({
  networkServiceId: idSchema,
  networkServiceName: z.string(),
  vmName: z.string(),
  host: z.string(),
  running: z.boolean(),
  /** RRAS runs as a multitenant gateway. */
  multitenant: z.boolean(),
  /** One sentence: what RRAS is doing, or why nothing flows. */
  statusText: z.string(),
  compartments: z.array(compartmentSchema),
});
export type GatewayState = z.infer<typeof gatewayStateSchema>;

export const pingInputSchema = z.object({
  virtualMachine: z.string().trim().min(1).describe('Id or name of the VM that sends'),
  destination: z.string().trim().refine((text) => parseIpv4(text) !== undefined, 'Type an IPv4 address such as 192.0.2.80.'),
  count: z.number().int().min(1).max(1000).default(4),
  /** Bytes of data in each echo request, as `ping -l`. */
  size: z.number().int().min(0).max(65500).default(32),
  timeToLive: z.number().int().min(1).max(255).default(128),
  doNotFragment: z.boolean().default(false),
});
export type PingInput = z.input<typeof pingInputSchema>;

export const pingReplySchema = z.object({
  sequence: z.number().int(),
  status: z.enum(['pending', 'reply', 'timeout', 'unreachable', 'ttlExpired', 'fragNeeded', 'failed']),
  from: z.string().nullable(),
  bytes: z.number().int(),
  timeToLive: z.number().int().nullable(),
  roundTripMs: z.number().nullable(),
  /** The line as Windows's ping would print it. */
  text: z.string(),
});

export const traceStepSchema = z.object({
  /** Where: host, switch, compartment. */
  place: z.string(),
  /** What was consulted: lookup records, customer routes, route table, NAT. */
  table: z.string(),
  matched: z.string(),
  action: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const pingStateSchema = z.object({
  pingId: idSchema,
  virtualMachine: z.string(),
  source: z.string(),
  destination: z.string(),
  size: z.number().int(),
  sent: z.number().int(),
  received: z.number().int(),
  done: z.boolean(),
  replies: z.array(pingReplySchema),
  /** Path of the first request and its reply; empty until known. */
  trace: z.array(traceStepSchema),
  /** One sentence on the fate of the first packet. */
  fate: z.string(),
});
export type PingState = z.infer<typeof pingStateSchema>;
