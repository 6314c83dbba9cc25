/** The gateway VM of the engine between an inside and an outside that answer ARP and keep everything else; and the same place for the kernel. */
import { formatIpv4, ipv4, type Ipv4Address, type Ipv4Prefix, prefixContains } from '../../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../../shared/net/mac.ts';
import type { CompartmentConfig, GatewayConfig, NatStaticMappingConfig } from '../../config.ts';
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
import { sourceOf } from '../../wire/ipv4.ts';
import type { IndexedFrame, KernelInterface } from './kernelRouter.ts';

export const inside = 0;
export const outside = 1;
export const gatewayMacs = { inside: 0x020000b00000, outside: 0x020000b00001 } as const;
export const insideRouter = { address: ipv4('10.254.254.1'), mac: 0x020000c00001 } as const;
export const outsideRouter = { address: ipv4('203.0.113.1'), mac: 0x020000d00001 } as const;
export const outsideHosts = [2, 3].map((at) => ({ address: ipv4('203.0.113.240') + at, mac: 0x020000d00000 + at }));
export const own = { inside: ipv4('10.254.254.2'), outside: ipv4('203.0.113.5') } as const;
const second = 1_000_000_000;

const neighbour = ({ address, mac }: { readonly address: number; readonly mac: MacAddress }) => [formatIpv4(address), mac] as const;

export const kernelInterfaces: readonly KernelInterface[] = [
  { mac: gatewayMacs.inside, mtu: guestMtu, addresses: [`${formatIpv4(own.inside)}/29`], neighbours: [neighbour(insideRouter)] },
  { mac: gatewayMacs.outside, mtu: 1500, addresses: [`${formatIpv4(own.outside)}/24`], neighbours: [outsideRouter, ...outsideHosts].map(neighbour) },
];
export const kernelRoutes = [`10.30.0.0/16 via ${formatIpv4(insideRouter.address)} dev n0`, `0.0.0.0/0 via ${formatIpv4(outsideRouter.address)} dev n1`] as const;

/** A tenant with NAT; tenants of one gateway have networks that do not overlap, so that a frame says whose it is. */
export interface NatTenant {
  readonly externalAddress: Ipv4Address;
  readonly network: Ipv4Prefix;
  readonly mappings: readonly NatStaticMappingConfig[];
}

/** Runs frames through the engine, each a virtual millisecond after the last, and gives back what came out. */
export type GatewayEngine = (frames: readonly IndexedFrame[]) => readonly IndexedFrame[];

function compartmentOf({ externalAddress, network, mappings }: NatTenant, index: number): CompartmentConfig {
  return {
    id: 2 + index,
    guid: `00000000-0000-4000-8000-00000000000${index + 1}`,
    description: `Tenant ${index + 1}`,
    interfaces: [{ name: 'Back end', vsid: 5001 + index, mac: gatewayMacs.inside, address: own.inside, prefixLength: 29 }],
    routes: [{ destination: network, nextHop: insideRouter.address, interfaceName: 'Back end', metric: 1 }],
    nat: { id: `nat ${index}`, name: 'NAT', externalAddress, portStart: 1, portEnd: 49151, staticMappings: mappings },
    isNatExhausted: false,
    tunnels: [],
    isRouted: false,
  };
}

function gatewayConfig(tenants: readonly NatTenant[]): GatewayConfig {
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
    compartments: tenants.map((tenant, index) => compartmentOf(tenant, index)),
    standby: null,
  };
}

export function gatewayEngine(tenants: readonly NatTenant[]): GatewayEngine {
  const config = gatewayConfig(tenants);
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
    detachPort: () => undefined,
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
      if (at === inside) ports[ownerOf(frame, tenants)]?.receiveFrame(packet);
      else frontEnd.transmit(packet, everybodyOutside);
      const until = world.queue.now + second / 1000;
      while (world.queue.step(until)) continue;
      world.queue.now = until;
    }
    return [...out];
  };
}

/** Place of the tenant whose frame it is. */
function ownerOf(frame: Uint8Array, tenants: readonly NatTenant[]): number {
  const source = sourceOf(new DataView(frame.buffer, frame.byteOffset, frame.byteLength), ethernetLength);
  return tenants.findIndex(({ network }) => prefixContains(network, source));
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
