/**
 * Lines of a verifiable bundle: a header, records of the chain over the job log, an end. Each line is canonical JSON with a member
 * `hash` that is the SHA-256 of the same line without it; for a record that is its hash in the chain. `jq -cS` writes the same text.
 */
import { z } from 'zod';
import { canonicalJson, chainedKinds, sha256 } from '../../store/jobLog/hashChain.ts';

export const bundleFormat = 'hnv-job-log';
const bundleVersion = 1;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);

const headerSchema = z.strictObject({
  kind: z.literal('header'),
  hash,
  format: z.literal(bundleFormat),
  version: z.literal(bundleVersion),
  lab: z.string(),
  /** ISO 8601 in UTC. */
  exportedAt: z.string(),
  /** Length and last hash of the chain from which the records are. */
  chainLength: count,
  chainHash: hash,
  /** Records in this bundle. */
  records: count,
  /** All records of the chain; otherwise those of other jobs are left out, and a record may follow one that is not here. */
  isComplete: z.boolean(),
});
export type BundleHeader = z.infer<typeof headerSchema>;

const recordSchema = z.strictObject({
  kind: z.enum(chainedKinds),
  hash,
  sequence: z.number().int().min(1),
  previous: hash,
  record: z.record(z.string(), z.unknown()),
});
export type BundleRecord = z.infer<typeof recordSchema>;

const endSchema = z.strictObject({
  kind: z.literal('end'),
  hash,
  records: count,
  /** Hash of the last record of the bundle; that before the first one of a chain when there is none. */
  lastHash: hash,
  /** SHA-256 of all bytes before this line. */
  bundleHash: hash,
});
export type BundleEnd = z.infer<typeof endSchema>;

export const bundleLineSchema = z.discriminatedUnion('kind', [headerSchema, recordSchema, endSchema]);

export function headerLine(header: Omit<BundleHeader, 'hash' | 'kind' | 'format' | 'version'>): string {
  return hashedLine({ kind: 'header', format: bundleFormat, version: bundleVersion, ...header });
}

export function endLine(end: Omit<BundleEnd, 'hash' | 'kind'>): string {
  return hashedLine({ kind: 'end', ...end });
}

function hashedLine(value: object): string {
  return `${canonicalJson({ ...value, hash: sha256(canonicalJson(value)) })}\n`;
}
