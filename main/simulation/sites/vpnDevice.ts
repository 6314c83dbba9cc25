/** A customer's VPN device on the Internet: one leg outside, one in the office's LAN, site-to-site interfaces to gateways. */
import { BgpRouter } from '../bgp/bgpRouter.ts';
import type { VpnDeviceConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { TapBoard } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { IpNode, tunnelInterface, tunnelPlace } from '../net/ipNode.ts';
import type { Route } from '../net/routeTable.ts';
import { connectedRoute } from '../net/routes.ts';
import type { FrameSink, Segment } from '../net/segment.ts';
import type { SiteToSiteState } from '../state.ts';
import type { SiteToSiteOwner } from '../vpn/espCarrier.ts';
import { SiteToSite } from '../vpn/siteToSite.ts';
import { isTunnelTraffic, receiveTunnelTraffic } from '../vpn/traffic.ts';
import { destinationOf, sourceOf } from '../wire/ipv4.ts';

const mtu = 1500;
// The office's leg comes first: with its address the device speaks of what happens to the office's packets.
const inside = 0;
const outside = 1;

export class VpnDevice {
  readonly #world: World;
  readonly #taps: TapBoard;
  readonly #node: IpNode;
  readonly bgp: BgpRouter;
  #config: VpnDeviceConfig;
  #tunnels: SiteToSite[] = [];
  readonly #outside: FrameSink = { receiveFrame: (packet) => this.#receive(packet, outside) };
  readonly #inside: FrameSink = { receiveFrame: (packet) => this.#receive(packet, inside) };

  constructor(world: World, taps: TapBoard, config: VpnDeviceConfig) {
    this.#world = world;
    this.#taps = taps;
    this.#config = config;
    this.#node = new IpNode(world, config.name, {
      forwards: true,
      deliver: (packet) => this.#deliver(packet),
      intercept: (packet) => this.#takeForTunnel(packet),
      handOver: (packet, interfaceIndex) => this.#tunnels[tunnelPlace(interfaceIndex)]?.send(packet),
    });
    this.bgp = new BgpRouter(world, this.#node, (place) => this.#tunnels[place]?.stateName);
  }

  configure(config: VpnDeviceConfig, internet: Segment, lan: Segment): void {
    this.#config = config;
    this.#node.name = config.name;
    this.#node.blockedBy = config.isSilent ? 'deviceSilent' : null;
    internet.attach(this.#outside, [config.mac]);
    lan.attach(this.#inside, [config.lan.mac]);
    this.#node.setInterfaces([
      { settings: { name: config.lan.name, mac: config.lan.mac, address: config.lan.address, prefixLength: config.lan.prefixLength, mtu }, tap: null, transmit: (packet) => lan.transmit(packet, this.#inside) },
      { settings: { name: 'Internet', mac: config.mac, address: config.address, prefixLength: 0, mtu }, tap: null, transmit: (packet) => internet.transmit(packet, this.#outside) },
    ]);
    const routes = routesOf(config);
    this.#node.routes.replace(routes);
    // An interface that is persistent dials at once, and so does BGP through one that is not.
    this.#configureTunnels(config);
    this.bgp.configure(config.bgp ?? null, config.lan.address, routes);
  }

  /** The device is gone: nothing of it dials or speaks any more. */
  end(): void {
    this.bgp.vanish();
    for (const tunnel of this.#tunnels) tunnel.reset();
  }

  #deliver(packet: Packet): void {
    if (!this.bgp.receive(packet)) this.#node.drop(packet, 'notForThisNode');
  }

  #configureTunnels(config: VpnDeviceConfig): void {
    const known = new Map(this.#tunnels.map((tunnel) => [tunnel.id, tunnel]));
    this.#tunnels = config.tunnels.map((entry) => {
      const tap = this.#taps.tap(`${config.name} ${entry.name}`, `Inside the tunnel ${entry.name} at ${config.name}`, 'ipv4');
      return known.get(entry.id) ?? new SiteToSite(this.#world, this.#tunnelOwner(), tap, entry);
    });
    for (const gone of known.values()) if (!this.#tunnels.includes(gone)) gone.reset();
    config.tunnels.forEach((entry, place) => this.#tunnels[place]?.configure(entry));
  }

  #tunnelOwner(): SiteToSiteOwner {
    const node = this.#node;
    return {
      get place() {
        return node.name;
      },
      newOuter: (peer, local, protocol, length) => node.newPacket(peer, local, protocol, length),
      sendOuter: (packet) => {
        if (node.blockedBy === null) node.originate(packet);
        else node.drop(packet, node.blockedBy);
      },
      deliver: (packet) => node.receiveTunnelled(packet),
      drop: (packet, reason) => node.drop(packet, reason),
      onStateChange: () => this.bgp.tunnelsChanged(),
    };
  }

  tunnelStates(): SiteToSiteState[] {
    return this.#tunnels.map((tunnel) => tunnel.state());
  }

  #receive(packet: Packet, index: number): void {
    const via = this.#node.interfaces[index];
    if (via === undefined) this.#world.pool.release(packet);
    else this.#node.receiveFrame(packet, via);
  }

  #takeForTunnel(packet: Packet): boolean {
    if (destinationOf(packet.view, packet.start) !== this.#config.address || !isTunnelTraffic(packet)) return false;
    const peer = sourceOf(packet.view, packet.start);
    const tunnel = this.#tunnels.find((entry) => entry.peer === peer);
    if (tunnel === undefined) this.#node.drop(packet, 'tunnelUnknownPeer');
    else receiveTunnelTraffic(this.#world, this.#node, tunnel, packet);
    return true;
  }
}

/** To the Internet it sends only its tunnels' own packets: the office's private addresses have nothing to do there. */
function routesOf({ lan, tunnels }: VpnDeviceConfig): Route[] {
  const routes: Route[] = [connectedRoute(lan.address, lan.prefixLength, inside)];
  tunnels.forEach(({ destination, subnets }, place) => {
    routes.push({ destination: { address: destination, length: 32 }, nextHop: 0, interfaceIndex: outside, metric: 1, protocol: 'Connected' });
    for (const { prefix, metric } of subnets) routes.push({ destination: prefix, nextHop: 0, interfaceIndex: tunnelInterface(place), metric, protocol: 'Static' });
  });
  return routes;
}
