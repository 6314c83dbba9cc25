/**
 * A peer: the states Idle and Active of RFC 4271 §8, when to connect and when to rest, which of two connections stays (§6.8), what it
 * told us and what it was told.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { BgpPeerConfig } from '../config.ts';
import { Timer } from '../kernel/timer.ts';
import type { World } from '../kernel/world.ts';
import type { BgpConnectivityStatus, BgpFsmState, BgpPeerState } from '../state.ts';
import type { BgpOpen, BgpUpdate } from '../wire/bgp.ts';
import type { BgpErrorName, BgpNotification } from '../wire/bgpFault.ts';
import type { Advertiser } from './advertiser.ts';
import { PeerStatistics } from './peerStatistics.ts';
import type { ReceivedPath } from './rib.ts';
import { Session, type MessageKind, type SessionOwner, type SessionSettings } from './session.ts';
import { bgpGuesses, bgpTimings } from './timings.ts';
import { connectionEnds, type Connection, type ConnectionUser, type Transport } from './transport.ts';

/** What a peer needs of the speaker. */
export interface PeerOwner {
  readonly transport: Transport;
  readonly asn: number;
  readonly identifier: Ipv4Address;
  readonly localAddress: Ipv4Address;
  /** Whether packets to the peer have somewhere to go. */
  canReach(peer: Ipv4Address): boolean;
  newAdvertiser(peer: Peer, session: Session): Advertiser;
  onUp(peer: Peer): void;
  onUpdate(peer: Peer, update: BgpUpdate): void;
  onDown(peer: Peer): void;
}

export class Peer implements SessionOwner {
  readonly #world: World;
  readonly #owner: PeerOwner;
  readonly #sessions = new Set<Session>();
  readonly #retry: Timer;
  readonly #rest: Timer;
  readonly #statistics = new PeerStatistics();
  #established: Session | null = null;
  #advertiser: Advertiser | null = null;
  #isStopped = false;
  #isResting = false;
  #restNs: number = bgpGuesses.firstRestNs;
  #status: BgpConnectivityStatus = 'Connecting';
  #since: number;
  #lastError: string | null = null;
  config: BgpPeerConfig;
  /** Adj-RIB-In. Only the speaker changes it. */
  readonly received = new Map<number, ReceivedPath>();

  constructor(world: World, owner: PeerOwner, config: BgpPeerConfig) {
    this.#world = world;
    this.#owner = owner;
    this.config = config;
    this.#since = world.queue.now;
    this.#retry = new Timer(world.queue, () => this.#onRetry());
    this.#rest = new Timer(world.queue, () => this.#onRested());
  }

  get address(): Ipv4Address {
    return this.config.address;
  }

  get isExternal(): boolean {
    return this.config.asn !== this.#owner.asn;
  }

  get advertiser(): Advertiser | null {
    return this.#advertiser;
  }

  /** Identifier of the peer; 0 before it told. */
  get identifier(): Ipv4Address {
    return this.#established?.peer?.identifier ?? 0;
  }

  // What the operator and the network do

  start(): void {
    this.#isStopped = false;
    this.#connect();
    this.#note();
  }

  stop(): void {
    this.#isStopped = true;
    this.#isResting = false;
    this.#retry.stop();
    this.#rest.stop();
    this.#endSessions('administrativeShutdown');
    this.#lastError = null;
    this.#note();
  }

  /** Goes away for good and tells the other side why. */
  end(reason: BgpErrorName): void {
    this.stopTimers();
    this.#endSessions(reason);
    this.stopTimers();
  }

  /** As when the machine is turned off: nobody is told. */
  vanish(): void {
    this.#isStopped = true;
    for (const session of [...this.#sessions]) session.drop('reset');
    this.stopTimers();
  }

  /** Nothing will wake it. */
  stopTimers(): void {
    this.#isStopped = true;
    this.#retry.stop();
    this.#rest.stop();
    this.#advertiser?.stop();
  }

  /** The tunnel to the peer went down. */
  onPathLost(): void {
    for (const session of [...this.#sessions]) session.drop('unreachable');
  }

  /** The tunnel to the peer came up, or there is a route now. */
  onPathFound(): void {
    if (this.#sessions.size === 0 && !this.#isResting) this.#connect();
  }

  fail(reason: BgpErrorName): void {
    this.#established?.fail(reason);
  }

  get takesConnections(): boolean {
    return !this.#isStopped && !this.#isResting && ![...this.#sessions].some(({ direction, state }) => direction === 'incoming' && state !== 'Established');
  }

  /** A connection from the peer. */
  accept(connection: Connection): ConnectionUser | undefined {
    return this.takesConnections ? this.#newSession('incoming', connection) : undefined;
  }

  // Connecting

  #connect(): void {
    if (this.#isStopped || [...this.#sessions].some(({ direction, state }) => direction === 'outgoing' || state === 'Established')) return;
    this.#retry.set(bgpTimings.connectRetryNs);
    if (!this.#owner.canReach(this.address)) {
      this.#lastError = connectionEnds.unreachable;
      return;
    }
    const session = this.#newSession('outgoing', null);
    session.bind(this.#owner.transport.connect(this.address, session));
  }

  #newSession(direction: Session['direction'], connection: Connection | null): Session {
    const settings: SessionSettings = { asn: this.#owner.asn, identifier: this.#owner.identifier, peerAsn: this.config.asn };
    const session = new Session(this.#world, this, direction, settings);
    if (connection !== null) session.bind(connection);
    this.#sessions.add(session);
    return session;
  }

  #onRetry(): void {
    for (const session of [...this.#sessions]) if (session.state === 'Connect') session.drop('timedOut');
    this.#connect();
  }

  #onRested(): void {
    this.#isResting = false;
    this.#connect();
  }

  #endSessions(reason: BgpErrorName): void {
    for (const session of [...this.#sessions]) session.fail(reason);
  }

  // What sessions tell

  /** Two connections: the one stays that the speaker with the higher identifier began, unless one is established already (§6.8). */
  onOpen(session: Session, open: BgpOpen): boolean {
    const others = [...this.#sessions].filter((other) => other !== session);
    if (others.some(({ state }) => state === 'Established')) return false;
    const rival = others.find(({ state }) => state === 'OpenConfirm');
    if (rival === undefined) return true;
    const { identifier, asn } = this.#owner;
    const isOursHigher = identifier === open.identifier ? asn > open.asn : identifier > open.identifier;
    if (session.direction !== (isOursHigher ? 'outgoing' : 'incoming')) return false;
    rival.fail('collisionResolution');
    return true;
  }

  onEstablished(session: Session): void {
    this.#retry.stop();
    this.#established = session;
    for (const other of [...this.#sessions]) if (other !== session) other.fail('collisionResolution');
    this.#lastError = null;
    this.#statistics.countEstablished();
    this.#note();
    this.#advertiser = this.#owner.newAdvertiser(this, session);
    this.#owner.onUp(this);
  }

  onUpdate(_session: Session, update: BgpUpdate): void {
    this.#owner.onUpdate(this, update);
  }

  onRefresh(): void {
    this.#owner.onUp(this);
  }

  /** An UPDATE of the established session was wrong. */
  complain(fault: BgpNotification): void {
    this.#established?.complain(fault);
  }

  onSessionEnded(session: Session, sentence: string, isError: boolean): void {
    this.#sessions.delete(session);
    const wasEstablished = session === this.#established;
    if (wasEstablished) this.#lose();
    // Of two connections one ends: that is no error as long as the other lives.
    if (this.#sessions.size > 0 || this.#isStopped) return this.#note();
    this.#lastError = sentence;
    if (isError || wasEstablished) this.#restAwhile(isError);
    else this.#retry.set(bgpTimings.connectRetryNs);
    this.#note();
  }

  #lose(): void {
    this.#established = null;
    this.#advertiser?.stop();
    this.#advertiser = null;
    this.#statistics.countLost();
    this.#owner.onDown(this);
  }

  #restAwhile(isError: boolean): void {
    const wasStable = this.#status === 'Connected' && this.#world.queue.now - this.#since >= bgpGuesses.stableNs;
    if (wasStable || !isError) this.#restNs = bgpGuesses.firstRestNs;
    this.#isResting = true;
    this.#retry.stop();
    this.#rest.set(this.#restNs);
    if (isError) this.#restNs = Math.min(this.#restNs * 2, bgpGuesses.longestRestNs);
  }

  countSent(kind: MessageKind): void {
    this.#statistics.sent[kind] += 1;
  }

  countReceived(kind: MessageKind): void {
    this.#statistics.received[kind] += 1;
  }

  // What is shown

  #note(): void {
    const status = this.#isStopped ? 'Stopped' : this.#established === null ? 'Connecting' : 'Connected';
    if (status === this.#status) return;
    this.#status = status;
    this.#since = this.#world.queue.now;
  }

  #fsmState(): BgpFsmState {
    for (const state of ['Established', 'OpenConfirm', 'OpenSent', 'Connect'] as const) if ([...this.#sessions].some((session) => session.state === state)) return state;
    return this.#isStopped || this.#isResting ? 'Idle' : 'Active';
  }

  state(): BgpPeerState {
    const { name, address, asn } = this.config;
    const holdTimeNs = this.#established?.holdTimeNs ?? null;
    return {
      name,
      address,
      asn,
      localAddress: this.#owner.localAddress,
      status: this.#status,
      fsmState: this.#fsmState(),
      since: this.#since,
      lastError: this.#lastError,
      identifier: this.#established?.peer?.identifier ?? null,
      holdTimeNs,
      keepaliveNs: holdTimeNs === null ? null : holdTimeNs / bgpTimings.keepalivesPerHoldTime,
      prefixesReceived: this.received.size,
      prefixesAdvertised: this.#advertiser?.count ?? 0,
      statistics: this.#statistics.state(),
    };
  }
}
