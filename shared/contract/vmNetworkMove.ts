/** Move to gateway: what is shown before OK. */
import { z } from 'zod';
import { problemSchema } from './errors.ts';

export const movePreviewSchema = z.object({
  problems: z.array(problemSchema),
  /** Null while something is against it. */
  comesAlong: z
    .object({
      /** Of the NAT connection; null where there is none. */
      externalAddress: z.object({ before: z.string(), after: z.string() }).nullable(),
      /** Those behind the first one, in their order. */
      furtherAddresses: z.array(z.object({ before: z.string(), after: z.string() })),
      natRules: z.array(z.string()),
      vpnConnections: z.array(z.object({ name: z.string(), remoteEndpoint: z.string(), routes: z.number().int() })),
      bgpPeers: z.array(z.string()),
      /** Address that the VPN devices on the other side dial; null without VPN connections. */
      endpoint: z.object({ before: z.string(), after: z.string() }).nullable(),
    })
    .nullable(),
});
export type MovePreview = z.infer<typeof movePreviewSchema>;
