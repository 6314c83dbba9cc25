/** Networks as UPDATE carries them: length in bits, then as many bytes as are needed (RFC 4271 §4.3). */
import { maskOf, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { bgpFault, type BgpFault } from './bgpFault.ts';

export const prefixBytes = ({ length }: Ipv4Prefix): number => 1 + ((length + 7) >>> 3);

export function encodePrefixes(prefixes: readonly Ipv4Prefix[]): number[] {
  return prefixes.flatMap((prefix) => [prefix.length, ...octets(prefix.address).slice(0, prefixBytes(prefix) - 1)]);
}

/** The four bytes of an address or another 32-bit number. */
export function octets(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** Bits beyond the length mean nothing and are cleared. */
export function decodePrefixes(bytes: Uint8Array): Ipv4Prefix[] | BgpFault {
  const prefixes: Ipv4Prefix[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    const size = (length + 7) >>> 3;
    if (length > 32 || at + 1 + size > bytes.length) return bgpFault('invalidNetwork');
    let address = 0;
    for (let index = 0; index < 4; index += 1) address = address * 0x100 + (index < size ? (bytes[at + 1 + index] ?? 0) : 0);
    prefixes.push({ address: (address & maskOf(length)) >>> 0, length });
    at += 1 + size;
  }
  return prefixes;
}
