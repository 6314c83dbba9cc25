/** The small TCP between two nodes over a network that loses, doubles, delays and reorders packets as it likes. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { Packet } from '../kernel/packet.ts';
import { Random } from '../kernel/prng.ts';
import { World } from '../kernel/world.ts';
import { destinationOf, ipProtocol, ipv4Length, isValidIpv4, writeIpv4 } from '../wire/ipv4.ts';
import { hasValidChecksum, tcpFlag, tcpFlagsOf, tcpLength, tcpSequenceOf, writeTcp } from '../wire/transport.ts';
import { Tcp, type TcpNode } from './tcp.ts';
import type { Connection, ConnectionEnd, ConnectionUser, Listener } from './transport.ts';

const second = 1_000_000_000;
const [client, server] = [ipv4('10.0.0.1'), ipv4('10.0.0.2')];

interface Line {
  /** Of a hundred packets. */
  loss: number;
  doubling: number;
  maximumDelayNs: number;
}

let world: World;
let line: Line;
let ends: Map<number, Tcp>;
let sent: { flags: number; sequence: number; length: number }[];
let greeting: ReturnType<Listener['greet']>;
let accepted: User[];

class User implements ConnectionUser {
  connection: Connection | null = null;
  connected = 0;
  readonly bytes: number[] = [];
  readonly ends: ConnectionEnd[] = [];

  onConnected(): void {
    this.connected += 1;
  }

  onBytes(bytes: Uint8Array): void {
    this.bytes.push(...bytes);
  }

  onEnded(end: ConnectionEnd): void {
    this.ends.push(end);
  }
}

/** A node whose packets go to the other one over `line`. */
function node(): TcpNode {
  let identification = 0;
  return {
    newPacket: (destination, source, protocol, payloadLength) => {
      const packet = world.pool.acquire(ipv4Length + payloadLength);
      writeIpv4(packet.view, packet.start, { source, destination, protocol, timeToLive: 128, identification: identification++ & 0xffff, doNotFragment: false, totalLength: ipv4Length + payloadLength });
      return packet;
    },
    drop: (packet) => world.pool.release(packet),
    originate: (packet) => {
      const at = packet.start + ipv4Length;
      expect(isValidIpv4(packet.view, packet.start, packet.end)).toBe(true);
      expect(hasValidChecksum(packet.view, packet.start, at, packet.end, ipProtocol.tcp)).toBe(true);
      sent.push({ flags: tcpFlagsOf(packet.view, at), sequence: tcpSequenceOf(packet.view, at), length: packet.length - ipv4Length - tcpLength });
      if (world.random.below(100) < line.doubling) carry(world.pool.clone(packet));
      if (world.random.below(100) < line.loss) world.pool.release(packet);
      else carry(packet);
    },
  };
}

function carry(packet: Packet): void {
  const arrive = { onEvent: (_argument: number, arrived: Packet | null) => {
    if (arrived !== null && ends.get(destinationOf(arrived.view, arrived.start))?.receive(arrived) !== true) world.pool.release(arrived);
  } };
  world.queue.schedule(1000 + world.random.below(line.maximumDelayNs), arrive, 0, packet);
}

function begin(seed: number, change: Partial<Line> = {}): void {
  world = new World(new Random(seed));
  line = { loss: 0, doubling: 0, maximumDelayNs: 1, ...change };
  sent = [];
  accepted = [];
  greeting = 'accept';
  const listener: Listener = {
    greet: () => greeting,
    accept: (connection) => {
      const user = new User();
      user.connection = connection;
      accepted.push(user);
      return user;
    },
  };
  ends = new Map([client, server].map((address) => [address, new Tcp(world, node(), address, listener)]));
}

function connect(): User {
  const user = new User();
  user.connection = ends.get(client)?.connect(server, user) ?? null;
  return user;
}

function run(seconds: number): void {
  const end = world.queue.now + seconds * second;
  while (world.queue.step(end));
  world.queue.now = end;
}

const some = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7) & 0xff);
const pair = (): [User, User] => {
  const near = connect();
  run(1);
  const [far] = accepted;
  if (far === undefined) throw new Error('not accepted');
  return [near, far];
};

beforeEach(() => begin(1));

describe('a connection', () => {
  it('stands after three packets, and both hear it once', () => {
    const [near, far] = pair();
    expect([near.connected, far.connected]).toEqual([1, 1]);
    expect(sent.map(({ flags }) => flags)).toEqual([tcpFlag.syn, tcpFlag.syn | tcpFlag.ack, tcpFlag.ack]);
  });

  it('carries bytes in segments of 536, at most eight under way', () => {
    const [near, far] = pair();
    sent = [];
    near.connection?.send(some(10_000));
    expect(sent.map(({ length }) => length)).toEqual(Array(8).fill(536));
    run(1);
    expect(far.bytes).toEqual([...some(10_000)]);
    expect(sent.reduce((sum, { length }) => sum + length, 0)).toBe(10_000);
  });

  it('ends in order when one side closes: what was sent before arrives, then the end', () => {
    const [near, far] = pair();
    near.connection?.send(some(5000));
    near.connection?.close();
    run(1);
    expect([far.bytes.length, far.ends, near.ends]).toEqual([5000, ['closed'], []]);
    // Nothing is left that would send or wait.
    const before = sent.length;
    run(1000);
    expect(sent.length).toBe(before);
    expect(world.queue.size).toBe(0);
  });

  it('both may close at the same time', () => {
    const [near, far] = pair();
    near.connection?.close();
    far.connection?.close();
    run(1000);
    expect([near.ends, far.ends]).toEqual([[], []]);
    expect(world.queue.size).toBe(0);
  });

  it('to a port that refuses', () => {
    greeting = 'refuse';
    const near = connect();
    run(1);
    expect(near.ends).toEqual(['refused']);
  });

  it('to somebody who ignores: three tries, then time is up', () => {
    greeting = 'ignore';
    const near = connect();
    run(20);
    expect(near.ends).toEqual([]);
    run(10);
    expect(near.ends).toEqual(['timedOut']);
    expect(sent.filter(({ flags }) => flags === tcpFlag.syn)).toHaveLength(3);
    expect(new Set(sent.map(({ sequence }) => sequence)).size).toBe(1);
  });

  it('to somebody who vanished is reset when it says something', () => {
    const [near, far] = pair();
    ends.get(server)?.vanish();
    run(10);
    expect([near.ends, far.ends]).toEqual([[], []]);
    near.connection?.send(some(10));
    run(1);
    expect([near.ends, far.ends]).toEqual([['reset'], []]);
  });

  it('over a line that is cut ends after the last try, and not before', () => {
    const [near] = pair();
    line.loss = 100;
    near.connection?.send(some(10));
    run(60);
    expect(near.ends).toEqual([]);
    run(10);
    expect(near.ends).toEqual(['timedOut']);
    expect(world.queue.size).toBe(0);
  });

  it('that its user aborted says nothing more, to nobody', () => {
    const [near, far] = pair();
    sent = [];
    near.connection?.abort();
    near.connection?.send(some(10));
    near.connection?.close();
    expect(sent).toEqual([]);
    far.connection?.send(some(10));
    run(1);
    expect([far.ends, near.bytes]).toEqual([['reset'], []]);
  });
});

describe('a bad line', () => {
  it('every byte arrives, once and in order, and so does the end', () => {
    fc.assert(fc.property(
      fc.nat(), fc.record({ loss: fc.nat(30), doubling: fc.nat(30), maximumDelayNs: fc.integer({ min: 1, max: second / 2 }) }),
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 6000 }), fc.nat(3)), { maxLength: 8 }), fc.boolean(),
      (seed, change, writes, nearCloses) => {
        begin(seed);
        const [near, far] = pair();
        Object.assign(line, change);
        const wanted: [number[], number[]] = [[], []];
        for (const [isNear, length, wait] of writes) {
          const bytes = some(length);
          (isNear ? near : far).connection?.send(bytes);
          wanted[isNear ? 1 : 0].push(...bytes);
          run(wait);
        }
        // The last of six tries comes after half a minute; give up only where the line gave up.
        run(600);
        const isWhole = near.ends.length + far.ends.length === 0;
        for (const [user, bytes] of [[near, wanted[0]], [far, wanted[1]]] as const) expect(user.bytes).toEqual(isWhole ? bytes : bytes.slice(0, user.bytes.length));
        if (!isWhole) return;
        const [closing, other] = nearCloses ? [near, far] : [far, near];
        closing.connection?.close();
        run(600);
        expect(other.ends.length).toBeLessThanOrEqual(1);
        expect(closing.ends).toEqual([]);
        expect(world.queue.size).toBe(0);
      },
    ), { numRuns: 300 });
  }, 120_000);

  it('of moderate loss never ends a connection', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      begin(seed);
      const [near, far] = pair();
      line.loss = 10;
      near.connection?.send(some(60_000));
      run(900);
      expect([far.bytes.length, near.ends]).toEqual([60_000, []]);
    }
  }, 60_000);
});

describe('hostile segments', () => {
  /** A segment that pretends to come from the client. */
  function forge(fields: { flags: number; sequence: number; acknowledgement: number; sourcePort: number }, data: Uint8Array = new Uint8Array()): void {
    const packet = node().newPacket(server, client, ipProtocol.tcp, tcpLength + data.length);
    const at = packet.start + ipv4Length;
    packet.bytes.set(data, at + tcpLength);
    writeTcp(packet.view, packet.start, at, packet.end, { destinationPort: 179, ...fields });
    if (ends.get(server)?.receive(packet) !== true) world.pool.release(packet);
  }

  it('with random numbers neither end the connection nor put a byte into it, unless they hit by chance', () => {
    const [near, far] = pair();
    const random = new Random(5);
    for (let round = 0; round < 20_000; round += 1) {
      forge({ flags: random.below(64), sequence: random.uint32(), acknowledgement: random.uint32(), sourcePort: 49_152 + random.below(16_384) }, some(random.below(20)));
      if (round % 100 === 0) run(0.01);
    }
    near.connection?.send(some(1000));
    run(5);
    expect(far.bytes).toEqual([...some(1000)]);
    expect([near.ends, far.ends]).toEqual([[], []]);
    // Half-open ones were given up, and only so many were kept at a time.
    run(100);
    expect(accepted).toHaveLength(1);
    expect(world.queue.size).toBe(0);
  });

  it('that only wish to connect get a limited number of answers', () => {
    for (let at = 0; at < 3000; at += 1) forge({ flags: tcpFlag.syn, sequence: at, acknowledgement: 0, sourcePort: 10_000 + at });
    expect(sent).toHaveLength(1000);
    run(100);
    const [near, far] = pair();
    expect([near.connected, far.connected]).toEqual([1, 1]);
  });

  it('that are cut or damaged are dropped', () => {
    const [, far] = pair();
    const random = new Random(6);
    for (let round = 0; round < 5000; round += 1) {
      const packet = node().newPacket(server, client, ipProtocol.tcp, random.below(60));
      for (let at = packet.start + ipv4Length; at < packet.end; at += 1) packet.bytes[at] = random.below(256);
      if (packet.length >= ipv4Length + 4) packet.view.setUint16(packet.start + ipv4Length + 2, 179);
      if (ends.get(server)?.receive(packet) !== true) world.pool.release(packet);
    }
    run(10);
    expect([far.bytes, far.ends]).toEqual([[], []]);
  });

  it('for other addresses and ports are not taken', () => {
    const packet = node().newPacket(ipv4('10.0.0.3'), client, ipProtocol.tcp, tcpLength);
    writeTcp(packet.view, packet.start, packet.start + ipv4Length, packet.end, { sourcePort: 50_000, destinationPort: 179, sequence: 1, acknowledgement: 0, flags: tcpFlag.syn });
    expect(ends.get(server)?.receive(packet)).toBe(false);
    const other = node().newPacket(server, client, ipProtocol.tcp, tcpLength);
    writeTcp(other.view, other.start, other.start + ipv4Length, other.end, { sourcePort: 50_000, destinationPort: 80, sequence: 1, acknowledgement: 0, flags: tcpFlag.syn });
    expect(ends.get(server)?.receive(other)).toBe(false);
  });
});
