/**
 * Frames as text that must be equal on both sides. Documented differences are left out here, and nowhere else:
 * - What the router itself originates: identification, DF, TTL and TOS (Windows starts at 128, Linux at 64; Linux marks errors as
 *   "internetwork control").
 * - ICMP errors: Linux quotes up to 548 bytes, Windows the header and 8 bytes; only these are compared.
 */
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import { formatMac } from '../../../../shared/net/mac.ts';
import { checksum } from '../../wire/checksum.ts';
import { readMac } from '../../wire/ethernet.ts';
import { icmpType } from '../../wire/icmp.ts';
import { destinationOf, fragmentOffsetOf, hasMoreFragments, headerLengthOf, ipProtocol, isFragment, protocolOf, sourceOf, timeToLiveOf, totalLengthOf } from '../../wire/ipv4.ts';
import { hasValidChecksum } from '../../wire/transport.ts';

const quotedBytes = 28;

/** `own`: addresses of the router. Undefined for frames that are not IPv4. */
export function normalise(at: number, frame: Uint8Array, own: ReadonlySet<number>): string | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 34 || view.getUint16(12) !== 0x0800) return undefined;
  const ip = 14;
  const end = ip + totalLengthOf(view, ip);
  const payload = ip + headerLengthOf(view, ip);
  const isOwn = own.has(sourceOf(view, ip)) && protocolOf(view, ip) === ipProtocol.icmp;
  const header = isOwn
    ? 'originated'
    : `ttl ${timeToLiveOf(view, ip)} id ${view.getUint16(ip + 4)} fragment ${fragmentOffsetOf(view, ip)}${hasMoreFragments(view, ip) ? '+' : ''} df ${(view.getUint16(ip + 6) >>> 14) & 1}`;
  return [
    `n${at} ${formatMac(readMac(view, 6))} > ${formatMac(readMac(view, 0))}`,
    `${formatIpv4(sourceOf(view, ip))} > ${formatIpv4(destinationOf(view, ip))} protocol ${protocolOf(view, ip)} ${header}`,
    checksum(view, ip, payload) === 0 ? '' : 'BAD HEADER CHECKSUM',
    payloadText(view, ip, payload, end, isOwn),
  ].join(' ');
}

function payloadText(view: DataView, ip: number, payload: number, end: number, isOwn: boolean): string {
  const protocol = protocolOf(view, ip);
  if (isFragment(view, ip)) return hex(view, payload, end);
  if (protocol === ipProtocol.icmp && isError(view.getUint8(payload)) && isOwn) {
    const sum = checksum(view, payload, end) === 0 ? '' : 'BAD ICMP CHECKSUM ';
    return `${sum}icmp ${view.getUint8(payload)}/${view.getUint8(payload + 1)} rest ${view.getUint32(payload + 4)} about ${hex(view, payload + 8, Math.min(end, payload + 8 + quotedBytes))}`;
  }
  const isRight = protocol === ipProtocol.icmp ? checksum(view, payload, end) === 0 : hasValidChecksum(view, ip, payload, end, protocol);
  return `${isRight ? '' : 'BAD CHECKSUM '}${hex(view, payload, end)}`;
}

function isError(type: number): boolean {
  return type === icmpType.unreachable || type === icmpType.timeExceeded;
}

function hex(view: DataView, start: number, end: number): string {
  return Buffer.from(view.buffer, view.byteOffset + start, Math.max(0, Math.min(end, view.byteLength) - start)).toString('hex');
}
