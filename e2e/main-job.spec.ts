import type { Page } from '@playwright/test';
import { expect, operatorOf, test } from './support/test.ts';
import { playMainJob } from './support/story.ts';
import { picture } from './support/pictures.ts';

test.describe('the main job', () => {
  test('by mouse: both tenants reach the Internet at once, and everything is still there after a restart', async ({ start }) => {
    const first = await start({ size: { width: 1280, height: 800 } });
    await playMainJob(first, 'mouse');
    await first.close();

    const second = operatorOf(await start({ size: { width: 1280, height: 800 } }));
    await second.workspace('VMs and Services');
    await second.page.getByRole('treeitem', { name: 'VM Networks' }).click();
    expect(await second.externalAddressOf('Fabrikam')).toBe('203.0.113.11');
    expect(await second.externalAddressOf('Adatum')).toBe('203.0.113.12');
    await picture(second.page, 'mouse-6-opened-again');
    const window = await second.ping('Fabrikam');
    await expect(window.getByRole('log', { name: 'Replies' })).toContainText('Received = 4');
    await second.closeFront();
    await second.workspace('Jobs');
    await expect(second.list(/^Jobs/).getByRole('row', { name: /Completed/ })).toHaveCount(3);
  });

  test('by keyboard alone', async ({ start }) => {
    const operator = operatorOf(await start({ size: { width: 1280, height: 720 } }));
    const { page } = operator;
    await expect(operator.vmNetwork('Fabrikam')).toBeVisible();
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    // From the document's start to the list, by panes.
    await press('F6', 'F6', 'F6');
    await expect(operator.list(/^VM Networks/)).toBeFocused();
    await press('End');
    await expect(operator.vmNetwork('Fabrikam')).toHaveAttribute('aria-selected', 'true');
    await picture(page, 'keyboard-1-selected');
    await press('Alt+Enter');
    await expect(operator.properties).toBeVisible();
    await tabTo(page, 'Connect directly to an additional logical network');
    await press('Space');
    await tabTo(page, 'IP address (optional)');
    await page.keyboard.type('203.0.113.42');
    await picture(page, 'keyboard-2-typed');
    await press('Enter');
    await operator.expectJob('Completed');
    await press('Escape');
    await expect(operator.jobsWindow).toBeHidden();
    // The focus is back in the list, so that the next key acts there.
    await expect(operator.list(/^VM Networks/)).toBeFocused();
    await press('Control+g');
    const window = operator.pingWindow('Fabrikam-VM01');
    await expect(window).toBeVisible();
    await tabTo(page, 'Destination');
    await press('Enter');
    await expect(window.getByRole('log', { name: 'Replies' })).toContainText('Received = 4');
    await press('Escape');
    await press('Control+2');
    await expect(page.getByRole('tree', { name: 'Fabric' })).toBeFocused();
    await press('End', 'ArrowUp', 'Enter');
    await expect(operator.list(/^Network Services/)).toBeVisible();
    // Enter would open its Properties; the compartments are in its menu.
    await press('F6', 'ArrowDown', 'Shift+F10');
    await expect(page.getByRole('menuitem', { name: 'Compartments' })).toBeFocused();
    await press('Enter');
    await expect(operator.compartment(/Fabrikam/)).toContainText('NAT 203.0.113.42');
    await picture(page, 'keyboard-3-compartments');
  });
});

/** Presses Tab until the element with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 25; pressed++) {
    const label = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map(({ textContent }) => textContent) : [];
      return labels[0] ?? element.getAttribute('aria-label') ?? element.textContent;
    });
    if (label === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach "${name}".`);
}
