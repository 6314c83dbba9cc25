/** The states of RFC 4271 §8, asked by a peer that says what it likes, byte by byte. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ipv4, prefix } from '../../../shared/net/ipv4.ts';
import type { BgpConfig } from '../config.ts';
import { Random } from '../kernel/prng.ts';
import { World } from '../kernel/world.ts';
import type { BgpPeerState } from '../state.ts';
import { PipeNetwork } from '../testing/pipes.ts';
import { encodeAdvertisements, encodeKeepalive, encodeNotification, encodeOpen, encodeRouteRefresh, type BgpMessage, type BgpOpen } from '../wire/bgp.ts';
import type { PathAttributes } from '../wire/bgpAttributes.ts';
import { MessageReader } from './messageReader.ts';
import type { Speaker } from './speaker.ts';
import { bgpGuesses } from './timings.ts';
import type { Connection, ConnectionEnd, ConnectionUser } from './transport.ts';

const second = 1_000_000_000;
const [here, there] = [ipv4('10.0.0.1'), ipv4('10.0.0.2')];
const [ownAsn, peerAsn] = [64_512, 65_001];
const network = prefix('10.30.50.0/24');
const attributes: PathAttributes = { origin: 'IGP', asPath: [{ type: 'sequence', asns: [peerAsn] }], nextHop: there, med: null, localPref: null, isAtomicAggregate: false, aggregator: null, unknown: [] };

let world: World;
let pipes: PipeNetwork;
let speaker: Speaker;
let raw: RawPeer[];

/** The other side of one connection: remembers what it hears, says what the test wants. */
class RawPeer implements ConnectionUser {
  readonly heard: BgpMessage[] = [];
  readonly #reader = new MessageReader();
  connection: Connection | null = null;
  end: ConnectionEnd | null = null;

  onConnected(): void {
    raw.push(this);
  }

  onBytes(bytes: Uint8Array): void {
    this.#reader.push(bytes);
    for (let message = this.#reader.next(true); message !== undefined; message = this.#reader.next(true)) {
      if (message.kind === 'fault') throw new Error('the speaker said something wrong');
      this.heard.push(message);
    }
  }

  onEnded(end: ConnectionEnd): void {
    this.end = end;
  }

  say(...messages: Uint8Array[]): this {
    for (const message of messages) this.connection?.send(message);
    run(0.1);
    return this;
  }

  get kinds(): string[] {
    return this.heard.map(({ kind }) => kind);
  }

  /** Code and subcode of the NOTIFICATION that it was told. */
  get complaint(): string | undefined {
    const found = this.heard.find((message) => message.kind === 'notification');
    return found?.kind === 'notification' ? `${found.notification.code}/${found.notification.subcode}` : undefined;
  }
}

function run(seconds: number): void {
  const end = world.queue.now + seconds * second;
  while (world.queue.step(end));
  world.queue.now = end;
}

function config(change: Partial<BgpConfig> = {}): BgpConfig {
  return { asn: ownAsn, routerId: here, peers: [{ name: 'Peer', address: there, asn: peerAsn }], networks: [prefix('10.30.1.0/24')], ...change };
}

function peer(): BgpPeerState {
  const [state] = speaker.state().peers;
  if (state === undefined) throw new Error('no peer');
  return state;
}

function open(change: Partial<BgpOpen> = {}): Uint8Array {
  return encodeOpen({ asn: peerAsn, holdTimeSeconds: 90, identifier: there, isFourOctet: true, canRefresh: true, ...change });
}

/** The connection that the speaker made; it has sent its OPEN. */
function first(): RawPeer {
  const [connection] = raw;
  if (connection === undefined) throw new Error('no connection');
  return connection;
}

/** A connection that the test makes. */
function connect(): RawPeer {
  const made = new RawPeer();
  made.connection = pipes.transport(there).connect(here, made);
  run(0.1);
  return made;
}

const established = (): RawPeer => first().say(open(), encodeKeepalive());
const advertisement = (networks = [network], given = attributes): Uint8Array[] => encodeAdvertisements(given, networks, true);

beforeEach(() => {
  world = new World(new Random(1));
  pipes = new PipeNetwork(world);
  raw = [];
  pipes.listen(there, {
    greet: () => 'accept',
    accept: (connection) => {
      const accepted = new RawPeer();
      accepted.connection = connection;
      return accepted;
    },
  });
  speaker = pipes.speaker(here);
  speaker.configure(config(), here);
  run(0.1);
});

describe('the way to Established', () => {
  it('OPEN, KEEPALIVE, then the own networks', () => {
    expect(peer()).toMatchObject({ fsmState: 'OpenSent', status: 'Connecting' });
    expect(first().heard).toEqual([{ kind: 'open', open: { asn: ownAsn, holdTimeSeconds: 180, identifier: here, isFourOctet: true, canRefresh: true } }]);
    first().say(open());
    expect(peer().fsmState).toBe('OpenConfirm');
    expect(first().kinds).toEqual(['open', 'keepalive']);
    first().say(encodeKeepalive());
    expect(peer()).toMatchObject({ fsmState: 'Established', status: 'Connected', holdTimeNs: 90 * second, keepaliveNs: 30 * second, identifier: there });
    expect(first().kinds).toEqual(['open', 'keepalive', 'update']);
  });

  it('messages may come in any pieces', () => {
    const bytes = Buffer.concat([open(), encodeKeepalive(), ...advertisement()]);
    for (const byte of bytes) first().say(Uint8Array.of(byte));
    expect(peer()).toMatchObject({ status: 'Connected', prefixesReceived: 1 });
  });

  it('a hold time of zero means no keepalives and no end', () => {
    first().say(open({ holdTimeSeconds: 0 }), encodeKeepalive());
    run(10_000);
    expect(peer()).toMatchObject({ status: 'Connected', holdTimeNs: 0 });
    expect(first().kinds).toEqual(['open', 'keepalive', 'update']);
  });
});

describe('what does not belong there', () => {
  const cases: [string, () => RawPeer, string][] = [
    ['a KEEPALIVE before OPEN', () => first().say(encodeKeepalive()), '5/1'],
    ['an UPDATE before OPEN', () => first().say(...advertisement()), '5/1'],
    ['a second OPEN', () => first().say(open(), open()), '5/2'],
    ['an UPDATE before KEEPALIVE', () => first().say(open(), ...advertisement()), '5/2'],
    ['an OPEN in the session', () => established().say(open()), '5/3'],
    ['noise', () => first().say(Uint8Array.of(1, 2, 3)), '1/1'],
    ['noise in the session', () => established().say(new Uint8Array(19)), '1/1'],
    ['an AS that is not the peer\'s', () => first().say(open({ asn: 65_099 })), '2/2'],
    ['a path that does not begin with the peer', () => established().say(...advertisement([network], { ...attributes, asPath: [{ type: 'sequence', asns: [65_099] }] })), '3/11'],
  ];
  it.each(cases)('%s', (_what, act, complaint) => {
    const connection = act();
    expect(connection.complaint).toBe(complaint);
    expect(connection.end).toBe('closed');
    expect(peer()).toMatchObject({ status: 'Connecting', fsmState: 'Idle', prefixesReceived: 0 });
    expect([...speaker.learnedPaths()]).toEqual([]);
    // It rests, then it tries again.
    run(bgpGuesses.longestRestNs / second + 1);
    expect(raw.length).toBe(2);
  });

  it('inside one AS, a peer with the own identifier', () => {
    speaker.configure(config({ peers: [{ name: 'Peer', address: there, asn: ownAsn }] }), here);
    run(0.1);
    const connection = raw.at(-1)?.say(open({ asn: ownAsn, identifier: here }));
    expect(connection?.complaint).toBe('2/3');
  });

  it('more networks than are accepted', () => {
    const networks = Array.from({ length: bgpGuesses.prefixLimit + 1 }, (_, at) => ({ address: (0xac100000 + at * 16) >>> 0, length: 28 }));
    established().say(...advertisement(networks.slice(0, -1)));
    expect(peer()).toMatchObject({ status: 'Connected', prefixesReceived: bgpGuesses.prefixLimit });
    first().say(...advertisement(networks.slice(-1)));
    expect(first().complaint).toBe('6/1');
    expect([...speaker.learnedPaths()]).toEqual([]);
  });
});

describe('silence', () => {
  it('before OPEN ends the connection after 240 s', () => {
    run(239);
    expect(first().complaint).toBeUndefined();
    run(2);
    expect(first().complaint).toBe('4/0');
  });

  it('ends the session after the agreed hold time, and its routes with it', () => {
    established().say(...advertisement());
    expect([...speaker.learnedPaths()]).toHaveLength(1);
    run(89);
    expect(peer().status).toBe('Connected');
    run(2);
    expect(first().complaint).toBe('4/0');
    expect([...speaker.learnedPaths()]).toEqual([]);
    expect(peer()).toMatchObject({ status: 'Connecting', lastError: expect.stringMatching(/nothing was heard/) as string, statistics: { sessionsLost: 1 } });
  });

  it('is broken by keepalives every third of it', () => {
    established();
    for (let round = 0; round < 10; round += 1) {
      run(60);
      first().say(encodeKeepalive());
    }
    expect(peer().status).toBe('Connected');
    expect(first().kinds.filter((kind) => kind === 'keepalive').length).toBe(1 + 20);
  });
});

describe('an end', () => {
  it('by NOTIFICATION is explained', () => {
    established().say(encodeNotification({ code: 6, subcode: 2, data: new Uint8Array() }));
    expect(peer()).toMatchObject({ status: 'Connecting', lastError: expect.stringMatching(/The peer closed.*administrator/) as string });
  });

  it('without a word as well', () => {
    established().connection?.close();
    run(1);
    expect(peer()).toMatchObject({ status: 'Connecting', lastError: expect.stringMatching(/ended the connection/) as string });
  });

  it('each error makes the rest longer, a session that lasted makes it short again', () => {
    const starts: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      raw[round]?.say(Uint8Array.of(0));
      const before = world.queue.now;
      while (raw.length === round + 1) run(0.5);
      starts.push(Math.round((world.queue.now - before) / second));
    }
    expect(starts).toEqual([5, 10, 20, 40, 80, 120, 120].map((seconds) => expect.closeTo(seconds, -0.3) as number));
    const last = raw.at(-1);
    last?.say(open({ holdTimeSeconds: 0 }), encodeKeepalive());
    run(bgpGuesses.stableNs / second + 1);
    last?.say(Uint8Array.of(0));
    run(bgpGuesses.firstRestNs / second + 0.5);
    expect(raw.length).toBe(9);
  });

  it('before OPEN, however late, is followed by another try', () => {
    run(130);
    first().connection?.close();
    run(1);
    expect(peer()).toMatchObject({ fsmState: 'Active' });
    run(121);
    expect(raw.length).toBe(2);
  });

  it('for another identifier of the own is told to the peer, and the new one is said next', () => {
    established();
    speaker.configure(config({ routerId: ipv4('10.0.0.77') }), here);
    run(0.1);
    expect(first().complaint).toBe('6/6');
    expect(raw.at(-1)?.heard[0]).toMatchObject({ kind: 'open', open: { identifier: ipv4('10.0.0.77') } });
  });

  it('while it rests, nobody is let in', () => {
    first().say(Uint8Array.of(0));
    expect(connect().end).toBe('refused');
    run(bgpGuesses.firstRestNs / second + 0.5);
    expect(raw.length).toBe(2);
  });
});

describe('two connections at a time (§6.8)', () => {
  it.each([
    ['the peer\'s identifier is higher: its connection stays', ipv4('10.0.0.9'), 'incoming'],
    ['the own identifier is higher: the own connection stays', ipv4('9.0.0.9'), 'outgoing'],
  ])('%s', (_what, identifier, winner) => {
    const outgoing = first();
    const incoming = connect();
    outgoing.say(open({ identifier }));
    incoming.say(open({ identifier }));
    const [kept, lost] = winner === 'incoming' ? [incoming, outgoing] : [outgoing, incoming];
    expect(lost.complaint).toBe('6/7');
    expect(kept.complaint).toBeUndefined();
    kept.say(encodeKeepalive());
    expect(peer()).toMatchObject({ status: 'Connected', lastError: null });
  });

  it('with equal identifiers the higher AS number decides (RFC 6286)', () => {
    const incoming = connect();
    first().say(open({ identifier: here }));
    incoming.say(open({ identifier: here }));
    // 65001 is higher than 64512.
    expect([first().complaint, incoming.complaint]).toEqual(['6/7', undefined]);
  });

  it('an established session stays, whatever the identifiers are', () => {
    established();
    const late = connect();
    late.say(open({ identifier: ipv4('10.0.0.9') }));
    expect(late.complaint).toBe('6/7');
    expect(peer()).toMatchObject({ status: 'Connected', statistics: { sessionsLost: 0 } });
  });

  it('a third is refused', () => {
    connect();
    expect(connect().end).toBe('refused');
  });
});

describe('routes of a session', () => {
  it('a loop is kept, shown and not used', () => {
    established().say(...advertisement([network], { ...attributes, asPath: [{ type: 'sequence', asns: [peerAsn, ownAsn] }] }));
    expect(speaker.state().routes.find(({ learnedFrom }) => learnedFrom === 'Peer')).toMatchObject({ state: 'Unusable', asPath: `${peerAsn} ${ownAsn}` });
    expect([...speaker.learnedPaths()]).toEqual([]);
    // The same network once more, without the loop.
    first().say(...advertisement());
    expect([...speaker.learnedPaths()]).toHaveLength(1);
  });

  it('a network that is advertised anew replaces what was said of it', () => {
    established().say(...advertisement(), ...advertisement([network], { ...attributes, med: 30 }));
    expect(speaker.state().routes.filter(({ learnedFrom }) => learnedFrom === 'Peer')).toMatchObject([{ med: 30, state: 'Best' }]);
    expect(peer().prefixesReceived).toBe(1);
  });

  it('a path whose next hop cannot be reached is not used, until it can', () => {
    const third = ipv4('10.0.0.3');
    const learned = () => [...speaker.learnedPaths()].length;
    established().say(...advertisement([network], { ...attributes, nextHop: third }));
    expect(learned()).toBe(1);
    for (const [wanted, count] of [['cut', 0], ['up', 1]] as const) {
      pipes.setLink(here, third, wanted);
      speaker.reconsider();
      expect(learned()).toBe(count);
    }
  });

  it('ROUTE-REFRESH is answered with everything, at once', () => {
    established();
    const updates = () => first().kinds.filter((kind) => kind === 'update').length;
    expect(updates()).toBe(1);
    first().say(encodeRouteRefresh());
    expect(updates()).toBe(2);
  });

  it('advertisements keep 30 s between them, withdrawals do not wait', () => {
    established();
    const [a, b] = [prefix('10.40.0.0/16'), prefix('10.41.0.0/16')];
    run(40);
    first().say(encodeKeepalive());
    const seen = first().heard.length;
    const news = () => first().heard.slice(seen).flatMap((message) => (message.kind === 'update' ? [message.update] : []));
    speaker.configure(config({ networks: [prefix('10.30.1.0/24'), a] }), here);
    run(0.1);
    expect(news().flatMap(({ networks }) => networks)).toEqual([a]);
    speaker.configure(config({ networks: [prefix('10.30.1.0/24'), b] }), here);
    run(1);
    expect(news().flatMap(({ withdrawn }) => withdrawn)).toEqual([a]);
    expect(news().flatMap(({ networks }) => networks)).toEqual([a]);
    run(30);
    expect(news().flatMap(({ networks }) => networks)).toEqual([a, b]);
  });

  it('of a peer that is twice in the configuration are those of one', () => {
    const twice = { name: 'Twin', address: there, asn: peerAsn };
    speaker.configure(config({ peers: [...config().peers, twice] }), here);
    expect(speaker.state().peers.map(({ name }) => name)).toEqual(['Peer']);
  });
});

it('random bytes in every state end the session at most, and a right one comes after it', () => {
  const random = new Random(7);
  for (let round = 0; round < 300; round += 1) {
    const connection = raw.at(-1);
    if (round % 3 > 0) connection?.say(open({ holdTimeSeconds: 0 }));
    if (round % 3 > 1) connection?.say(encodeKeepalive());
    const noise = Uint8Array.from({ length: 19 + random.below(60) }, (_, at) => (at < 16 ? 0xff : random.below(256)));
    new DataView(noise.buffer).setUint16(16, noise.length);
    noise[18] = 1 + random.below(5);
    connection?.say(noise);
    while (peer().fsmState !== 'OpenSent') {
      if (peer().fsmState !== 'Idle') connection?.say(Uint8Array.of(0));
      run(5);
    }
  }
  raw.at(-1)?.say(open(), encodeKeepalive(), ...advertisement());
  expect(peer()).toMatchObject({ status: 'Connected', prefixesReceived: 1 });
}, 60_000);
