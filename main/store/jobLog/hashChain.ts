/**
 * The chain over the job log: each record is hashed together with the hash of the one before it, so that none can be changed,
 * taken out or put in between without every later hash being another. Whoever knows the last hash can hold the whole log to it.
 *
 * The hash of a record is SHA-256, in lower-case hex, of the UTF-8 text of {"kind","previous","record","sequence"} as canonical
 * JSON: members in the order of their names, nothing between them. Any tool can compute it, for example
 * `jq -cS 'del(.hash)' | tr -d '\n' | sha256sum` over a line of a bundle.
 */
import crypto from 'node:crypto';

/** What stands in the log: a step that ended, a property that changed, a job that ended. */
export const chainedKinds = ['auditRecord', 'job', 'step'] as const;
export type ChainedKind = (typeof chainedKinds)[number];

export interface ChainLink {
  /** 1 for the first record, then without a gap. */
  readonly sequence: number;
  readonly kind: ChainedKind;
  /** Canonical JSON. */
  readonly record: string;
  /** Hash of the record before, `genesis` for the first. */
  readonly previous: string;
}

/** Stands in the place of the hash before the first record. */
export const genesis = '0'.repeat(64);

export function linkHash(link: ChainLink): string {
  return sha256(linkText(link));
}

/** The text that is hashed. */
export function linkText({ sequence, kind, record, previous }: ChainLink): string {
  return `{"kind":"${kind}","previous":"${previous}","record":${record},"sequence":${sequence}}`;
}

/** In lower-case hex. */
export function sha256(text: string): string {
  return atOnce === undefined ? crypto.createHash('sha256').update(text, 'utf8').digest('hex') : atOnce('sha256', text, 'hex');
}

/** Costs a third of what a Hash object does for texts as short as these; Node before 20.12 has none. */
const atOnce = (crypto as Partial<Pick<typeof crypto, 'hash'>>).hash;

/** JSON with the members of every object in the order of their names. `value` is what JSON can carry. */
export function canonicalJson(value: unknown): string {
  return isInOrder(value) ? JSON.stringify(value) : JSON.stringify(value, (_key, member: unknown) => (isObject(member) ? sorted(member) : member));
}

/** An object without others in it whose members stand in the order of their names, as most records of the log do. */
function isInOrder(value: unknown): boolean {
  if (!isObject(value)) return false;
  let last = '';
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (name < last || (typeof member === 'object' && member !== null)) return false;
    last = name;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): object {
  const names = Object.keys(value).sort();
  // Without a prototype a member of any name, `__proto__` too, is a member.
  const result = Object.create(null) as Record<string, unknown>;
  for (const name of names) result[name] = value[name];
  return result;
}
