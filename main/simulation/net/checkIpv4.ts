import type { Packet } from '../kernel/packet.ts';
import { isValidIpv4, totalLengthOf } from '../wire/ipv4.ts';

/** Whether a right IPv4 header stands at the packet's start; what follows the datagram (padding of a short frame) is cut off. */
export function checkIpv4(packet: Packet): boolean {
  if (packet.isIpChecked) return true;
  const { view, start } = packet;
  if (!isValidIpv4(view, start, packet.end)) return false;
  packet.end = start + totalLengthOf(view, start);
  packet.isIpChecked = true;
  return true;
}
