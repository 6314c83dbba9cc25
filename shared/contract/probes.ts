/** Probes beside ping: the route to a destination (tracert) and a connection to a TCP port (Test-NetConnection -Port). */
import { z } from 'zod';
import { parseIpv4 } from '../net/ipv4.ts';

const sender = z.string().trim().min(1).describe('Id or name of the VM that sends');
const destination = z.string().trim().refine((text) => parseIpv4(text) !== undefined, 'Type an IPv4 address such as 192.0.2.80.');

export const routeProbeInputSchema = z.object({
  virtualMachine: sender,
  destination,
  /** As `tracert -h`. */
  maximumHops: z.number().int().min(1).max(255).default(30),
  /** Patience for each query, as `tracert -w`. */
  timeoutMs: z.number().int().min(1).max(60_000).default(4000),
});
export type RouteProbeInput = z.input<typeof routeProbeInputSchema>;

export const tcpProbeInputSchema = z.object({ virtualMachine: sender, destination, port: z.number().int().min(1).max(65_535) });
export type TcpProbeInput = z.input<typeof tcpProbeInputSchema>;
