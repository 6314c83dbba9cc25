/** What becomes of a path on its way in and out: RFC 4271 §5.1, §6.3, §9.1.1, §9.2. */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { BgpUpdate } from '../wire/bgp.ts';
import { neighbourAs, prependAs } from '../wire/bgpAsPath.ts';
import { attributeType, isHostAddress, type PathAttributes } from '../wire/bgpAttributes.ts';
import { bgpFault, type BgpFault } from '../wire/bgpFault.ts';
import { defaultLocalPref, type Path } from './decision.ts';

export interface Ends {
  readonly asn: number;
  readonly peerAsn: number;
  readonly localAddress: Ipv4Address;
}

const isExternal = ({ asn, peerAsn }: Ends): boolean => asn !== peerAsn;

/** What is wrong with an UPDATE of this peer, beyond its form. */
export function faultOf({ attributes }: BgpUpdate, ends: Ends): BgpFault | undefined {
  if (attributes === null) return undefined;
  if (isExternal(ends)) return neighbourAs(attributes.asPath) === ends.peerAsn ? undefined : bgpFault('malformedAsPath');
  return attributes.localPref === null ? bgpFault('missingWellKnown', [attributeType.localPref]) : undefined;
}

/** Attributes as they stand in Adj-RIB-In: LOCAL_PREF of another AS means nothing here (§5.1.5). */
export function imported(attributes: PathAttributes, ends: Ends): PathAttributes {
  return isExternal(ends) ? { ...attributes, localPref: null } : attributes;
}

/** Whether a path may be used: no loop, the next hop is not this speaker itself, the network is one of hosts. */
export function isUsable(network: Ipv4Prefix, attributes: PathAttributes, ends: Ends): boolean {
  if (attributes.asPath.some(({ asns }) => asns.includes(ends.asn))) return false;
  return attributes.nextHop !== ends.localAddress && (network.length === 0 || isHostAddress(network.address));
}

/** Attributes with which a path is advertised to a peer; undefined when it is not. */
export function exported(path: Path, ends: Ends, peerAddress: Ipv4Address): PathAttributes | undefined {
  const { source, attributes } = path;
  if (source?.address === peerAddress) return undefined;
  if (isExternal(ends)) {
    // MED of one neighbour is not told to the next (§5.1.4).
    return { ...attributes, asPath: prependAs(attributes.asPath, ends.asn), nextHop: ends.localAddress, localPref: null, med: source === null ? attributes.med : null };
  }
  // What came from an internal peer, every internal peer has already (§9.2.1).
  if (source?.isExternal === false) return undefined;
  return { ...attributes, nextHop: source === null ? ends.localAddress : attributes.nextHop, localPref: attributes.localPref ?? defaultLocalPref };
}

/** Attributes of a network of this speaker's own. */
export function originated(): PathAttributes {
  return { origin: 'IGP', asPath: [], nextHop: 0, med: null, localPref: defaultLocalPref, isAtomicAggregate: false, aggregator: null, unknown: [] };
}
