import { expect, it } from 'vitest';
import type { InvalidationDomain } from '../../shared/contract/procedures.ts';
import { InvalidationGatherer } from './invalidation.ts';

it('makes one message of a burst, then starts anew', () => {
  const timers: (() => void)[] = [];
  const sent: (readonly InvalidationDomain[])[] = [];
  const gatherer = new InvalidationGatherer({ after: (_milliseconds, callback) => timers.push(callback) }, (domains) => sent.push(domains));
  gatherer.add(['job']);
  gatherer.add(['job', 'vmNetwork']);
  gatherer.add([]);
  expect(timers).toHaveLength(1);
  timers.shift()?.();
  expect(sent).toEqual([['job', 'vmNetwork']]);
  gatherer.add(['host']);
  timers.shift()?.();
  expect(sent).toEqual([['job', 'vmNetwork'], ['host']]);
});
