/** Rounds of packets from a tenant's machines to static mappings of their own external address, answers and errors: NAT hairpin (RFC 4787 REQ-9). */
import type { Random } from '../../kernel/prng.ts';
import { ethernetLength, writeEthernet, etherType } from '../../wire/ethernet.ts';
import { icmpLength, icmpType, writeIcmp } from '../../wire/icmp.ts';
import { destinationOf, ipProtocol, ipv4Length, protocolOf, sourceOf, writeIpv4 } from '../../wire/ipv4.ts';
import { tcpFlag } from '../../wire/transport.ts';
import { gatewayMacs, inside, insideRouter } from './gatewayEngine.ts';
import type { IndexedFrame } from './kernelRouter.ts';
import { buildFrame, pick, type FrameFields } from './randomFrames.ts';
import type { RandomGateway } from './randomGateway.ts';

const toInside = { fromMac: insideRouter.mac, toMac: gatewayMacs.inside } as const;

export interface HairpinFlows {
  readonly open: () => IndexedFrame[];
  /** `arrived`: what came back inside when the flows were opened. */
  readonly answer: (arrived: readonly IndexedFrame[]) => IndexedFrame[];
  readonly goOn: () => IndexedFrame[];
}

export function hairpinFlows(random: Random, gateway: RandomGateway, count: number): HairpinFlows {
  const common = () => ({ timeToLive: pick(random, [2, 64, 128]), doNotFragment: random.below(2) === 0, payload: random.below(64) });
  const flows = Array.from({ length: count }, (_, at) => ({
    mapping: pick(random, gateway.mappings),
    client: gateway.machines + random.below(90),
    port: 5000 + at * 13 + random.below(10),
    sequence: random.uint32(),
  }));
  const request = ({ mapping, client, port, sequence }: (typeof flows)[number], tcp: NonNullable<FrameFields['tcp']>): IndexedFrame => ({
    at: inside,
    frame: buildFrame(random, { ...toInside, ...common(), source: client, destination: gateway.externalAddress, protocol: mapping.protocol === 'TCP' ? 'tcp' : 'udp', sourcePort: port, destinationPort: mapping.externalPort, tcp: { ...tcp, sequence: sequence + (tcp.flags === tcpFlag.syn ? 0 : 1) } }),
  });
  return {
    open: () => flows.map((flow) => request(flow, { flags: tcpFlag.syn, sequence: 0, acknowledgement: 0 })),
    answer: (arrived) => arrived.flatMap(({ frame }, at) => (at % 5 === 4 ? errorAbout(frame) : answerTo(random, frame, common()))),
    goOn: () => flows.filter((_, at) => at % 5 !== 4 && random.below(2) === 0).map((flow) => request(flow, { flags: tcpFlag.ack, sequence: 0, acknowledgement: 2 })),
  };
}

interface Ends {
  readonly from: number;
  readonly to: number;
  readonly fromPort: number;
  readonly toPort: number;
  readonly view: DataView;
}

function endsOf(frame: Uint8Array): Ends {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const at = ethernetLength + ipv4Length;
  return { view, from: sourceOf(view, ethernetLength), to: destinationOf(view, ethernetLength), fromPort: view.getUint16(at), toPort: view.getUint16(at + 2) };
}

/** The server answers whom it sees: the external address. */
function answerTo(random: Random, frame: Uint8Array, common: Pick<FrameFields, 'timeToLive' | 'doNotFragment' | 'payload'>): IndexedFrame[] {
  const { view, from, to, fromPort, toPort } = endsOf(frame);
  const isTcp = protocolOf(view, ethernetLength) === ipProtocol.tcp;
  const acknowledgement = isTcp ? (view.getUint32(ethernetLength + ipv4Length + 4) + 1) >>> 0 : 0;
  return [
    {
      at: inside,
      frame: buildFrame(random, { ...toInside, ...common, source: to, destination: from, protocol: isTcp ? 'tcp' : 'udp', sourcePort: toPort, destinationPort: fromPort, tcp: { flags: tcpFlag.syn | tcpFlag.ack, sequence: 1, acknowledgement } }),
    },
  ];
}

/** Nobody listens at the server's port. */
function errorAbout(frame: Uint8Array): IndexedFrame[] {
  const { from, to } = endsOf(frame);
  const quoted = ipv4Length + 8;
  const error = new Uint8Array(ethernetLength + ipv4Length + icmpLength + quoted);
  const view = new DataView(error.buffer);
  const at = ethernetLength + ipv4Length;
  writeEthernet(view, 0, gatewayMacs.inside, insideRouter.mac, etherType.ipv4);
  writeIpv4(view, ethernetLength, { source: to, destination: from, protocol: ipProtocol.icmp, timeToLive: 64, identification: 77, doNotFragment: false, totalLength: error.length - ethernetLength });
  error.set(frame.subarray(ethernetLength, ethernetLength + quoted), at + icmpLength);
  writeIcmp(view, at, error.length, icmpType.unreachable, 3, 0);
  return [{ at: inside, frame: error }];
}
