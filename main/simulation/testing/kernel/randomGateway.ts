/** One tenant's compartment with NAT and static mappings, random flows through it, for the engine and for the kernel alike. */
import { formatIpv4, ipv4, prefix } from '../../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../../shared/net/mac.ts';
import type { GatewayConfig, NatStaticMappingConfig } from '../../config.ts';
import { guestMtu } from '../../fabric/host.ts';
import type { SwitchPort } from '../../fabric/switchPort.ts';
import { GatewayVm } from '../../gateway/gatewayVm.ts';
import type { Packet } from '../../kernel/packet.ts';
import { Random } from '../../kernel/prng.ts';
import { TapBoard } from '../../kernel/tap.ts';
import { World } from '../../kernel/world.ts';
import { Segment, type FrameSink } from '../../net/segment.ts';
import { arpLength, arpOperation, decodeArp, writeArp } from '../../wire/arp.ts';
import { etherType, ethernetLength, writeEthernet } from '../../wire/ethernet.ts';
import type { IndexedFrame, KernelSetup } from './kernelRouter.ts';
import { pick } from './randomFrames.ts';

export const inside = 0;
export const outside = 1;
export const gatewayMacs = { inside: 0x020000b00000, outside: 0x020000b00001 } as const;
export const insideRouter = { address: ipv4('10.254.254.1'), mac: 0x020000c00001 } as const;
export const outsideRouter = { address: ipv4('203.0.113.1'), mac: 0x020000d00001 } as const;
const outsideHosts = [2, 3].map((at) => ({ address: ipv4('203.0.113.240') + at, mac: 0x020000d00000 + at }));
const own = { inside: ipv4('10.254.254.2'), outside: ipv4('203.0.113.5') } as const;
const second = 1_000_000_000;

export interface RandomGateway {
  readonly externalAddress: number;
  /** First address of the tenant's machines. */
  readonly machines: number;
  readonly kernel: KernelSetup;
  readonly own: ReadonlySet<number>;
  readonly mappings: readonly NatStaticMappingConfig[];
  /** Somebody outside, on the link or far away, with the MAC its frames come from. */
  readonly randomRemote: () => { readonly address: number; readonly mac: MacAddress };
  /** Runs frames through the engine, a few virtual milliseconds later each time. */
  readonly run: (frames: readonly IndexedFrame[]) => readonly IndexedFrame[];
}

/** `number`: 1 to 100; each has addresses of its own, because the kernel remembers the connections of those before. */
export function randomGateway(random: Random, number: number): RandomGateway {
  const externalAddress = ipv4('203.0.113.50') + number;
  const machines = ipv4('10.30.0.4') + number * 256;
  const mappings = randomMappings(random, machines);
  return {
    externalAddress,
    machines,
    kernel: kernelSetup(mappings, externalAddress),
    own: new Set([own.inside, own.outside]),
    mappings,
    randomRemote: () => (random.below(4) === 0 ? pick(random, outsideHosts) : { address: ((20 + random.below(60)) << 24) | (1 + random.below(0xfffffe)), mac: outsideRouter.mac }),
    run: engineOf(gatewayConfig(mappings, externalAddress)),
  };
}

function randomMappings(random: Random, machines: number): NatStaticMappingConfig[] {
  return Array.from({ length: random.below(5) }, (_, at) => ({
    name: `rule ${at}`,
    protocol: pick(random, ['TCP', 'UDP'] as const),
    externalPort: 50 + at * 100 + random.below(100),
    internalAddress: machines + 100 + at,
    internalPort: 1 + random.below(1000),
  }));
}

function kernelSetup(mappings: readonly NatStaticMappingConfig[], externalAddress: number): KernelSetup {
  const external = formatIpv4(externalAddress);
  const dnat = mappings.map(
    ({ protocol, externalPort, internalAddress, internalPort }) => `iifname "n1" ip daddr ${external} ${protocol.toLowerCase()} dport ${externalPort} dnat to ${formatIpv4(internalAddress)}:${internalPort}`,
  );
  const neighbour = ({ address, mac }: { readonly address: number; readonly mac: MacAddress }) => [formatIpv4(address), mac] as const;
  return {
    interfaces: [
      { mac: gatewayMacs.inside, mtu: guestMtu, addresses: [`${formatIpv4(own.inside)}/29`], neighbours: [neighbour(insideRouter)] },
      { mac: gatewayMacs.outside, mtu: 1500, addresses: [`${formatIpv4(own.outside)}/24`], neighbours: [outsideRouter, ...outsideHosts].map(neighbour) },
    ],
    routes: [`10.30.0.0/16 via ${formatIpv4(insideRouter.address)} dev n0`, `0.0.0.0/0 via ${formatIpv4(outsideRouter.address)} dev n1`],
    // What still has the external address as destination behind DNAT was not asked for: WinNAT drops it.
    ruleset: `
      chain destination { type nat hook prerouting priority -100; ${dnat.join('; ')}${dnat.length > 0 ? ';' : ''} }
      chain unsolicited { type filter hook prerouting priority -50; iifname "n1" ip daddr ${external} drop; }
      chain source { type nat hook postrouting priority 100;
        oifname "n1" ip protocol tcp snat to ${external}:1-49151;
        oifname "n1" ip protocol udp snat to ${external}:1-49151;
        oifname "n1" ip protocol icmp snat to ${external};
      }`,
  };
}

function gatewayConfig(mappings: readonly NatStaticMappingConfig[], externalAddress: number): GatewayConfig {
  return {
    id: 'gateway',
    vmName: 'GatewayVM01',
    hostId: 'host',
    running: true,
    multitenant: true,
    firewallOn: false,
    frontEnd: { name: 'External', mac: gatewayMacs.outside, address: own.outside, prefixLength: 24, defaultGateway: outsideRouter.address, metric: 256 },
    management: null,
    backEnd: { name: 'Backend', mac: gatewayMacs.inside, switchName: 'HNV_Switch' },
    compartments: [
      {
        id: 2,
        guid: '00000000-0000-4000-8000-000000000001',
        description: 'Tenant',
        interfaces: [{ name: 'Back end', vsid: 5001, mac: gatewayMacs.inside, address: own.inside, prefixLength: 29 }],
        routes: [{ destination: prefix('10.30.0.0/16'), nextHop: insideRouter.address, interfaceName: 'Back end', metric: 1 }],
        nat: { id: 'nat', name: 'NAT', externalAddress, portStart: 1, portEnd: 49151, isPoolBlocked: false, staticMappings: mappings },
        tunnels: [],
        isRouted: false,
      },
    ],
    standby: null,
  };
}

function engineOf(config: GatewayConfig): RandomGateway['run'] {
  const world = new World(new Random(1));
  const taps = new TapBoard(world.queue);
  const out: IndexedFrame[] = [];
  const ports: SwitchPort[] = [];
  const frontEnd = new Segment(world, 'front end', taps.tap('front end', ''), 1000);
  const everybodyOutside: FrameSink = { receiveFrame: (packet) => take(outside, packet, (answer) => frontEnd.transmit(answer, everybodyOutside)) };
  const neighbours = new Map([insideRouter, outsideRouter, ...outsideHosts].map(({ address, mac }) => [address, mac]));
  /** Answers ARP, keeps everything else. */
  function take(at: number, packet: Packet, answer: (packet: Packet) => void): void {
    if (packet.view.getUint16(packet.start + 12) === etherType.arp) answerArp(world, packet, neighbours, answer);
    else out.push({ at, frame: packet.bytes.slice(packet.start, packet.end) });
    world.pool.release(packet);
  }
  const host = {
    isDedicated: true,
    isVirtual: false,
    attachPort: (port: SwitchPort) => void ports.push(port),
    fromPort: (packet: Packet, port: SwitchPort) => take(inside, packet, (answer) => port.receiveFrame(answer)),
  };
  const gateway = new GatewayVm(world, taps, config);
  gateway.configure(config, { host, segmentOf: () => frontEnd });
  frontEnd.attach(everybodyOutside, [outsideRouter.mac, ...outsideHosts.map(({ mac }) => mac)]);
  return (frames) => {
    out.length = 0;
    for (const { at, frame } of frames) {
      const packet = world.pool.acquire(frame.length);
      packet.bytes.set(frame, packet.start);
      if (at === inside) ports[0]?.receiveFrame(packet);
      else frontEnd.transmit(packet, everybodyOutside);
      const until = world.queue.now + second / 1000;
      while (world.queue.step(until)) continue;
      world.queue.now = until;
    }
    return [...out];
  };
}

function answerArp(world: World, request: Packet, neighbours: ReadonlyMap<number, MacAddress>, answer: (packet: Packet) => void): void {
  const arp = decodeArp(request.view, request.start + ethernetLength, request.end);
  const mac = arp && neighbours.get(arp.targetAddress);
  if (arp === undefined || mac === undefined) return;
  const reply = world.pool.acquire(ethernetLength + arpLength);
  writeEthernet(reply.view, reply.start, arp.senderMac, mac, etherType.arp);
  writeArp(reply.view, reply.start + ethernetLength, { operation: arpOperation.reply, senderMac: mac, senderAddress: arp.targetAddress, targetMac: arp.senderMac, targetAddress: arp.senderAddress });
  answer(reply);
}
