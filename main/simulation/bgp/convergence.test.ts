/** Many speakers in random networks whose links come and go: in the end everybody has the shortest path, and nobody one that is gone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { Random } from '../kernel/prng.ts';
import { World } from '../kernel/world.ts';
import { PipeNetwork } from '../testing/pipes.ts';
import { asPathLength } from '../wire/bgpAsPath.ts';
import type { Speaker } from './speaker.ts';

const second = 1_000_000_000;
/** Long enough for the longest rest, the connect retry and every round of advertisements. */
const settleNs = 2000 * second;

const addressOf = (at: number): number => 0x0a000001 + at * 256;
const asnOf = (at: number): number => 64_512 + at;
const networkOf = (at: number): Ipv4Prefix => ({ address: 0xac100000 + at * 256, length: 24 });

type Link = readonly [number, number];

function run(world: World, ns: number): void {
  const end = world.queue.now + ns;
  while (world.queue.step(end));
  world.queue.now = end;
}

/** Hops from one node to each other. */
function distances(from: number, links: readonly Link[]): Map<number, number> {
  const known = new Map([[from, 0]]);
  for (const [at, hops] of known) {
    for (const [a, b] of links) {
      const next = a === at ? b : b === at ? a : undefined;
      if (next !== undefined && !known.has(next)) known.set(next, hops + 1);
    }
  }
  return known;
}

function expectShortestPaths(speakers: readonly Speaker[], links: readonly Link[]): void {
  for (const [at, speaker] of speakers.entries()) {
    const wanted = [...distances(at, links)].filter(([other]) => other !== at).map(([other, hops]) => `${networkOf(other).address} ${hops}`);
    const found = [...speaker.learnedPaths()].map(({ network, attributes }) => `${network.address} ${asPathLength(attributes.asPath)}`);
    expect(found.sort()).toEqual(wanted.sort());
  }
}

const topology = fc.integer({ min: 2, max: 7 }).chain((count) => {
  const pairs = Array.from({ length: count }, (_, a) => Array.from({ length: count - a - 1 }, (_other, b): Link => [a, a + 1 + b])).flat();
  const some = fc.subarray(pairs, { minLength: 1 });
  return fc.record({ count: fc.constant(count), links: some, events: fc.array(fc.record({ link: fc.nat(), waitSeconds: fc.integer({ min: 0, max: 40 }) }), { maxLength: 12 }) });
});

describe('random networks of speakers', () => {
  it('settle on shortest paths, whatever flapped before, and stay silent then', () => {
    fc.assert(fc.property(topology, fc.nat(), ({ count, links, events }, seed) => {
      const world = new World(new Random(seed));
      const network = new PipeNetwork(world);
      const speakers = Array.from({ length: count }, (_, at) => network.speaker(addressOf(at)));
      speakers.forEach((speaker, at) => {
        const peers = links.filter((link) => link.includes(at)).map(([a, b]) => (a === at ? b : a)).map((other) => ({ name: `Peer ${other}`, address: addressOf(other), asn: asnOf(other) }));
        speaker.configure({ asn: asnOf(at), routerId: addressOf(at), peers, networks: [networkOf(at)] }, addressOf(at));
      });
      const cut = new Set<number>();
      for (const { link, waitSeconds } of events) {
        const at = link % links.length;
        const [a, b] = links[at] ?? [0, 0];
        if (!cut.delete(at)) cut.add(at);
        network.setLink(addressOf(a), addressOf(b), cut.has(at) ? 'cut' : 'up');
        run(world, waitSeconds * second);
      }
      run(world, settleNs);
      expectShortestPaths(speakers, links.filter((_, at) => !cut.has(at)));
      const updates = () => speakers.flatMap((speaker) => speaker.state().peers.map(({ statistics }) => statistics.sent.update));
      const before = updates();
      run(world, settleNs);
      expect(updates()).toEqual(before);
    }), { numRuns: 150 });
  }, 120_000);

  it('inside one AS, what came from an internal peer is not told to the next', () => {
    const world = new World(new Random(1));
    const network = new PipeNetwork(world);
    const speakers = [0, 1, 2].map((at) => network.speaker(addressOf(at)));
    speakers.forEach((speaker, at) => {
      const peers = [at - 1, at + 1].filter((other) => other >= 0 && other < 3).map((other) => ({ name: `Peer ${other}`, address: addressOf(other), asn: asnOf(0) }));
      speaker.configure({ asn: asnOf(0), routerId: addressOf(at), peers, networks: [networkOf(at)] }, addressOf(at));
    });
    run(world, settleNs);
    const learned = speakers.map((speaker) => [...speaker.learnedPaths()].map((path) => path.network.address).sort());
    expect(learned).toEqual([[networkOf(1).address], [networkOf(0).address, networkOf(2).address], [networkOf(1).address]]);
  });
});
