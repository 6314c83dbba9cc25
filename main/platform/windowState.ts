/** Remembers where the window was; it comes back only on a screen that exists. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const rectangleSchema = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().min(640), height: z.number().int().min(480) });
const windowStateSchema = rectangleSchema.extend({ maximized: z.boolean() });
export type WindowState = z.infer<typeof windowStateSchema>;
type Rectangle = z.infer<typeof rectangleSchema>;

/** State from the file when it still fits one of the work areas; undefined otherwise. */
export function readWindowState(file: string, workAreas: readonly Rectangle[]): WindowState | undefined {
  try {
    const state = windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return workAreas.some((area) => overlapsEnough(state, area)) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Writes beside and renames, so that a crash leaves the old state. */
export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

/** At least 200 x 100 pixels of the window must be on the screen, enough to take hold of it. */
function overlapsEnough(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const height = Math.min(window.y + window.height, area.y + area.height) - Math.max(window.y, area.y);
  return width >= 200 && height >= 100;
}
