/** Traffic of tunnels over the last minute of the virtual clock, for a small curve. Pure. */
import type { TunnelView } from '../../../shared/contract/vpn.ts';

/** As many rates as a curve shows: at least a second lies between two, so it shows the last minute, or more when time flies. */
export const historyLength = 60;
const leastSeconds = 1;

/** Bytes a virtual second. */
export interface Rate {
  readonly received: number;
  readonly sent: number;
}

export interface TrafficHistory {
  readonly last: { readonly at: number; readonly rxBytes: number; readonly txBytes: number };
  /** Oldest first. */
  readonly rates: readonly Rate[];
}

export type Histories = ReadonlyMap<string, TrafficHistory>;

type Counted = Pick<TunnelView, 'id' | 'rxBytes' | 'txBytes'>;

/** One look more at `now` (virtual seconds). Tunnels that are gone are forgotten; counters or a clock that began anew make no negative rate. */
export function withLook(histories: Histories, tunnels: readonly Counted[], now: number): Histories {
  return new Map(tunnels.map((tunnel) => [tunnel.id, lookAt(histories.get(tunnel.id), tunnel, now)]));
}

function lookAt(before: TrafficHistory | undefined, { rxBytes, txBytes }: Counted, now: number): TrafficHistory {
  const last = { at: now, rxBytes, txBytes };
  if (before === undefined || now < before.last.at) return { last, rates: [] };
  const seconds = now - before.last.at;
  if (seconds < leastSeconds) return before;
  const rate = { received: Math.max(0, rxBytes - before.last.rxBytes) / seconds, sent: Math.max(0, txBytes - before.last.txBytes) / seconds };
  return { last, rates: [...before.rates, rate].slice(-historyLength) };
}

/** Points of a polyline in a box of this size, newest at the right edge; empty while nothing is known. `highest`: the value at the top. */
export function curve(values: readonly number[], highest: number, width: number, height: number): string {
  const step = width / (historyLength - 1);
  const left = width - (values.length - 1) * step;
  const top = Math.max(1, highest);
  return values.map((value, at) => `${(left + at * step).toFixed(1)},${(height - 1 - (value / top) * (height - 2)).toFixed(1)}`).join(' ');
}

/** The highest rate of either way, so that both curves have one scale. */
export function peakOf(rates: readonly Rate[]): number {
  return rates.reduce((highest, { received, sent }) => Math.max(highest, received, sent), 0);
}
