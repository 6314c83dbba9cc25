/** How far a gateway has been built, in the steps of the guide "Set up an HNV gateway". */
import { z } from 'zod';

/** Where the console shows what an item is about. */
export const readinessPlaces = ['logicalNetworks', 'vmNetworks', 'hosts', 'virtualMachines', 'networkServices', 'addNetworkService', 'networkServiceProperties'] as const;

export const readinessItemSchema = z.object({
  id: z.string(),
  text: z.string(),
  isDone: z.boolean(),
  /** What is there, or what is missing and what to do. */
  detail: z.string(),
  place: z.enum(readinessPlaces),
  /** Object that the place opens with; null where there is none. */
  objectId: z.string().nullable(),
});
export type ReadinessItem = z.infer<typeof readinessItemSchema>;

export const readinessSchema = z.object({
  steps: z.array(z.object({ id: z.string(), title: z.string(), isDone: z.boolean(), items: z.array(readinessItemSchema) })),
});
export type Readiness = z.infer<typeof readinessSchema>;
