/** A BGP speaker: peers, the routes of all of them, and the decision between these (RFC 4271). */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { BgpConfig, BgpPeerConfig } from '../config.ts';
import type { World } from '../kernel/world.ts';
import type { BgpRouteState, BgpRouterState } from '../state.ts';
import type { BgpUpdate } from '../wire/bgp.ts';
import { formatAsPath } from '../wire/bgpAsPath.ts';
import { Advertiser } from './advertiser.ts';
import { defaultLocalPref, type Path } from './decision.ts';
import { Peer, type PeerOwner } from './peer.ts';
import { faultOf, imported, isUsable, type Ends } from './policy.ts';
import { networkKey, Rib } from './rib.ts';
import type { Session } from './session.ts';
import { bgpGuesses } from './timings.ts';
import type { Connection, ConnectionUser, Listener, Transport } from './transport.ts';

/** What a speaker needs of the machine that it is in. */
export interface SpeakerOwner {
  readonly transport: Transport;
  canReach(peer: Ipv4Address): boolean;
  /** Cost of the way to a next hop; undefined when there is none. */
  costOf(nextHop: Ipv4Address): number | undefined;
  /** `learnedPaths` changed. */
  onLearned(): void;
}

export class Speaker implements PeerOwner, Listener {
  readonly #world: World;
  readonly #owner: SpeakerOwner;
  readonly #rib: Rib;
  #peers = new Map<Ipv4Address, Peer>();
  #config: BgpConfig = { asn: 0, routerId: 0, peers: [], networks: [] };
  localAddress: Ipv4Address = 0;

  constructor(world: World, owner: SpeakerOwner) {
    this.#world = world;
    this.#owner = owner;
    this.#rib = new Rib((nextHop) => owner.costOf(nextHop), () => [...this.#peers.values()].map(({ received }) => received));
  }

  get transport(): Transport {
    return this.#owner.transport;
  }

  get asn(): number {
    return this.#config.asn;
  }

  get identifier(): Ipv4Address {
    return this.#config.routerId;
  }

  /** Peers that stay as they are keep their sessions. The address is for life. */
  configure(config: BgpConfig, localAddress: Ipv4Address): void {
    const isOther = config.asn !== this.#config.asn || config.routerId !== this.#config.routerId;
    if (isOther) this.#endAll('otherConfigurationChange');
    this.#config = config;
    this.localAddress = localAddress;
    this.#configurePeers(config.peers);
    this.#decide(this.#rib.setOwn(config.networks));
  }

  #configurePeers(wanted: readonly BgpPeerConfig[]): void {
    const known = this.#peers;
    this.#peers = new Map();
    const added: Peer[] = [];
    for (const entry of wanted) {
      if (this.#peers.has(entry.address)) continue;
      const peer = known.get(entry.address);
      const stays = peer !== undefined && peer.config.asn === entry.asn;
      if (stays) peer.config = entry;
      const next = stays ? peer : new Peer(this.#world, this, entry);
      this.#peers.set(entry.address, next);
      if (stays) known.delete(entry.address);
      else added.push(next);
    }
    for (const gone of known.values()) this.#remove(gone, 'peerDeconfigured');
    for (const peer of added) peer.start();
  }

  #remove(peer: Peer, reason: 'peerDeconfigured' | 'otherConfigurationChange'): void {
    peer.end(reason);
    this.onDown(peer);
  }

  #endAll(reason: 'peerDeconfigured' | 'otherConfigurationChange'): void {
    const peers = [...this.#peers.values()];
    this.#peers.clear();
    for (const peer of peers) this.#remove(peer, reason);
  }

  /** Ends every session and forgets everything. */
  end(): void {
    this.#endAll('peerDeconfigured');
    this.#decide(this.#rib.setOwn([]));
  }

  /** As after a start of the machine: nobody is told. */
  restart(): void {
    const peers = [...this.#peers.values()];
    this.#peers.clear();
    for (const peer of peers) {
      peer.vanish();
      this.onDown(peer);
    }
    this.#configurePeers(this.#config.peers);
  }

  peer(address: Ipv4Address): Peer | undefined {
    return this.#peers.get(address);
  }

  get peers(): Iterable<Peer> {
    return this.#peers.values();
  }

  /** Ways to next hops changed. */
  reconsider(): void {
    const networks = [...this.#peers.values()].flatMap(({ received }) => [...received.values()].map(({ path }) => path.network));
    this.#decide(networks);
  }

  /** The best paths that came from peers. */
  *learnedPaths(): Generator<Path> {
    for (const path of this.#rib.bestPaths) if (path.source !== null) yield path;
  }

  // Connections from outside

  greet(remote: Ipv4Address): 'accept' | 'refuse' | 'ignore' {
    const peer = this.#peers.get(remote);
    if (peer === undefined) return 'ignore';
    return peer.takesConnections ? 'accept' : 'refuse';
  }

  accept(connection: Connection): ConnectionUser | undefined {
    return this.#peers.get(connection.remoteAddress)?.accept(connection);
  }

  // What peers tell

  canReach(peer: Ipv4Address): boolean {
    return this.#owner.canReach(peer);
  }

  newAdvertiser(peer: Peer, session: Session): Advertiser {
    return new Advertiser(this.#world, session, { ...this.#endsOf(peer), peerAddress: peer.address }, (network) => this.#rib.best(network));
  }

  #endsOf(peer: Peer): Ends {
    return { asn: this.asn, peerAsn: peer.config.asn, localAddress: this.localAddress };
  }

  onUp(peer: Peer): void {
    peer.advertiser?.repeat([...this.#rib.bestPaths].map(({ network }) => network));
  }

  onDown(peer: Peer): void {
    const networks = [...peer.received.values()].map(({ path }) => path.network);
    peer.received.clear();
    this.#decide(networks);
  }

  onUpdate(peer: Peer, update: BgpUpdate): void {
    const ends = this.#endsOf(peer);
    const fault = faultOf(update, ends);
    if (fault !== undefined) return peer.complain(fault);
    for (const network of update.withdrawn) peer.received.delete(networkKey(network));
    if (update.attributes !== null) this.#take(peer, update.networks, imported(update.attributes, ends), ends);
    if (peer.received.size > bgpGuesses.prefixLimit) return peer.fail('maximumPrefixes');
    this.#decide([...update.withdrawn, ...update.networks]);
  }

  #take(peer: Peer, networks: readonly Ipv4Prefix[], attributes: Path['attributes'], ends: Ends): void {
    const source = { isExternal: peer.isExternal, identifier: peer.identifier, address: peer.address };
    for (const network of networks) peer.received.set(networkKey(network), { path: { network, attributes, source }, isUsable: isUsable(network, attributes, ends) });
  }

  #decide(networks: readonly Ipv4Prefix[]): void {
    const changed = this.#rib.decide(networks);
    if (changed.length === 0) return;
    for (const { advertiser } of this.#peers.values()) advertiser?.changed(changed);
    this.#owner.onLearned();
  }

  // What is shown

  state(): BgpRouterState {
    return {
      asn: this.asn,
      routerId: this.identifier,
      localAddress: this.localAddress,
      networks: this.#config.networks,
      peers: [...this.#peers.values()].map((peer) => peer.state()),
      routes: this.#routeStates(),
    };
  }

  #routeStates(): BgpRouteState[] {
    const own = [...this.#rib.ownPaths].map((path) => this.#routeState(path, null, true));
    const learned = [...this.#peers.values()].flatMap((peer) => [...peer.received.values()].map(({ path, isUsable: usable }) => this.#routeState(path, peer.config.name, usable)));
    return [...own, ...learned].sort((a, b) => a.destination.address - b.destination.address || a.destination.length - b.destination.length);
  }

  #routeState(path: Path, peerName: string | null, usable: boolean): BgpRouteState {
    const { network, attributes } = path;
    return {
      destination: network,
      nextHop: attributes.nextHop,
      origin: attributes.origin,
      localPref: attributes.localPref ?? defaultLocalPref,
      med: attributes.med,
      asPath: formatAsPath(attributes.asPath),
      learnedFrom: peerName,
      state: this.#rib.best(network) === path ? 'Best' : usable ? 'Valid' : 'Unusable',
    };
  }
}
