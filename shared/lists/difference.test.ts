import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, inOrder, tellDifference } from './difference.ts';
import { Groups } from './groups.ts';

interface Entry {
  readonly key: number;
}

/** Lists of the same few objects, in any order. */
const keys = [0, 1, 2, 3, 4];
const pool: readonly (Entry & { readonly id: number })[] = Array.from({ length: 60 }, (_, id) => ({ id, key: id % keys.length }));
const list = fc.shuffledSubarray([...pool]);
/** As lists are that follow one another: some entries gone, some others put in, one moved. */
const successor = (before: readonly Entry[]) =>
  fc.tuple(fc.subarray([...before]), fc.array(fc.tuple(fc.nat(pool.length - 1), fc.nat(70)), { maxLength: 3 })).map(([kept, put]) => {
    const after = kept;
    for (const [from, to] of put) {
      const entry = pool[from];
      if (entry === undefined) continue;
      if (after.includes(entry)) after.splice(after.indexOf(entry), 1);
      after.splice(to % (after.length + 1), 0, entry);
    }
    return after;
  });
const pair = list.chain((before) => fc.tuple(fc.constant(before), fc.oneof(list, successor(before))));

const without = <E>(entries: readonly E[], others: readonly E[]) => entries.filter((entry) => !others.includes(entry));

describe('the difference of two lists', () => {
  it('leaves the same entries in the same order, and names nothing that is not there', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const { removed, added } = differenceOf(before, after);
        expect(without(before, removed)).toEqual(without(after, added));
        expect(without(removed, before)).toEqual([]);
        expect(without(added, after)).toEqual([]);
      }),
    );
  });

  it('is what was told of these two lists, and of no others', () => {
    const [a, b, c, d] = [{ key: 1 }, { key: 2 }, { key: 3 }, { key: 4 }];
    const [before, after] = [[a, b, c], [b, c, d]];
    const told = { removed: [a, b, c], added: [b, c, d] };
    tellDifference(before, after, told);
    expect(differenceOf(before, after)).toBe(told);
    expect(differenceOf([a, b, c], after)).toEqual({ removed: [a], added: [d] });
    expect(differenceOf(before, [b, c, d])).toEqual({ removed: [a], added: [d] });
    expect(differenceOf(after, before)).toEqual({ removed: [d], added: [a] });
    expect(differenceOf(after, after)).toEqual({ removed: [], added: [] });
  });
});

describe('entries of a list', () => {
  it('are brought into its order, be they few or many', () => {
    fc.assert(
      fc.property(list.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all))), ([all, some]) => {
        expect(inOrder(some, all)).toEqual(all.filter((entry) => some.includes(entry)));
      }),
    );
  });
});

describe('groups', () => {
  it('are those of the last list, in its order, and stay the same arrays where nothing happened', () => {
    fc.assert(
      fc.property(list.chain((first) => fc.tuple(fc.constant(first), successor(first), successor(first), list)), (lists) => {
        const groups = new Groups(({ key }: Entry) => key);
        for (const entries of lists) {
          const before = new Map(keys.map((key) => [key, groups.get(key)]));
          const changed = [...groups.follow(entries)];
          for (const key of keys) {
            expect(groups.get(key)).toEqual(entries.filter((entry) => entry.key === key));
            if (!changed.includes(key)) expect(groups.get(key)).toBe(before.get(key));
          }
        }
      }),
    );
  });
});
