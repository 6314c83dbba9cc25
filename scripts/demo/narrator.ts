/** Tells the story of the demo, keeps what was seen, and counts what did not come true. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

export class Narrator {
  readonly #folder: string;
  readonly #wrong: string[] = [];
  #pictures = 0;
  #checks = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  tell(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** States something that must be true. */
  check(what: string, isTrue: boolean): void {
    this.#checks += 1;
    if (!isTrue) this.#wrong.push(what);
    this.tell(`  ${isTrue ? 'ok   ' : 'WRONG'} ${what}`);
  }

  failed(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#wrong.push(text);
    this.tell(`  WRONG ${text}`);
  }

  async picture(page: Page, name: string): Promise<void> {
    this.#pictures += 1;
    const file = `${String(this.#pictures).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: path.join(this.#folder, file) });
    this.tell(`  saw   ${file}`);
  }

  file(name: string): string {
    return path.join(this.#folder, name);
  }

  writeJson(name: string, value: unknown): void {
    writeFileSync(this.file(name), `${JSON.stringify(value, null, 2)}\n`);
    this.tell(`  wrote ${name}`);
  }

  /** Exit code of the demo. */
  finish(): number {
    const { length } = this.#wrong;
    this.tell('');
    this.tell(length === 0 ? `All of it came true: ${this.#checks} checks. See demo-out/.` : `${length} of it did not come true: ${this.#wrong.join('; ')}`);
    return length === 0 && this.#checks > 0 ? 0 : 1;
  }
}
