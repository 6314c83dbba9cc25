/** A picture of what stands on the screen, once it is at rest, with what axe says about it. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { picture } from './pictures.ts';

export async function look(page: Page, name: string): Promise<void> {
  await page.mouse.move(640, 430);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  await picture(page, name);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-separator]').exclude('[data-tabster-dummy]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)).toEqual([]);
  // Nothing may need to be scrolled sideways.
  expect(await page.getByRole('dialog').getByRole('group').or(page.getByRole('tabpanel')).or(page.locator('[data-pane="ribbon"] > div')).evaluateAll((areas: Element[]) => areas.filter((area) => area.scrollWidth > area.clientWidth + 1).map((area) => area.getAttribute('aria-label') ?? area.className))).toEqual([]);
}
