import { describe, expect, it } from 'vitest';
import { clockText, speedLabel } from './simulationStatus.ts';

describe('clockText', () => {
  it.each([
    [0, '00:00:00.0'],
    [1.25e9, '00:00:01.2'],
    [3_599.96e9, '00:59:59.9'],
    [86_400e9 + 3_661e9, '1.01:01:01.0'],
  ])('%d ns', (nanoseconds, text) => expect(clockText(nanoseconds)).toBe(text));
});

describe('speedLabel', () => {
  it('names the standstill and the two kinds of running', () => {
    expect([speedLabel(0), speedLabel(10), speedLabel('max')]).toEqual(['Paused', 'Running 10x', 'As fast as possible']);
  });
});
