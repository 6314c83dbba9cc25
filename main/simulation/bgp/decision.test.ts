import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4, prefix } from '../../../shared/net/ipv4.ts';
import type { PathAttributes } from '../wire/bgpAttributes.ts';
import { bestPath, type Candidate, type PathSource } from './decision.ts';
import { exported, faultOf, imported, isUsable, originated, type Ends } from './policy.ts';

const network = prefix('10.30.50.0/24');
const sequence = (...asns: number[]): PathAttributes['asPath'] => (asns.length === 0 ? [] : [{ type: 'sequence', asns }]);

function attributes(change: Partial<PathAttributes> = {}): PathAttributes {
  return { origin: 'IGP', asPath: sequence(65_001, 65_002), nextHop: ipv4('10.0.0.1'), med: null, localPref: null, isAtomicAggregate: false, aggregator: null, unknown: [], ...change };
}

function candidate(change: Partial<PathAttributes> = {}, source: Partial<PathSource> | null = {}, cost = 1): Candidate {
  const whole = source === null ? null : { isExternal: true, identifier: ipv4('1.1.1.1'), address: ipv4('10.0.0.1'), ...source };
  return { path: { network, attributes: attributes(change), source: whole }, cost };
}

/** Each better by one rule only, and worse by every later one. */
const worst = { localPref: 100, asPath: sequence(65_001, 65_002, 65_003), origin: 'Incomplete', med: 20 } as const;
const lastSource = { isExternal: false, identifier: ipv4('9.9.9.9'), address: ipv4('10.0.0.9') };
const steps: readonly (readonly [string, Candidate, Candidate])[] = [
  ['an own network before a learned one', candidate(worst, null, 9), candidate({ ...worst, localPref: 200 }, lastSource)],
  ['the higher LOCAL_PREF', candidate({ ...worst, localPref: 200 }, lastSource, 9), candidate({ asPath: sequence(65_001) })],
  ['LOCAL_PREF 100 where there is none', candidate({ asPath: sequence(65_001) }), candidate({ localPref: 99, asPath: [] })],
  ['the shorter path', candidate({ ...worst, asPath: sequence(65_001, 65_002) }, lastSource, 9), candidate({ asPath: sequence(65_001, 65_002, 65_003) })],
  ['a set counts as one', candidate({ asPath: [{ type: 'set', asns: [1, 2, 3] }] }, lastSource, 9), candidate({ asPath: sequence(65_001, 65_002) })],
  ['IGP before EGP', candidate({ med: 20 }, lastSource, 9), candidate({ origin: 'EGP' })],
  ['EGP before Incomplete', candidate({ med: 20, origin: 'EGP' }, lastSource, 9), candidate({ origin: 'Incomplete' })],
  ['the lower MED of one neighbour', candidate({ med: 10 }, lastSource, 9), candidate({ med: 20 })],
  ['no MED is the lowest', candidate({}, lastSource, 9), candidate({ med: 1 })],
  ['MEDs of different neighbours are not compared', candidate({ med: 50, asPath: sequence(65_009, 65_002) }), candidate({ med: 10 }, lastSource)],
  ['external before internal', candidate({}, { identifier: ipv4('9.9.9.9') }, 9), candidate({}, { isExternal: false })],
  ['the nearer next hop', candidate({}, { identifier: ipv4('9.9.9.9') }, 1), candidate({}, {}, 2)],
  ['the lower identifier', candidate({}, { address: ipv4('10.0.0.9') }), candidate({}, { identifier: ipv4('1.1.1.2') })],
  ['the lower address', candidate(), candidate({}, { address: ipv4('10.0.0.2') })],
];

describe('the decision process', () => {
  it.each(steps)('%s', (_what, better, worse) => {
    expect(bestPath([better, worse])).toBe(better.path);
    expect(bestPath([worse, better])).toBe(better.path);
  });

  it('has nothing to decide', () => {
    expect(bestPath([])).toBeUndefined();
  });

  it('gives the same path whatever the order, and one that nothing beats by the first rules', () => {
    const any = fc.record({
      localPref: fc.constantFrom(null, 100, 200),
      path: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      origin: fc.constantFrom<PathAttributes['origin']>('IGP', 'EGP', 'Incomplete'),
      med: fc.constantFrom(null, 0, 10),
      isExternal: fc.boolean(),
      cost: fc.integer({ min: 1, max: 2 }),
      identifier: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(fc.property(fc.array(any, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (list, noise) => {
      const candidates = list.map(({ localPref, path, origin, med, isExternal, cost, identifier }, at) => candidate({ localPref, origin, med, asPath: sequence(...path) }, { isExternal, identifier, address: at + 1 }, cost));
      const best = bestPath(candidates);
      const shuffled = candidates.map((entry) => [noise.next().value, entry] as const).sort(([a], [b]) => a - b).map(([, entry]) => entry);
      expect(bestPath(shuffled)).toBe(best);
      const preference = ({ path }: Candidate): number => path.attributes.localPref ?? 100;
      expect(best?.attributes.localPref ?? 100).toBe(Math.max(...candidates.map((entry) => preference(entry))));
      const preferred = candidates.filter((entry) => preference(entry) === (best?.attributes.localPref ?? 100));
      expect(best?.attributes.asPath[0]?.asns.length).toBe(Math.min(...preferred.map(({ path }) => path.attributes.asPath[0]?.asns.length ?? 0)));
    }), { numRuns: 2000 });
  });
});

describe('on the way in and out', () => {
  const external: Ends = { asn: 64_512, peerAsn: 65_001, localAddress: ipv4('10.254.254.2') };
  const internal: Ends = { ...external, peerAsn: 64_512 };
  const peer = ipv4('10.9.9.9');

  it('a loop, the own next hop and networks that are not of hosts are not used', () => {
    expect(isUsable(network, attributes(), external)).toBe(true);
    expect(isUsable(network, attributes({ asPath: sequence(65_001, 64_512) }), external)).toBe(false);
    expect(isUsable(network, attributes({ asPath: [{ type: 'set', asns: [1, 64_512] }] }), external)).toBe(false);
    expect(isUsable(network, attributes({ nextHop: external.localAddress }), external)).toBe(false);
    expect(isUsable(prefix('224.0.0.0/4'), attributes(), external)).toBe(false);
    expect(isUsable(prefix('127.0.0.0/8'), attributes(), external)).toBe(false);
    expect(isUsable(prefix('0.0.0.0/0'), attributes(), external)).toBe(true);
  });

  it('an external peer has to begin its path with its AS, an internal one to tell LOCAL_PREF', () => {
    const update = (change: Partial<PathAttributes>) => ({ withdrawn: [], networks: [network], attributes: attributes(change) });
    expect(faultOf(update({}), external)).toBeUndefined();
    expect(faultOf(update({ asPath: sequence(65_002) }), external)).toMatchObject({ code: 3, subcode: 11 });
    expect(faultOf(update({ asPath: [] }), external)).toMatchObject({ code: 3, subcode: 11 });
    expect(faultOf(update({ localPref: 100 }), internal)).toBeUndefined();
    expect(faultOf(update({}), internal)).toMatchObject({ code: 3, subcode: 3, data: Uint8Array.of(5) });
    expect(faultOf({ withdrawn: [network], networks: [], attributes: null }, external)).toBeUndefined();
  });

  it('LOCAL_PREF of another AS means nothing', () => {
    expect(imported(attributes({ localPref: 500 }), external).localPref).toBeNull();
    expect(imported(attributes({ localPref: 500 }), internal).localPref).toBe(500);
  });

  it('to another AS: own AS in front, own next hop, no LOCAL_PREF, no MED of others', () => {
    const { path } = candidate({ med: 7, localPref: 300 });
    expect(exported(path, external, peer)).toEqual(attributes({ asPath: sequence(64_512, 65_001, 65_002), nextHop: external.localAddress }));
    expect(exported({ network, attributes: originated(), source: null }, external, peer)).toMatchObject({ asPath: sequence(64_512), nextHop: external.localAddress, localPref: null });
  });

  it('inside the AS: as it came, with LOCAL_PREF', () => {
    expect(exported(candidate({ med: 7 }).path, internal, peer)).toEqual(attributes({ med: 7, localPref: 100 }));
    expect(exported({ network, attributes: originated(), source: null }, internal, peer)).toMatchObject({ asPath: [], nextHop: internal.localAddress, localPref: 100 });
  });

  it('not to where it came from, and not from one internal peer to another', () => {
    expect(exported(candidate({}, { address: peer }).path, external, peer)).toBeUndefined();
    expect(exported(candidate({}, { isExternal: false }).path, internal, peer)).toBeUndefined();
    expect(exported(candidate({}, { isExternal: false }).path, external, peer)).toBeDefined();
  });
});
