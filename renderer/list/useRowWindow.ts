import { useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { atRest, noWindow, windowAt, type RowWindow } from './rowWindow.ts';

/** Milliseconds without scrolling after which a window is at rest. */
const restDelay = 80;

/** The window over a scroller's rows. It follows in the frame of the scrolling itself, so that no empty stripe runs ahead of the rows. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>): RowWindow {
  const [view, setView] = useState(noWindow);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    // Kept, because to ask an element for its height while rows are being changed makes the browser lay out twice.
    let height = element.clientHeight;
    const look = () => setView((before) => windowAt(element.scrollTop, height, before));
    let resting: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      clearTimeout(resting);
      resting = setTimeout(() => setView(atRest), restDelay);
      flushSync(look);
    };
    const sizes = new ResizeObserver(() => {
      height = element.clientHeight;
      look();
    });
    look();
    sizes.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(resting);
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller]);
  return view;
}
