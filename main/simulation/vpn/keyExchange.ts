/** What a site-to-site interface needs of its key exchange. A model of IKEv2 serves now; the real protocol takes the same place. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { InboundAssociation, OutboundAssociation } from './securityAssociation.ts';

export interface AssociationPair {
  readonly inbound: InboundAssociation;
  readonly outbound: OutboundAssociation;
}

export type ExchangeFailure = 'peerSilent' | 'authenticationFailed';

/** What it is told and asked by the interface that uses it. */
export interface KeyExchangeOwner {
  readonly local: Ipv4Address;
  readonly peer: Ipv4Address;
  readonly preSharedKey: string;
  sendMessage(message: Uint8Array): void;
  /** The peer has proved who it is, and the first pair of security associations stands. */
  onEstablished(exchange: KeyExchange, pair: AssociationPair): void;
  /** A new pair takes the place of the one before. */
  onRekeyed(exchange: KeyExchange, pair: AssociationPair): void;
  onFailed(exchange: KeyExchange, failure: ExchangeFailure): void;
  /** The peer took it back. */
  onClosed(exchange: KeyExchange): void;
  /** An authentic message came. */
  onAlive(exchange: KeyExchange): void;
}

/** One IKE security association, from its first message to its end. */
export interface KeyExchange {
  readonly isInitiator: boolean;
  /** Takes a message of its own; false when it belongs to another one. */
  receive(message: Uint8Array): boolean;
  /** Begins. Only as initiator. */
  start(): void;
  /** Asks whether the peer is there; answered by `onAlive`. */
  probe(): void;
  /** Makes a new pair of ESP associations. */
  rekey(): void;
  /** Tells the peer that it is over. */
  close(): void;
  /** Ends without a word. */
  stop(): void;
}
