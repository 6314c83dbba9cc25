/** ICMP (RFC 792, RFC 1191). */
import { checksum } from './checksum.ts';

export const icmpLength = 8;
export const icmpType = { echoReply: 0, unreachable: 3, echoRequest: 8, timeExceeded: 11 } as const;
export const unreachableCode = { net: 0, host: 1, protocol: 2, port: 3, fragmentationNeeded: 4, prohibited: 13 } as const;

export const typeOf = (view: DataView, at: number): number => view.getUint8(at);
export const codeOf = (view: DataView, at: number): number => view.getUint8(at + 1);

export function isEcho(type: number): boolean {
  return type === icmpType.echoRequest || type === icmpType.echoReply;
}

/** Errors carry the header that caused them; an error is never answered by another. */
export function isError(type: number): boolean {
  return type === icmpType.unreachable || type === icmpType.timeExceeded || type === 4 || type === 5 || type === 12;
}

/** Writes the header over a payload that is already there and computes the checksum. */
export function writeIcmp(view: DataView, at: number, end: number, type: number, code: number, rest: number): void {
  view.setUint8(at, type);
  view.setUint8(at + 1, code);
  view.setUint16(at + 2, 0);
  view.setUint32(at + 4, rest);
  view.setUint16(at + 2, checksum(view, at, end));
}
