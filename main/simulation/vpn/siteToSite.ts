/**
 * A site-to-site interface (fact sheet §4.4): dials when a packet is to go through it, keeps packets meanwhile, carries them in ESP, watches the
 * peer, hangs up when nobody needs it. The same on both ends of a tunnel: in a tenant's compartment and in a VPN device outside.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { SiteToSiteConfig } from '../config.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Tap } from '../kernel/tap.ts';
import { Timer } from '../kernel/timer.ts';
import type { World } from '../kernel/world.ts';
import type { SiteToSiteState, SiteToSiteStateName } from '../state.ts';
import { ikePort } from '../wire/ike.ts';
import { ipProtocol, ipv4Length } from '../wire/ipv4.ts';
import { udpLength, writeUdp } from '../wire/transport.ts';
import { EspCarrier, type SiteToSiteOwner } from './espCarrier.ts';
import { tunnelErrors, type TunnelError } from './failures.ts';
import type { AssociationPair, ExchangeFailure, KeyExchange, KeyExchangeOwner } from './keyExchange.ts';
import { ModelExchange } from './modelExchange.ts';
import { dialQueueLimit } from './timings.ts';

export class SiteToSite implements KeyExchangeOwner {
  readonly #world: World;
  readonly #owner: SiteToSiteOwner;
  readonly #carrier: EspCarrier;
  readonly #retry: Timer;
  readonly #watch: Timer;
  #config: SiteToSiteConfig;
  #state: SiteToSiteStateName = 'Disconnected';
  #since = 0;
  #lastError: TunnelError | null = null;
  #queue: Packet[] = [];
  #tries = 0;
  #tryStartedAt = 0;
  #outgoing: KeyExchange | null = null;
  #incoming: KeyExchange | null = null;
  #active: KeyExchange | null = null;
  /** Since when the peer has not answered; null when nothing waits for an answer. */
  #unansweredSince: number | null = null;
  /** When somebody last used the tunnel. */
  #lastData = 0;

  constructor(world: World, owner: SiteToSiteOwner, tap: Tap, config: SiteToSiteConfig) {
    this.#world = world;
    this.#owner = owner;
    this.#config = config;
    this.#carrier = new EspCarrier(world, owner, tap, () => this.#config);
    this.#retry = new Timer(world.queue, () => this.#onRetry());
    this.#watch = new Timer(world.queue, () => this.#onWatch());
  }

  get id(): string {
    return this.#config.id;
  }

  get stateName(): SiteToSiteStateName {
    return this.#state;
  }

  get local(): Ipv4Address {
    return this.#config.localAddress;
  }

  get peer(): Ipv4Address {
    return this.#config.destination;
  }

  get preSharedKey(): string {
    return this.#config.preSharedKey;
  }

  /** A change of ends or key ends the connection that was made with the old ones. */
  configure(config: SiteToSiteConfig): void {
    const before = this.#config;
    this.#config = config;
    const isSame = before.localAddress === config.localAddress && before.destination === config.destination && before.preSharedKey === config.preSharedKey;
    if (!isSame || !config.isEnabled) this.reset();
    if (config.isPersistent && config.isEnabled && this.#state === 'Disconnected') this.connect();
  }

  /** As after a start: nothing of a connection is left, and the peer is not told. */
  reset(): void {
    for (const exchange of [this.#outgoing, this.#incoming, this.#active]) exchange?.stop();
    this.#becomeDisconnected(null);
  }

  connect(): void {
    if (this.#state !== 'Disconnected' || !this.#config.isEnabled) return;
    this.#enter('Dialing');
    this.#tries = 0;
    this.#try();
  }

  /** By hand, or because nobody used it. */
  disconnect(): void {
    this.#active?.close();
    this.#becomeDisconnected(null);
  }

  /** An inner packet, standing at its IPv4 header, no larger than the interface's MTU. */
  send(packet: Packet): void {
    if (!this.#config.isEnabled) return this.#owner.drop(packet, 'tunnelDisabled');
    if (this.#carrier.hasKeys) return this.#carry(packet);
    packet.trace?.add(this.#owner.place, 'site-to-site interface', `${this.#config.name} (${this.#state})`, this.#state === 'Disconnected' ? 'dial, and wait for the tunnel' : 'wait for the tunnel');
    if (this.#queue.length >= dialQueueLimit) return this.#owner.drop(packet, 'tunnelQueueFull');
    this.#queue.push(packet);
    this.connect();
  }

  #carry(packet: Packet): void {
    if (!this.#carrier.send(packet)) return;
    this.#lastData = this.#world.queue.now;
    this.#unansweredSince ??= this.#world.queue.now;
  }

  /** An ESP packet of the peer: `at` is where ESP begins. Takes it over. */
  receiveEsp(packet: Packet, at: number): void {
    if (!this.#carrier.receive(packet, at)) return;
    this.#hear();
    this.#lastData = this.#world.queue.now;
  }

  /** A message of the peer's key exchange. */
  receiveMessage(message: Uint8Array): void {
    if (!this.#config.isEnabled) return;
    for (const exchange of [this.#active, this.#outgoing, this.#incoming]) if (exchange?.receive(message) === true) return;
    // Both began at the same time: the exchange of the lower address goes on (the other side decides the same way).
    if (this.#outgoing !== null && this.local < this.peer) return;
    const incoming = new ModelExchange(this.#world, this, 'responder');
    if (!incoming.receive(message)) return;
    this.#incoming?.stop();
    this.#incoming = incoming;
  }

  // What the key exchange tells

  sendMessage(message: Uint8Array): void {
    const packet = this.#owner.newOuter(this.peer, this.local, ipProtocol.udp, udpLength + message.length);
    const at = packet.start + ipv4Length;
    packet.bytes.set(message, at + udpLength);
    writeUdp(packet.view, packet.start, at, packet.end, ikePort, ikePort);
    this.#owner.sendOuter(packet);
  }

  onEstablished(exchange: KeyExchange, pair: AssociationPair): void {
    for (const other of [this.#outgoing, this.#incoming, this.#active]) if (other !== exchange) other?.stop();
    this.#outgoing = null;
    this.#incoming = null;
    this.#active = exchange;
    this.#retry.stop();
    this.#lastError = null;
    this.#lastData = this.#world.queue.now;
    if (this.#state !== 'Connected') this.#enter('Connected');
    this.#carrier.install(pair);
    this.#hear();
    this.#onWatch();
    for (const packet of this.#queue.splice(0)) this.#carry(packet);
  }

  onRekeyed(exchange: KeyExchange, pair: AssociationPair): void {
    if (exchange === this.#active) this.#carrier.install(pair);
  }

  onFailed(exchange: KeyExchange, failure: ExchangeFailure): void {
    if (exchange === this.#active) return this.#lose('peerLost');
    this.#lastError = failure;
    if (exchange === this.#incoming) this.#incoming = null;
    if (exchange !== this.#outgoing) return;
    this.#outgoing = null;
    const { numberOfTries, retryIntervalNs } = this.#config;
    if (numberOfTries === 0 || this.#tries < numberOfTries) this.#retry.set(Math.max(0, this.#tryStartedAt + retryIntervalNs - this.#world.queue.now));
    else this.#lose(failure);
  }

  onClosed(exchange: KeyExchange): void {
    if (exchange === this.#active) this.#lose('peerClosed');
  }

  onAlive(exchange: KeyExchange): void {
    if (exchange === this.#active) this.#hear();
  }

  // Dialing, watching, hanging up

  #try(): void {
    this.#tries += 1;
    this.#tryStartedAt = this.#world.queue.now;
    this.#outgoing = new ModelExchange(this.#world, this, 'initiator');
    this.#outgoing.start();
  }

  #onRetry(): void {
    if (this.#state === 'Dialing') this.#try();
    else this.connect();
  }

  #hear(): void {
    this.#unansweredSince = null;
  }

  /** Three looks in an outage time: is somebody there, does anybody need it, are the keys still good. */
  #onWatch(): void {
    if (this.#active === null) return;
    const { now } = this.#world.queue;
    const { networkOutageNs, idleDisconnectNs, isPersistent, saLifeTimeNs, saDataSizeKilobytes } = this.#config;
    if (this.#unansweredSince !== null && now - this.#unansweredSince >= networkOutageNs) {
      this.#active.stop();
      return this.#lose('peerLost');
    }
    if (!isPersistent && now - this.#lastData >= idleDisconnectNs) return this.disconnect();
    if (this.#unansweredSince !== null) this.#active.probe();
    else if (this.#active.isInitiator && this.#carrier.isWorn(saLifeTimeNs, saDataSizeKilobytes * 1024)) this.#active.rekey();
    const outage = this.#unansweredSince === null ? Infinity : this.#unansweredSince + networkOutageNs - now;
    this.#watch.set(Math.min(networkOutageNs / 3, outage));
  }

  #lose(error: TunnelError): void {
    this.#becomeDisconnected(error);
    if (this.#config.isPersistent && this.#config.isEnabled) this.#retry.set(this.#config.retryIntervalNs);
  }

  #becomeDisconnected(error: TunnelError | null): void {
    this.#active = null;
    this.#outgoing = null;
    this.#incoming = null;
    this.#carrier.clear();
    this.#unansweredSince = null;
    this.#lastError = error;
    this.#retry.stop();
    this.#watch.stop();
    if (this.#state !== 'Disconnected') this.#enter('Disconnected');
    for (const packet of this.#queue.splice(0)) this.#owner.drop(packet, 'tunnelNotConnected');
  }

  #enter(state: SiteToSiteStateName): void {
    this.#state = state;
    this.#since = this.#world.queue.now;
    this.#owner.onStateChange();
  }

  state(): SiteToSiteState {
    const { id, name, localAddress, destination, subnets, isEnabled, isPersistent, saLifeTimeNs } = this.#config;
    return {
      id,
      name,
      localAddress,
      destination,
      subnets,
      isEnabled,
      isPersistent,
      state: this.#state,
      since: this.#since,
      lastError: this.#lastError === null ? null : tunnelErrors[this.#lastError],
      tries: this.#tries,
      waiting: this.#queue.length,
      ...this.#carrier.counters,
      association: this.#carrier.state(saLifeTimeNs),
    };
  }
}
