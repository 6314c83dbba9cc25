import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatInstant, formatSeconds } from './format.ts';

describe('formatSeconds', () => {
  it('takes the two largest units that say something', () => {
    expect([0.4, 42.9, 185, 3720].map(formatSeconds)).toEqual(['0 s', '42 s', '3 min 5 s', '1 h 2 min']);
  });
});

describe('formatDuration', () => {
  it('counts to the end of a finished job', () => {
    expect(formatDuration('2024-03-01T10:00:00.000Z', '2024-03-01T11:02:03.400Z', 0)).toBe('1:02:03.4');
  });
  it('counts to now while there is no end', () => {
    expect(formatDuration('1970-01-01T00:00:00.000Z', null, 1500)).toBe('0:00:01.5');
  });
  it('is empty before the start and never negative', () => {
    expect(formatDuration(null, null, 5)).toBe('');
    expect(formatDuration('1970-01-01T00:00:10.000Z', null, 0)).toBe('0:00:00.0');
  });
});

describe('formatInstant', () => {
  it('is empty for nothing and keeps what it cannot read', () => {
    expect(formatInstant(null)).toBe('');
    expect(formatInstant('soon')).toBe('soon');
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1.0 KB'],
    [1536, '1.5 KB'],
    [5 * 1024 ** 3, '5.0 GB'],
    [3 * 1024 ** 5, '3072.0 TB'],
  ])('%i', (bytes, text) => {
    expect(formatBytes(bytes).replace(/[^\d.,A-Z ]/g, ',')).toBe(text);
  });
});
