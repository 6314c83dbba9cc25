/** For tests: real folders that go away with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hnv-store-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}
