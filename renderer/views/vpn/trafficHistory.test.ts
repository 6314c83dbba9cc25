import { describe, expect, it } from 'vitest';
import { curve, historyLength, withLook, type Histories } from './trafficHistory.ts';

const look = (histories: Histories, bytes: number) => withLook(histories, [{ id: 't', rxBytes: bytes, txBytes: 0 }]);

describe('the curve of a tunnel', () => {
  it('shows what came between two looks', () => {
    const histories = [100, 150, 150, 400].reduce<Histories>(look, new Map());
    expect(histories.get('t')?.steps).toEqual([50, 0, 250]);
  });

  it('keeps only what it can show, and forgets tunnels that are gone', () => {
    const long = Array.from({ length: 200 }, (_, at) => at).reduce<Histories>(look, new Map());
    expect(long.get('t')?.steps).toHaveLength(historyLength);
    expect(withLook(long, []).size).toBe(0);
  });

  it('makes nothing of counters that begin anew', () => {
    expect([100, 0].reduce<Histories>(look, new Map()).get('t')?.steps).toEqual([0]);
  });

  it('ends at the right edge, with the highest step at the top', () => {
    expect(curve([], 120, 24)).toBe('');
    const points = curve([0, 10], 120, 24).split(' ');
    expect(points[1]).toBe('120.0,1.0');
    expect(points[0]?.split(',')[1]).toBe('23.0');
  });
});
