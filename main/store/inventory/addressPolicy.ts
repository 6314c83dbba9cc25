/** Which address of a static pool is given next. */
import type { AddressRange } from '../../../shared/net/addressRanges.ts';
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';

/**
 * The lowest address of the pool that is neither blocked nor allocated, or null when there is none.
 * VMM's own order is not documented (fact sheet §2.2: lowest free first is RECALL); this is the only place that knows it.
 *
 * `blocked`: reservations, VIPs and the pool's gateways, in any order. `firstFreeFrom` gives the lowest address from its
 * argument on that is not allocated.
 */
export function chooseAddress(
  pool: AddressRange,
  blocked: readonly AddressRange[],
  firstFreeFrom: (address: Ipv4Address) => Ipv4Address,
): Ipv4Address | null {
  const blockAt = (address: Ipv4Address) => blocked.find(({ start, end }) => start <= address && address <= end);
  let candidate = pool.start;
  while (candidate <= pool.end) {
    const block = blockAt(candidate);
    if (block !== undefined) {
      candidate = block.end + 1;
      continue;
    }
    candidate = firstFreeFrom(candidate);
    if (candidate <= pool.end && blockAt(candidate) === undefined) return candidate;
  }
  return null;
}
