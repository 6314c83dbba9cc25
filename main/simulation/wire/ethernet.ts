/** Ethernet II frames without FCS. */
import type { MacAddress } from '../../../shared/net/mac.ts';

export const ethernetLength = 14;
export const etherType = { ipv4: 0x0800, arp: 0x0806 } as const;
export const broadcastMac: MacAddress = 0xffffffffffff;

export function readMac(view: DataView, at: number): MacAddress {
  return view.getUint16(at) * 0x100000000 + view.getUint32(at + 2);
}

/** First two octets. */
export const macHigh = (mac: MacAddress): number => Math.floor(mac / 0x100000000);
/** Last four octets. */
export const macLow = (mac: MacAddress): number => mac % 0x100000000;

export function writeMac(view: DataView, at: number, mac: MacAddress): void {
  view.setUint16(at, macHigh(mac));
  view.setUint32(at + 2, macLow(mac));
}

export function writeEthernet(view: DataView, at: number, destination: MacAddress, source: MacAddress, type: number): void {
  writeMac(view, at, destination);
  writeMac(view, at + 6, source);
  view.setUint16(at + 12, type);
}

/** Whether the frame is for more than one node: the group bit of its first octet. */
export function isGroupFrame(view: DataView, at: number): boolean {
  return (view.getUint8(at) & 1) === 1;
}

/** Both addresses of a header that is written again and again, as the three 32-bit words that they fill. */
export interface EthernetAddresses {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

export function ethernetAddresses(destination: MacAddress, source: MacAddress): EthernetAddresses {
  return {
    first: Math.floor(destination / 0x10000),
    second: (destination % 0x10000) * 0x10000 + macHigh(source),
    third: macLow(source),
  };
}

export function writeAddresses(view: DataView, at: number, { first, second, third }: EthernetAddresses): void {
  view.setUint32(at, first);
  view.setUint32(at + 4, second);
  view.setUint32(at + 8, third);
}
