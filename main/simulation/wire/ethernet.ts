/** Ethernet II frames without FCS. */
import type { MacAddress } from '../../../shared/net/mac.ts';

export const ethernetLength = 14;
export const etherType = { ipv4: 0x0800, arp: 0x0806 } as const;
export const broadcastMac: MacAddress = 0xffffffffffff;

export function readMac(view: DataView, at: number): MacAddress {
  return view.getUint16(at) * 0x100000000 + view.getUint32(at + 2);
}

export function writeMac(view: DataView, at: number, mac: MacAddress): void {
  view.setUint16(at, Math.floor(mac / 0x100000000));
  view.setUint32(at + 2, mac % 0x100000000);
}

export function writeEthernet(view: DataView, at: number, destination: MacAddress, source: MacAddress, type: number): void {
  writeMac(view, at, destination);
  writeMac(view, at + 6, source);
  view.setUint16(at + 12, type);
}

/** Group bit of the first octet: broadcast and multicast. */
export function isGroupMac(mac: MacAddress): boolean {
  return Math.floor(mac / 0x10000000000) % 2 === 1;
}
