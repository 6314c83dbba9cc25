/** Lines of a ping as Windows's `ping.exe` prints them. */
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import type { PingReplyState } from '../simulation/state.ts';

/** By ICMP code of "destination unreachable". */
const unreachableTexts: Readonly<Record<number, string>> = {
  0: 'Destination net unreachable.',
  1: 'Destination host unreachable.',
  2: 'Destination protocol unreachable.',
  3: 'Destination port unreachable.',
};

export function unreachableText(code: number | null): string {
  return unreachableTexts[code ?? 1] ?? 'Destination host unreachable.';
}

export function pingLine(reply: PingReplyState, size: number): string {
  const from = reply.from === null ? '' : `Reply from ${formatIpv4(reply.from)}: `;
  switch (reply.status) {
    case 'pending': {
      return '';
    }
    case 'reply': {
      return `${from}bytes=${size} ${timeText(reply.roundTripNs ?? 0)} TTL=${reply.timeToLive ?? 0}`;
    }
    case 'timeout': {
      return 'Request timed out.';
    }
    case 'unreachable': {
      return `${from}${unreachableText(reply.code)}`;
    }
    case 'ttlExpired': {
      return `${from}TTL expired in transit.`;
    }
    case 'fragNeeded': {
      return reply.from === null ? 'Packet needs to be fragmented but DF set.' : `${from}Packet needs to be fragmented but DF set.`;
    }
    case 'failed': {
      return 'PING: transmit failed. General failure.';
    }
  }
}

function timeText(nanoseconds: number): string {
  const milliseconds = Math.floor(nanoseconds / 1e6);
  return milliseconds < 1 ? 'time<1ms' : `time=${milliseconds}ms`;
}
