import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4, maskOf, prefix, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { Random } from '../kernel/prng.ts';
import { bgpLengthOf, decodeBgp, encodeAdvertisements, encodeKeepalive, encodeNotification, encodeOpen, encodeRouteRefresh, encodeWithdrawals, type BgpMessage } from './bgp.ts';
import { asPathLength, decodeAsPath, formatAsPath, mergeAsPaths, prependAs, type AsSegment } from './bgpAsPath.ts';
import type { PathAttributes } from './bgpAttributes.ts';
import { bgpErrors, describeNotification, type BgpErrorName } from './bgpFault.ts';

const uint32 = fc.nat(0xffffffff);
const asn = fc.integer({ min: 1, max: 0xffffffff });
const hostAddress = uint32.filter((address) => ![0, 127].includes(address >>> 24) && address >>> 24 < 224);
const network = fc.tuple(uint32, fc.nat(32)).map(([address, length]): Ipv4Prefix => ({ address: (address & maskOf(length)) >>> 0, length }));
const segment = fc.record({ type: fc.constantFrom<AsSegment['type']>('set', 'sequence'), asns: fc.array(asn, { minLength: 1, maxLength: 6 }) });
const attributes: fc.Arbitrary<PathAttributes> = fc.record({
  origin: fc.constantFrom<PathAttributes['origin']>('IGP', 'EGP', 'Incomplete'),
  asPath: fc.array(segment, { maxLength: 4 }),
  nextHop: hostAddress,
  med: fc.option(uint32),
  localPref: fc.option(uint32),
  isAtomicAggregate: fc.boolean(),
  aggregator: fc.option(fc.record({ asn, address: uint32 })),
  unknown: fc.uniqueArray(fc.record({ type: fc.integer({ min: 32, max: 255 }), value: fc.array(fc.nat(255), { maxLength: 300 }) }), { maxLength: 3, selector: ({ type }) => type }).map((list) => list.sort((a, b) => a.type - b.type)),
});

const plain: PathAttributes = { origin: 'IGP', asPath: [{ type: 'sequence', asns: [65_001] }], nextHop: ipv4('10.0.0.1'), med: null, localPref: null, isAtomicAggregate: false, aggregator: null, unknown: [] };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const marker = 'ff'.repeat(16);
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Header and body; the length is right unless told. */
function raw(type: number, body: string, length = 19 + fromHex(body).length): Uint8Array {
  return fromHex(`${marker}${length.toString(16).padStart(4, '0')}${type.toString(16).padStart(2, '0')}${body}`);
}

/** UPDATE of 10.1.0.0/16 with these attributes. */
function update(attributeBytes: string, networks = '10 0a01', withdrawn = ''): Uint8Array {
  const size = (text: string): string => fromHex(text).length.toString(16).padStart(4, '0');
  return raw(2, `${size(withdrawn)}${withdrawn}${size(attributeBytes)}${attributeBytes}${networks}`);
}

function single(messages: readonly Uint8Array[]): Uint8Array {
  const [message, ...others] = messages;
  if (message === undefined || others.length > 0) throw new Error('not one message');
  return message;
}

describe('BGP messages come back as they were', () => {
  it('OPEN', () => {
    fc.assert(fc.property(asn, fc.integer({ min: 3, max: 65_535 }), hostAddress, fc.boolean(), (number, holdTimeSeconds, identifier, canRefresh) => {
      const open = { asn: number, holdTimeSeconds, identifier, isFourOctet: true, canRefresh };
      expect(decodeBgp(encodeOpen(open), true)).toEqual({ kind: 'open', open });
    }));
  });

  it('OPEN of a speaker of two bytes says AS_TRANS for a number that does not fit', () => {
    const open = { asn: 4_200_000_000, holdTimeSeconds: 90, identifier: 1 << 24, isFourOctet: false, canRefresh: false };
    expect(decodeBgp(encodeOpen(open), true)).toEqual({ kind: 'open', open: { ...open, asn: 23_456 } });
  });

  it('UPDATE with four bytes an AS number', () => {
    fc.assert(fc.property(attributes, fc.array(network, { minLength: 1, maxLength: 50 }), (given, networks) => {
      expect(decodeBgp(single(encodeAdvertisements(given, networks, true)), true)).toEqual({ kind: 'update', update: { withdrawn: [], attributes: given, networks } });
    }));
  });

  it('UPDATE with two bytes an AS number keeps large ones in AS4_PATH', () => {
    fc.assert(fc.property(attributes, fc.array(network, { minLength: 1, maxLength: 5 }), (given, networks) => {
      const message = decodeBgp(single(encodeAdvertisements(given, networks, false)), false) as Extract<BgpMessage, { kind: 'update' }>;
      const { asPath, ...rest } = message.update.attributes ?? plain;
      expect(rest).toEqual({ ...given, asPath: undefined, ...rest, aggregator: given.aggregator });
      expect(formatAsPath(asPath)).toBe(formatAsPath(given.asPath));
    }));
  });

  it('withdrawals and advertisements are cut into messages of at most 4096 bytes, and no network is lost', () => {
    fc.assert(fc.property(fc.array(network, { minLength: 1000, maxLength: 3000 }), fc.boolean(), (networks, isWithdrawal) => {
      const messages = isWithdrawal ? encodeWithdrawals(networks) : encodeAdvertisements(plain, networks, true);
      const found = messages.flatMap((bytes) => {
        expect(bytes.length).toBeLessThanOrEqual(4096);
        const message = decodeBgp(bytes, true) as Extract<BgpMessage, { kind: 'update' }>;
        return isWithdrawal ? message.update.withdrawn : message.update.networks;
      });
      expect(found).toEqual(networks);
    }), { numRuns: 10 });
  });

  it('attributes that leave no room for a network are not sent', () => {
    const long = Array.from({ length: 5 }, () => ({ type: 'sequence' as const, asns: Array<number>(255).fill(65_000) }));
    expect(encodeAdvertisements({ ...plain, asPath: long }, [prefix('10.0.0.0/8')], true)).toEqual([]);
  });

  it('NOTIFICATION, KEEPALIVE, ROUTE-REFRESH', () => {
    const notification = { code: 6, subcode: 2, data: Uint8Array.of(1, 2) };
    expect(decodeBgp(encodeNotification(notification), true)).toEqual({ kind: 'notification', notification });
    expect(decodeBgp(encodeKeepalive(), true)).toEqual({ kind: 'keepalive' });
    expect(decodeBgp(encodeRouteRefresh(), true)).toEqual({ kind: 'routeRefresh' });
  });
});

describe('bytes written by hand from RFC 4271 §4', () => {
  it('KEEPALIVE', () => {
    expect(hex(encodeKeepalive())).toBe(`${marker}001304`);
  });

  it('OPEN of AS 65001, hold time 180, identifier 10.0.0.1', () => {
    const open = encodeOpen({ asn: 65_001, holdTimeSeconds: 180, identifier: ipv4('10.0.0.1'), isFourOctet: true, canRefresh: true });
    expect(hex(open)).toBe(`${marker}002d01` + '04fde900b40a000001' + '10' + '020e' + '010400010001' + '0200' + '41040000fde9');
  });

  it('UPDATE of 172.16.0.0/12 and 10.30.1.0/24', () => {
    const bytes = single(encodeAdvertisements({ ...plain, med: 50 }, [prefix('172.16.0.0/12'), prefix('10.30.1.0/24')], true));
    expect(hex(bytes)).toBe(`${marker}003902` + '0000' + '001b' + '40010100' + '40020602010000fde9' + '4003040a000001' + '80040400000032' + '0cac10' + '180a1e01');
  });
});

describe('what is wrong is named as RFC 4271 §6 says', () => {
  const origin = '40010100';
  const path = '40020602010000fde9';
  const hop = '4003040a000001';
  const cases: [string, Uint8Array, BgpErrorName, string][] = [
    ['a damaged marker', fromHex(`00${marker.slice(2)}001304`), 'notSynchronized', ''],
    ['a KEEPALIVE with a body', raw(4, '00'), 'badMessageLength', '0014'],
    ['a length below the header', raw(4, '', 18), 'badMessageLength', '0012'],
    ['a length above 4096', raw(2, '', 4097), 'badMessageLength', '1001'],
    ['an OPEN that is too short', raw(1, '04fde900b40a0000'), 'badMessageLength', '001b'],
    ['an unknown type', raw(9, ''), 'badMessageType', '09'],
    ['BGP version 3', raw(1, '03fde900b40a00000100'), 'unsupportedVersion', '0004'],
    ['AS 0', raw(1, '04000000b40a00000100'), 'badPeerAs', ''],
    ['identifier 0.0.0.0', raw(1, '04fde900b40000000000'), 'badIdentifier', ''],
    ['a hold time of 2 s', raw(1, '04fde900020a00000100'), 'unacceptableHoldTime', ''],
    ['parameters longer than the message', raw(1, '04fde900b40a00000104'), 'openMalformed', ''],
    ['authentication as parameter', raw(1, '04fde900b40a00000103010100'), 'unsupportedParameter', ''],
    ['a capability that is cut', raw(1, '04fde900b40a0000010402024104'), 'openMalformed', ''],
    ['a withdrawn length beyond the end', raw(2, 'ffff0000'), 'malformedAttributeList', ''],
    ['an attribute length beyond the end', raw(2, '0000ffff'), 'malformedAttributeList', ''],
    ['an attribute twice', update(origin + origin + path + hop), 'malformedAttributeList', ''],
    ['no ORIGIN', update(path + hop), 'missingWellKnown', '01'],
    ['no AS_PATH', update(origin + hop), 'missingWellKnown', '02'],
    ['no NEXT_HOP', update(origin + path), 'missingWellKnown', '03'],
    ['ORIGIN 3', update(`40010103${path}${hop}`), 'invalidOrigin', '40010103'],
    ['ORIGIN as optional', update(`c0010100${path}${hop}`), 'attributeFlags', 'c0010100'],
    ['ORIGIN as partial', update(`60010100${path}${hop}`), 'attributeFlags', '60010100'],
    ['ORIGIN of two bytes', update(`4001020000${path}${hop}`), 'attributeLength', '4001020000'],
    ['an unknown well-known attribute', update(`${origin}${path}${hop}40630100`), 'unrecognizedWellKnown', '40630100'],
    ['next hop 0.0.0.0', update(`${origin}${path}40030400000000`), 'invalidNextHop', '40030400000000'],
    ['next hop 224.0.0.1', update(`${origin}${path}400304e0000001`), 'invalidNextHop', '400304e0000001'],
    ['a path segment of unknown type', update(`${origin}40020603010000fde9${hop}`), 'malformedAsPath', ''],
    ['a path segment that is cut', update(`${origin}40020602020000fde9${hop}`), 'malformedAsPath', ''],
    ['AS 0 in the path', update(`${origin}400206020100000000${hop}`), 'malformedAsPath', ''],
    ['a network of 33 bits', update(origin + path + hop, '210a01020304'), 'invalidNetwork', ''],
    ['a network that is cut', update(origin + path + hop, '180a01'), 'invalidNetwork', ''],
    ['a withdrawn network that is cut', update('', '', '180a01'), 'invalidNetwork', ''],
  ];
  it.each(cases)('%s', (_what, bytes, name, data) => {
    const [code, subcode] = bgpErrors[name];
    const found = decodeBgp(bytes, true);
    expect(found).toMatchObject({ kind: 'fault', code, subcode });
    expect(hex('data' in found ? found.data : new Uint8Array())).toBe(data);
  });

  it('is nothing: an unknown optional attribute is passed on when transitive, and dropped when not', () => {
    const found = decodeBgp(update(`${origin}${path}${hop}c0630107 80640108`), true);
    expect(found).toMatchObject({ kind: 'update', update: { attributes: { unknown: [{ type: 0x63, value: [7] }] } } });
  });

  it('every error has words, and unknown ones their numbers', () => {
    const all = Object.values(bgpErrors).map(([code, subcode]) => describeNotification({ code, subcode, data: new Uint8Array() }));
    expect(new Set(all).size).toBe(all.length);
    expect(describeNotification({ code: 6, subcode: 99, data: new Uint8Array() })).toBe('cease 6/99');
    expect(describeNotification({ code: 99, subcode: 1, data: new Uint8Array() })).toBe('error 99/1');
  });
});

describe('hostile bytes', () => {
  it('a million random strings, of which many have a right header, are decoded or refused, never thrown at', () => {
    const random = new Random(4271);
    const kinds = new Map<string, number>();
    for (let round = 0; round < 1_000_000; round += 1) {
      const bytes = new Uint8Array(random.below(round % 10 === 0 ? 600 : 90));
      const view = new DataView(bytes.buffer);
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = at < 16 ? 0xff : random.below(random.below(2) === 0 ? 256 : 8);
      if (bytes.length >= 19 && round % 16 !== 0) view.setUint16(16, bytes.length);
      // Lengths inside an UPDATE that fit, so that what stands behind them is read too.
      if (bytes.length >= 23 && round % 2 === 0) {
        const withdrawn = random.below(3) === 0 ? random.below(bytes.length - 22) : 0;
        bytes[18] = 2;
        view.setUint16(19, withdrawn);
        view.setUint16(21 + withdrawn, random.below(bytes.length - 22 - withdrawn));
      }
      const { kind } = decodeBgp(bytes, (round & 2) === 0);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    expect(kinds.get('fault')).toBeGreaterThan(100_000);
    for (const kind of ['notification', 'update']) expect(kinds.get(kind), kind).toBeGreaterThan(1000);
  }, 120_000);

  it('right messages with bytes changed, cut or grown', () => {
    fc.assert(fc.property(attributes, fc.array(network, { minLength: 1, maxLength: 4 }), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }), fc.nat(400), fc.boolean(), (given, networks, changes, cut, isFourOctet) => {
      const bytes = single(encodeAdvertisements(given, networks, true)).slice(0, 19 + cut);
      for (const [at, value] of changes) if (at < bytes.length && at >= 19) bytes[at] = value;
      new DataView(bytes.buffer).setUint16(16, bytes.length);
      const found = decodeBgp(bytes, isFourOctet);
      // What is let in can be sent on.
      if (found.kind === 'update' && found.update.attributes !== null) encodeAdvertisements(found.update.attributes, found.update.networks, true);
    }), { numRuns: 20_000 });
  }, 60_000);

  it('a header that is not whole yet is waited for, a wrong marker is not', () => {
    expect(bgpLengthOf(encodeKeepalive().subarray(0, 18))).toBeUndefined();
    expect(bgpLengthOf(new Uint8Array())).toBeUndefined();
    expect(bgpLengthOf(Uint8Array.of(0xff, 0xfe))).toMatchObject({ code: 1, subcode: 1 });
  });
});

describe('AS paths', () => {
  it('grow at their front, in a new segment when one is full', () => {
    fc.assert(fc.property(fc.array(segment, { maxLength: 3 }), asn, (path, added) => {
      const grown = prependAs(path, added);
      expect(asPathLength(grown)).toBe(asPathLength(path) + 1);
      expect(grown[0]).toMatchObject({ type: 'sequence' });
      expect(grown[0]?.asns[0]).toBe(added);
    }));
    const full = [{ type: 'sequence' as const, asns: Array<number>(255).fill(1) }];
    expect(prependAs(full, 2).map(({ asns }) => asns.length)).toEqual([1, 255]);
  });

  it('of two bytes are completed by AS4_PATH, which never makes them longer or shorter', () => {
    const sequence = fc.array(asn, { minLength: 1, maxLength: 8 }).map((asns): AsSegment[] => [{ type: 'sequence', asns }]);
    fc.assert(fc.property(sequence, sequence, (path, kept) => {
      expect(asPathLength(mergeAsPaths(path, kept))).toBe(asPathLength(path));
    }));
    const [two, four] = [[{ type: 'sequence' as const, asns: [64_500, 23_456, 23_456] }], [{ type: 'sequence' as const, asns: [70_000, 80_000] }]];
    expect(formatAsPath(mergeAsPaths(two, four))).toBe('64500 70000 80000');
    // Longer than the path that it completes: it is not used (RFC 6793 §4.2.3).
    expect(mergeAsPaths(four, two)).toBe(four);
  });

  it('are not read beyond their end', () => {
    expect(decodeAsPath(Uint8Array.of(2), true)).toBeUndefined();
    expect(decodeAsPath(new Uint8Array(), true)).toEqual([]);
  });
});
