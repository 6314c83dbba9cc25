/** ARP for IPv4 over Ethernet (RFC 826). */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import { readMac, writeMac } from './ethernet.ts';

export const arpLength = 28;
export const arpOperation = { request: 1, reply: 2 } as const;

export interface Arp {
  readonly operation: number;
  readonly senderMac: MacAddress;
  readonly senderAddress: Ipv4Address;
  readonly targetMac: MacAddress;
  readonly targetAddress: Ipv4Address;
}

/** Undefined when it is cut short or not about IPv4 over Ethernet. */
export function decodeArp(view: DataView, start: number, end: number): Arp | undefined {
  if (end - start < arpLength) return undefined;
  if (view.getUint16(start) !== 1 || view.getUint16(start + 2) !== 0x0800 || view.getUint16(start + 4) !== 0x0604) return undefined;
  return {
    operation: view.getUint16(start + 6),
    senderMac: readMac(view, start + 8),
    senderAddress: view.getUint32(start + 14),
    targetMac: readMac(view, start + 18),
    targetAddress: view.getUint32(start + 24),
  };
}

export function writeArp(view: DataView, at: number, arp: Arp): void {
  view.setUint16(at, 1);
  view.setUint16(at + 2, 0x0800);
  view.setUint16(at + 4, 0x0604);
  view.setUint16(at + 6, arp.operation);
  writeMac(view, at + 8, arp.senderMac);
  view.setUint32(at + 14, arp.senderAddress);
  writeMac(view, at + 18, arp.targetMac);
  view.setUint32(at + 24, arp.targetAddress);
}
