/** Parts of which the grammar of several kinds of step is made. */
import { z } from 'zod';
import { errorCodes } from '../../shared/contract/errors.ts';
import { pingInputSchema } from '../../shared/contract/simulation.ts';
import { parseIpv4 } from '../../shared/net/ipv4.ts';

export const errorCode = z.enum(Object.values(errorCodes) as [string, ...string[]]);
export const title = z.string().trim().min(1).max(200).optional().describe('What this step is there for');
export const objectName = z.string().trim().min(1).max(256);
export const count = z.int().min(0);
export const port = z.int().min(1).max(65_535);
export const address = z.string().refine((text) => parseIpv4(text) !== undefined, 'is not an IPv4 address such as 203.0.113.10');

/** Who pings whom, and how. */
export const traffic = z.strictObject({
  from: pingInputSchema.shape.virtualMachine,
  to: pingInputSchema.shape.destination,
  count: pingInputSchema.shape.count,
  size: pingInputSchema.shape.size,
  timeToLive: pingInputSchema.shape.timeToLive,
  doNotFragment: pingInputSchema.shape.doNotFragment,
});

/** What is expected of answers to requests. */
export const replies = z.strictObject({
  received: count.optional(),
  lost: count.optional(),
  status: z.enum(['reply', 'timeout', 'unreachable', 'ttlExpired', 'fragNeeded', 'failed']).optional().describe('Of every request'),
  from: address.optional().describe('Who answers every request'),
  fate: z.string().optional().describe('Part of the sentence on the fate of the first packet'),
  problem: errorCode.optional().describe('The probe cannot even start'),
});

/** Nanoseconds of a unit. */
const units: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** The longest that one step lets pass, in nanoseconds: what comes after must still be exact, and a date. */
const longestAdvance = 1000 * 3600e9;

/** "10s", "500ms", "2m", "1h" of virtual time, as nanoseconds. */
export const duration = z.string().transform((text, context) => {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h)$/.exec(text.trim());
  const unit = units[match?.[2] ?? ''];
  const nanoseconds = match && unit !== undefined ? Number(match[1]) * unit : Infinity;
  if (nanoseconds <= longestAdvance) return nanoseconds;
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 40)}" is not a duration such as 500ms, 10s, 2m or 1h, of at most 1000h` });
  return z.NEVER;
});
