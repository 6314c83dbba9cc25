/** Screenshots that stay behind as artefacts, for people to look at. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

const folder = path.join('artifacts', 'e2e', 'pictures');

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ animations: 'disabled', path: path.join(folder, `${name}.png`) });
}
