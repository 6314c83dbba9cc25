import { useEffect } from 'react';

/** Gives the focus back, when this component goes, to what had it when it came; when that is gone too, to the window in front, or to the page's list. */
export function useFocusReturn(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const hasBefore = before instanceof HTMLElement && before !== document.body && before.isConnected;
      const target = hasBefore ? before : (frontPanel() ?? document.querySelector<HTMLElement>('[data-pane="main"] [data-list-grid]'));
      target?.focus({ preventScroll: true });
    };
  }, []);
}

/** The window beside the console that lies on top. */
export function frontPanel(): HTMLElement | undefined {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-floating-panel]')];
  return panels.sort((a, b) => Number(a.style.zIndex) - Number(b.style.zIndex)).at(-1);
}
