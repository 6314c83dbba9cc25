/** UDP (RFC 768) and TCP (RFC 9293) headers. */
import { checksum, pseudoHeaderSum } from './checksum.ts';
import { destinationOf, ipProtocol, sourceOf } from './ipv4.ts';

export const udpLength = 8;
export const tcpLength = 20;
export const tcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

export const sourcePortOf = (view: DataView, at: number): number => view.getUint16(at);
export const destinationPortOf = (view: DataView, at: number): number => view.getUint16(at + 2);
export const tcpSequenceOf = (view: DataView, at: number): number => view.getUint32(at + 4);
export const tcpAcknowledgementOf = (view: DataView, at: number): number => view.getUint32(at + 8);
export const tcpHeaderLengthOf = (view: DataView, at: number): number => (view.getUint8(at + 12) >>> 4) * 4;
export const tcpFlagsOf = (view: DataView, at: number): number => view.getUint8(at + 13) & 0x3f;

/** Offset of the checksum in the header. */
export function checksumOffset(protocol: number): number {
  return protocol === ipProtocol.udp ? 6 : 16;
}

/** Least length of a header that can be translated. */
export function leastLength(protocol: number): number {
  return protocol === ipProtocol.udp ? udpLength : tcpLength;
}

/** Writes ports and length, then the checksum over the payload that is already there. `ip` is the offset of the IPv4 header. */
export function writeUdp(view: DataView, ip: number, at: number, end: number, sourcePort: number, destinationPort: number): void {
  view.setUint16(at, sourcePort);
  view.setUint16(at + 2, destinationPort);
  view.setUint16(at + 4, end - at);
  view.setUint16(at + 6, 0);
  const sum = checksum(view, at, end, pseudoHeaderSum(sourceOf(view, ip), destinationOf(view, ip), ipProtocol.udp, end - at));
  view.setUint16(at + 6, sum === 0 ? 0xffff : sum);
}

export interface TcpFields {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
}

export function writeTcp(view: DataView, ip: number, at: number, end: number, fields: TcpFields): void {
  view.setUint16(at, fields.sourcePort);
  view.setUint16(at + 2, fields.destinationPort);
  view.setUint32(at + 4, fields.sequence);
  view.setUint32(at + 8, fields.acknowledgement);
  view.setUint16(at + 12, 0x5000 | fields.flags);
  view.setUint16(at + 14, 65535);
  view.setUint32(at + 16, 0);
  view.setUint16(at + 16, checksum(view, at, end, pseudoHeaderSum(sourceOf(view, ip), destinationOf(view, ip), ipProtocol.tcp, end - at)));
}

/** Whether the checksum of a UDP or TCP segment is right; a UDP checksum of zero means none (RFC 768). */
export function hasValidChecksum(view: DataView, ip: number, at: number, end: number, protocol: number): boolean {
  if (protocol === ipProtocol.udp && view.getUint16(at + 6) === 0) return true;
  return checksum(view, at, end, pseudoHeaderSum(sourceOf(view, ip), destinationOf(view, ip), protocol, end - at)) === 0;
}
