/** The gateway VM: the default compartment with front end and management, and one compartment for every routing domain. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { BgpRouter } from '../bgp/bgpRouter.ts';
import type { GatewayAdapterConfig, GatewayConfig } from '../config.ts';
import type { BackEndSwitch } from '../fabric/switchPort.ts';
import type { Packet } from '../kernel/packet.ts';
import type { TapBoard } from '../kernel/tap.ts';
import type { World } from '../kernel/world.ts';
import { IpNode } from '../net/ipNode.ts';
import type { Route } from '../net/routeTable.ts';
import { connectedRoute, defaultRoute } from '../net/routes.ts';
import type { FrameSink, Segment } from '../net/segment.ts';
import { Programs } from '../programs/programs.ts';
import type { GatewayStateScope, GatewaySummary, GatewayVmState } from '../state.ts';
import { dropReasons, type DropReason } from '../trace/drops.ts';
import { destinationOf, sourceOf } from '../wire/ipv4.ts';
import type { SiteToSite } from '../vpn/siteToSite.ts';
import { isTunnelTraffic, receiveTunnelTraffic } from '../vpn/traffic.ts';
import { CarriedCompartments, type AddressChange } from './carriedCompartments.ts';
import { Compartment, type CompartmentOwner } from './compartment.ts';
import type { NatSource } from './natSessions.ts';
import { compartmentState, compartmentSummary, type CompartmentIdentity } from './view.ts';

/** GUID of compartment 1 on every Windows machine (fact sheet §4.2). */
export const defaultCompartmentGuid = 'b1062982-2b18-4b4f-b3d5-a78ddb9cdd49';
const defaultCompartment: CompartmentIdentity = { id: 1, guid: defaultCompartmentGuid, description: 'Default Compartment' };
const frontEndMtu = 1500;

/** Segments of the default compartment's adapters. */
export interface GatewayWiring {
  readonly host: BackEndSwitch | undefined;
  segmentOf(adapter: GatewayAdapterConfig): Segment;
}

export class GatewayVm implements FrameSink, CompartmentOwner {
  readonly #world: World;
  readonly #node: IpNode;
  readonly #compartments: CarriedCompartments;
  /** Made when somebody first asks for it. */
  #programs: Programs | undefined;
  #config: GatewayConfig;
  #host: BackEndSwitch | undefined;
  /** What it was like when it was configured. */
  #configured: { readonly attachments: readonly { readonly segment: Segment; readonly mac: MacAddress }[]; readonly blockedBy: DropReason | null } | undefined;

  constructor(world: World, taps: TapBoard, config: GatewayConfig) {
    this.#world = world;
    this.#config = config;
    this.#compartments = new CarriedCompartments((entry) => new Compartment(world, this, taps, entry));
    this.#node = new IpNode(world, `${config.vmName}, default compartment`, {
      forwards: false,
      deliver: (packet) => this.#deliver(packet),
      intercept: (packet) => this.#takeForTenant(packet),
      answersArpFor: (address, via) => via.settings.name === this.#config.frontEnd?.name && (this.#compartments.ofExternalAddress(address) !== undefined || this.#compartments.isEndpoint(address)) && this.blockedBy() === null,
    });
  }

  get name(): string {
    return this.#config.vmName;
  }

  /** Of the default compartment; undefined while it has no adapter. */
  get programs(): Programs | undefined {
    if (this.#node.interfaces.length > 0) this.#programs ??= new Programs(this.#world, this.#node, () => this.#config.running);
    return this.#programs;
  }

  #deliver(packet: Packet): void {
    if (this.#programs === undefined) this.#node.drop(packet, 'notForThisNode');
    else this.#programs.deliver(packet);
  }

  /** Whether it has this configuration already, at this host, which is as it was. */
  isConfigured(config: GatewayConfig, host: BackEndSwitch | undefined): boolean {
    return this.#configured !== undefined && config === this.#config && host === this.#host && this.blockedBy() === this.#configured.blockedBy;
  }

  /** Takes its place on the segments, which have forgotten it. */
  attachAgain(): void {
    for (const { segment, mac } of this.#configured?.attachments ?? []) segment.attach(this, [mac]);
  }

  configure(config: GatewayConfig, wiring: GatewayWiring): AddressChange {
    this.#config = config;
    this.#host = wiring.host;
    this.#node.name = `${config.vmName}, default compartment`;
    this.#node.blockedBy = config.running ? null : 'gatewayNotRunning';
    const adapters = [config.frontEnd, config.management].filter((adapter) => adapter !== null);
    const attachments = adapters.map((adapter) => ({ segment: wiring.segmentOf(adapter), mac: adapter.mac, adapter }));
    this.#node.setInterfaces(attachments.map(({ segment, adapter }) => this.#interface(adapter, segment)));
    this.#node.routes.replace(adapters.flatMap((adapter, index) => routesOf(adapter, index)));
    const host = config.backEnd === null || config.backEnd.switchName === null ? undefined : wiring.host;
    const blockedBy = this.blockedBy();
    const addresses = this.#compartments.follow(config.compartments, { host, blockedBy, name: this.name });
    this.#configured = { attachments, blockedBy };
    this.attachAgain();
    return addresses;
  }

  /** The gateway is gone: nothing of it dials or speaks any more. */
  end(): void {
    for (const compartment of this.#compartments.all) compartment.end();
  }

  /** The role came to another node: what lived in the old one's memory is gone, and the front end hears where its addresses are. */
  takeOver(): void {
    this.#node.forgetNeighbours();
    for (const compartment of this.#compartments.all) compartment.startAnew();
    const frontEnd = this.#node.interfaces.find(({ settings }) => settings.name === this.#config.frontEnd?.name);
    if (frontEnd === undefined) return;
    frontEnd.announce(frontEnd.settings.address);
    const translated = this.#compartments.externalAddresses();
    for (const address of new Set([...translated, ...this.#compartments.endpoints()])) frontEnd.announce(address);
  }

  externalAddresses(): readonly Ipv4Address[] {
    return this.#compartments.externalAddresses();
  }

  /** Tells the neighbours of the front end that an address is here now. */
  announce(address: Ipv4Address): void {
    const frontEnd = this.#node.interfaces.find(({ settings }) => settings.name === this.#config.frontEnd?.name);
    if (this.blockedBy() === null) frontEnd?.announce(address);
  }

  #interface({ name, mac, address, prefixLength }: GatewayAdapterConfig, segment: Segment) {
    return { settings: { name, mac, address, prefixLength, mtu: frontEndMtu }, tap: null, transmit: (packet: Packet) => segment.transmit(packet, this) };
  }

  receiveFrame(packet: Packet): void {
    this.#node.receiveFromSegment(packet);
  }

  #takeForTenant(packet: Packet): boolean {
    const destination = destinationOf(packet.view, packet.start);
    if (this.#compartments.isEndpoint(destination) && isTunnelTraffic(packet)) {
      this.#receiveTunnelTraffic(packet);
      return true;
    }
    const translated = this.#compartments.ofExternalAddress(destination);
    const { routed: forwarding } = this.#compartments;
    const routed = translated === undefined && forwarding?.routes(destination) === true ? forwarding : undefined;
    if (translated === undefined && routed === undefined) return false;
    const blocked = this.blockedBy();
    if (blocked !== null) this.#node.drop(packet, blocked);
    else if (translated !== undefined) translated.receiveFromOutside(packet);
    else routed?.receiveRouted(packet);
    return true;
  }

  #receiveTunnelTraffic(packet: Packet): void {
    const blocked = this.blockedBy();
    const tunnel = this.#compartments.tunnelOfPeer(sourceOf(packet.view, packet.start));
    if (blocked !== null) this.#node.drop(packet, blocked);
    else if (tunnel === undefined) this.#node.drop(packet, 'tunnelUnknownPeer');
    else receiveTunnelTraffic(this.#world, this.#node, tunnel, packet);
  }

  /** A site-to-site interface of any compartment. */
  tunnel(id: string): SiteToSite | undefined {
    return this.#compartments.all.flatMap(({ tunnels }) => tunnels).find((tunnel) => tunnel.id === id);
  }

  bgp(guid: string): BgpRouter | undefined {
    return this.#compartments.get(guid)?.bgp;
  }

  newOuter(peer: Ipv4Address, local: Ipv4Address, protocol: number, payloadLength: number): Packet {
    return this.#node.newPacket(peer, local, protocol, payloadLength);
  }

  sendOuter(packet: Packet): void {
    const blocked = this.blockedBy();
    if (blocked === null) this.#node.originate(packet);
    else this.#node.drop(packet, blocked);
  }

  blockedBy(): DropReason | null {
    const { running, multitenant, backEnd, firewallOn } = this.#config;
    if (!running) return 'gatewayNotRunning';
    if (backEnd === null || backEnd.switchName === null) return 'gatewayNoBackEndSwitch';
    if (this.#host?.isVirtual === true) return 'hostIsVirtual';
    if (this.#host?.isDedicated === false) return 'gatewayHostNotDedicated';
    if (!multitenant) return 'gatewayNotMultitenant';
    return firewallOn ? 'gatewayFirewallOn' : null;
  }

  sendOutside(packet: Packet): void {
    const inside = this.#compartments.ofExternalAddress(destinationOf(packet.view, packet.start));
    if (inside === undefined) this.#node.originate(packet);
    else inside.receiveFromOutside(packet);
  }

  state({ compartments, guid, sessions = Infinity }: GatewayStateScope = {}): GatewayVmState {
    const isWanted = (id: number): boolean => compartments === undefined || compartments.includes(id);
    const isDefaultWanted = isWanted(defaultCompartment.id) && (guid === undefined || guid === defaultCompartment.guid);
    const wanted = compartments?.length === 0 ? [] : this.#inOrder(guid).filter(({ identity }) => isWanted(identity.id));
    return {
      ...this.#identity(),
      compartments: [...(isDefaultWanted ? [compartmentState(defaultCompartment, this.#node, null, [], sessions)] : []), ...wanted.map((entry) => entry.state(sessions))],
    };
  }

  /** Its compartments in short: cheap however many there are. */
  summary(): GatewaySummary {
    return { ...this.#identity(), compartments: [compartmentSummary(defaultCompartment, this.#node, null, []), ...this.#inOrder().map((entry) => entry.summary())] };
  }

  /** NAT tables of all compartments, or of one, with the names of their owners by GUID. */
  natSources(ownerOf: (guid: string) => string, guid?: string): NatSource[] {
    return this.#inOrder(guid).flatMap((entry) => entry.natSource(ownerOf(entry.identity.guid)) ?? []);
  }

  /** All, or the one of a GUID. */
  #inOrder(guid?: string): readonly Compartment[] {
    if (guid === undefined) return [...this.#compartments.all].sort((a, b) => a.identity.id - b.identity.id);
    const found = this.#compartments.get(guid);
    return found === undefined ? [] : [found];
  }

  #identity() {
    const { id, vmName, running, multitenant } = this.#config;
    const blocked = this.blockedBy();
    return { id, vmName, running, multitenant, blockedBy: blocked === null ? null : dropReasons[blocked] };
  }
}

function routesOf(adapter: GatewayAdapterConfig, index: number): Route[] {
  const routes = [connectedRoute(adapter.address, adapter.prefixLength, index)];
  if (adapter.defaultGateway !== null) routes.push(defaultRoute(adapter.defaultGateway, index, adapter.metric));
  return routes;
}
