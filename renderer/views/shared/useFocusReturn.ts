import { useEffect } from 'react';

/** Gives the focus back, when this component goes, to what had it when it came; to the page's list when that is gone too. */
export function useFocusReturn(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const hasBefore = before instanceof HTMLElement && before !== document.body && before.isConnected;
      const target = hasBefore ? before : document.querySelector<HTMLElement>('[data-pane="main"] [data-list-grid]');
      target?.focus({ preventScroll: true });
    };
  }, []);
}
