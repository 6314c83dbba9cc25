/** Rounds of packets through a NAT: out, answers and errors back, out again; and uninvited ones in between. */
import type { MacAddress } from '../../../../shared/net/mac.ts';
import type { Random } from '../../kernel/prng.ts';
import { etherType, ethernetLength, writeEthernet } from '../../wire/ethernet.ts';
import { icmpLength, icmpType, writeIcmp } from '../../wire/icmp.ts';
import { destinationOf, ipProtocol, ipv4Length, protocolOf, sourceOf, totalLengthOf, writeIpv4 } from '../../wire/ipv4.ts';
import { tcpFlag } from '../../wire/transport.ts';
import { gatewayMacs, inside, insideRouter, outside, outsideRouter } from './gatewayEngine.ts';
import type { IndexedFrame } from './kernelRouter.ts';
import { buildFrame, pick, type FrameFields } from './randomFrames.ts';
import type { RandomGateway } from './randomGateway.ts';

interface Flow {
  readonly protocol: 'icmp' | 'udp' | 'tcp';
  readonly internal: number;
  /** The same inside and outside: no two flows of a topology want the same port, so it is always free. */
  readonly port: number;
  readonly remote: { readonly address: number; readonly mac: MacAddress };
  readonly remotePort: number;
  /** First sequence numbers of both ends: nftables leaves packets of an impossible TCP conversation untranslated. */
  readonly sequences: readonly [inside: number, outside: number];
}

type Tcp = NonNullable<FrameFields['tcp']>;
type Inward = (from: Flow['remote'], fields: Pick<FrameFields, 'protocol' | 'sourcePort' | 'destinationPort' | 'tcp'>) => IndexedFrame;

export interface RandomFlows {
  readonly open: () => IndexedFrame[];
  /** `sentOut`: what came out at the front end when the flows were opened. */
  readonly answer: (sentOut: readonly IndexedFrame[]) => IndexedFrame[];
  readonly goOn: () => IndexedFrame[];
}

const toInside = { fromMac: insideRouter.mac, toMac: gatewayMacs.inside } as const;

export function randomFlows(random: Random, gateway: RandomGateway, count: number): RandomFlows {
  const answered = new Set<Flow>();
  const flows = Array.from({ length: count }, (_, at) => randomFlow(random, gateway, 2000 + at * 37 + random.below(30)));
  const guests = gateway.mappings.map((mapping) => ({ mapping, remote: gateway.randomRemote(), remotePort: 1024 + random.below(60_000), sequences: [random.uint32(), random.uint32()] as const }));
  const common = () => ({ timeToLive: pick(random, [2, 64, 128]), doNotFragment: random.below(2) === 0, payload: random.below(6) === 0 ? random.below(1380) : random.below(64) });
  const outward = (flow: Flow, tcp: Tcp): IndexedFrame => ({
    at: inside,
    frame: buildFrame(random, { ...toInside, ...common(), source: flow.internal, destination: flow.remote.address, protocol: flow.protocol, sourcePort: flow.port, destinationPort: flow.remotePort, tcp, ...hopeless(random) }),
  });
  const inward: Inward = (from, fields) => ({
    at: outside,
    frame: buildFrame(random, { ...common(), fromMac: from.mac, toMac: gatewayMacs.outside, source: from.address, destination: gateway.externalAddress, isReply: true, ...fields }),
  });
  return {
    open: () => [
      ...flows.map((flow) => outward(flow, syn(flow.sequences[0]))),
      ...guests.map(({ mapping, remote, remotePort, sequences }) => inward(remote, { protocol: mapping.protocol === 'TCP' ? 'tcp' : 'udp', sourcePort: remotePort, destinationPort: mapping.externalPort, tcp: syn(sequences[1]) })),
    ],
    answer: (sentOut) => [
      ...flows
        .filter(() => random.below(4) > 0)
        .map((flow) => {
          const { protocol, port, remote, remotePort, sequences } = flow;
          answered.add(flow);
          const ports = protocol === 'icmp' ? { sourcePort: port, destinationPort: 0 } : { sourcePort: remotePort, destinationPort: port };
          return inward(remote, { protocol, ...ports, tcp: { flags: tcpFlag.syn | tcpFlag.ack, sequence: sequences[1], acknowledgement: (sequences[0] + 1) >>> 0 } });
        }),
      ...guests.map(({ mapping, remote, remotePort, sequences }): IndexedFrame => {
        const protocol = mapping.protocol === 'TCP' ? 'tcp' : 'udp';
        const fields = { source: mapping.internalAddress, destination: remote.address, sourcePort: mapping.internalPort, destinationPort: remotePort };
        return { at: inside, frame: buildFrame(random, { ...toInside, ...common(), ...fields, protocol, tcp: { flags: tcpFlag.syn | tcpFlag.ack, sequence: sequences[0], acknowledgement: (sequences[1] + 1) >>> 0 } }) };
      }),
      ...sentOut.filter(({ at }) => at === outside && random.below(4) === 0).flatMap(({ frame }) => errorAbout(random, frame, gateway.externalAddress) ?? []),
      ...uninvited(random, gateway, inward),
    ],
    goOn: () =>
      flows
        .filter(() => random.below(2) === 0)
        .map((flow) => {
          const [own, other] = flow.sequences;
          return outward(flow, answered.has(flow) ? { flags: tcpFlag.ack, sequence: (own + 1) >>> 0, acknowledgement: (other + 1) >>> 0 } : syn(own));
        }),
  };
}

function syn(sequence: number): Tcp {
  return { flags: tcpFlag.syn, sequence, acknowledgement: 0 };
}

function randomFlow(random: Random, gateway: RandomGateway, port: number): Flow {
  return {
    protocol: pick(random, ['icmp', 'udp', 'tcp'] as const),
    internal: gateway.machines + random.below(90),
    port,
    remote: gateway.randomRemote(),
    remotePort: 1 + random.below(60_000),
    sequences: [random.uint32(), random.uint32()],
  };
}

/** Now and then a packet whose life ends in the gateway. */
function hopeless(random: Random): { readonly timeToLive?: number } {
  return random.below(12) === 0 ? { timeToLive: 1 } : {};
}

/** Packets from strangers to ports that nobody opened. */
function uninvited(random: Random, gateway: RandomGateway, inward: Inward): IndexedFrame[] {
  return Array.from({ length: 8 }, () =>
    inward(gateway.randomRemote(), { protocol: pick(random, ['icmp', 'udp', 'tcp'] as const), sourcePort: 40_000 + random.below(9000), destinationPort: 40_000 + random.below(9000), tcp: syn(random.uint32()) }),
  );
}

/** An ICMP error from the router outside about a packet that it was sent, with the header and 8 bytes of it. */
function errorAbout(random: Random, frame: Uint8Array, externalAddress: number): IndexedFrame | undefined {
  const about = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const isError = protocolOf(about, ethernetLength) === ipProtocol.icmp && about.getUint8(ethernetLength + ipv4Length) !== icmpType.echoRequest;
  if (isError || sourceOf(about, ethernetLength) !== externalAddress || totalLengthOf(about, ethernetLength) < ipv4Length + 8) return undefined;
  const quoted = ipv4Length + 8;
  const error = new Uint8Array(ethernetLength + ipv4Length + icmpLength + quoted);
  const view = new DataView(error.buffer);
  const at = ethernetLength + ipv4Length;
  writeEthernet(view, 0, gatewayMacs.outside, outsideRouter.mac, etherType.ipv4);
  // Any router on the way may have sent it; this one has the destination's address, as a closed port would answer.
  const source = random.below(2) === 0 ? outsideRouter.address : destinationOf(about, ethernetLength);
  writeIpv4(view, ethernetLength, { source, destination: externalAddress, protocol: ipProtocol.icmp, timeToLive: 60, identification: 1 + random.below(0xffff), doNotFragment: false, totalLength: error.length - ethernetLength });
  error.set(frame.subarray(ethernetLength, ethernetLength + quoted), at + icmpLength);
  const [type, code] = pick(random, [[icmpType.timeExceeded, 0], [icmpType.unreachable, 1], [icmpType.unreachable, 3]] as const);
  writeIcmp(view, at, error.length, type, code, 0);
  return { at: outside, frame: error };
}
