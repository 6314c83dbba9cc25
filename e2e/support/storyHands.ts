/** What every chapter of the story does in the same way. */
import { expect, type Locator } from '@playwright/test';
import type { Hands } from './hands.ts';
import { Operator } from './operator.ts';

export class StoryHands {
  readonly hands: Hands;
  readonly label: string;
  readonly operator: Operator;

  constructor(hands: Hands, label: string) {
    this.hands = hands;
    this.label = label;
    this.operator = new Operator(hands.page);
  }

  /** Methods that can be passed around. */
  bound(): Pick<Hands, 'press' | 'fill' | 'check' | 'choose'> {
    const hands = this.hands;
    return { press: (target) => hands.press(target), fill: (target, text) => hands.fill(target, text), check: (target) => hands.check(target), choose: (target, option) => hands.choose(target, option) };
  }

  /** A command of the ribbon that opens a wizard. */
  async open(command: string, title: string, tab = 'Home'): Promise<Locator> {
    const { page } = this.hands;
    await this.hands.press(page.getByRole('tab', { name: tab, exact: true }));
    await this.hands.press(page.getByRole('toolbar', { name: tab }).getByRole('button', { name: command, exact: true }));
    const wizard = page.getByRole('dialog', { name: title });
    await expect(wizard).toBeVisible();
    return wizard;
  }

  async next(wizard: Locator, page: string): Promise<void> {
    await this.hands.press(wizard.getByRole('button', { name: 'Next' }));
    await expect(wizard.getByRole('button', { name: page, exact: true })).toHaveAttribute('aria-current', 'step');
    // The page takes the focus a frame after it came; no hand is as fast as a test.
    await this.hands.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }

  async finish(wizard: Locator): Promise<void> {
    await this.next(wizard, 'Summary');
    await this.hands.press(wizard.getByRole('button', { name: 'Finish' }));
    await this.completed();
    await expect(wizard).toBeHidden();
  }

  async accept(properties: Locator, says?: string): Promise<void> {
    await this.hands.press(properties.getByRole('button', { name: 'OK' }));
    await this.completed(says);
  }

  async completed(says?: string): Promise<void> {
    await this.operator.expectJob('Completed');
    if (says !== undefined) await expect(this.operator.jobsWindow).toContainText(says);
    await this.hands.close(this.operator.jobsWindow);
  }
}
