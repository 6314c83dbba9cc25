/** Two ways to work the console: with the mouse, and with the keyboard alone. What is done is the same. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Hands {
  readonly page: Page;
  /** Presses a button, a tab, a menu item. */
  press(target: Locator): Promise<void>;
  /** Replaces the text of a field. */
  fill(target: Locator, text: string): Promise<void>;
  /** Ticks a check box or chooses a radio button. */
  check(target: Locator): Promise<void>;
  uncheck(target: Locator): Promise<void>;
  /** Chooses in a drop-down list. */
  choose(target: Locator, option: string | RegExp): Promise<void>;
  /** Closes a window beside the console. */
  close(window: Locator): Promise<void>;
  /** Goes to a node of the tree at the left. */
  goTo(workspace: string, node: string): Promise<void>;
  /** Selects a row of the list in the middle. */
  selectRow(list: RegExp, row: RegExp): Promise<void>;
  /** Opens a row of the list in the middle. */
  openRow(list: RegExp, row: RegExp): Promise<void>;
}

export class Mouse implements Hands {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(target: Locator): Promise<void> {
    await target.click();
  }

  async fill(target: Locator, text: string): Promise<void> {
    await target.click();
    await target.fill(text);
  }

  async check(target: Locator): Promise<void> {
    await target.check();
  }

  async uncheck(target: Locator): Promise<void> {
    // A switch may only follow when its job is done.
    if (await target.isChecked()) await target.click();
    await expect(target).not.toBeChecked();
  }

  async choose(target: Locator, option: string | RegExp): Promise<void> {
    await target.click();
    await this.page.getByRole('option', { name: option }).click();
  }

  async close(window: Locator): Promise<void> {
    await window.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(window).toBeHidden();
  }

  async goTo(workspace: string, node: string): Promise<void> {
    await this.page.getByRole('group', { name: 'Workspaces' }).getByRole('button', { name: workspace }).click();
    await this.page.getByRole('treeitem', { name: node, exact: true }).click();
  }

  async selectRow(list: RegExp, row: RegExp): Promise<void> {
    await cellOf(this.page, list, row).click();
  }

  async openRow(list: RegExp, row: RegExp): Promise<void> {
    await cellOf(this.page, list, row).dblclick();
  }
}

const workspaceKeys: Readonly<Record<string, string>> = { 'VMs and Services': 'Control+1', Fabric: 'Control+2', Library: 'Control+3', Jobs: 'Control+4', Settings: 'Control+5' };

/** More stops than any window has. */
const mostStops = 150;

export class Keyboard implements Hands {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(target: Locator): Promise<void> {
    await this.#reach(target);
    await this.page.keyboard.press('Enter');
  }

  async fill(target: Locator, text: string): Promise<void> {
    await this.#reach(target);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(text);
    await expect(target).toHaveValue(text);
  }

  async check(target: Locator): Promise<void> {
    await this.#reach(target);
    if (!(await target.isChecked())) await this.page.keyboard.press('Space');
    await expect(target).toBeChecked();
  }

  async uncheck(target: Locator): Promise<void> {
    await this.#reach(target);
    if (await target.isChecked()) await this.page.keyboard.press('Space');
    await expect(target).not.toBeChecked();
  }

  async choose(target: Locator, option: string | RegExp): Promise<void> {
    await this.#reach(target);
    await this.page.keyboard.press('ArrowDown');
    const wanted = this.page.getByRole('option', { name: option });
    await expect(wanted).toBeVisible();
    const id = await wanted.getAttribute('id');
    for (const key of ['Home', ...Array<string>(mostStops).fill('ArrowDown')]) {
      await this.page.keyboard.press(key);
      if ((await target.getAttribute('aria-activedescendant')) === id) break;
    }
    await expect(target).toHaveAttribute('aria-activedescendant', id ?? '');
    await this.page.keyboard.press('Enter');
  }

  async close(window: Locator): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(window).toBeHidden();
  }

  async goTo(workspace: string, node: string): Promise<void> {
    await this.page.keyboard.press(workspaceKeys[workspace] ?? '');
    const tree = this.page.getByRole('tree', { name: workspace });
    await expect(tree).toBeFocused();
    await this.#walk(tree, this.page.getByRole('treeitem', { name: node, exact: true }));
    await this.page.keyboard.press('Enter');
  }

  async selectRow(list: RegExp, row: RegExp): Promise<void> {
    const grid = this.page.getByRole('grid', { name: list });
    const wanted = grid.getByRole('row', { name: row });
    await expect(wanted).toBeVisible();
    for (let panes = 0; panes < 6 && !(await isFocused(grid)); panes += 1) await this.page.keyboard.press('F6');
    await expect(grid).toBeFocused();
    for (const key of ['Home', ...Array<string>(mostStops).fill('ArrowDown')]) {
      if ((await wanted.getAttribute('aria-selected')) === 'true') return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`The arrow keys do not reach ${String(row)}.`);
  }

  async openRow(list: RegExp, row: RegExp): Promise<void> {
    await this.selectRow(list, row);
    await this.page.keyboard.press('Enter');
  }

  /** From item to item of a list or tree that keeps the focus itself. */
  async #walk(container: Locator, item: Locator): Promise<void> {
    const id = await item.getAttribute('id');
    for (const key of ['Home', ...Array<string>(mostStops).fill('ArrowDown')]) {
      await this.page.keyboard.press(key);
      if ((await container.getAttribute('aria-activedescendant')) === id) return;
    }
    throw new Error('The arrow keys do not reach the item.');
  }

  /** Tab from stop to stop; arrow keys inside what is one stop, such as a toolbar. */
  async #reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let stops = 0; stops < mostStops; stops += 1) {
      const place = await target.evaluate(placeOfFocus);
      if (place === 'on') return;
      await this.page.keyboard.press(place === 'row' ? 'ArrowRight' : place === 'column' ? 'ArrowDown' : 'Tab');
    }
    throw new Error(`The keyboard does not reach ${String(target)}.`);
  }
}

/** Where the focus is, seen from the wanted element: on it, in the same row or column of which only one has a tab stop, or away. */
function placeOfFocus(element: Element): 'on' | 'row' | 'column' | 'away' {
  const active = document.activeElement;
  if (active === element) return 'on';
  const container = element.closest('[role=toolbar], [role=tablist], [role=radiogroup], [role=menu]');
  if (active === null || container === null || !container.contains(active)) return 'away';
  if (container.getAttribute('role') === 'radiogroup') return 'column';
  return container.getAttribute('aria-orientation') === 'vertical' || container.getAttribute('role') === 'menu' ? 'column' : 'row';
}

function cellOf(page: Page, list: RegExp, row: RegExp): Locator {
  return page.getByRole('grid', { name: list }).getByRole('row', { name: row }).getByRole('gridcell').first();
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
