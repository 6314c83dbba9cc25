/** A tenant's compartment in the gateway VM: its own interfaces, routes, neighbours, NAT and counters, and nothing else's. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { CompartmentConfig, CompartmentInterfaceConfig } from '../config.ts';
import { BgpRouter } from '../bgp/bgpRouter.ts';
import { guestMtu } from '../fabric/host.ts';
import type { BackEndSwitch, SwitchPort } from '../fabric/switchPort.ts';
import type { Packet } from '../kernel/packet.ts';
import type { TapBoard } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { IpNode, natInterface, tunnelInterface, tunnelPlace } from '../net/ipNode.ts';
import type { Route } from '../net/routeTable.ts';
import { connectedRoute } from '../net/routes.ts';
import type { CompartmentState, CompartmentSummary } from '../state.ts';
import type { DropReason } from '../trace/drops.ts';
import { destinationOf } from '../wire/ipv4.ts';
import type { SiteToSiteOwner } from '../vpn/espCarrier.ts';
import { SiteToSite } from '../vpn/siteToSite.ts';
import { Nat } from './nat.ts';
import type { NatSource } from './natSessions.ts';
import { compartmentState, compartmentSummary, type CompartmentIdentity } from './view.ts';

/** What a compartment needs of its gateway VM. */
export interface CompartmentOwner {
  readonly name: string;
  /** Why nothing passes now, or null. */
  blockedBy(): DropReason | null;
  /** Sends a translated packet from the default compartment. */
  sendOutside(packet: Packet): void;
  /** A packet of the default compartment, for tunnels. */
  newOuter: SiteToSiteOwner['newOuter'];
  sendOuter: SiteToSiteOwner['sendOuter'];
}

/** Nobody has configured it. */
const notYet = Symbol('not yet');

export class Compartment {
  readonly #world: World;
  readonly #owner: CompartmentOwner;
  readonly #taps: TapBoard;
  readonly #node: IpNode;
  readonly #bgp: BgpRouter;
  #config: CompartmentConfig;
  #host: BackEndSwitch | undefined | typeof notYet = notYet;
  #ownerName = '';
  /** At the switch of the host. */
  readonly #ports: SwitchPort[] = [];
  #nat: Nat | null = null;
  #natKey = '';
  /** In the order of the configuration. */
  #tunnels: SiteToSite[] = [];

  constructor(world: World, owner: CompartmentOwner, taps: TapBoard, config: CompartmentConfig) {
    this.#world = world;
    this.#owner = owner;
    this.#taps = taps;
    this.#config = config;
    this.#node = new IpNode(world, placeOf(owner, config), {
      forwards: true,
      deliver: (packet) => this.#deliver(packet),
      handOver: (packet, interfaceIndex) => this.#leave(packet, interfaceIndex),
    });
    this.#bgp = new BgpRouter(world, this.#node, (place) => this.#tunnels[place]?.stateName);
  }

  get bgp(): BgpRouter {
    return this.#bgp;
  }

  get tunnels(): readonly SiteToSite[] {
    return this.#tunnels;
  }

  /** Of its NAT; none without one. */
  get externalAddresses(): readonly Ipv4Address[] {
    return this.#nat?.externalAddresses ?? [];
  }

  configure(config: CompartmentConfig, host: BackEndSwitch | undefined): void {
    const { name } = this.#owner;
    const blockedBy = this.#owner.blockedBy();
    // As most compartments are whenever something changes at one of them.
    if (this.#host !== notYet && config === this.#config && host === this.#host && blockedBy === this.#node.blockedBy && name === this.#ownerName) return;
    this.#detach();
    this.#config = config;
    this.#host = host;
    this.#ownerName = name;
    this.#node.name = placeOf(this.#owner, config);
    this.#node.blockedBy = blockedBy;
    this.#node.setInterfaces(config.interfaces.map((entry, index) => this.#attach(entry, index, host)));
    this.#configureTunnels(config);
    this.#bgp.configure(config.bgp ?? null, config.interfaces[0]?.address, this.#routes(config));
    const key = JSON.stringify(config.nat);
    if (key !== this.#natKey) {
      this.#natKey = key;
      this.#nat = this.#newNat();
    }
    this.#nat?.forceExhausted(config.isNatExhausted);
  }

  #detach(): void {
    if (this.#host !== notYet) for (const port of this.#ports) this.#host?.detachPort(port);
    this.#ports.length = 0;
  }

  #newNat(): Nat | null {
    return this.#config.nat === null ? null : new Nat(this.#config.nat, () => this.#world.queue.now);
  }

  /** The routing domain has left the gateway. */
  end(): void {
    this.#detach();
    this.#bgp.vanish();
    for (const tunnel of this.#tunnels) tunnel.reset();
  }

  #deliver(packet: Packet): void {
    if (!this.#bgp.receive(packet)) this.#node.drop(packet, 'notForThisNode');
  }

  #configureTunnels(config: CompartmentConfig): void {
    const known = new Map(this.#tunnels.map((tunnel) => [tunnel.id, tunnel]));
    this.#tunnels = config.tunnels.map((entry) => known.get(entry.id) ?? new SiteToSite(this.#world, this.#tunnelOwner(), this.#tunnelTap(entry.name), entry));
    for (const gone of known.values()) if (!this.#tunnels.includes(gone)) gone.reset();
    config.tunnels.forEach((entry, place) => this.#tunnels[place]?.configure(entry));
  }

  #tunnelTap(name: string) {
    return this.#taps.tap(`${this.#owner.name} ${this.#config.description} ${name}`, `Inside the tunnel ${name} of compartment ${this.#config.id} (${this.#config.description})`, 'ipv4');
  }

  #tunnelOwner(): SiteToSiteOwner {
    const [owner, node] = [this.#owner, this.#node];
    return {
      get place() {
        return node.name;
      },
      newOuter: (peer, local, protocol, length) => owner.newOuter(peer, local, protocol, length),
      sendOuter: (packet) => owner.sendOuter(packet),
      deliver: (packet) => node.receiveTunnelled(packet),
      drop: (packet, reason) => node.drop(packet, reason),
      onStateChange: () => this.#bgp.tunnelsChanged(),
    };
  }

  /** As on a node that takes over: configuration and static mappings are there, sessions, keys and neighbours are not. */
  startAnew(): void {
    this.#node.forgetNeighbours();
    for (const tunnel of this.#tunnels) tunnel.reset();
    this.#configureTunnels(this.#config);
    this.#nat = this.#newNat();
    this.#nat?.forceExhausted(this.#config.isNatExhausted);
    this.#bgp.restart();
  }

  #attach(entry: CompartmentInterfaceConfig, index: number, host: BackEndSwitch | undefined) {
    const port: SwitchPort = {
      vsid: entry.vsid,
      mac: entry.mac,
      label: this.#node.name,
      receiveFrame: (packet) => this.#receive(packet, index),
    };
    host?.attachPort(port);
    this.#ports.push(port);
    const tap = this.#taps.tap(`${this.#owner.name} ${entry.name}`, `Compartment ${this.#config.id} (${this.#config.description}) of ${this.#owner.name}, interface ${entry.name}`);
    const settings = { name: entry.name, mac: entry.mac, address: entry.address, prefixLength: entry.prefixLength, mtu: guestMtu };
    const transmit = (packet: Packet): void => {
      if (host === undefined) this.#node.drop(packet, 'gatewayNoBackEndSwitch');
      else host.fromPort(packet, port);
    };
    return { settings, tap, transmit };
  }

  #routes(config: CompartmentConfig): Route[] {
    const routes: Route[] = config.interfaces.map((entry, index) => connectedRoute(entry.address, entry.prefixLength, index));
    for (const route of config.routes) {
      const interfaceIndex = config.interfaces.findIndex((entry) => entry.name === route.interfaceName);
      if (interfaceIndex >= 0) routes.push({ destination: route.destination, nextHop: route.nextHop, interfaceIndex, metric: route.metric, protocol: 'Static' });
    }
    config.tunnels.forEach(({ subnets }, place) => {
      for (const { prefix, metric } of subnets) routes.push({ destination: prefix, nextHop: 0, interfaceIndex: tunnelInterface(place), metric, protocol: 'Static' });
    });
    const everything = { destination: { address: 0, length: 0 }, nextHop: 0, interfaceIndex: natInterface, metric: 1 } as const;
    if (config.nat !== null) routes.push({ ...everything, protocol: 'NetNat' });
    else if (config.isRouted) routes.push({ ...everything, protocol: 'Default' });
    return routes;
  }

  #receive(packet: Packet, index: number): void {
    const via = this.#node.interfaces[index];
    if (via === undefined) this.#node.drop(packet, 'unknownVirtualSubnet');
    else this.#node.receiveFrame(packet, via);
  }

  /** A packet for one of this tenant's external addresses. */
  receiveFromOutside(packet: Packet): void {
    const whole = this.#node.reassemble(packet);
    if (whole === undefined) return;
    const verdict = this.#nat?.inbound(whole, this.#node.name) ?? 'natNoMapping';
    if (verdict === 'translated') this.#node.forward(whole);
    else this.#node.drop(whole, verdict);
  }

  /** Whether a packet from the front end is for a network behind this compartment, untranslated. */
  routes(destination: Ipv4Address): boolean {
    if (!this.#config.isRouted) return false;
    const route = this.#node.routes.lookup(destination);
    return route !== undefined && route.interfaceIndex >= 0;
  }

  /** A packet for one of these networks. */
  receiveRouted(packet: Packet): void {
    this.#node.forward(packet);
  }

  #leave(packet: Packet, interfaceIndex: number): void {
    if (interfaceIndex !== natInterface) this.#tunnels[tunnelPlace(interfaceIndex)]?.send(packet);
    else if (this.#nat === null && this.#config.isRouted) this.#owner.sendOutside(packet);
    else this.#translateOut(packet);
  }

  #translateOut(packet: Packet): void {
    const whole = this.#node.reassemble(packet);
    if (whole === undefined) return;
    const verdict = this.#nat?.outbound(whole, this.#node.name) ?? 'noRoute';
    if (verdict !== 'translated') this.#node.drop(whole, verdict);
    else if (this.#nat?.has(destinationOf(whole.view, whole.start)) === true) this.#hairpin(whole);
    else this.#owner.sendOutside(whole);
  }

  /** From inside to an own external address: comes back as if from outside, in the same hop (RFC 4787 REQ-9, RFC 5382 REQ-8). */
  #hairpin(packet: Packet): void {
    const verdict = this.#nat?.inbound(packet, this.#node.name) ?? 'natNoMapping';
    if (verdict === 'translated') this.#node.turnBack(packet);
    else this.#node.drop(packet, verdict);
  }

  get identity(): CompartmentIdentity {
    return this.#config;
  }

  /** With at most this many NAT sessions. */
  state(sessionLimit: number): CompartmentState {
    return compartmentState(this.#config, this.#node, this.#nat, this.#tunnels, sessionLimit);
  }

  summary(): CompartmentSummary {
    return compartmentSummary(this.#config, this.#node, this.#nat, this.#tunnels);
  }

  /** Its NAT table, for a look at the sessions; undefined without NAT. */
  natSource(owner: string): NatSource | undefined {
    return this.#nat === null ? undefined : { owner, mappings: this.#nat.mappings() };
  }
}

function placeOf(owner: CompartmentOwner, config: CompartmentConfig): string {
  return `${owner.name}, compartment ${config.id} (${config.description})`;
}
