import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv4, formatPrefix, ipv4, maskOf, parseIpv4, parsePrefix, prefix, prefixContains, prefixesOverlap, unusableBlockOf } from './ipv4.ts';
import { formatMac, parseMac } from './mac.ts';

const anyAddress = fc.integer({ min: 0, max: 0xffffffff });

describe('IPv4 addresses', () => {
  it.each(['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', ' 1.2.3.4', '1.2.3.4 ', '1..2.3', '-1.2.3.4', '1e1.2.3.4', '١.2.3.4', '0x1.2.3.4'])('refuses "%s"', (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });

  it('round trip', () => {
    fc.assert(fc.property(anyAddress, (address) => {
      expect(ipv4(formatIpv4(address))).toBe(address);
    }));
  });

  it('are unsigned', () => {
    expect(ipv4('255.255.255.255')).toBe(4294967295);
    expect(ipv4('10.0.0.1')).toBe(0x0a000001);
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      parseIpv4(text);
      parsePrefix(text);
      parseMac(text);
    }));
  });
});

describe('prefixes', () => {
  it.each(['10.30.1.4/24', '10.30.1.0', '10.30.1.0/33', '/24', '10.30.1.0/', '10.30.1.0/024', '10.30.1.0/-1'])('refuses "%s"', (text) => {
    expect(parsePrefix(text)).toBeUndefined();
  });

  it('has the masks of the field', () => {
    expect([0, 1, 8, 24, 31, 32].map((length) => formatIpv4(maskOf(length)))).toEqual([
      '0.0.0.0', '128.0.0.0', '255.0.0.0', '255.255.255.0', '255.255.255.254', '255.255.255.255',
    ]);
  });

  it('contains exactly the addresses whose leading bits agree (against a bit by bit oracle)', () => {
    fc.assert(fc.property(anyAddress, fc.integer({ min: 0, max: 32 }), anyAddress, (base, length, address) => {
      const network = { address: (base & maskOf(length)) >>> 0, length };
      const bits = (value: number): string => value.toString(2).padStart(32, '0').slice(0, length);
      expect(prefixContains(network, address)).toBe(bits(base) === bits(address));
    }));
  });

  it('overlap is symmetric and reads as containment of one in the other', () => {
    expect(prefixesOverlap(prefix('10.0.0.0/8'), prefix('10.30.1.0/24'))).toBe(true);
    expect(prefixesOverlap(prefix('10.30.1.0/24'), prefix('10.0.0.0/8'))).toBe(true);
    expect(prefixesOverlap(prefix('10.30.1.0/24'), prefix('10.30.2.0/24'))).toBe(false);
    expect(formatPrefix(prefix('0.0.0.0/0'))).toBe('0.0.0.0/0');
  });
});

describe('blocks without machines', () => {
  it.each([
    ['0.0.0.0/0', undefined],
    ['0.0.0.0/1', undefined],
    ['0.1.0.0/16', /this network/],
    ['10.0.0.0/8', undefined],
    ['127.0.0.0/8', /loopback/],
    ['128.0.0.0/1', undefined],
    ['223.255.255.0/24', undefined],
    ['224.0.0.0/4', /multicast/],
    ['239.255.255.255/32', /multicast/],
    ['240.0.0.0/4', /reserved/],
  ])('%s', (text, words) => {
    if (words === undefined) expect(unusableBlockOf(prefix(text))).toBeUndefined();
    else expect(unusableBlockOf(prefix(text))).toMatch(words);
  });
});

describe('MAC addresses', () => {
  it('round trip in the form of ipconfig', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (mac) => {
      expect(parseMac(formatMac(mac))).toBe(mac);
    }));
    expect(formatMac(0x001dd8b71c00)).toBe('00-1D-D8-B7-1C-00');
  });

  it.each(['', '00:1D', '00-1D-D8-B7-1C-0G', '001DD8B71C00'])('refuses "%s"', (text) => {
    expect(parseMac(text)).toBeUndefined();
  });
});
