/** Lists of addresses and ranges, as they are typed: `10.0.0.4, 10.0.0.10-10.0.0.19`. */
import { formatIpv4, parseIpv4, type Ipv4Address } from './ipv4.ts';

/** Both ends belong to the range. */
export interface AddressRange {
  readonly start: Ipv4Address;
  readonly end: Ipv4Address;
}

/** The ranges in the order in which they stand, or the first part that is none. Empty text is an empty list. */
export function parseAddressRanges(text: string): { readonly ranges: readonly AddressRange[] } | { readonly wrong: string } {
  if (text.trim() === '') return { ranges: [] };
  const ranges: AddressRange[] = [];
  for (const part of text.split(',')) {
    const range = parseRange(part.trim());
    if (range === undefined) return { wrong: part.trim() };
    ranges.push(range);
  }
  return { ranges };
}

function parseRange(text: string): AddressRange | undefined {
  const [from = '', to = from, ...others] = text.split('-').map((end) => parseIpv4(end.trim()) ?? '');
  if (from === '' || to === '' || others.length > 0 || to < from) return undefined;
  return { start: from, end: to };
}

export function formatAddressRanges(ranges: readonly AddressRange[]): string {
  return ranges.map(({ start, end }) => (start === end ? formatIpv4(start) : `${formatIpv4(start)}-${formatIpv4(end)}`)).join(', ');
}
