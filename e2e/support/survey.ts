/** Looks at a window as a demanding operator does: whole on the screen, no text cut without a tooltip, no sideways scrolling, readable in light and dark. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { picture } from './pictures.ts';

type Theme = 'light' | 'dark';

/**
 * Surveys the window as it stands. Every finding is reported with the picture's name, and the survey goes on: one run says everything that is wrong.
 * What axe finds beside contrasts is the same in both themes, so only the first is looked through whole. Ends in the light theme.
 */
export async function survey(window: Locator, name: string, themes: readonly Theme[] = ['light', 'dark']): Promise<void> {
  const page = window.page();
  await awayFromTooltips(page);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    // Fades must be over, or colours are measured halfway.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
    await picture(page, `${name}-${theme}`);
    const axe = new AxeBuilder({ page }).setLegacyMode(true).include('[role="dialog"], [role="alertdialog"]').exclude('[data-tabster-dummy]');
    const { violations } = await (theme === themes[0] ? axe : axe.withRules(['color-contrast'])).analyze();
    expect.soft(violations.map(({ id, impact, nodes }) => `${impact ?? ''} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`), `axe on ${name}, ${theme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await window.evaluate(faultsOfLayout), `layout of ${name}`).toEqual([]);
}

/** A tooltip of the button that opened a window takes the first Esc for itself, and it is hidden from assistive technology behind the window. */
export async function awayFromTooltips(page: Page): Promise<void> {
  await page.mouse.move(2, 400);
  await expect(page.locator('[role="tooltip"]:visible')).toHaveCount(0);
}

/** Runs in the page. */
function faultsOfLayout(window: Element): readonly string[] {
  const { left, top, right, bottom } = window.getBoundingClientRect();
  const faults = left < 0 || top < 0 || right > innerWidth || bottom > innerHeight ? [`the window is partly outside: ${left},${top} to ${right},${bottom}`] : [];
  const said = (element: Element) => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 60)}"`;
  const holdsText = (element: Element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
  for (const element of window.querySelectorAll('*')) {
    // What only a screen reader reads is one pixel wide.
    if (element.clientWidth <= 1 || element.scrollWidth <= element.clientWidth + 1) continue;
    const { overflowX } = getComputedStyle(element);
    if (overflowX === 'auto' || overflowX === 'scroll') {
      // Code keeps its lines.
      if (element.tagName !== 'PRE') faults.push(`scrolls sideways: ${said(element)}`);
    } else if (overflowX !== 'visible' && holdsText(element)) {
      // Long cells get their tooltip when the pointer comes.
      element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      if (element.closest('[title]') === null) faults.push(`is cut without a tooltip: ${said(element)}`);
    }
  }
  return faults;
}

/** What stands in the fields of a page, in their order. */
export function contentsOf(page: Locator): Promise<readonly string[]> {
  return page.evaluate((area) =>
    [...area.querySelectorAll('input, textarea, button[role="combobox"]')].map((field) => {
      if (field instanceof HTMLInputElement) return field.type === 'checkbox' || field.type === 'radio' ? String(field.checked) : field.value;
      return field instanceof HTMLTextAreaElement ? field.value : (field.textContent ?? '');
    }),
  );
}
