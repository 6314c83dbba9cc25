/** A connection to a port, ended as soon as it stands: what Test-NetConnection -Port does. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Connection, ConnectionEnd, ConnectionUser } from '../bgp/transport.ts';
import type { World } from '../kernel/world.ts';
import type { TcpProbeRequest, TcpProbeState, TcpProbeStatus } from '../state.ts';
import { TraceRecorder } from '../trace/recorder.ts';
import type { Probe } from './probe.ts';

const outcomes: Readonly<Record<ConnectionEnd, TcpProbeStatus>> = { unreachable: 'unreachable', refused: 'refused', timedOut: 'timeout', reset: 'refused', closed: 'connected' };

export class TcpProbe implements ConnectionUser, Probe {
  readonly #world: World;
  readonly #request: TcpProbeRequest;
  readonly #place: { readonly source: Ipv4Address; readonly sourcePort: number };
  readonly #startedAt: number;
  readonly #trace = new TraceRecorder();
  #connection: Connection | undefined;
  #status: TcpProbeStatus = 'connecting';
  #from: Ipv4Address | null = null;
  #code: number | null = null;
  #roundTripNs: number | null = null;
  #attempts = 0;

  constructor(world: World, request: TcpProbeRequest, place: { readonly source: Ipv4Address; readonly sourcePort: number }) {
    this.#world = world;
    this.#request = request;
    this.#place = place;
    this.#startedAt = world.queue.now;
  }

  /** The connection that it watches. Nothing of it has left the machine yet. */
  watch(connection: Connection): void {
    this.#connection = connection;
  }

  fail(): void {
    this.#status = 'failed';
  }

  /** Called with each SYN; the path of the first one, and of what it causes, is written down. */
  countAttempt(): TraceRecorder | null {
    this.#attempts += 1;
    return this.#attempts === 1 ? this.#trace : null;
  }

  onConnected(): void {
    this.#finish('connected');
    this.#connection?.close();
  }

  onBytes(): void {
    // A server that speaks first: nothing here listens.
  }

  onEnded(end: ConnectionEnd): void {
    if (this.#status === 'connecting') this.#finish(outcomes[end]);
  }

  /** An ICMP error about the connection. While it is being made that ends it (RFC 5461 §4.1), later it is only a hint. */
  onUnreachable(from: Ipv4Address, code: number): void {
    if (this.#status !== 'connecting') return;
    this.#from = from;
    this.#code = code;
    this.#finish('unreachable');
    this.#connection?.abort();
  }

  stop(): void {
    if (this.#status !== 'connecting') return;
    this.#finish('stopped');
    this.#connection?.abort();
  }

  #finish(status: TcpProbeStatus): void {
    this.#status = status;
    if (status === 'connected' || status === 'refused') this.#roundTripNs = this.#world.queue.now - this.#startedAt;
    if (status === 'timeout') this.#trace.fate ??= 'No answer came in time.';
  }

  state(): TcpProbeState {
    const { destination, port } = this.#request;
    return {
      ...this.#place,
      destination,
      port,
      status: this.#status,
      from: this.#from,
      code: this.#code,
      roundTripNs: this.#roundTripNs,
      attempts: this.#attempts,
      done: this.#status !== 'connecting',
      trace: this.#trace.steps,
      fate: this.#trace.fate,
    };
  }
}
