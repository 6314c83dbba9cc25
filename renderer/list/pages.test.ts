import { describe, expect, it } from 'vitest';
import { pageSize, pagesToHold } from './pages.ts';

const none = () => false;
const all = () => true;

describe('pages to hold', () => {
  it('are those in view before all others', () => {
    expect(pagesToHold({ first: 10 * pageSize + 5, last: 10 * pageSize + 30 }, 100_000, none)).toEqual([10]);
    expect(pagesToHold({ first: 11 * pageSize - 5, last: 11 * pageSize + 20 }, 100_000, none)).toEqual([10, 11]);
  });

  it('are their neighbours too when these have come', () => {
    expect(pagesToHold({ first: 10 * pageSize + 5, last: 10 * pageSize + 30 }, 100_000, all)).toEqual([9, 10, 11]);
  });

  it('are only pages that the list has, and the first while its length is not known', () => {
    expect(pagesToHold({ first: 0, last: 20 }, pageSize, all)).toEqual([0]);
    expect(pagesToHold({ first: 500, last: 520 }, 3 * pageSize, all)).toEqual([2]);
    expect(pagesToHold({ first: 0, last: -1 }, 0, none)).toEqual([0]);
  });
});
