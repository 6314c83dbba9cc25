/** Path attributes of UPDATE (RFC 4271 §4.3, §5, §6.3; RFC 6793). */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { asTrans, decodeAsPath, encodeAsn, encodeAsPath, mergeAsPaths, type AsPath } from './bgpAsPath.ts';
import { bgpFault, type BgpFault } from './bgpFault.ts';
import { octets } from './bgpPrefixes.ts';

export type Origin = 'IGP' | 'EGP' | 'Incomplete';

/** An optional transitive attribute that this speaker does not know: passed on as it came, marked as partial. */
export interface UnknownAttribute {
  readonly type: number;
  readonly value: readonly number[];
}

export interface PathAttributes {
  readonly origin: Origin;
  readonly asPath: AsPath;
  readonly nextHop: Ipv4Address;
  /** MULTI_EXIT_DISC: the lower the better. */
  readonly med: number | null;
  /** Within an AS only: the higher the better. */
  readonly localPref: number | null;
  readonly isAtomicAggregate: boolean;
  readonly aggregator: { readonly asn: number; readonly address: Ipv4Address } | null;
  readonly unknown: readonly UnknownAttribute[];
}

const origins = ['IGP', 'EGP', 'Incomplete'] as const satisfies readonly Origin[];
/** The lower the better (RFC 4271 §9.1.2.2 b). */
export const originRank = (origin: Origin): number => origins.indexOf(origin);

const flag = { optional: 0x80, transitive: 0x40, partial: 0x20, extendedLength: 0x10 } as const;
const wellKnown = flag.transitive;
const optionalTransitive = flag.optional | flag.transitive;
export const attributeType = { origin: 1, asPath: 2, nextHop: 3, med: 4, localPref: 5, atomicAggregate: 6, aggregator: 7, as4Path: 17, as4Aggregator: 18 } as const;

interface Rule {
  readonly flags: number;
  /** Allowed lengths in bytes; null for any. */
  readonly lengths: readonly number[] | null;
}

function ruleOf(type: number, isFourOctet: boolean): Rule | undefined {
  switch (type) {
    case attributeType.origin: return { flags: wellKnown, lengths: [1] };
    case attributeType.asPath: return { flags: wellKnown, lengths: null };
    case attributeType.nextHop: return { flags: wellKnown, lengths: [4] };
    case attributeType.med: return { flags: flag.optional, lengths: [4] };
    case attributeType.localPref: return { flags: wellKnown, lengths: [4] };
    case attributeType.atomicAggregate: return { flags: wellKnown, lengths: [0] };
    case attributeType.aggregator: return { flags: optionalTransitive, lengths: [isFourOctet ? 8 : 6] };
    case attributeType.as4Path: return { flags: optionalTransitive, lengths: null };
    case attributeType.as4Aggregator: return { flags: optionalTransitive, lengths: [8] };
    default: return undefined;
  }
}

interface RawAttribute {
  readonly type: number;
  readonly flags: number;
  readonly value: Uint8Array;
  /** Type, length and value, for a NOTIFICATION. */
  readonly whole: Uint8Array;
}

/** What stands in an UPDATE, before it is known whether anything that must be there is missing. */
type Found = { -readonly [K in keyof PathAttributes]?: PathAttributes[K] } & { as4Path?: AsPath };

/** Attributes of an UPDATE; null when it has none. `hasNetworks`: then the mandatory ones must be there. */
export function decodeAttributes(bytes: Uint8Array, isFourOctet: boolean, hasNetworks: boolean): PathAttributes | BgpFault | null {
  const raw = splitAttributes(bytes);
  if (!Array.isArray(raw)) return raw;
  const found: Found = {};
  const unknown: UnknownAttribute[] = [];
  for (const attribute of raw) {
    const fault = takeAttribute(attribute, isFourOctet, found, unknown);
    if (fault !== undefined) return fault;
  }
  return hasNetworks ? completed(found, unknown, isFourOctet) : null;
}

function splitAttributes(bytes: Uint8Array): RawAttribute[] | BgpFault {
  const list: RawAttribute[] = [];
  const seen = new Set<number>();
  let at = 0;
  while (at < bytes.length) {
    const flags = bytes[at] ?? 0;
    const type = bytes[at + 1] ?? 0;
    const isExtended = (flags & flag.extendedLength) !== 0;
    const first = at + (isExtended ? 4 : 3);
    if (first > bytes.length) return bgpFault('malformedAttributeList');
    const length = isExtended ? (bytes[at + 2] ?? 0) * 0x100 + (bytes[at + 3] ?? 0) : (bytes[at + 2] ?? 0);
    if (first + length > bytes.length || seen.has(type)) return bgpFault('malformedAttributeList');
    seen.add(type);
    list.push({ type, flags, value: bytes.subarray(first, first + length), whole: bytes.subarray(at, first + length) });
    at = first + length;
  }
  return list;
}

function takeAttribute(attribute: RawAttribute, isFourOctet: boolean, found: Found, unknown: UnknownAttribute[]): BgpFault | undefined {
  const { type, flags, value, whole } = attribute;
  const rule = ruleOf(type, isFourOctet);
  if (rule === undefined) {
    if ((flags & flag.optional) === 0) return bgpFault('unrecognizedWellKnown', whole);
    if ((flags & flag.transitive) !== 0) unknown.push({ type, value: [...value] });
    return undefined;
  }
  // Only an optional transitive attribute can be partial (RFC 4271 §4.3).
  const mayBePartial = rule.flags === optionalTransitive ? flag.partial : 0;
  if ((flags & 0xe0 & ~mayBePartial) !== rule.flags) return bgpFault('attributeFlags', whole);
  if (rule.lengths !== null && !rule.lengths.includes(value.length)) return bgpFault('attributeLength', whole);
  return takeKnown(attribute, isFourOctet, found);
}

function takeKnown({ type, value, whole }: RawAttribute, isFourOctet: boolean, found: Found): BgpFault | undefined {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  switch (type) {
    case attributeType.origin: {
      const origin = origins[value[0] ?? 0];
      if (origin === undefined) return bgpFault('invalidOrigin', whole);
      found.origin = origin;
      return undefined;
    }
    case attributeType.asPath: {
      const path = decodeAsPath(value, isFourOctet);
      if (path === undefined) return bgpFault('malformedAsPath');
      found.asPath = path;
      return undefined;
    }
    case attributeType.nextHop: {
      found.nextHop = view.getUint32(0);
      return isHostAddress(found.nextHop) ? undefined : bgpFault('invalidNextHop', whole);
    }
    case attributeType.med: found.med = view.getUint32(0); return undefined;
    case attributeType.localPref: found.localPref = view.getUint32(0); return undefined;
    case attributeType.atomicAggregate: found.isAtomicAggregate = true; return undefined;
    case attributeType.aggregator: found.aggregator = isFourOctet ? { asn: view.getUint32(0), address: view.getUint32(4) } : { asn: view.getUint16(0), address: view.getUint32(2) }; return undefined;
    default: return takeFourOctet(type, view, value, isFourOctet, found);
  }
}

/** What a speaker of two bytes kept of AS numbers of four. Damaged, it is left out (RFC 6793 §6); between speakers of four it means nothing. */
function takeFourOctet(type: number, view: DataView, value: Uint8Array, isFourOctet: boolean, found: Found): undefined {
  if (isFourOctet) return undefined;
  if (type === attributeType.as4Path) {
    const path = decodeAsPath(value, true);
    if (path !== undefined) found.as4Path = path;
  } else if (found.aggregator?.asn === asTrans) {
    found.aggregator = { asn: view.getUint32(0), address: view.getUint32(4) };
  }
  return undefined;
}

/** A unicast address that some interface could have. */
export function isHostAddress(address: Ipv4Address): boolean {
  const first = address >>> 24;
  return first !== 0 && first !== 127 && first < 224;
}

function completed(found: Found, unknown: readonly UnknownAttribute[], isFourOctet: boolean): PathAttributes | BgpFault {
  const { origin, asPath, nextHop } = found;
  if (origin === undefined) return bgpFault('missingWellKnown', [attributeType.origin]);
  if (asPath === undefined) return bgpFault('missingWellKnown', [attributeType.asPath]);
  if (nextHop === undefined) return bgpFault('missingWellKnown', [attributeType.nextHop]);
  return {
    origin,
    asPath: isFourOctet || found.as4Path === undefined ? asPath : mergeAsPaths(asPath, found.as4Path),
    nextHop,
    med: found.med ?? null,
    localPref: found.localPref ?? null,
    isAtomicAggregate: found.isAtomicAggregate ?? false,
    aggregator: found.aggregator ?? null,
    unknown,
  };
}

/** In the order of their types. */
export function encodeAttributes(attributes: PathAttributes, isFourOctet: boolean): number[] {
  const { origin, asPath, nextHop, med, localPref, isAtomicAggregate, aggregator, unknown } = attributes;
  const bytes = [
    ...attribute(wellKnown, attributeType.origin, [originRank(origin)]),
    ...attribute(wellKnown, attributeType.asPath, encodeAsPath(asPath, isFourOctet)),
    ...attribute(wellKnown, attributeType.nextHop, octets(nextHop)),
  ];
  if (med !== null) bytes.push(...attribute(flag.optional, attributeType.med, octets(med)));
  if (localPref !== null) bytes.push(...attribute(wellKnown, attributeType.localPref, octets(localPref)));
  if (isAtomicAggregate) bytes.push(...attribute(wellKnown, attributeType.atomicAggregate, []));
  if (aggregator !== null) bytes.push(...attribute(optionalTransitive, attributeType.aggregator, [...encodeAsn(aggregator.asn, isFourOctet), ...octets(aggregator.address)]));
  const isCut = !isFourOctet && asPath.some(({ asns }) => asns.some((asn) => asn > 0xffff));
  const kept = isCut ? [{ type: attributeType.as4Path as number, flags: optionalTransitive, value: encodeAsPath(asPath, true) }] : [];
  if (!isFourOctet && aggregator !== null && aggregator.asn > 0xffff) kept.push({ type: attributeType.as4Aggregator, flags: optionalTransitive, value: [...octets(aggregator.asn), ...octets(aggregator.address)] });
  const rest = [...kept, ...unknown.map(({ type, value }) => ({ type, flags: optionalTransitive | flag.partial, value: [...value] }))].sort((a, b) => a.type - b.type);
  return [...bytes, ...rest.flatMap(({ type, flags, value }) => attribute(flags, type, value))];
}

function attribute(flags: number, type: number, value: readonly number[]): number[] {
  if (value.length > 0xff) return [flags | flag.extendedLength, type, value.length >>> 8, value.length & 0xff, ...value];
  return [flags, type, value.length, ...value];
}
