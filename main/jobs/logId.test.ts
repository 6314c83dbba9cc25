import { expect, it } from 'vitest';
import { z } from 'zod';
import { logId } from './logId.ts';

it('gives GUIDs of their own that stand in the order of their time', () => {
  const ids = Array.from({ length: 500 }, (_, at) => logId(new Date(Date.parse('2026-01-01T00:00:00Z') + at)));
  for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  const now = new Date(0);
  expect(new Set(Array.from({ length: 500 }, () => logId(now))).size).toBe(500);
});
