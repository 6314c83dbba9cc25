/** Faults that an operator lays over the simulation to rehearse: which there are, on which object, and what is in force. The inventory knows nothing of them. */
import { z } from 'zod';
import { parseIpv4 } from '../net/ipv4.ts';

/** Those that need nothing but their object. */
const plainKinds = ['hostDown', 'providerAddressUnreachable', 'lookupRecordMissing', 'gatewayFirewallOn', 'peerSilent', 'wrongKey', 'natPoolExhausted'] as const;
export const faultKinds = [...plainKinds, 'lookupRecordStale', 'link'] as const;
export type FaultKind = (typeof faultKinds)[number];
export const faultKindSchema = z.enum(faultKinds);

/** Names an object as `fault.choices` gave it. */
const target = z.string({ error: 'Choose what the fault is about.' }).min(1, 'Choose what the fault is about.').max(300);

const from = (least: number, most: number, error: string) => z.number({ error }).min(least, { error }).max(most, { error });
/** Typed as percent. */
const perMillion = from(0, 1_000_000, 'Type a percentage from 0 to 100.').int();

const linkSchema = z
  .strictObject({
    kind: z.literal('link'),
    target,
    isDown: z.literal(true).optional(),
    extraLatencyMs: from(0, 60_000, 'Type milliseconds from 0 to 60000.').optional(),
    /** Typed as Mbps. */
    bitsPerSecond: from(1, 1e12, 'Type Mbps above 0.').int().optional(),
    lossPerMillion: perMillion.optional(),
    reorderPerMillion: perMillion.optional(),
    /** Bytes with the Ethernet header; longer frames vanish. */
    largestFrame: from(60, 65_535, 'Type whole bytes from 60 to 65535.').int({ error: 'Type whole bytes from 60 to 65535.' }).optional(),
  })
  .refine(({ kind: _kind, target: _target, ...quality }) => Object.values(quality).some((value) => value !== undefined), { error: 'Say what is wrong with the link.', path: ['isDown'] });

export const faultInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(plainKinds), target }),
  z.strictObject({
    kind: z.literal('lookupRecordStale'),
    target,
    /** Where the record points to now. */
    providerAddress: z.string().trim().refine((text) => parseIpv4(text) !== undefined, 'Type an IPv4 address such as 172.16.40.250.'),
  }),
  linkSchema,
]);
export type FaultInput = z.output<typeof faultInputSchema>;

/** A large lab has more objects than a list box could hold: typing searches. */
export const faultChoicesQuerySchema = z.object({ kind: faultKindSchema, filter: z.string().max(200).default('') });
export const faultChoicesSchema = z.object({ choices: z.array(z.object({ target: z.string(), label: z.string() })), hasMore: z.boolean() });

export const faultsInForceSchema = z.object({
  faults: z.array(
    z.object({
      /** The same for all faults about the same thing: a second one replaces the first. */
      id: z.string(),
      kind: faultKindSchema,
      /** Name of the object. */
      object: z.string(),
      /** What is wrong in particular; empty where the kind says it all. */
      detail: z.string(),
    }),
  ),
});
export type FaultRow = z.infer<typeof faultsInForceSchema>['faults'][number];

export const faultTakeBackSchema = z.object({ ids: z.array(z.string().max(500)).max(10_000) });
