import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, isEqual, valueAt } from './answerPath.ts';
import { packetsOf } from './frameFacts.ts';

describe('places in an answer', () => {
  const answer = { total: 2, rows: [{ name: 'Adatum', nat: { address: '203.0.113.11' } }, { name: 'Fabrikam', nat: null }] };

  it.each([
    ['', answer],
    ['total', 2],
    ['rows.1.name', 'Fabrikam'],
    ['rows.*.name', ['Adatum', 'Fabrikam']],
    ['rows.*.nat.address', ['203.0.113.11']],
    ['rows.7.name', undefined],
    ['total.toString', undefined],
    ['rows.__proto__', undefined],
  ])('%s', (path, value) => {
    expect(valueAt(answer, path)).toEqual(value);
  });

  it('contains: part of a text, an element by some of its properties, several elements', () => {
    expect(contains('203.0.113.11', '113')).toBe(true);
    expect(contains(answer.rows, { name: 'Adatum' })).toBe(true);
    expect(contains(answer.rows, { name: 'Adatum', nat: { address: '203.0.113.12' } })).toBe(false);
    expect(contains(['a', 'b', 'c'], ['c', 'a'])).toBe(true);
    expect(contains(['a'], ['a', 'b'])).toBe(false);
    expect(contains({ a: 1, b: 2 }, { b: 2 })).toBe(true);
    expect(contains(12, '1')).toBe(false);
  });

  it('every answer equals and contains itself, and a copy whose properties stand in another order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = JSON.parse(JSON.stringify(value), (_key, part: unknown) => (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).reverse()) : part)) as unknown;
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(isEqual(plain, turned)).toBe(true);
        expect(contains(plain, turned)).toBe(true);
      }),
    );
  });
});

it('a frame of any bytes is at most two packets, and reading it ends', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('ethernet', 'ipv4'), fc.constantFrom(0x0800, 0x0806, 0x86dd), fc.constantFrom(1, 6, 17, 47, 50, 99), (bytes, link, type, protocol) => {
      const at = link === 'ethernet' ? 14 : 0;
      if (bytes.length > at + 10) {
        if (link === 'ethernet') [bytes[12], bytes[13]] = [type >> 8, type & 0xff];
        bytes[at + 9] = protocol;
      }
      const packets = packetsOf({ link, bytes });
      expect(packets.length).toBeLessThanOrEqual(2);
      for (const { sourcePort } of packets) if (sourcePort !== null) expect(sourcePort).toBeLessThan(65_536);
    }),
    { numRuns: 2000 },
  );
});
