/** Timers of the main process, handed to rooms that have none of their own. */
import type { Delay } from '../ipc/invalidation.ts';
import type { Ticker } from '../ipc/subscriptions.ts';

export const timing: Ticker & Delay = {
  every(milliseconds, callback) {
    const timer = setInterval(callback, milliseconds);
    return () => clearInterval(timer);
  },
  after(milliseconds, callback) {
    setTimeout(callback, milliseconds);
  },
};

/** Resolves after `milliseconds`. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
