/**
 * One connection to a peer, from the first byte to the last: the states Connect to Established of RFC 4271 §8.2.2. Idle and Active, and
 * which of two connections stays, are the peer's (`peer.ts`).
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { Timer } from '../kernel/timer.ts';
import type { World } from '../kernel/world.ts';
import { encodeKeepalive, encodeNotification, encodeOpen, type BgpMessage, type BgpOpen, type BgpUpdate } from '../wire/bgp.ts';
import { bgpErrors, bgpFault, describeNotification, type BgpErrorName, type BgpNotification } from '../wire/bgpFault.ts';
import { MessageReader } from './messageReader.ts';
import { bgpTimings } from './timings.ts';
import { connectionEnds, type Connection, type ConnectionEnd, type ConnectionUser } from './transport.ts';

const second = 1_000_000_000;

export type SessionState = 'Connect' | 'OpenSent' | 'OpenConfirm' | 'Established' | 'Idle';
export type SessionDirection = 'outgoing' | 'incoming';
export type MessageKind = BgpMessage['kind'];

export interface SessionSettings {
  readonly asn: number;
  readonly identifier: Ipv4Address;
  readonly peerAsn: number;
}

export interface SessionOwner {
  /** The peer's OPEN was right; false when another connection stays instead. */
  onOpen(session: Session, open: BgpOpen): boolean;
  onEstablished(session: Session): void;
  onUpdate(session: Session, update: BgpUpdate): void;
  onRefresh(session: Session): void;
  /** `sentence`: why; `isError`: somebody complained, so it is better to rest before the next try. */
  onSessionEnded(session: Session, sentence: string, isError: boolean): void;
  countSent(kind: MessageKind): void;
  countReceived(kind: MessageKind): void;
}

export class Session implements ConnectionUser {
  readonly direction: SessionDirection;
  readonly #owner: SessionOwner;
  readonly #settings: SessionSettings;
  readonly #reader = new MessageReader();
  readonly #hold: Timer;
  readonly #keepalive: Timer;
  #connection: Connection | null = null;
  #holdTimeNs = 0;
  state: SessionState = 'Connect';
  /** What the peer said of itself; null before. */
  peer: BgpOpen | null = null;

  constructor(world: World, owner: SessionOwner, direction: SessionDirection, settings: SessionSettings) {
    this.direction = direction;
    this.#owner = owner;
    this.#settings = settings;
    this.#hold = new Timer(world.queue, () => this.fail('holdTimerExpired'));
    this.#keepalive = new Timer(world.queue, () => this.#sendKeepalive());
  }

  /** Agreed hold time in virtual nanoseconds; 0 when there is none. */
  get holdTimeNs(): number {
    return this.#holdTimeNs;
  }

  get isFourOctet(): boolean {
    return this.peer?.isFourOctet === true;
  }

  bind(connection: Connection): void {
    this.#connection = connection;
  }

  onConnected(): void {
    this.state = 'OpenSent';
    this.#hold.set(bgpTimings.openWaitNs);
    this.#send('open', encodeOpen({ asn: this.#settings.asn, identifier: this.#settings.identifier, holdTimeSeconds: bgpTimings.holdTimeSeconds, isFourOctet: true, canRefresh: true }));
  }

  onBytes(bytes: Uint8Array): void {
    this.#reader.push(bytes);
    while (this.state !== 'Idle') {
      const message = this.#reader.next(this.isFourOctet);
      if (message === undefined) return;
      if (message.kind === 'fault') return this.complain(this.#inState(message));
      this.#owner.countReceived(message.kind);
      this.#receive(message);
    }
  }

  /** An UPDATE that is wrong where none is expected at all is that first (RFC 4271 §8.2.2, event 28). */
  #inState(fault: BgpNotification): BgpNotification {
    const [updateError] = bgpErrors.malformedAttributeList;
    if (fault.code !== updateError || this.state === 'Established') return fault;
    return bgpFault(this.state === 'OpenConfirm' ? 'unexpectedInOpenConfirm' : 'unexpectedInOpenSent');
  }

  onEnded(end: ConnectionEnd): void {
    this.#finish(connectionEnds[end], false);
  }

  /** Messages of an established session. */
  sendUpdates(messages: readonly Uint8Array[]): void {
    for (const message of messages) this.#send('update', message);
  }

  /** Tells the peer what is wrong and ends. */
  fail(name: BgpErrorName): void {
    this.complain(bgpFault(name));
  }

  complain(notification: BgpNotification): void {
    if (this.state !== 'Connect') this.#send('notification', encodeNotification(notification));
    this.#connection?.close();
    this.#finish(`This end closed the session: ${describeNotification(notification)}.`, notification.code !== 6);
  }

  /** Ends without a word. */
  drop(end: ConnectionEnd): void {
    this.#connection?.abort();
    this.#finish(connectionEnds[end], false);
  }

  #finish(sentence: string, isError: boolean): void {
    if (this.state === 'Idle') return;
    this.state = 'Idle';
    this.#hold.stop();
    this.#keepalive.stop();
    this.#owner.onSessionEnded(this, sentence, isError);
  }

  #send(kind: MessageKind, message: Uint8Array): void {
    this.#owner.countSent(kind);
    this.#connection?.send(message);
  }

  #sendKeepalive(): void {
    this.#send('keepalive', encodeKeepalive());
    if (this.#holdTimeNs > 0) this.#keepalive.set(this.#holdTimeNs / bgpTimings.keepalivesPerHoldTime);
  }

  #receive(message: BgpMessage): void {
    if (message.kind === 'notification') return this.#receiveNotification(message.notification);
    switch (this.state) {
      case 'OpenSent':
        if (message.kind === 'open') return this.#receiveOpen(message.open);
        return this.fail('unexpectedInOpenSent');
      case 'OpenConfirm':
        if (message.kind === 'keepalive') return this.#establish();
        return this.fail('unexpectedInOpenConfirm');
      case 'Established':
        return this.#receiveEstablished(message);
      case 'Connect':
      case 'Idle':
    }
  }

  #receiveNotification(notification: BgpNotification): void {
    this.#connection?.close();
    this.#finish(`The peer closed the session: ${describeNotification(notification)}.`, true);
  }

  #receiveOpen(open: BgpOpen): void {
    const { asn, identifier, peerAsn } = this.#settings;
    if (open.asn !== peerAsn) return this.fail('badPeerAs');
    // Inside one AS every speaker has an identifier of its own (RFC 6286 §2.1).
    if (open.asn === asn && open.identifier === identifier) return this.fail('badIdentifier');
    this.peer = open;
    if (!this.#owner.onOpen(this, open)) return this.fail('collisionResolution');
    this.#holdTimeNs = Math.min(open.holdTimeSeconds, bgpTimings.holdTimeSeconds) * second;
    this.state = 'OpenConfirm';
    this.#sendKeepalive();
    this.#hear();
  }

  #establish(): void {
    this.state = 'Established';
    this.#hear();
    this.#owner.onEstablished(this);
  }

  #receiveEstablished(message: BgpMessage): void {
    this.#hear();
    switch (message.kind) {
      case 'update': return this.#owner.onUpdate(this, message.update);
      case 'routeRefresh': return this.#owner.onRefresh(this);
      case 'keepalive': return;
      case 'open':
      case 'notification': return this.fail('unexpectedInEstablished');
    }
  }

  #hear(): void {
    if (this.#holdTimeNs > 0) this.#hold.set(this.#holdTimeNs);
    else this.#hold.stop();
  }
}
