/**
 * BGP in an IP node: speaker and TCP, and the node's route table out of the configured routes and the learned ones. Without BGP it only
 * hands the configured routes on.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { BgpConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { EventTarget } from '../kernel/eventQueue.ts';
import { Timer } from '../kernel/timer.ts';
import type { World } from '../kernel/world.ts';
import { natInterface, tunnelPlace, type IpNode } from '../net/ipNode.ts';
import { RouteTable, type Route } from '../net/routeTable.ts';
import type { BgpRouterState, SiteToSiteStateName } from '../state.ts';
import { destinationOf } from '../wire/ipv4.ts';
import type { Peer } from './peer.ts';
import { Speaker, type SpeakerOwner } from './speaker.ts';
import { Tcp, type TcpNode } from './tcp.ts';
import { bgpGuesses } from './timings.ts';

/** State of the tunnel at a place; undefined when there is none. */
export type TunnelStateOf = (place: number) => SiteToSiteStateName | undefined;

export class BgpRouter implements SpeakerOwner, EventTarget {
  readonly #world: World;
  readonly #node: IpNode;
  readonly #stateOf: TunnelStateOf;
  readonly #lateRoutes: Timer;
  readonly #lateTunnels: Timer;
  /** What is configured: the way to peers and next hops never is a learned one. */
  #configured: readonly Route[] = [];
  readonly #ways = new RouteTable();
  #active: { readonly speaker: Speaker; readonly tcp: Tcp } | null = null;

  constructor(world: World, node: IpNode, stateOf: TunnelStateOf) {
    this.#world = world;
    this.#node = node;
    this.#stateOf = stateOf;
    this.#lateRoutes = new Timer(world.queue, () => this.#installRoutes());
    this.#lateTunnels = new Timer(world.queue, () => this.#followTunnels());
  }

  get transport(): Tcp {
    if (this.#active === null) throw new Error('BGP is off');
    return this.#active.tcp;
  }

  /** `routes`: all but the learned ones. Without BGP, or without an address to speak from, the speaker ends. */
  configure(config: BgpConfig | null, localAddress: Ipv4Address | undefined, routes: readonly Route[]): void {
    this.#configured = routes;
    if (config === null || localAddress !== this.#active?.tcp.localAddress) this.#end('peers are told');
    if (config !== null && localAddress !== undefined) {
      this.#ways.replace(routes);
      // First: the speaker sends at once.
      this.#installRoutes();
      this.#active ??= this.#begin(localAddress);
      this.#active.speaker.configure(config, localAddress);
      this.#active.speaker.reconsider();
      this.tunnelsChanged();
    }
    this.#installRoutes();
  }

  #begin(localAddress: Ipv4Address): { readonly speaker: Speaker; readonly tcp: Tcp } {
    const speaker = new Speaker(this.#world, this);
    const node: TcpNode = {
      newPacket: (...fields) => this.#node.newPacket(...fields),
      drop: (packet, reason) => this.#node.drop(packet, reason),
      // Not before whatever goes on now is over: in the midst of a new configuration nobody hears it.
      originate: (packet) => this.#world.queue.schedule(0, this, 0, packet),
    };
    return { speaker, tcp: new Tcp(this.#world, node, localAddress, speaker) };
  }

  onEvent(_argument: number, packet: Packet | null): void {
    if (packet === null) return;
    if (this.canReach(destinationOf(packet.view, packet.start))) this.#node.originate(packet);
    else this.#node.drop(packet, 'noRoute');
  }

  /** The routing domain, or the machine, is gone: nobody is told. */
  vanish(): void {
    this.#end('silently');
  }

  #end(how: 'silently' | 'peers are told'): void {
    const active = this.#active;
    if (active === null) return;
    if (how === 'silently') active.tcp.vanish();
    active.speaker.end();
    // What was said last is on its way; nobody waits for an answer.
    active.tcp.vanish();
    this.#active = null;
  }

  /** A whole packet for the node; false when it is not of BGP. */
  receive(packet: Packet): boolean {
    return this.#active?.tcp.receive(packet) === true;
  }

  /** A tunnel came up or went down. Looked at in the same instant, when whatever goes on now is over. */
  tunnelsChanged(): void {
    if (this.#active !== null) this.#lateTunnels.set(0);
  }

  /** As after a start of the machine. */
  restart(): void {
    // Whatever became of the tunnels: this is a new beginning.
    this.#lateTunnels.stop();
    this.#active?.tcp.vanish();
    this.#active?.speaker.restart();
  }

  /** False when there is no such peer. */
  setPeer(address: Ipv4Address, wanted: 'started' | 'stopped'): boolean {
    const peer = this.#active?.speaker.peer(address);
    if (wanted === 'started') peer?.start();
    else peer?.stop();
    return peer !== undefined;
  }

  state(): BgpRouterState | null {
    return this.#active?.speaker.state() ?? null;
  }

  // What the speaker asks and tells

  canReach(peer: Ipv4Address): boolean {
    return this.#wayTo(peer) !== undefined;
  }

  costOf(nextHop: Ipv4Address): number | undefined {
    return this.#wayTo(nextHop)?.metric;
  }

  /** Many networks of one instant make one new table. */
  onLearned(): void {
    this.#lateRoutes.set(0);
  }

  /** Never NAT: neither a peer nor a next hop is beyond it. */
  #wayTo(address: Ipv4Address): Route | undefined {
    const way = this.#ways.lookup(address);
    return way === undefined || way.interfaceIndex === natInterface ? undefined : way;
  }

  #installRoutes(): void {
    const learned: Route[] = [];
    for (const { network, attributes } of this.#active?.speaker.learnedPaths() ?? []) {
      const way = this.#wayTo(attributes.nextHop);
      if (way === undefined) continue;
      // On a link the next hop has to be asked for; in a tunnel it is shown only.
      const nextHop = way.nextHop === 0 ? attributes.nextHop : way.nextHop;
      learned.push({ destination: network, nextHop, interfaceIndex: way.interfaceIndex, metric: bgpGuesses.learnedMetric, protocol: 'Bgp' });
    }
    this.#node.routes.replace([...this.#configured, ...learned]);
  }

  #followTunnels(): void {
    for (const peer of [...(this.#active?.speaker.peers ?? [])]) this.#followTunnel(peer);
  }

  #followTunnel(peer: Peer): void {
    const way = this.#wayTo(peer.address);
    const tunnel = way === undefined || way.interfaceIndex >= 0 ? undefined : this.#stateOf(tunnelPlace(way.interfaceIndex));
    if (way === undefined || tunnel === 'Disconnected') peer.onPathLost();
    else if (tunnel !== 'Dialing') peer.onPathFound();
  }
}
