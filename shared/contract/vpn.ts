/** Live state of site-to-site tunnels. */
import { z } from 'zod';
import { idSchema } from './lists.ts';

/** ConnectionState of Get-VpnS2SInterface (fact sheet §4.4). */
export const tunnelStates = ['Disconnected', 'Connecting', 'Connected'] as const;

export const tunnelSchema = z.object({
  /** Of the VPN connection. */
  id: idSchema,
  name: z.string(),
  isEnabled: z.boolean(),
  /** Stays connected; otherwise a packet dials it, and it hangs up when idle. */
  isPersistent: z.boolean(),
  state: z.enum(tunnelStates),
  /** Virtual seconds since the state last changed. */
  stateSeconds: z.number(),
  localEndpoint: z.string(),
  remoteEndpoint: z.string(),
  routes: z.array(z.object({ destination: z.string(), metric: z.number() })),
  /** One sentence, or null. */
  lastError: z.string().nullable(),
  /** Tries of the last dial. */
  tries: z.number().int(),
  /** Packets that wait for the tunnel. */
  waiting: z.number().int(),
  /** Inner packets and bytes. */
  rxPackets: z.number(),
  rxBytes: z.number(),
  txPackets: z.number(),
  txBytes: z.number(),
  /** ESP security associations in use. */
  association: z.object({ inboundSpi: z.string(), outboundSpi: z.string(), ageSeconds: z.number(), rekeyInSeconds: z.number() }).nullable(),
});
export type TunnelView = z.infer<typeof tunnelSchema>;

/** A BGP router as Get-BgpRouter, Get-BgpPeer and Get-BgpRouteInformation tell of it (fact sheet §4.6). */
export const bgpRouterSchema = z.object({
  autonomousSystemNumber: z.number(),
  identifier: z.string(),
  localAddress: z.string(),
  peers: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      autonomousSystemNumber: z.number(),
      status: z.enum(['Connecting', 'Connected', 'Stopped']),
      statusSeconds: z.number(),
      lastError: z.string().nullable(),
      holdSeconds: z.number().nullable(),
      learned: z.number().int(),
      advertised: z.number().int(),
    }),
  ),
  /** Learned and own ones. */
  routes: z.array(
    z.object({
      destination: z.string(),
      nextHop: z.string(),
      origin: z.enum(['IGP', 'EGP', 'Incomplete']),
      localPref: z.number(),
      med: z.number().nullable(),
      asPath: z.string(),
      learnedFrom: z.string().nullable(),
      state: z.enum(['Best', 'Valid', 'Unusable']),
    }),
  ),
});
export type BgpRouterView = z.infer<typeof bgpRouterSchema>;

export const vpnStatusSchema = z.object({ vmNetwork: z.string(), gatewayDevice: z.string().nullable(), /** Virtual seconds. */ now: z.number(), tunnels: z.array(tunnelSchema), bgp: bgpRouterSchema.nullable() });
export type VpnStatus = z.infer<typeof vpnStatusSchema>;

/** Connect or Disconnect. */
export const dialInputSchema = z.object({ vmNetwork: z.string().trim().min(1).max(256), vpnConnection: z.string().trim().min(1).max(256), wanted: z.enum(['connected', 'disconnected']) });
export type DialInput = z.output<typeof dialInputSchema>;
