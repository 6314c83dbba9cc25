/** Frames for the referee: ICMP, UDP and TCP with random sizes, life times and flags, checksums right unless said otherwise. */
import type { MacAddress } from '../../../../shared/net/mac.ts';
import type { Random } from '../../kernel/prng.ts';
import { etherType, ethernetLength, writeEthernet } from '../../wire/ethernet.ts';
import { icmpLength, icmpType, writeIcmp } from '../../wire/icmp.ts';
import { ipProtocol, ipv4Length, writeIpv4 } from '../../wire/ipv4.ts';
import { tcpFlag, tcpLength, udpLength, writeTcp, writeUdp } from '../../wire/transport.ts';

export interface FrameFields {
  readonly fromMac: MacAddress;
  readonly toMac: MacAddress;
  readonly source: number;
  readonly destination: number;
  readonly protocol: 'icmp' | 'udp' | 'tcp';
  /** ICMP: identifier; otherwise the source port. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly timeToLive: number;
  readonly doNotFragment: boolean;
  readonly payload: number;
  readonly tcp?: { readonly flags: number; readonly sequence: number; readonly acknowledgement: number };
  /** ICMP echo reply instead of request. */
  readonly isReply?: boolean;
}

/** Any of them. Throws for an empty list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[random.below(list.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

export function buildFrame(random: Random, fields: FrameFields): Uint8Array {
  const header = { icmp: icmpLength, udp: udpLength, tcp: tcpLength }[fields.protocol];
  const frame = new Uint8Array(ethernetLength + ipv4Length + header + fields.payload);
  const view = new DataView(frame.buffer);
  const [ip, at, end] = [ethernetLength, ethernetLength + ipv4Length, frame.length];
  for (let index = at + header; index < end; index += 1) frame[index] = random.below(256);
  writeEthernet(view, 0, fields.toMac, fields.fromMac, etherType.ipv4);
  writeIpv4(view, ip, {
    source: fields.source,
    destination: fields.destination,
    protocol: ipProtocol[fields.protocol],
    timeToLive: fields.timeToLive,
    identification: 1 + random.below(0xffff),
    doNotFragment: fields.doNotFragment,
    totalLength: end - ip,
  });
  writeTransport(random, view, ip, at, end, fields);
  return frame;
}

function writeTransport(random: Random, view: DataView, ip: number, at: number, end: number, fields: FrameFields): void {
  const { sourcePort, destinationPort } = fields;
  switch (fields.protocol) {
    case 'icmp':
      writeIcmp(view, at, end, fields.isReply === true ? icmpType.echoReply : icmpType.echoRequest, 0, sourcePort * 0x10000 + random.below(0x10000));
      return;
    case 'udp':
      writeUdp(view, ip, at, end, sourcePort, destinationPort);
      return;
    case 'tcp':
      writeTcp(view, ip, at, end, { sourcePort, destinationPort, ...(fields.tcp ?? { sequence: random.uint32(), acknowledgement: random.uint32(), flags: tcpFlag.syn }) });
  }
}
