/** MTU check along a path (fact sheet §4.7, §8.4): the largest packet that passes with "do not fragment". Sizes are those of IPv4 packets in bytes. */
import { z } from 'zod';
import { parseIpv4 } from '../net/ipv4.ts';
import { idSchema } from './lists.ts';

export const mtuCheckInputSchema = z.object({
  virtualMachine: z.string().trim().min(1).max(256).describe('Id or name of the VM that sends'),
  destination: z.string().trim().max(64).refine((text) => parseIpv4(text) !== undefined, 'Type an IPv4 address such as 192.0.2.80.'),
  /** Nothing larger is tried: the MTU of the physical network unless the operator says otherwise. */
  largest: z.number().int().min(68).max(9000).default(1500),
});
export type MtuCheckInput = z.input<typeof mtuCheckInputSchema>;

export const mtuProbeResults = ['passed', 'tooLarge', 'silent', 'unreachable'] as const;

const mtuProbeSchema = z.object({
  size: z.number().int(),
  result: z.enum(mtuProbeResults),
  /** One sentence: who answered what. */
  text: z.string(),
});
export type MtuProbe = z.infer<typeof mtuProbeSchema>;

const mtuHopSchema = z.object({
  place: z.string(),
  /** Interface, provider address or tunnel through which it goes on. */
  link: z.string(),
  /** Largest IPv4 packet that the link takes. */
  mtu: z.number().int(),
  /** Bytes around the packet there: NVGRE, ESP. */
  overhead: z.number().int(),
  /** Whether this hop stops larger packets. */
  isLimit: z.boolean(),
});
export type MtuHop = z.infer<typeof mtuHopSchema>;

export const mtuVerdictSchema = z.object({
  kind: z.enum(['open', 'encapsulation', 'tunnel', 'link', 'blackHole', 'unreachable']),
  /** Largest packet that passes; null when none does. */
  largest: z.number().int().nullable(),
  /** What limits it. */
  sentence: z.string(),
  /** What to set in the guest, or what to mend; one sentence each. */
  advice: z.array(z.string()),
});
export type MtuVerdict = z.infer<typeof mtuVerdictSchema>;

export const mtuCheckStateSchema = z.object({
  checkId: idSchema,
  virtualMachine: z.string(),
  destination: z.string(),
  status: z.enum(['running', 'done', 'canceled', 'failed']),
  /** Why it failed, one sentence; null otherwise. */
  failure: z.string().nullable(),
  probes: z.array(mtuProbeSchema),
  /** Probes at most, while it runs. */
  mostProbes: z.number().int(),
  /** From the virtual machine to the destination. */
  hops: z.array(mtuHopSchema),
  verdict: mtuVerdictSchema.nullable(),
});
export type MtuCheckState = z.infer<typeof mtuCheckStateSchema>;
