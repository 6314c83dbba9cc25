import { describe, expect, it } from 'vitest';
import { keysOf } from './keys.ts';

const pressed = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  keysOf({ key, ctrlKey: false, altKey: false, shiftKey: false, ...held });

describe('keysOf', () => {
  it('writes keys as the ribbon shows them', () => {
    expect(pressed('j', { ctrlKey: true })).toBe('Ctrl+J');
    expect(pressed('Enter', { altKey: true })).toBe('Alt+Enter');
    expect(pressed(' ', { ctrlKey: true })).toBe('Ctrl+Space');
    expect(pressed('F6', { shiftKey: true })).toBe('Shift+F6');
  });
});
