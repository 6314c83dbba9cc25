import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from './windowState.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hnv-window-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { x: 100, y: 50, width: 1280, height: 800, maximized: false };

describe('window state', () => {
  it('comes back as it was written', () => {
    const file = path.join(folder, 'window.json');
    writeWindowState(file, state);
    expect(readWindowState(file, [screen])).toEqual(state);
  });

  it('is forgotten when its screen is gone', () => {
    const file = path.join(folder, 'window.json');
    writeWindowState(file, { ...state, x: 4000 });
    expect(readWindowState(file, [screen])).toBeUndefined();
  });

  it.each(['', '{', '{"x":1}', '{"x":"a","y":0,"width":900,"height":600,"maximized":true}', '[]'])('ignores a file with %s', (text) => {
    const file = path.join(folder, 'window.json');
    writeFileSync(file, text);
    expect(readWindowState(file, [screen])).toBeUndefined();
  });

  it('ignores a missing file', () => {
    expect(readWindowState(path.join(folder, 'none.json'), [screen])).toBeUndefined();
  });
});
