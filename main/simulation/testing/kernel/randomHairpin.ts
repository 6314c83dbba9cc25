/**
 * Two tenants of one gateway whose machines talk to published services by their external addresses: to their own tenant's (hairpin) and
 * to the other's. Rounds of packets, for the engine and for the kernel alike.
 */
import { formatIpv4, formatPrefix, ipv4, prefix } from '../../../../shared/net/ipv4.ts';
import type { NatStaticMappingConfig } from '../../config.ts';
import type { Random } from '../../kernel/prng.ts';
import { etherType, ethernetLength, writeEthernet } from '../../wire/ethernet.ts';
import { icmpLength, icmpType, unreachableCode, writeIcmp } from '../../wire/icmp.ts';
import { decrementTimeToLive, ipProtocol, ipv4Length, protocolOf, writeIpv4 } from '../../wire/ipv4.ts';
import { tcpFlag } from '../../wire/transport.ts';
import { gatewayEngine, gatewayMacs, inside, insideRouter, kernelInterfaces, kernelRoutes, own, type GatewayEngine, type NatTenant } from './gatewayEngine.ts';
import type { IndexedFrame, KernelSetup } from './kernelRouter.ts';
import { buildFrame, pick, type FrameFields } from './randomFrames.ts';

/** A frame from inside. `isCrossing`: from one tenant to the other. */
export interface HairpinFrame extends IndexedFrame {
  readonly isCrossing: boolean;
}

export interface RandomHairpin {
  readonly kernel: KernelSetup;
  readonly own: ReadonlySet<number>;
  readonly run: GatewayEngine;
  readonly open: () => HairpinFrame[];
  /** `arrived`: what came back inside in the round before. */
  readonly answer: (arrived: readonly IndexedFrame[]) => HairpinFrame[];
  /** Errors of both ends about what arrived, and more packets. */
  readonly goOn: (arrived: readonly IndexedFrame[]) => HairpinFrame[];
}

interface Conversation {
  readonly client: { readonly tenant: NatTenant; readonly address: number; readonly port: number };
  readonly server: { readonly tenant: NatTenant; readonly mapping: NatStaticMappingConfig };
  readonly sequences: readonly [client: number, server: number];
}

const published = 3;

/** `number`: 1 to 30; each has addresses of its own, because the kernel remembers the connections of those before. */
export function randomHairpin(random: Random, number: number): RandomHairpin {
  const tenants = [0, 1].map((index) => randomTenant(random, number * 2 + index));
  const conversations = Array.from({ length: 24 }, (_, at) => randomConversation(random, tenants, 2000 + at * 37 + random.below(30)));
  // The kernel knows conversations: nobody goes on with one that was not answered.
  const answered = new Set<Conversation>();
  return {
    kernel: { interfaces: kernelInterfaces, routes: kernelRoutes, ruleset: rulesetOf(tenants) },
    own: new Set([own.inside, own.outside]),
    run: gatewayEngine(tenants),
    open: () => [...conversations.map((entry) => fromClient(random, entry, tcpFlag.syn)), ...unpublished(random, tenants)],
    answer: () =>
      conversations
        .filter(() => random.below(4) > 0)
        .map((entry) => {
          answered.add(entry);
          return fromServer(random, entry);
        }),
    goOn: (arrived) => [
      ...arrived.filter(() => random.below(3) === 0).flatMap(({ frame }) => errorAbout(random, frame, tenants) ?? []),
      ...conversations.filter(() => random.below(2) === 0).map((entry) => fromClient(random, entry, answered.has(entry) ? tcpFlag.ack : tcpFlag.syn)),
    ],
  };
}

/** The same frames one hop older where they cross: in the engine each tenant's compartment is a hop, the kernel is one for both. */
export function forKernel(frames: readonly HairpinFrame[]): IndexedFrame[] {
  return frames.map(({ at, frame, isCrossing }) => {
    const older = Uint8Array.from(frame);
    if (isCrossing) decrementTimeToLive(new DataView(older.buffer), ethernetLength);
    return { at, frame: older };
  });
}

function randomTenant(random: Random, place: number): NatTenant {
  const network = prefix(`10.30.${170 + place}.0/24`);
  const mappings = Array.from({ length: published }, (_, at) => ({
    name: `rule ${at}`,
    protocol: pick(random, ['TCP', 'UDP'] as const),
    externalPort: 50 + at * 100 + random.below(100),
    internalAddress: network.address + 100 + at,
    internalPort: 1 + random.below(1000),
  }));
  return { externalAddress: ipv4('203.0.113.160') + place, network, mappings };
}

function randomConversation(random: Random, tenants: readonly NatTenant[], port: number): Conversation {
  const [client, server] = [pick(random, tenants), pick(random, tenants)];
  return {
    client: { tenant: client, address: client.network.address + 4 + random.below(90), port },
    server: { tenant: server, mapping: pick(random, server.mappings) },
    sequences: [random.uint32(), random.uint32()],
  };
}

type Fields = Omit<FrameFields, 'fromMac' | 'toMac' | 'doNotFragment' | 'payload' | 'timeToLive'>;

function fromInside(random: Random, isCrossing: boolean, fields: Fields): HairpinFrame {
  const common = { timeToLive: pick(random, [3, 64, 128]), doNotFragment: random.below(2) === 0, payload: random.below(6) === 0 ? random.below(1380) : random.below(64) };
  return { at: inside, isCrossing, frame: buildFrame(random, { fromMac: insideRouter.mac, toMac: gatewayMacs.inside, ...common, ...fields }) };
}

const protocolOfRule = ({ protocol }: NatStaticMappingConfig): 'tcp' | 'udp' => (protocol === 'TCP' ? 'tcp' : 'udp');

function fromClient(random: Random, { client, server, sequences }: Conversation, flags: number): HairpinFrame {
  const isFirst = flags === tcpFlag.syn;
  return fromInside(random, client.tenant !== server.tenant, {
    source: client.address,
    destination: server.tenant.externalAddress,
    protocol: protocolOfRule(server.mapping),
    sourcePort: client.port,
    destinationPort: server.mapping.externalPort,
    tcp: { flags, sequence: isFirst ? sequences[0] : (sequences[0] + 1) >>> 0, acknowledgement: isFirst ? 0 : (sequences[1] + 1) >>> 0 },
  });
}

function fromServer(random: Random, { client, server, sequences }: Conversation): HairpinFrame {
  return fromInside(random, client.tenant !== server.tenant, {
    source: server.mapping.internalAddress,
    destination: client.tenant.externalAddress,
    protocol: protocolOfRule(server.mapping),
    sourcePort: server.mapping.internalPort,
    destinationPort: client.port,
    tcp: { flags: tcpFlag.syn | tcpFlag.ack, sequence: sequences[1], acknowledgement: (sequences[0] + 1) >>> 0 },
  });
}

/** To ports that nobody published, and pings of external addresses: dropped. */
function unpublished(random: Random, tenants: readonly NatTenant[]): HairpinFrame[] {
  return Array.from({ length: 8 }, () => {
    const [from, to] = [pick(random, tenants), pick(random, tenants)];
    const protocol = pick(random, ['icmp', 'udp', 'tcp'] as const);
    return fromInside(random, from !== to, { source: from.network.address + 4 + random.below(90), destination: to.externalAddress, protocol, sourcePort: 30_000 + random.below(9000), destinationPort: 40_000 + random.below(9000) });
  });
}

/** Whoever got a packet tells its sender that nobody listens: an error to the external address about the packet as it arrived. */
function errorAbout(random: Random, frame: Uint8Array, tenants: readonly NatTenant[]): HairpinFrame | undefined {
  const about = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (protocolOf(about, ethernetLength) === ipProtocol.icmp) return undefined;
  const [sender, receiver] = [about.getUint32(ethernetLength + 12), about.getUint32(ethernetLength + 16)];
  const quoted = ipv4Length + 8;
  const error = new Uint8Array(ethernetLength + ipv4Length + icmpLength + quoted);
  const view = new DataView(error.buffer);
  const at = ethernetLength + ipv4Length;
  writeEthernet(view, 0, gatewayMacs.inside, insideRouter.mac, etherType.ipv4);
  writeIpv4(view, ethernetLength, { source: receiver, destination: sender, protocol: ipProtocol.icmp, timeToLive: 60, identification: 1 + random.below(0xffff), doNotFragment: false, totalLength: error.length - ethernetLength });
  error.set(frame.subarray(ethernetLength, ethernetLength + quoted), at + icmpLength);
  writeIcmp(view, at, error.length, icmpType.unreachable, pick(random, [unreachableCode.port, unreachableCode.prohibited]), 0);
  const owner = tenants.find(({ network }) => network.address === (receiver & 0xffffff00) >>> 0);
  return { at: inside, frame: error, isCrossing: owner?.externalAddress !== sender };
}

function rulesetOf(tenants: readonly NatTenant[]): string {
  const rules = (of: (tenant: NatTenant, external: string) => readonly string[]): string => tenants.flatMap((tenant) => of(tenant, formatIpv4(tenant.externalAddress))).join('\n');
  const dnat = rules(({ mappings }, external) =>
    mappings.map(({ protocol, externalPort, internalAddress, internalPort }) => `ip daddr ${external} ${protocol.toLowerCase()} dport ${externalPort} dnat to ${formatIpv4(internalAddress)}:${internalPort};`),
  );
  const unsolicited = rules((_tenant, external) => [`ip daddr ${external} drop;`]);
  const snat = rules(({ network }, external) => ['tcp', 'udp'].map((protocol) => `ip saddr ${formatPrefix(network)} ct status dnat ip protocol ${protocol} snat to ${external}:1-49151;`));
  return `
    chain destination { type nat hook prerouting priority -100; ${dnat} }
    chain unsolicited { type filter hook prerouting priority -50; ${unsolicited} }
    chain source { type nat hook postrouting priority 100; ${snat} }`;
}
