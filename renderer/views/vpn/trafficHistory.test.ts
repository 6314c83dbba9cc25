import { describe, expect, it } from 'vitest';
import { curve, historyLength, peakOf, withLook, type Histories } from './trafficHistory.ts';

const looks = (entries: readonly (readonly [now: number, received: number, sent: number])[], before: Histories = new Map()) =>
  entries.reduce<Histories>((histories, [now, rxBytes, txBytes]) => withLook(histories, [{ id: 't', rxBytes, txBytes }], now), before);
const ratesOf = (histories: Histories) => histories.get('t')?.rates;

describe('the traffic of a tunnel', () => {
  it('is what came and went in a second of the virtual clock, each way', () => {
    expect(ratesOf(looks([[0, 100, 0], [1, 150, 30], [3, 350, 30]]))).toEqual([{ received: 50, sent: 30 }, { received: 100, sent: 0 }]);
  });

  it('gathers looks until a second is over', () => {
    expect(ratesOf(looks([[0, 0, 0], [0.1, 10, 0], [0.9, 90, 0], [1, 100, 0]]))).toEqual([{ received: 100, sent: 0 }]);
  });

  it('keeps only what it can show, and forgets tunnels that are gone', () => {
    const long = looks(Array.from({ length: 200 }, (_, at) => [at, at, 0] as const));
    expect(ratesOf(long)).toHaveLength(historyLength);
    expect(withLook(long, [], 201).size).toBe(0);
  });

  it('makes nothing of counters that begin anew, and begins anew with the clock', () => {
    expect(ratesOf(looks([[0, 100, 100], [1, 0, 0]]))).toEqual([{ received: 0, sent: 0 }]);
    expect(ratesOf(looks([[50, 100, 0], [51, 200, 0], [2, 0, 0]]))).toEqual([]);
  });
});

describe('the curve', () => {
  it('ends at the right edge, with the highest rate at the top', () => {
    expect(curve([], 10, 120, 24)).toBe('');
    const points = curve([0, 10], 10, 120, 24).split(' ');
    expect(points[1]).toBe('120.0,1.0');
    expect(points[0]?.split(',')[1]).toBe('23.0');
  });

  it('has one scale for both ways', () => {
    expect(peakOf([{ received: 1, sent: 7 }, { received: 5, sent: 0 }])).toBe(7);
    expect(peakOf([])).toBe(0);
  });
});
