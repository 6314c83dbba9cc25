import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '../../../shared/contract/errors.ts';
import { complainedAbout, untouched } from './standingProblems.ts';

const at = (...path: (string | number)[]) => problem('invalidInput', path, `Wrong at ${path.join('.')}.`, 'Mend it.');

describe('problems while they are mended', () => {
  const before = { name: '', sites: [{ name: 'A', vlan: 'x' }, { name: '', vlan: '' }] };
  const problems = [at('name'), at('sites', 0, 'vlan'), at('sites', 1, 'name')];

  it('drops the problem of the field that changed, and keeps those of the others', () => {
    expect(untouched(problems, before, { ...before, name: 'B' })).toEqual(problems.slice(1));
    expect(untouched(problems, before, { ...before, sites: [{ name: 'A', vlan: '7' }, before.sites[1]] })).toEqual([problems[0], problems[2]]);
  });

  it('drops the problem of a list when one of its rows changes, and of a row that is gone', () => {
    const ofAll = at('sites');
    expect(untouched([ofAll], before, { ...before, sites: before.sites.slice(1) })).toEqual([]);
    expect(untouched(problems, before, { ...before, sites: before.sites.slice(0, 1) })).toEqual(problems.slice(0, 2));
  });

  it('keeps a problem of the whole, and one about what no field holds', () => {
    const others = [at(), at('gateway', 'id')];
    expect(untouched(others, before, { ...before, name: 'B' })).toEqual(others);
  });

  it('takes every change of an input that has the field as a change of that field and of no other', () => {
    const inputs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue());
    fc.assert(
      fc.property(inputs, inputs, (one, other) => {
        const kept = untouched([at('a'), at('b'), at('c')], one, other).map(({ path: [key] }) => key);
        const same = ['a', 'b', 'c'].filter((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
        expect(kept).toEqual(same);
      }),
    );
  });

  it('says again only what was complained about, also where its row has moved to', () => {
    const moved = { ...at('sites', 0, 'name'), message: at('sites', 1, 'name').message };
    const reworded = { ...at('name'), message: 'Too long.' };
    expect(complainedAbout([reworded, moved, at('sites', 2, 'name')], problems)).toEqual([reworded, moved]);
  });
});
