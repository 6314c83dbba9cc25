/** The engine's BGP speaker on real TCP sockets and the real clock, so that routers of others can be its peers. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { formatIpv4, formatPrefix, ipv4, parseIpv4, type Ipv4Address } from '../../../../shared/net/ipv4.ts';
import { Speaker } from '../../bgp/speaker.ts';
import type { Connection, ConnectionUser, Transport } from '../../bgp/transport.ts';
import type { BgpConfig } from '../../config.ts';
import { Random } from '../../kernel/prng.ts';
import { World } from '../../kernel/world.ts';
import type { BgpPeerState } from '../../state.ts';
import { bgpPort } from '../../wire/bgp.ts';

const nanosecondsPerMillisecond = 1_000_000;
const tickMs = 5;

export class RealSpeaker implements Transport {
  readonly #world = new World(new Random(1));
  readonly #speaker: Speaker;
  readonly #server: Server;
  readonly #clock: NodeJS.Timeout;
  readonly #address: Ipv4Address;
  readonly #sockets = new Set<Socket>();

  constructor(address: string) {
    this.#address = ipv4(address);
    this.#speaker = new Speaker(this.#world, { transport: this, canReach: () => true, costOf: () => 1, onLearned: () => undefined });
    this.#server = createServer((socket) => this.#receive(socket));
    const started = Date.now();
    this.#clock = setInterval(() => {
      const now = (Date.now() - started) * nanosecondsPerMillisecond;
      while (this.#world.queue.step(now));
      this.#world.queue.now = Math.max(this.#world.queue.now, now);
    }, tickMs);
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(bgpPort, formatIpv4(this.#address), resolve);
    });
  }

  configure(config: BgpConfig): void {
    this.#speaker.configure(config, this.#address);
  }

  /** The only peer. */
  get peer(): BgpPeerState {
    const [peer] = this.#speaker.state().peers;
    if (peer === undefined) throw new Error('no peer');
    return peer;
  }

  /** Learned networks, with AS path and next hop. */
  get learned(): string[] {
    return this.#speaker.state().routes.filter(({ learnedFrom }) => learnedFrom !== null).map(({ destination, asPath, nextHop }) => `${formatPrefix(destination)} ${formatIpv4(nextHop)} [${asPath}]`);
  }

  connect(peer: Ipv4Address, user: ConnectionUser): Connection {
    const socket = connect({ host: formatIpv4(peer), port: bgpPort, localAddress: formatIpv4(this.#address) });
    socket.once('connect', () => user.onConnected());
    return this.#bind(socket, peer, () => user);
  }

  #receive(socket: Socket): void {
    const remote = parseIpv4(socket.remoteAddress ?? '') ?? 0;
    const place: { user?: ConnectionUser | undefined } = {};
    const connection = this.#bind(socket, remote, () => place.user);
    if (this.#speaker.greet(remote) === 'accept') place.user = this.#speaker.accept(connection);
    if (place.user === undefined) socket.resetAndDestroy();
    else place.user.onConnected();
  }

  #bind(socket: Socket, remoteAddress: Ipv4Address, userOf: () => ConnectionUser | undefined): Connection {
    let isOver = false;
    const end = (how: 'closed' | 'refused' | 'reset'): void => {
      if (isOver) return;
      isOver = true;
      userOf()?.onEnded(how);
    };
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      if (!isOver) userOf()?.onBytes(Uint8Array.from(bytes));
    });
    socket.on('end', () => end('closed'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'));
    socket.on('close', () => {
      this.#sockets.delete(socket);
      end('closed');
    });
    return {
      remoteAddress,
      send: (bytes) => void socket.write(bytes),
      close: () => {
        isOver = true;
        socket.end();
      },
      abort: () => {
        isOver = true;
        socket.destroy();
      },
    };
  }

  async dispose(): Promise<void> {
    clearInterval(this.#clock);
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }
}
