/** Arithmetic of pages and of moving through a list. Pure. */

/** Rows fetched at a time. */
export const pageSize = 200;

/** Rows beyond the visible ones for which pages are fetched ahead. */
const margin = 60;

/** Numbers of the pages that hold rows `first`..`last` and their surroundings, ascending; page 0 when there is no row yet. */
export function pagesAround(first: number, last: number, total: number): number[] {
  const end = Math.max(0, total - 1);
  const from = Math.floor(clamp(first - margin, 0, end) / pageSize);
  const to = Math.floor(clamp(last + margin, 0, end) / pageSize);
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
