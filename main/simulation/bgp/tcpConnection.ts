/**
 * One TCP connection (RFC 9293), as much of it as a session between two routers needs: handshake, in-order bytes, retransmission from
 * the first byte that is missing, an end in order or by reset. No options, so segments of at most 536 bytes.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { Timer } from '../kernel/timer.ts';
import type { World } from '../kernel/world.ts';
import { tcpFlag } from '../wire/transport.ts';
import { tcpTimings } from './timings.ts';
import type { Connection, ConnectionEnd, ConnectionUser, Listener } from './transport.ts';

/** RFC 9293 §3.7.1: what every host takes. */
const segmentSize = 536;
/** Segments under way at a time; a session between routers needs no more. */
const segmentsUnderWay = 8;

export interface Segment {
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly data: Uint8Array;
}

export interface ConnectionPlace {
  readonly remoteAddress: Ipv4Address;
  readonly remotePort: number;
  readonly localPort: number;
}

export interface ConnectionOwner {
  readonly listener: Listener;
  transmit(place: ConnectionPlace, segment: Segment): void;
  /** Nothing more will come of this connection. */
  forget(connection: TcpConnection): void;
}

type State = 'SynSent' | 'SynReceived' | 'Established' | 'Ended';

const none = new Uint8Array(0);
/** How far `a` is behind `b` in the circle of sequence numbers. */
const distance = (a: number, b: number): number => (b - a) | 0;

export class TcpConnection implements Connection {
  readonly place: ConnectionPlace;
  readonly #owner: ConnectionOwner;
  readonly #retransmit: Timer;
  #user: ConnectionUser | null;
  #state: State;
  /** First sequence number that is not acknowledged, and next to be sent. After each look at the line that is behind the last ever sent. */
  #unacknowledged: number;
  #next: number;
  #receiveNext = 0;
  /** Bytes from `#unacknowledged` on. */
  #waiting: Uint8Array = none;
  #wantsEnd = false;
  #endSent = false;
  #endAcknowledged = false;
  #peerEnded = false;
  #owesAcknowledgement = false;
  #retries = 0;

  /** With a user it connects; without, it answers a SYN that had this sequence number. */
  constructor(world: World, owner: ConnectionOwner, place: ConnectionPlace, role: ConnectionUser | number) {
    this.place = place;
    this.#owner = owner;
    this.#retransmit = new Timer(world.queue, () => this.#onSilence());
    this.#unacknowledged = world.random.uint32();
    this.#next = (this.#unacknowledged + 1) >>> 0;
    this.#user = typeof role === 'number' ? null : role;
    this.#state = typeof role === 'number' ? 'SynReceived' : 'SynSent';
    if (typeof role === 'number') this.#receiveNext = (role + 1) >>> 0;
    this.#sendSyn();
  }

  get remoteAddress(): Ipv4Address {
    return this.place.remoteAddress;
  }

  send(bytes: Uint8Array): void {
    if (this.#state === 'Ended' || this.#wantsEnd) return;
    const joined = new Uint8Array(this.#waiting.length + bytes.length);
    joined.set(this.#waiting);
    joined.set(bytes, this.#waiting.length);
    this.#waiting = joined;
    this.#pump();
  }

  close(): void {
    this.#user = null;
    if (this.#state !== 'Established') return this.abort();
    if (this.#wantsEnd) return;
    this.#wantsEnd = true;
    this.#pump();
  }

  abort(): void {
    if (this.#state === 'Ended') return;
    this.#user = null;
    this.#state = 'Ended';
    this.#retransmit.stop();
    this.#owner.forget(this);
  }

  receive(segment: Segment): void {
    switch (this.#state) {
      case 'SynSent': return this.#receiveAnswer(segment);
      case 'SynReceived': return this.#receiveHandshake(segment);
      case 'Established': return this.#receiveEstablished(segment);
      case 'Ended':
    }
  }

  // Handshake

  #sendSyn(): void {
    const flags = this.#state === 'SynSent' ? tcpFlag.syn : tcpFlag.syn | tcpFlag.ack;
    this.#transmit(flags, this.#unacknowledged, none);
    this.#retransmit.set(tcpTimings.synRetransmitNs * 2 ** this.#retries);
  }

  #receiveAnswer({ flags, sequence, acknowledgement }: Segment): void {
    const isOurs = (flags & tcpFlag.ack) !== 0 && acknowledgement === this.#next;
    if ((flags & tcpFlag.rst) !== 0) return isOurs ? this.#end('refused') : undefined;
    // Of an older connection with the same ports (RFC 9293 §3.10.7.3).
    if (!isOurs) return this.#transmit(tcpFlag.rst, acknowledgement, none);
    if ((flags & tcpFlag.syn) === 0) return;
    this.#receiveNext = (sequence + 1) >>> 0;
    this.#establish();
    this.#user?.onConnected();
    if (this.#owesAcknowledgement) this.#acknowledge();
  }

  #receiveHandshake(segment: Segment): void {
    const { flags, sequence, acknowledgement } = segment;
    if ((flags & tcpFlag.rst) !== 0) return sequence === this.#receiveNext ? this.abort() : undefined;
    if ((flags & tcpFlag.syn) !== 0) return this.#sendSyn();
    if ((flags & tcpFlag.ack) === 0 || acknowledgement !== this.#next) return;
    const user = this.#owner.listener.accept(this);
    if (user === undefined) return this.#refuse();
    this.#user = user;
    this.#establish();
    this.#owesAcknowledgement = false;
    user.onConnected();
    this.receive(segment);
  }

  #refuse(): void {
    this.#transmit(tcpFlag.rst | tcpFlag.ack, this.#next, none);
    this.abort();
  }

  #establish(): void {
    this.#state = 'Established';
    this.#unacknowledged = this.#next;
    this.#retries = 0;
    this.#retransmit.stop();
    this.#owesAcknowledgement = true;
  }

  // Bytes

  #receiveEstablished(segment: Segment): void {
    const { flags, sequence, acknowledgement, data } = segment;
    const isReset = (flags & tcpFlag.rst) !== 0;
    if (isReset && sequence === this.#receiveNext) return this.#end('reset');
    // Whoever means it answers what we say then with the right number (RFC 5961 §3, §4).
    if (isReset || (flags & tcpFlag.syn) !== 0) return this.#acknowledge();
    if ((flags & tcpFlag.ack) !== 0) this.#takeAcknowledgement(acknowledgement);
    const isEnd = (flags & tcpFlag.fin) !== 0;
    if ((data.length === 0 && !isEnd) || !this.#isOpen()) return;
    this.#owesAcknowledgement = true;
    const known = distance(sequence, this.#receiveNext);
    // What comes too early comes again; what came before is acknowledged once more.
    if (known >= 0 && known < data.length + (isEnd ? 1 : 0)) this.#take(data.subarray(known), isEnd);
    if (this.#owesAcknowledgement && this.#isOpen()) this.#acknowledge();
  }

  #isOpen(): boolean {
    return this.#state !== 'Ended';
  }

  #take(data: Uint8Array, isEnd: boolean): void {
    this.#receiveNext = (this.#receiveNext + data.length + (isEnd ? 1 : 0)) >>> 0;
    this.#peerEnded ||= isEnd;
    if (data.length > 0) this.#user?.onBytes(data.slice());
    if (!isEnd || !this.#isOpen()) return;
    const user = this.#user;
    this.close();
    user?.onEnded('closed');
    this.#finishWhenDone();
  }

  #takeAcknowledgement(acknowledgement: number): void {
    const taken = distance(this.#unacknowledged, acknowledgement);
    if (taken <= 0 || taken > distance(this.#unacknowledged, this.#next)) return;
    this.#waiting = this.#waiting.slice(Math.min(taken, this.#waiting.length));
    this.#endAcknowledged ||= this.#wantsEnd && this.#endSent && acknowledgement === this.#next;
    this.#unacknowledged = acknowledgement;
    this.#retries = 0;
    this.#retransmit.stop();
    if (this.#endAcknowledged) this.#finishWhenDone();
    else this.#pump();
  }

  /** Both sides have said that they end; or only this one, and the other gets some time for it. */
  #finishWhenDone(): void {
    if (!this.#endAcknowledged) return;
    if (!this.#peerEnded) return this.#retransmit.set(tcpTimings.longestRetransmitNs);
    if (this.#owesAcknowledgement) this.#acknowledge();
    this.abort();
  }

  /** Sends what may be sent now. */
  #pump(): void {
    if (this.#state !== 'Established' || this.#endAcknowledged) return;
    for (;;) {
      const sent = distance(this.#unacknowledged, this.#next);
      const data = this.#waiting.subarray(sent, Math.min(sent + segmentSize, segmentSize * segmentsUnderWay));
      const isLast = sent + data.length === this.#waiting.length;
      const sendsEnd = isLast && this.#wantsEnd && sent <= this.#waiting.length;
      if (data.length === 0 && !sendsEnd) break;
      this.#transmit(tcpFlag.ack | (data.length > 0 ? tcpFlag.psh : 0) | (sendsEnd ? tcpFlag.fin : 0), this.#next, data);
      this.#next = (this.#next + data.length + (sendsEnd ? 1 : 0)) >>> 0;
      this.#endSent ||= sendsEnd;
      if (sendsEnd) break;
    }
    if (this.#unacknowledged !== this.#next) this.#retransmit.set(Math.min(tcpTimings.firstRetransmitNs * 2 ** this.#retries, tcpTimings.longestRetransmitNs));
  }

  #onSilence(): void {
    this.#retries += 1;
    const limit = this.#state === 'Established' ? tcpTimings.dataRetries : tcpTimings.synRetries;
    if (this.#retries > limit) return this.#end('timedOut');
    if (this.#endAcknowledged) return this.abort();
    if (this.#state !== 'Established') return this.#sendSyn();
    this.#next = this.#unacknowledged;
    this.#pump();
  }

  #acknowledge(): void {
    this.#transmit(tcpFlag.ack, this.#next, none);
  }

  #transmit(flags: number, sequence: number, data: Uint8Array): void {
    if ((flags & tcpFlag.ack) !== 0) this.#owesAcknowledgement = false;
    const acknowledgement = (flags & tcpFlag.ack) === 0 ? 0 : this.#receiveNext;
    this.#owner.transmit(this.place, { flags, sequence, acknowledgement, data });
  }

  #end(end: ConnectionEnd): void {
    const user = this.#user;
    this.#user = null;
    this.abort();
    user?.onEnded(end);
  }
}
