/** BGP speakers without IP between them: streams of bytes with a delay, links that can be cut. For tests of many speakers, and of raw bytes. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { Speaker } from '../bgp/speaker.ts';
import type { Connection, ConnectionUser, Listener, Transport } from '../bgp/transport.ts';
import type { World } from '../kernel/world.ts';

const delayNs = 1_000_000;

/** One direction of a stream has a user at its end; `other` is the other direction. */
class PipeEnd implements Connection {
  readonly remoteAddress: Ipv4Address;
  readonly #network: PipeNetwork;
  readonly #localAddress: Ipv4Address;
  other: PipeEnd | null = null;
  user: ConnectionUser | null = null;
  #isOver = false;

  constructor(network: PipeNetwork, localAddress: Ipv4Address, remoteAddress: Ipv4Address) {
    this.#network = network;
    this.#localAddress = localAddress;
    this.remoteAddress = remoteAddress;
  }

  send(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#later(() => this.other?.hear((user) => user.onBytes(bytes)));
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#later(() => this.other?.end('closed'));
  }

  abort(): void {
    this.#isOver = true;
  }

  hear(tell: (user: ConnectionUser) => void): void {
    if (!this.#isOver && this.user !== null) tell(this.user);
  }

  end(how: 'closed' | 'refused'): void {
    this.hear((user) => {
      this.#isOver = true;
      user.onEnded(how);
    });
  }

  /** What is under way when a link is cut is lost. */
  #later(act: () => void): void {
    const sentIn = this.#network.ageOf(this.#localAddress, this.remoteAddress);
    this.#network.later(() => {
      if (this.#network.isUp(this.#localAddress, this.remoteAddress) && this.#network.ageOf(this.#localAddress, this.remoteAddress) === sentIn) act();
    });
  }
}

export class PipeNetwork {
  readonly #world: World;
  readonly #listeners = new Map<Ipv4Address, Listener>();
  readonly #speakers = new Map<Ipv4Address, Speaker>();
  readonly #cut = new Set<string>();
  readonly #ages = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A speaker at an address. Its peers and next hops can be reached while the link to them is up. */
  speaker(address: Ipv4Address): Speaker {
    const speaker = new Speaker(this.#world, {
      transport: this.transport(address),
      canReach: (peer) => this.isUp(address, peer),
      costOf: (nextHop) => (this.isUp(address, nextHop) ? 1 : undefined),
      onLearned: () => undefined,
    });
    this.#speakers.set(address, speaker);
    this.listen(address, speaker);
    return speaker;
  }

  listen(address: Ipv4Address, listener: Listener): void {
    this.#listeners.set(address, listener);
  }

  transport(address: Ipv4Address): Transport {
    return { connect: (peer, user) => this.#connect(address, peer, user) };
  }

  #connect(from: Ipv4Address, to: Ipv4Address, user: ConnectionUser): Connection {
    const [near, far] = [new PipeEnd(this, from, to), new PipeEnd(this, to, from)];
    [near.other, far.other, near.user] = [far, near, user];
    this.later(() => {
      if (!this.isUp(from, to)) return;
      const listener = this.#listeners.get(to);
      far.user = listener?.greet(from) === 'accept' ? (listener.accept(far) ?? null) : null;
      if (far.user === null) return near.end('refused');
      far.hear((accepted) => accepted.onConnected());
      near.hear((connected) => connected.onConnected());
    });
    return near;
  }

  later(act: () => void): void {
    this.#world.queue.schedule(delayNs, { onEvent: act }, 0, null);
  }

  isUp(a: Ipv4Address, b: Ipv4Address): boolean {
    return !this.#cut.has(linkOf(a, b));
  }

  /** How often the link was cut. */
  ageOf(a: Ipv4Address, b: Ipv4Address): number {
    return this.#ages.get(linkOf(a, b)) ?? 0;
  }

  /** Both ends notice at once, as with a tunnel. */
  setLink(a: Ipv4Address, b: Ipv4Address, wanted: 'up' | 'cut'): void {
    if (wanted === 'up') this.#cut.delete(linkOf(a, b));
    else this.#cut.add(linkOf(a, b));
    if (wanted === 'cut') this.#ages.set(linkOf(a, b), this.ageOf(a, b) + 1);
    for (const [at, other] of [[a, b], [b, a]] as const) {
      const peer = this.#speakers.get(at)?.peer(other);
      if (wanted === 'up') peer?.onPathFound();
      else peer?.onPathLost();
    }
  }
}

function linkOf(a: Ipv4Address, b: Ipv4Address): string {
  return `${Math.min(a, b)} ${Math.max(a, b)}`;
}
