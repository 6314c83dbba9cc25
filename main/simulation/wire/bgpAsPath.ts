/** AS_PATH (RFC 4271 §4.3, §5.1.2), with two or four bytes an AS number (RFC 6793). */
import { octets } from './bgpPrefixes.ts';

export interface AsSegment {
  readonly type: 'set' | 'sequence';
  readonly asns: readonly number[];
}

export type AsPath = readonly AsSegment[];

/** Stands for an AS number that does not fit two bytes (RFC 6793 §9). */
export const asTrans = 23_456;
const segmentTypes = { set: 1, sequence: 2 } as const;
const segmentLimit = 255;

export function encodeAsPath(path: AsPath, isFourOctet: boolean): number[] {
  return path.flatMap(({ type, asns }) => [segmentTypes[type], asns.length, ...asns.flatMap((asn) => encodeAsn(asn, isFourOctet))]);
}

export function encodeAsn(asn: number, isFourOctet: boolean): number[] {
  return isFourOctet ? octets(asn) : octets(asn > 0xffff ? asTrans : asn).slice(2);
}

/** Undefined when it is not a path. AS 0 never is in one (RFC 7607). */
export function decodeAsPath(bytes: Uint8Array, isFourOctet: boolean): AsPath | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = isFourOctet ? 4 : 2;
  const path: AsSegment[] = [];
  let at = 0;
  while (at < bytes.length) {
    const type = bytes[at];
    const count = bytes[at + 1] ?? 0;
    const first = at + 2;
    at = first + count * size;
    if ((type !== segmentTypes.set && type !== segmentTypes.sequence) || count === 0 || at > bytes.length) return undefined;
    const asns = Array.from({ length: count }, (_, index) => (isFourOctet ? view.getUint32(first + index * size) : view.getUint16(first + index * size)));
    if (asns.includes(0)) return undefined;
    path.push({ type: type === segmentTypes.set ? 'set' : 'sequence', asns });
  }
  return path;
}

/** Length as the decision process counts it: a set is one (RFC 4271 §9.1.2.2). */
export function asPathLength(path: AsPath): number {
  return path.reduce((sum, { type, asns }) => sum + (type === 'set' ? 1 : asns.length), 0);
}

export function prependAs(path: AsPath, asn: number): AsPath {
  const [first, ...rest] = path;
  if (first?.type === 'sequence' && first.asns.length < segmentLimit) return [{ type: 'sequence', asns: [asn, ...first.asns] }, ...rest];
  return [{ type: 'sequence', asns: [asn] }, ...path];
}

/** The AS that sent the path; undefined for a path of the own AS, or one that begins with a set. */
export function neighbourAs(path: AsPath): number | undefined {
  return path[0]?.type === 'sequence' ? path[0].asns[0] : undefined;
}

export function formatAsPath(path: AsPath): string {
  return path.map(({ type, asns }) => (type === 'set' ? `{${asns.join(',')}}` : asns.join(' '))).join(' ');
}

/** The path of a speaker that knows two bytes only, completed by what AS4_PATH kept (RFC 6793 §4.2.3). */
export function mergeAsPaths(path: AsPath, fourOctet: AsPath): AsPath {
  let missing = asPathLength(path) - asPathLength(fourOctet);
  if (missing < 0) return path;
  const leading: AsSegment[] = [];
  for (const { type, asns } of path) {
    if (missing === 0) break;
    const taken = type === 'set' ? asns : asns.slice(0, missing);
    missing -= type === 'set' ? 1 : taken.length;
    leading.push({ type, asns: taken });
  }
  return joinSequences([...leading, ...fourOctet]);
}

/** One sequence where two stand side by side and fit. */
function joinSequences(path: AsPath): AsPath {
  const joined: AsSegment[] = [];
  for (const segment of path) {
    const last = joined.at(-1);
    const fits = last?.type === 'sequence' && segment.type === 'sequence' && last.asns.length + segment.asns.length <= segmentLimit;
    if (fits) joined.splice(-1, 1, { type: 'sequence', asns: [...last.asns, ...segment.asns] });
    else joined.push(segment);
  }
  return joined;
}
