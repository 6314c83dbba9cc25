import { describe, expect, it } from 'vitest';
import { parsePingForm, type PingForm } from './pingForm.ts';

const good: PingForm = { virtualMachine: 'vm', destination: ' 192.0.2.80 ', count: '4', size: '32', doNotFragment: false };
const errorsOf = (change: Partial<PingForm>) => {
  const result = parsePingForm({ ...good, ...change });
  return 'errors' in result ? Object.keys(result.errors) : [];
};

describe('parsePingForm', () => {
  it('takes what was typed, spaces aside', () => {
    expect(parsePingForm(good)).toMatchObject({ input: { virtualMachine: 'vm', destination: '192.0.2.80', count: 4, size: 32 } });
  });

  it.each([
    [{ virtualMachine: '' }, ['virtualMachine']],
    [{ destination: '192.0.2' }, ['destination']],
    [{ destination: '192.0.2.256' }, ['destination']],
    [{ count: '0' }, ['count']],
    [{ count: '1e2' }, ['count']],
    [{ count: '' }, ['count']],
    [{ size: '65501' }, ['size']],
    [{ size: '-1', count: '2.5' }, ['count', 'size']],
  ] as const)('%j is wrong in %j', (change, fields) => {
    expect(errorsOf(change).sort()).toEqual([...fields].sort());
  });
});
