/** Which rows of a list are drawn. All rows have one height, so the place of each follows from its number. Pure. */
import { headerHeight, rowHeight } from './listStyles.ts';

/** Rows drawn beyond the visible ones. */
const overscan = 8;

export interface RowSpan {
  readonly first: number;
  /** The last row of the span, not the one behind it; before `first` when there is none. */
  readonly last: number;
}

export interface RowWindow {
  /** Rows of which something is seen, were there enough of them. */
  readonly seen: RowSpan;
  /** How many rows are drawn: those that fit, and some beyond. */
  readonly size: number;
  /** What is added to a row's number to name its element. A jump to rows of which none was drawn takes the elements of those that were. */
  readonly keyOffset: number;
  /**
   * Far: just jumped to rows of which none was drawn. Rushing: one such jump after the other, as by dragging the scroll bar, when no row could be read.
   */
  readonly motion: 'rest' | 'far' | 'rushing';
}

export const noWindow: RowWindow = { seen: { first: 0, last: -1 }, size: 0, keyOffset: 0, motion: 'rest' };

/** The window after scrolling to `scrollTop` in a list `height` pixels high, its header included; the same object when nothing has changed. */
export function windowAt(scrollTop: number, height: number, before: RowWindow): RowWindow {
  const space = Math.max(0, height - headerHeight);
  const first = Math.max(0, Math.floor(scrollTop / rowHeight));
  const last = Math.floor((scrollTop + space - 1) / rowHeight);
  const size = Math.ceil(space / rowHeight) + 1 + 2 * overscan;
  if (first === before.seen.first && last === before.seen.last && size === before.size) return before;
  const way = first - before.seen.first;
  if (before.size === 0 || Math.abs(way) < Math.min(size, before.size)) return { ...before, seen: { first, last }, size };
  return { seen: { first, last }, size, keyOffset: before.keyOffset - way, motion: before.motion === 'rest' ? 'far' : 'rushing' };
}

/** The window when nothing has moved for a while. */
export function atRest(before: RowWindow): RowWindow {
  return before.motion === 'rest' ? before : { ...before, motion: 'rest' };
}

/**
 * Whether rows are to be drawn there now. After a far jump not before those that are seen have come: to empty the rows of before first, only to fill
 * them a moment later, would cost a frame more. `isThere` tells whether a row has come.
 */
export function isDrawnNow({ motion, seen }: RowWindow, total: number, isThere: (index: number) => boolean): boolean {
  switch (motion) {
    case 'rest':
      return true;
    case 'far':
      for (let index = seen.first; index <= seen.last && index < total; index += 1) if (!isThere(index)) return false;
      return true;
    case 'rushing':
      return false;
  }
}

/** Whether a row gets its text now: those that are seen first, the others when the list has come to rest. */
export function isFilled({ motion, seen }: RowWindow, index: number): boolean {
  return motion === 'rest' || (index >= seen.first && index <= seen.last);
}

/** The rows to draw of a list with `total` rows. */
export function drawnRows({ seen, size }: RowWindow, total: number): RowSpan {
  const from = Math.max(0, Math.min(seen.first, total - 1) - overscan);
  return { first: from, last: Math.min(total, from + size) - 1 };
}

/** The least scrolling from `scrollTop` that brings the whole row into view below the header. */
export function scrollTopToSee(index: number, scrollTop: number, height: number): number {
  const top = index * rowHeight;
  const least = top + rowHeight - Math.max(rowHeight, height - headerHeight);
  return Math.min(top, Math.max(scrollTop, least));
}
