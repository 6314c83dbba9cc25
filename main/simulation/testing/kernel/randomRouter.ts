/** A random router with its frames, for the engine and for the kernel alike. */
import { formatIpv4, formatPrefix, maskOf, type Ipv4Prefix } from '../../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../../shared/net/mac.ts';
import type { Packet } from '../../kernel/packet.ts';
import { Random } from '../../kernel/prng.ts';
import { World } from '../../kernel/world.ts';
import { IpNode } from '../../net/ipNode.ts';
import { connectedRoute } from '../../net/routes.ts';
import type { Route } from '../../net/routeTable.ts';
import type { IndexedFrame, KernelSetup } from './kernelRouter.ts';
import { buildFrame, pick } from './randomFrames.ts';

interface Leg {
  readonly mac: MacAddress;
  readonly mtu: number;
  readonly address: number;
  readonly length: number;
  readonly hosts: readonly { readonly address: number; readonly mac: MacAddress }[];
}

export interface RandomRouter {
  readonly kernel: KernelSetup;
  readonly own: ReadonlySet<number>;
  /** Runs the frames through the engine and gives what comes out. */
  readonly run: (frames: readonly IndexedFrame[]) => readonly IndexedFrame[];
  readonly frames: (count: number) => readonly IndexedFrame[];
}

export const legCount = 3;

export function randomRouter(seed: number): RandomRouter {
  const random = new Random(seed);
  const legs = Array.from({ length: legCount }, (_, at) => randomLeg(random, at));
  const routes = randomRoutes(random, legs);
  return {
    kernel: {
      interfaces: legs.map(({ mac, mtu, address, length, hosts }) => ({ mac, mtu, addresses: [`${formatIpv4(address)}/${length}`], neighbours: hosts.map((host) => [formatIpv4(host.address), host.mac] as const) })),
      routes: routes.map(({ destination, nextHop, interfaceIndex, metric }) => `${formatPrefix(destination)} via ${formatIpv4(nextHop)} dev n${interfaceIndex} metric ${metric}`),
      ruleset: '',
    },
    own: new Set(legs.map(({ address }) => address)),
    run: (frames) => runEngine(legs, routes, frames),
    frames: (count) => Array.from({ length: count }, () => randomFrame(random, legs, routes)),
  };
}

function randomLeg(random: Random, at: number): Leg {
  const length = 20 + random.below(10);
  const network = ((((10 + at) << 24) | (random.below(0x1000000) & maskOf(length))) & maskOf(length)) >>> 0;
  const size = 2 ** (32 - length);
  const hosts = [2, 3, 4].map((offset) => ({ address: network + Math.min(offset, size - 2), mac: 0x020000000000 + at * 0x10000 + offset }));
  return { mac: 0x020000a00000 + at, mtu: pick(random, [1500, 1500, 1458, 1280, 576]), address: network + 1, length, hosts: hosts.slice(0, Math.min(3, size - 3)) };
}

/** Some overlap on purpose; some exist twice with different metrics; often there is a default route. */
function randomRoutes(random: Random, legs: readonly Leg[]): Route[] {
  const routes: Route[] = [];
  const add = (destination: Ipv4Prefix, metric: number) => {
    const interfaceIndex = random.below(legs.length);
    const known = routes.some((route) => route.destination.address === destination.address && route.destination.length === destination.length && route.metric === metric);
    const collides = legs.some((leg) => leg.length === destination.length && ((leg.address & maskOf(leg.length)) >>> 0) === destination.address);
    if (known || collides) return;
    routes.push({ destination, nextHop: pick(random, legs[interfaceIndex]?.hosts ?? []).address, interfaceIndex, metric, protocol: 'Static' });
  };
  for (let count = random.below(16); count > 0; count -= 1) {
    const base = random.below(2) === 0 && routes.length > 0 ? pick(random, routes).destination.address : ((20 + random.below(4)) << 24) | random.below(0x1000000);
    const length = 8 + random.below(23);
    add({ address: (base & maskOf(length)) >>> 0, length }, 1 + random.below(3));
  }
  if (random.below(3) > 0) add({ address: 0, length: 0 }, 5);
  return routes;
}

function randomFrame(random: Random, legs: readonly Leg[], routes: readonly Route[]): IndexedFrame {
  const at = random.below(legs.length);
  const leg = legs[at];
  if (leg === undefined) throw new Error('no such leg');
  const host = pick(random, leg.hosts);
  const largest = Math.min(leg.mtu, 1500) - 40;
  const protocol = pick(random, ['icmp', 'udp', 'tcp'] as const);
  // Of its own addresses only ping is asked: what a router does with other packets for itself is another matter.
  const isForRouter = protocol === 'icmp' && random.below(5) === 0;
  const frame = buildFrame(random, {
    fromMac: host.mac,
    toMac: leg.mac,
    source: random.below(3) > 0 ? host.address : somewhere(random, routes),
    destination: isForRouter ? pick(random, legs).address : randomDestination(random, legs, routes),
    protocol,
    sourcePort: 1024 + random.below(60_000),
    destinationPort: 1 + random.below(60_000),
    timeToLive: pick(random, [1, 2, 3, 64, 128, 255]),
    doNotFragment: random.below(2) === 0,
    payload: random.below(4) === 0 ? random.below(largest) : random.below(64),
  });
  // Now and then a header that lost a bit on the way.
  if (random.below(25) === 0) frame[24] = (frame[24] ?? 0) ^ 0x10;
  return { at, frame };
}

/** A host on a link, somewhere behind a route, or nowhere. */
function randomDestination(random: Random, legs: readonly Leg[], routes: readonly Route[]): number {
  switch (random.below(8)) {
    case 0:
      return pick(random, pick(random, legs).hosts).address;
    case 1:
      return ((100 + random.below(20)) << 24) | (1 + random.below(0xfffffe));
    default:
      return somewhere(random, routes);
  }
}

function somewhere(random: Random, routes: readonly Route[]): number {
  if (routes.length === 0) return (30 << 24) | (1 + random.below(0xfffffe));
  const { address, length } = pick(random, routes).destination;
  if (length === 0) return ((40 + random.below(20)) << 24) | (1 + random.below(0xfffffe));
  return (address + random.below(2 ** (32 - length))) >>> 0;
}

function runEngine(legs: readonly Leg[], routes: readonly Route[], frames: readonly IndexedFrame[]): readonly IndexedFrame[] {
  const world = new World(new Random(1));
  const out: IndexedFrame[] = [];
  const node: IpNode = new IpNode(world, 'router', { forwards: true, deliver: (packet) => node.drop(packet, 'notForThisNode') });
  node.setInterfaces(
    legs.map(({ mac, mtu, address, length }, at) => ({
      settings: { name: `n${at}`, mac, address, prefixLength: length, mtu },
      tap: null,
      transmit: (packet: Packet) => {
        out.push({ at, frame: packet.bytes.slice(packet.start, packet.end) });
        world.pool.release(packet);
      },
    })),
  );
  node.routes.replace([...legs.map((leg, at) => connectedRoute(leg.address, leg.length, at)), ...routes]);
  legs.forEach((leg, at) => {
    for (const host of leg.hosts) node.interfaces[at]?.neighbours.learn(host.address, host.mac, true);
  });
  for (const { at, frame } of frames) {
    const via = node.interfaces[at];
    if (via === undefined) continue;
    const packet = world.pool.acquire(frame.length);
    packet.bytes.set(frame, packet.start);
    node.receiveFrame(packet, via);
  }
  return out;
}
