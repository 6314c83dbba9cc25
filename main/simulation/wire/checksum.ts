/** Internet checksum (RFC 1071) and its incremental update (RFC 1624, equation 3). */

/** One's complement sum of 16-bit words, folded, not complemented. `initial` chains parts such as a pseudo header. */
export function sumWords(view: DataView, start: number, end: number, initial = 0): number {
  let sum = initial;
  let at = start;
  // Two words at a time: the carry between them is folded in at the end as well (RFC 1071 §2).
  for (; at + 3 < end; at += 4) {
    const words = view.getUint32(at);
    sum += (words >>> 16) + (words & 0xffff);
  }
  if (at + 1 < end) {
    sum += view.getUint16(at);
    at += 2;
  }
  if (at < end) sum += view.getUint8(at) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum;
}

export function checksum(view: DataView, start: number, end: number, initial = 0): number {
  return ~sumWords(view, start, end, initial) & 0xffff;
}

/** Sum of the pseudo header of TCP and UDP over IPv4 (RFC 9293 §3.1). */
export function pseudoHeaderSum(source: number, destination: number, protocol: number, length: number): number {
  return (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff) + protocol + length;
}

/** Checksum after one 16-bit word changed from `before` to `after`. */
export function adjust16(current: number, before: number, after: number): number {
  let sum = (~current & 0xffff) + (~before & 0xffff) + after;
  sum = (sum & 0xffff) + (sum >>> 16);
  sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** Checksum after a 32-bit field changed. */
export function adjust32(current: number, before: number, after: number): number {
  return adjust16(adjust16(current, before >>> 16, after >>> 16), before & 0xffff, after & 0xffff);
}
