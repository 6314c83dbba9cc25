/**
 * Which of its external addresses a NAT uses for a host inside. What WinNAT does with several addresses is not documented; this is the
 * "paired" behaviour that RFC 4787 REQ-2 recommends: everything that a host inside sends comes from one external address, so that
 * protocols with more than one session keep working. Which one follows from the host's address alone: the same after a restart, on
 * the other node of a cluster, and whoever speaks first.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';

/**
 * Place of the external address, from 0 to `addresses` - 1: the sum of the four numbers of the host's address, so that neighbours in a
 * subnet and equal hosts of neighbouring subnets take turns, and a person can tell which one it is.
 */
export function pairedPlace(internalAddress: Ipv4Address, addresses: number): number {
  if (addresses === 1) return 0;
  return ((internalAddress >>> 24) + ((internalAddress >>> 16) & 0xff) + ((internalAddress >>> 8) & 0xff) + (internalAddress & 0xff)) % addresses;
}
