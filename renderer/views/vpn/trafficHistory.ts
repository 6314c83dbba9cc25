/** Traffic of tunnels over the last looks, for a small curve. Pure. */
import type { TunnelView } from '../../../shared/contract/vpn.ts';

/** As many looks as a curve shows. */
export const historyLength = 60;

export interface TrafficHistory {
  /** Bytes both ways at the last look. */
  readonly total: number;
  /** Bytes between one look and the next, oldest first. */
  readonly steps: readonly number[];
}

export type Histories = ReadonlyMap<string, TrafficHistory>;

/** One look more. Tunnels that are gone are forgotten; counters that began anew make no negative step. */
export function withLook(histories: Histories, tunnels: readonly Pick<TunnelView, 'id' | 'rxBytes' | 'txBytes'>[]): Histories {
  return new Map(
    tunnels.map(({ id, rxBytes, txBytes }) => {
      const total = rxBytes + txBytes;
      const before = histories.get(id);
      return [id, { total, steps: before === undefined ? [] : [...before.steps, Math.max(0, total - before.total)].slice(-historyLength) }];
    }),
  );
}

/** Points of a polyline in a box of this size, newest at the right edge; empty while nothing is known. */
export function curve(steps: readonly number[], width: number, height: number): string {
  if (steps.length === 0) return '';
  const highest = Math.max(1, ...steps);
  const step = width / (historyLength - 1);
  const left = width - (steps.length - 1) * step;
  return steps.map((value, at) => `${(left + at * step).toFixed(1)},${(height - 1 - (value / highest) * (height - 2)).toFixed(1)}`).join(' ');
}
