/**
 * IPv4 addresses and prefixes as unsigned 32-bit numbers.
 * Parsing is strict: four decimal octets without leading zeros, as the VMM console accepts them.
 */

/** IPv4 address in host order: 10.0.0.1 is 0x0a000001. Always in 0..2^32-1. */
export type Ipv4Address = number;

/** A network prefix; bits of `address` beyond `length` are zero. */
export interface Ipv4Prefix {
  readonly address: Ipv4Address;
  /** 0..32 */
  readonly length: number;
}

/** Returns the address, or undefined when the text is not a dotted quad. */
export function parseIpv4(text: string): Ipv4Address | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (const part of match.slice(1)) {
    if (part.length > 1 && part.startsWith('0')) return undefined;
    const octet = Number(part);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

/** Returns the address; throws RangeError when the text is not a dotted quad. For text that was checked before. */
export function ipv4(text: string): Ipv4Address {
  const value = parseIpv4(text);
  if (value === undefined) throw new RangeError(`"${text}" is not an IPv4 address`);
  return value;
}

export function formatIpv4(address: Ipv4Address): string {
  return `${(address >>> 24) & 255}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** Network mask of a prefix length (0..32) as an unsigned number. */
export function maskOf(length: number): number {
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}

/** Parses "10.30.1.0/24"; undefined when malformed or when host bits are set. */
export function parsePrefix(text: string): Ipv4Prefix | undefined {
  const match = /^([\d.]+)\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const address = parseIpv4(match[1] ?? '');
  const length = Number(match[2]);
  if (address === undefined || length > 32) return undefined;
  if ((address & maskOf(length)) >>> 0 !== address) return undefined;
  return { address, length };
}

/** As parsePrefix, but throws RangeError. For text that was checked before. */
export function prefix(text: string): Ipv4Prefix {
  const value = parsePrefix(text);
  if (!value) throw new RangeError(`"${text}" is not an IPv4 subnet in CIDR form`);
  return value;
}

export function formatPrefix(value: Ipv4Prefix): string {
  return `${formatIpv4(value.address)}/${value.length}`;
}

export function prefixContains(value: Ipv4Prefix, address: Ipv4Address): boolean {
  return (address & maskOf(value.length)) >>> 0 === value.address;
}

export function prefixesOverlap(a: Ipv4Prefix, b: Ipv4Prefix): boolean {
  return a.length <= b.length ? prefixContains(a, b.address) : prefixContains(b, a.address);
}

/** The nth address of a prefix: 0 is the network address, 1 the distributed router's. */
export function nthAddress(value: Ipv4Prefix, n: number): Ipv4Address {
  return (value.address + n) >>> 0;
}

/** Blocks in which no machine has an address (RFC 6890 table 2, RFC 5771): "this network", loopback, multicast and what is reserved behind it. */
const unusableBlocks: readonly (readonly [block: Ipv4Prefix, name: string])[] = [
  [prefix('0.0.0.0/8'), 'the addresses that mean "this network"'],
  [prefix('127.0.0.0/8'), 'the loopback addresses'],
  [prefix('224.0.0.0/4'), 'the multicast addresses'],
  [prefix('240.0.0.0/4'), 'the reserved addresses'],
];

/** What the prefix lies in, in words, when no machine can have an address of it. */
export function unusableBlockOf(value: Ipv4Prefix): string | undefined {
  return unusableBlocks.find(([block]) => value.length >= block.length && prefixContains(block, value.address))?.[1];
}
