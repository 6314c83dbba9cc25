/** Arithmetic of pages and of moving through a list. Pure. */
import type { RowSpan } from './rowWindow.ts';

/** Rows fetched at a time: a little more than a screen, because each row costs time to read and to carry over. */
export const pageSize = 64;

/** Rows beyond the visible ones for which pages are fetched ahead. */
const margin = 64;

/**
 * Numbers of the pages to hold while rows `seen` of `total` are seen, ascending: those that are seen before all, and with these there (`isHeld`)
 * those around them too. Page 0 when there is no row yet.
 */
export function pagesToHold({ first, last }: RowSpan, total: number, isHeld: (page: number) => boolean): number[] {
  const seen = pagesBetween(first, last, total);
  return seen.every(isHeld) ? pagesBetween(first - margin, last + margin, total) : seen;
}

function pagesBetween(first: number, last: number, total: number): number[] {
  const end = Math.max(0, total - 1);
  const from = Math.floor(clamp(first, 0, end) / pageSize);
  const to = Math.floor(clamp(last, 0, end) / pageSize);
  return Array.from({ length: to - from + 1 }, (_, position) => from + position);
}

/** Index that a key moves to from `index` (-1: none yet) among `total` rows, of which `visible` fit; undefined when the key does not move. */
export function indexAfterKey(key: string, index: number, total: number, visible: number): number | undefined {
  if (total === 0) return undefined;
  const jump = Math.max(1, visible - 1);
  const to = target(key, index, total, jump);
  return to === undefined ? undefined : clamp(to, 0, total - 1);
}

function target(key: string, index: number, total: number, jump: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + jump;
    case 'PageUp':
      return index - jump;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return undefined;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
