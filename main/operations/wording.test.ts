import { expect, it } from 'vitest';
import { capitalized, listed } from './wording.ts';

it('names stand in a sentence, and very many become a number', () => {
  expect([listed([]), listed(['A']), listed(['A', 'B']), listed(['A', 'B', 'C'])]).toEqual(['', 'A', 'A and B', 'A, B and C']);
  expect([capitalized('virtual machine'), capitalized('')]).toEqual(['Virtual machine', '']);
  const many = Array.from({ length: 500 }, (_, at) => `VM${at}`);
  expect(listed(many)).toBe('VM0, VM1, VM2, VM3, VM4, VM5, VM6, VM7, VM8, VM9 and 490 more');
});
