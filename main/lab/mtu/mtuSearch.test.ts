import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastMtu, mostProbesFor, searchMtu, type ProbeAnswer, type SearchResult } from './mtuSearch.ts';

/** Plays a path; gives the result and the sizes that were asked. */
function play(highest: number, answer: (size: number) => ProbeAnswer): { result: SearchResult; asked: number[] } {
  const search = searchMtu(highest);
  const asked: number[] = [];
  for (let step = search.next(); ; ) {
    if (step.done === true) return { result: step.value, asked };
    asked.push(step.value);
    step = search.next(answer(step.value));
  }
}

const path = (mtu: number, hint: (size: number) => number | null) => (size: number): ProbeAnswer =>
  size <= mtu ? { result: 'passed', nextHopMtu: null } : { result: hint(size) === null ? 'silent' : 'tooLarge', nextHopMtu: hint(size) };

describe('the search for an MTU', () => {
  it('finds what passes and what does not, one byte apart, whether routers tell the truth, lie or say nothing', () => {
    const hints = fc.oneof(fc.constant(null), fc.constant('right' as const), fc.array(fc.integer({ min: 0, max: 70_000 }), { minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(fc.integer({ min: leastMtu, max: 9000 }), fc.integer({ min: leastMtu, max: 9000 }), hints, (highest, mtu, hint) => {
        let lies = 0;
        const { result, asked } = play(highest, path(mtu, () => (hint === null ? null : hint === 'right' ? mtu : (hint[lies++ % hint.length] ?? null))));
        expect(result).toEqual(mtu >= highest ? { largest: highest, stopped: null } : { largest: mtu, stopped: mtu + 1 });
        expect(asked.length).toBeLessThanOrEqual(mostProbesFor(highest));
      }),
      { numRuns: 500 },
    );
  });

  it('needs four packets where the router tells the truth', () => {
    expect(play(1500, path(1400, () => 1400)).asked).toEqual([68, 1500, 1400, 1401]);
  });

  it('does not search where not even the smallest passes', () => {
    expect(play(1500, () => ({ result: 'silent', nextHopMtu: null }))).toEqual({ result: { largest: null, stopped: 68 }, asked: [68] });
  });
});
