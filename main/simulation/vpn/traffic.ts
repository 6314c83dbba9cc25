/** Which packets of a gateway or VPN device are its tunnels', and how they get there. */
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import type { IpNode } from '../net/ipNode.ts';
import { ikePort } from '../wire/ike.ts';
import { headerLengthOf, ipProtocol, isFragment, protocolOf } from '../wire/ipv4.ts';
import { destinationPortOf, hasValidChecksum, udpLength } from '../wire/transport.ts';
import type { SiteToSite } from './siteToSite.ts';

/** ESP, or UDP to the port of IKE. `packet` stands at its IPv4 header. */
export function isTunnelTraffic({ view, start, end }: Packet): boolean {
  const protocol = protocolOf(view, start);
  if (protocol === ipProtocol.esp) return true;
  const at = start + headerLengthOf(view, start);
  return protocol === ipProtocol.udp && !isFragment(view, start) && at + udpLength <= end && destinationPortOf(view, at) === ikePort;
}

/** Takes over a packet for which `isTunnelTraffic` holds. */
export function receiveTunnelTraffic(world: World, node: IpNode, tunnel: SiteToSite, packet: Packet): void {
  const whole = node.reassemble(packet);
  if (whole === undefined) return;
  const { view, start, end } = whole;
  const at = start + headerLengthOf(view, start);
  if (protocolOf(view, start) === ipProtocol.esp) return tunnel.receiveEsp(whole, at);
  if (!hasValidChecksum(view, start, at, end, ipProtocol.udp)) return node.drop(whole, 'malformed');
  tunnel.receiveMessage(whole.bytes.slice(at + udpLength, end));
  world.pool.release(whole);
}
