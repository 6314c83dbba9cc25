/**
 * What a BGP speaker needs of TCP: streams of bytes to and from its peers. The simulation has a small TCP of its own (`tcp.ts`); a real
 * socket fits as well.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';

export type ConnectionEnd = 'unreachable' | 'refused' | 'timedOut' | 'reset' | 'closed';

/** Why a connection ended, in our words. */
export const connectionEnds: Readonly<Record<ConnectionEnd, string>> = {
  unreachable: 'No site-to-site interface leads to the peer, or it is disconnected. The address of the peer with /32 has to be in its routes.',
  refused: 'The peer refuses the connection: it does not know this gateway as its peer, or BGP is not on.',
  timedOut: 'The peer does not answer on TCP port 179.',
  reset: 'The peer reset the connection.',
  closed: 'The peer ended the connection.',
};

export interface Connection {
  readonly remoteAddress: Ipv4Address;
  send(bytes: Uint8Array): void;
  /** Sends what waits, then ends. Its user hears nothing more. */
  close(): void;
  /** Ends at once and says nothing: a peer that still lives will notice. Its user hears nothing more. */
  abort(): void;
}

/** Who uses a connection. */
export interface ConnectionUser {
  onConnected(): void;
  onBytes(bytes: Uint8Array): void;
  /** Once, and nothing after it. */
  onEnded(end: ConnectionEnd): void;
}

export interface Transport {
  /** The user hears later whether it succeeded, never before this returns. */
  connect(peer: Ipv4Address, user: ConnectionUser): Connection;
}

/** Who listens. */
export interface Listener {
  /** What to do with a stranger's or a peer's wish to connect; to ignore gives no answer at all. */
  greet(remote: Ipv4Address): 'accept' | 'refuse' | 'ignore';
  /** The user of a connection that stands; it is told `onConnected` next. Undefined: nobody wants it any more. */
  accept(connection: Connection): ConnectionUser | undefined;
}
