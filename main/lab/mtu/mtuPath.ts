/** The path of a probe, from what was traced of it. Pure. */
import type { MtuHop } from '../../../shared/contract/mtuCheck.ts';
import type { PingState } from '../../simulation/state.ts';

/** Where a probe ended, and by which of the simulation's drop reasons. */
export interface MtuStop {
  readonly place: string;
  readonly reason: string;
  /** The answer was stopped, and not the request. */
  readonly isOnWayBack: boolean;
}

const answered = 'answered the echo request';

/** Undefined where the trace tells of no drop. */
export function stoppedAt({ trace }: Pick<PingState, 'trace'>): MtuStop | null {
  const at = trace.findIndex(({ table }) => table === 'drop');
  const drop = trace[at];
  return drop === undefined ? null : { place: drop.place, reason: drop.matched, isOnWayBack: trace.slice(0, at).some(({ action }) => action === answered) };
}

/** What the request went through, up to the host that answered. The machine's first crossing has the packet as it is: anything more later on is around it. */
export function hopsOf(ping: Pick<PingState, 'trace' | 'crossings'> | undefined, stop: MtuStop | null): MtuHop[] {
  if (ping === undefined) return [];
  const { trace, crossings } = ping;
  const turn = trace.findIndex(({ action }) => action === answered);
  const outward = crossings.filter(({ after }) => turn < 0 || after <= turn);
  const size = outward[0]?.size ?? 0;
  return outward.map(({ place, link, mtu, size: there }) => ({ place, link, mtu, overhead: Math.max(0, there - size), isLimit: stop !== null && !stop.isOnWayBack && stop.reason === 'fragmentationNeeded' && stop.place === place && mtu !== Infinity && isTightest(outward, place, mtu - Math.max(0, there - size), size) }));
}

/** A place may be crossed more than once (into a tunnel, and out with its outer packet): the link that leaves least room is the one that stops. */
function isTightest(crossings: readonly { readonly place: string; readonly mtu: number; readonly size: number }[], place: string, room: number, size: number): boolean {
  return crossings.filter((other) => other.place === place).every((other) => room <= other.mtu - Math.max(0, other.size - size));
}
