/** IPv4 header (RFC 791). Functions work on a view and the offset of the header; lengths are in bytes. */
import { adjust16, adjust32, checksum } from './checksum.ts';

export const ipv4Length = 20;
export const ipProtocol = { icmp: 1, tcp: 6, udp: 17, gre: 47, esp: 50 } as const;

const doNotFragment = 0x4000;
const moreFragments = 0x2000;
const offsetMask = 0x1fff;

export interface Ipv4Fields {
  readonly source: number;
  readonly destination: number;
  readonly protocol: number;
  readonly timeToLive: number;
  readonly identification: number;
  readonly doNotFragment: boolean;
  /** Header and payload. */
  readonly totalLength: number;
}

/** Writes a header without options and its checksum, which is summed up from the fields. */
export function writeIpv4(view: DataView, at: number, fields: Ipv4Fields): void {
  const { source, destination, totalLength, identification } = fields;
  const flags = fields.doNotFragment ? doNotFragment : 0;
  const lifeAndProtocol = fields.timeToLive * 0x100 + fields.protocol;
  let sum = 0x4500 + totalLength + identification + flags + lifeAndProtocol;
  sum += (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff);
  sum = (sum & 0xffff) + (sum >>> 16);
  sum = (sum & 0xffff) + (sum >>> 16);
  view.setUint32(at, 0x45000000 + totalLength);
  view.setUint32(at + 4, identification * 0x10000 + flags);
  view.setUint32(at + 8, lifeAndProtocol * 0x10000 + (~sum & 0xffff));
  view.setUint32(at + 12, source);
  view.setUint32(at + 16, destination);
}

/** Whether a whole, well-formed header with a right checksum starts here and its packet fits before `end`. */
export function isValidIpv4(view: DataView, start: number, end: number): boolean {
  if (end - start < ipv4Length) return false;
  const first = view.getUint8(start);
  const headerLength = (first & 15) * 4;
  if (first >>> 4 !== 4 || headerLength < ipv4Length || start + headerLength > end) return false;
  const total = view.getUint16(start + 2);
  return total >= headerLength && start + total <= end && checksum(view, start, start + headerLength) === 0;
}

export const headerLengthOf = (view: DataView, at: number): number => (view.getUint8(at) & 15) * 4;
export const totalLengthOf = (view: DataView, at: number): number => view.getUint16(at + 2);
export const identificationOf = (view: DataView, at: number): number => view.getUint16(at + 4);
export const timeToLiveOf = (view: DataView, at: number): number => view.getUint8(at + 8);
export const protocolOf = (view: DataView, at: number): number => view.getUint8(at + 9);
export const sourceOf = (view: DataView, at: number): number => view.getUint32(at + 12);
export const destinationOf = (view: DataView, at: number): number => view.getUint32(at + 16);
export const isDoNotFragment = (view: DataView, at: number): boolean => (view.getUint16(at + 6) & doNotFragment) !== 0;
export const hasMoreFragments = (view: DataView, at: number): boolean => (view.getUint16(at + 6) & moreFragments) !== 0;
/** In bytes. */
export const fragmentOffsetOf = (view: DataView, at: number): number => (view.getUint16(at + 6) & offsetMask) * 8;
export const isFragment = (view: DataView, at: number): boolean => (view.getUint16(at + 6) & (moreFragments | offsetMask)) !== 0;

/** One hop less; the checksum follows. */
export function decrementTimeToLive(view: DataView, at: number): void {
  const before = view.getUint16(at + 8);
  const after = before - 0x100;
  view.setUint16(at + 8, after);
  view.setUint16(at + 10, adjust16(view.getUint16(at + 10), before, after));
}

/** Changes source or destination; the header's checksum follows. */
export function setAddress(view: DataView, at: number, which: 'source' | 'destination', address: number): void {
  const field = at + (which === 'source' ? 12 : 16);
  view.setUint16(at + 10, adjust32(view.getUint16(at + 10), view.getUint32(field), address));
  view.setUint32(field, address);
}

/** Sets length and fragment fields of one fragment and computes its checksum anew. */
export function setFragment(view: DataView, at: number, totalLength: number, offset: number, more: boolean): void {
  view.setUint16(at + 2, totalLength);
  view.setUint16(at + 6, (more ? moreFragments : 0) | (offset >>> 3));
  view.setUint16(at + 10, 0);
  view.setUint16(at + 10, checksum(view, at, at + headerLengthOf(view, at)));
}
