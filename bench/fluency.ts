/** How fluent a list of the real window is: frames while it scrolls, and the time from a wish to its picture. Runs in the page by Playwright. */
import type { Locator } from '@playwright/test';

export interface ScrollMeasure {
  readonly frames: number;
  readonly medianFrameMs: number;
  readonly longestFrameMs: number;
  /** Milliseconds of the longest long task (over 50 ms, as browsers count them); 0 without one. */
  readonly longestTaskMs: number;
  /** Rows in the page at most, whatever was scrolled to. */
  readonly mostRows: number;
}

export interface ScrollPlan {
  readonly frames: number;
  /** Pixels a frame. */
  readonly step: number;
}

/** Frames after the last step that are measured too. */
const settlingFrames = 30;

/** Scrolls an element with rows frame by frame. */
export function scrollThrough(scroller: Locator, plan: ScrollPlan): Promise<ScrollMeasure> {
  return scroller.evaluate(async (element, { frames, step, settling }): Promise<ScrollMeasure> => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: 'longtask' });
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const times: number[] = [];
    let rows = 0;
    let before = await frame();
    for (let at = 0; at < frames; at += 1) {
      element.scrollTop += step;
      const now = await frame();
      times.push(now - before);
      before = now;
      rows = Math.max(rows, document.querySelectorAll('[role="row"], [role="treeitem"]').length);
    }
    // What was put off while it moved is part of it: until the rows in view have their text.
    for (let at = 0; at < settling; at += 1) {
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    // Long tasks are told of a moment after they end.
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
    const sorted = [...times].sort((a, b) => a - b);
    return {
      frames,
      medianFrameMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
      longestFrameMs: sorted.at(-1) ?? 0,
      longestTaskMs: Math.max(0, ...tasks),
      mostRows: rows,
    };
  }, { ...plan, settling: settlingFrames });
}

/**
 * Milliseconds from a wish (a click on a header, a text in the search, a place far down) until its rows are painted: they are there, nothing is
 * awaited, and the frame after is begun. What the list waits on purpose until typing or scrolling rests is in it.
 */
export function timeToPainted(list: Locator, wish: { readonly click: string } | { readonly type: string } | { readonly scrollTo: number }): Promise<number> {
  return list.evaluate(async (section, wanted) => {
    const grid = section.querySelector<HTMLElement>('[role="grid"]');
    const search = section.querySelector<HTMLInputElement>('input[data-list-search], [data-list-search] input');
    if (grid === null || search === null) throw new Error('This is no list.');
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    // Of rows behind the header, which stays in its place, and behind a scroll bar nothing is seen.
    const top = Math.max(...[...grid.querySelectorAll('[role="columnheader"]')].map((header) => header.getBoundingClientRect().bottom));
    const bottom = grid.getBoundingClientRect().top + grid.clientHeight;
    const inView = () =>
      [...grid.querySelectorAll('[data-index]')].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      });
    const textOf = (rows: readonly Element[]) => rows.map((row) => `${row.getAttribute('data-index') ?? ''} ${row.textContent}`).join('\n');
    const isPainted = () => {
      if (grid.getAttribute('aria-busy') === 'true') return false;
      const rows = inView();
      return rows.length > 0 && rows.every((row) => (row.textContent ?? '').trim() !== '') && textOf(rows) !== before;
    };
    const before = textOf(inView());
    const began = performance.now();
    if ('click' in wanted) {
      const header = [...grid.querySelectorAll<HTMLElement>('[role="columnheader"] button')].find((button) => button.title === wanted.click);
      if (header === undefined) throw new Error(`There is no column ${wanted.click}.`);
      header.click();
    } else if ('type' in wanted) {
      // As typing does it: React listens to the element's own setter.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(search, wanted.type);
      search.dispatchEvent(new Event('input', { bubbles: true }));
    } else grid.scrollTop = wanted.scrollTo;
    while (!isPainted()) {
      if (performance.now() - began > 30_000) throw new Error('Nothing came for 30 seconds.');
      await frame();
    }
    await frame();
    return performance.now() - began;
  }, wish);
}
