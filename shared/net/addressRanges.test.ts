import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddressRanges, parseAddressRanges } from './addressRanges.ts';
import { ipv4 } from './ipv4.ts';

describe('a list of addresses and ranges', () => {
  it('is read as typed', () => {
    expect(parseAddressRanges(' 10.0.0.4 ,10.0.0.10 - 10.0.0.19')).toEqual({ ranges: [{ start: ipv4('10.0.0.4'), end: ipv4('10.0.0.4') }, { start: ipv4('10.0.0.10'), end: ipv4('10.0.0.19') }] });
    expect(parseAddressRanges('  ')).toEqual({ ranges: [] });
  });

  it.each(['10.0.0.4,', '10.0.0.256', '10.0.0.9-10.0.0.4', '10.0.0.1-10.0.0.2-10.0.0.3', '-', 'x', '10.0.0.4;10.0.0.5', '10.0.0.4-'])('"%s" is refused', (text) => {
    expect(parseAddressRanges(text)).toHaveProperty('wrong');
  });

  it('comes back as it was written', () => {
    const address = fc.integer({ min: 0, max: 0xffff_ffff });
    const range = fc.tuple(address, address).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    fc.assert(fc.property(fc.array(range, { maxLength: 20 }), (ranges) => {
      expect(parseAddressRanges(formatAddressRanges(ranges))).toEqual({ ranges });
    }));
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseAddressRanges(text)));
  });
});
