/** Lines of tracert as Windows's `tracert.exe` prints them (RECALL: from memory of its output). */
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import type { RouteHopState, RouteQueryState } from '../simulation/state.ts';
import { unreachableText } from './pingText.ts';

export function hopLine(hop: RouteHopState): string {
  return `${String(hop.hop).padStart(3)}  ${hop.queries.map((query) => queryText(query)).join('')} ${whoText(hop)}`;
}

/** Nine characters a query. */
function queryText({ status, roundTripNs }: RouteQueryState): string {
  if (status === 'pending') return '';
  if (roundTripNs === null) return '   *     ';
  const milliseconds = Math.floor(roundTripNs / 1e6);
  return `${(milliseconds < 1 ? '<1' : String(milliseconds)).padStart(5)} ms `;
}

function whoText({ from, queries }: RouteHopState): string {
  if (queries.some(({ status }) => status === 'failed')) return 'General failure.';
  if (from === null) return 'Request timed out.';
  const refusal = queries.find(({ status }) => status === 'unreachable');
  return refusal === undefined ? formatIpv4(from) : `${formatIpv4(from)}  reports: ${unreachableText(refusal.code)}`;
}
