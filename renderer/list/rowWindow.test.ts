import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerHeight, rowHeight } from './listStyles.ts';
import { atRest, drawnRows, isDrawnNow, isFilled, noWindow, scrollTopToSee, windowAt, type RowWindow } from './rowWindow.ts';

const height = headerHeight + 10 * rowHeight;
const at = (row: number, before: RowWindow = noWindow) => windowAt(row * rowHeight, height, before);

describe('the window over the rows of a list', () => {
  it('sees the rows between the header and the lower edge, and those that are cut', () => {
    expect(at(0).seen).toEqual({ first: 0, last: 9 });
    expect(windowAt(20 * rowHeight + 1, height, noWindow).seen).toEqual({ first: 20, last: 30 });
  });

  it('draws more rows than are seen, and none that the list has not', () => {
    expect(drawnRows(at(50), 1000)).toEqual({ first: 42, last: 68 });
    expect(drawnRows(at(0), 3)).toEqual({ first: 0, last: 2 });
    expect(drawnRows(at(0), 0)).toEqual({ first: 0, last: -1 });
  });

  it('is the same object while no other row comes into view', () => {
    const before = windowAt(10 * rowHeight + 3, height, noWindow);
    expect(windowAt(10 * rowHeight + 5, height, before)).toBe(before);
  });

  it('draws every row that is seen, wherever a list of any length is scrolled to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: headerHeight + 1, max: 2000 }), (total, part, high) => {
        const furthest = Math.max(0, headerHeight + total * rowHeight - high);
        const view = windowAt(Math.round(part * furthest), high, noWindow);
        const drawn = drawnRows(view, total);
        expect(drawn.first).toBeGreaterThanOrEqual(0);
        expect(drawn.first).toBeLessThanOrEqual(view.seen.first);
        expect(drawn.last).toBe(Math.min(total - 1, Math.max(drawn.last, view.seen.last)));
      }),
    );
  });
});

describe('elements of rows', () => {
  const keys = (view: RowWindow) => {
    const { first, last } = drawnRows(view, 100_000);
    return Array.from({ length: last - first + 1 }, (_, position) => first + position + view.keyOffset);
  };

  it('stay with their rows while the list scrolls by less than a window', () => {
    expect(at(120, at(100)).keyOffset).toBe(at(100).keyOffset);
  });

  it('are taken over by the rows of a far jump', () => {
    expect(keys(at(50_000, at(100)))).toEqual(keys(at(100)));
  });
});

describe('what is filled', () => {
  it('after one far jump are the rows that are seen, and all when it rests', () => {
    const jumped = at(5000, at(100));
    expect([4999, 5000, 5009, 5010].map((row) => isFilled(jumped, row))).toEqual([false, true, true, false]);
    expect(isFilled(atRest(jumped), 4999)).toBe(true);
  });

  it('is drawn after one far jump when the rows that are seen have come, or at rest', () => {
    const jumped = at(5000, at(100));
    expect(isDrawnNow(jumped, 100_000, (row) => row < 5009)).toBe(false);
    expect(isDrawnNow(jumped, 100_000, (row) => row >= 5000 && row < 5010)).toBe(true);
    expect(isDrawnNow(jumped, 5004, (row) => row < 5004)).toBe(true);
    expect(isDrawnNow(atRest(jumped), 100_000, () => false)).toBe(true);
  });

  it('is not drawn while one far jump follows the other, until they rest', () => {
    const rushed = at(9000, at(5000, at(100)));
    expect(isDrawnNow(rushed, 100_000, () => true)).toBe(false);
    expect(isDrawnNow(atRest(rushed), 100_000, () => false)).toBe(true);
  });

  it('is everything while the list scrolls slowly', () => {
    expect(at(103, at(101, at(100))).motion).toBe('rest');
  });

  it('is everything when a list comes up', () => {
    expect(at(0).motion).toBe('rest');
  });
});

describe('scrolling to a row', () => {
  it('brings it whole into view, and moves nothing when it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 28_000 }), fc.integer({ min: headerHeight + rowHeight, max: 900 }), (index, scrollTop, high) => {
        const to = scrollTopToSee(index, scrollTop, high);
        expect(index * rowHeight).toBeGreaterThanOrEqual(to);
        expect((index + 1) * rowHeight).toBeLessThanOrEqual(to + high - headerHeight);
        expect(scrollTopToSee(index, to, high)).toBe(to);
      }),
    );
  });
});
