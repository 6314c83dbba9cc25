/**
 * Esc closes the window in front, also while a tooltip is shown. Fluent's tooltip takes Esc for itself, and the one of a ribbon button under the resting
 * pointer would swallow the key that was meant for the window which that button has opened.
 */
export function passEscapeOnFromTooltips(): void {
  // Behind the tooltip's own listener, which sits on the document, and before every other: whatever was prevented until here, a tooltip has prevented.
  document.documentElement.addEventListener('keydown', repeatBehindTooltip, { capture: true });
}

function repeatBehindTooltip(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || !event.isTrusted || !event.defaultPrevented) return;
  const isOfOpenList = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
  if (isOfOpenList || document.querySelector('[role="dialog"], [role="alertdialog"]') === null) return;
  // When the tooltip is gone.
  setTimeout(() => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true })));
}
