/** NVGRE (RFC 7637 §3.2): GRE with a key that holds VSID and FlowID, carrying an Ethernet frame without FCS and 802.1Q tag. */
import { fragmentOffsetOf, headerLengthOf, ipProtocol, protocolOf } from './ipv4.ts';

export const nvgreLength = 8;
const flagsKeyPresent = 0x2000;
const transparentEthernetBridging = 0x6558;

export function writeNvgre(view: DataView, at: number, vsid: number, flowId: number): void {
  view.setUint16(at, flagsKeyPresent);
  view.setUint16(at + 2, transparentEthernetBridging);
  view.setUint32(at + 4, ((vsid << 8) | flowId) >>> 0);
}

/** VSID of a GRE header; undefined when it is cut short or not NVGRE. */
export function vsidOf(view: DataView, start: number, end: number): number | undefined {
  if (end - start < nvgreLength) return undefined;
  if (view.getUint16(start) !== flagsKeyPresent || view.getUint16(start + 2) !== transparentEthernetBridging) return undefined;
  return view.getUint32(start + 4) >>> 8;
}

/** Eight bits of entropy from the inner flow, the same for every packet of it (RFC 7637 §3.2). `at`: inner IPv4 header. */
export function flowIdOf(view: DataView, at: number, end: number): number {
  const protocol = protocolOf(view, at);
  let hash = view.getUint32(at + 12) ^ Math.imul(view.getUint32(at + 16), 0x9e3779b1) ^ protocol;
  const payload = at + headerLengthOf(view, at);
  const hasPorts = (protocol === ipProtocol.tcp || protocol === ipProtocol.udp) && fragmentOffsetOf(view, at) === 0 && payload + 4 <= end;
  if (hasPorts) hash ^= Math.imul(view.getUint32(payload), 0x85ebca6b);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x45d9f3b);
  return ((hash >>> 24) ^ (hash >>> 8)) & 0xff;
}
