/** What a recorded frame carries, header by header, as far as a filter asks. A bounded decoder: whatever the bytes are, it ends. */
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import type { CapturedFrame } from '../simulation/capture.ts';
import { etherType, ethernetLength } from '../simulation/wire/ethernet.ts';
import { destinationOf, fragmentOffsetOf, headerLengthOf, ipProtocol, ipv4Length, protocolOf, sourceOf } from '../simulation/wire/ipv4.ts';
import { nvgreLength, vsidOf } from '../simulation/wire/nvgre.ts';
import { destinationPortOf, sourcePortOf } from '../simulation/wire/transport.ts';

export const frameProtocols = ['arp', 'icmp', 'tcp', 'udp', 'gre', 'esp'] as const;
export type FrameProtocol = (typeof frameProtocols)[number];

/** One packet in a frame; `vsid` where it travels inside NVGRE. Ports are null where there are none. */
export interface PacketFacts {
  readonly protocol: FrameProtocol | 'other';
  readonly source: string | null;
  readonly destination: string | null;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  readonly vsid: number | null;
}

const protocolNames = new Map<number, FrameProtocol>([
  [ipProtocol.icmp, 'icmp'],
  [ipProtocol.tcp, 'tcp'],
  [ipProtocol.udp, 'udp'],
  [ipProtocol.gre, 'gre'],
  [ipProtocol.esp, 'esp'],
]);

/** The outer packet first, then the one inside NVGRE. */
export function packetsOf({ link, bytes }: Pick<CapturedFrame, 'link' | 'bytes'>): readonly PacketFacts[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return link === 'ethernet' ? inEthernet(view, 0, null) : inIpv4(view, 0, null);
}

function inEthernet(view: DataView, at: number, vsid: number | null): readonly PacketFacts[] {
  if (view.byteLength - at < ethernetLength) return [];
  const type = view.getUint16(at + 12);
  if (type === etherType.arp) return [{ protocol: 'arp', source: null, destination: null, sourcePort: null, destinationPort: null, vsid }];
  return type === etherType.ipv4 ? inIpv4(view, at + ethernetLength, vsid) : [];
}

function inIpv4(view: DataView, at: number, vsid: number | null): readonly PacketFacts[] {
  if (view.byteLength - at < ipv4Length) return [];
  const payload = at + headerLengthOf(view, at);
  const number = protocolOf(view, at);
  const protocol = protocolNames.get(number) ?? 'other';
  const isFirst = fragmentOffsetOf(view, at) === 0;
  const hasPorts = (protocol === 'tcp' || protocol === 'udp') && isFirst && view.byteLength - payload >= 4;
  const facts: PacketFacts = {
    protocol,
    source: formatIpv4(sourceOf(view, at)),
    destination: formatIpv4(destinationOf(view, at)),
    sourcePort: hasPorts ? sourcePortOf(view, payload) : null,
    destinationPort: hasPorts ? destinationPortOf(view, payload) : null,
    vsid,
  };
  // NVGRE does not nest: what is inside of it is the customer's.
  const inner = protocol === 'gre' && isFirst && vsid === null ? vsidOf(view, payload, view.byteLength) : undefined;
  return inner === undefined ? [facts] : [facts, ...inEthernet(view, payload + nvgreLength, inner)];
}
