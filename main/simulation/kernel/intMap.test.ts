import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntMap, PairMap } from './intMap.ts';

/** Few keys and both signs, so that they meet and push each other aside. */
const key = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0xfffffff0, max: 0xffffffff }), fc.integer({ min: 0, max: 0xffffffff }));
const step = fc.record({ kind: fc.constantFrom('set', 'delete', 'clear', 'set', 'delete', 'set'), first: key, second: key, value: fc.integer() });

describe('integer maps do what a Map does', () => {
  it('with one key', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const [map, model] = [new IntMap<number>(), new Map<number, number>()];
        for (const { kind, first, value } of steps) {
          if (kind === 'set') {
            model.set(first, value);
            map.set(first, value);
          } else if (kind === 'delete') {
            expect(map.delete(first)).toBe(model.delete(first));
          } else {
            model.clear();
            map.clear();
          }
          for (const { first: other } of steps) expect(map.get(other)).toBe(model.get(other));
          expect(map.size).toBe(model.size);
        }
        expect(new Map(map.entries())).toEqual(model);
      }),
      { numRuns: 300 },
    );
  });

  it('with two keys', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const [map, model] = [new PairMap<number>(), new Map<string, number>()];
        for (const { kind, first, second, value } of steps) {
          const text = `${first} ${second}`;
          if (kind === 'set') {
            model.set(text, value);
            map.set(first, second, value);
          } else if (kind === 'delete') {
            expect(map.delete(first, second)).toBe(model.delete(text));
          } else {
            model.clear();
            map.clear();
          }
          for (const other of steps) expect(map.get(other.first, other.second)).toBe(model.get(`${other.first} ${other.second}`));
        }
        expect([...map.values()].sort()).toEqual([...model.values()].sort());
      }),
      { numRuns: 300 },
    );
  });

  it('takes signed and unsigned forms of the same bits as one key', () => {
    const map = new IntMap<string>();
    map.set(0xffffffff, 'all ones');
    expect(map.get(-1)).toBe('all ones');
    expect([...map.entries()]).toEqual([[0xffffffff, 'all ones']]);
  });
});
