/** What stands in the way of a gateway, or soon will: each with the object at which it is mended. */
import { z } from 'zod';

/** Where the console mends it. */
export const hintPlaces = ['networkServiceProperties', 'ipPoolProperties', 'hostProperties', 'guest', 'virtualMachines'] as const;

export const gatewayHintSchema = z.object({
  /** The same cause has the same id. */
  id: z.string(),
  /** `error`: traffic of tenants does not pass. `warning`: it does, but not for certain, or not after a fail-over. */
  severity: z.enum(['error', 'warning']),
  /** Name of the object at which it is wrong. */
  objectName: z.string(),
  /** What is wrong. */
  problem: z.string(),
  /** What to do. */
  action: z.string(),
  place: z.enum(hintPlaces),
  /** What the place opens with. */
  objectId: z.string(),
});
export type GatewayHint = z.infer<typeof gatewayHintSchema>;

export const gatewayHintsSchema = z.object({ networkServiceId: z.string(), hints: z.array(gatewayHintSchema) });
