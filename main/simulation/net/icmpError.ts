/** ICMP errors about a packet. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { icmpLength, isError, typeOf, writeIcmp } from '../wire/icmp.ts';
import { fragmentOffsetOf, headerLengthOf, ipProtocol, ipv4Length, protocolOf, sourceOf, writeIpv4 } from '../wire/ipv4.ts';

/** RECALL: initial time to live of Windows. */
const timeToLive = 128;

/**
 * The error, standing at its IPv4 header; undefined where none may be sent: about another error or a later fragment
 * (RFC 1812 §4.3.2.7). `packet` stands at its IPv4 header and is left alone.
 */
export function buildIcmpError(
  world: World,
  packet: Packet,
  source: Ipv4Address,
  identification: number,
  type: number,
  code: number,
  rest: number,
): Packet | undefined {
  const { view, start } = packet;
  const header = headerLengthOf(view, start);
  if (fragmentOffsetOf(view, start) !== 0) return undefined;
  if (protocolOf(view, start) === ipProtocol.icmp && isError(typeOf(view, start + header))) return undefined;
  const quoted = Math.min(packet.length, header + 8);
  const error = world.pool.acquire(ipv4Length + icmpLength + quoted);
  const at = error.start + ipv4Length;
  writeIpv4(error.view, error.start, {
    source,
    destination: sourceOf(view, start),
    protocol: ipProtocol.icmp,
    timeToLive,
    identification,
    doNotFragment: false,
    totalLength: error.length,
  });
  error.bytes.set(packet.bytes.subarray(start, start + quoted), at + icmpLength);
  writeIcmp(error.view, at, error.end, type, code, rest);
  return error;
}
