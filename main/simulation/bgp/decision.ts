/** Which of several paths to a network is the best: RFC 4271 §9.1.2.2. */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { asPathLength, neighbourAs } from '../wire/bgpAsPath.ts';
import { originRank, type PathAttributes } from '../wire/bgpAttributes.ts';

/** LOCAL_PREF of what came without one (fact sheet §4.6 shows the column; the value is the usual default). */
export const defaultLocalPref = 100;

export interface PathSource {
  readonly isExternal: boolean;
  readonly identifier: Ipv4Address;
  readonly address: Ipv4Address;
}

/** A path to a network. */
export interface Path {
  readonly network: Ipv4Prefix;
  readonly attributes: PathAttributes;
  /** Null for a network of this speaker's own. */
  readonly source: PathSource | null;
}

/** A path whose next hop can be reached, at this cost. */
export interface Candidate {
  readonly path: Path;
  readonly cost: number;
}

/** The best path, whatever the order of the list; undefined when there is none. Own networks come before learned ones. */
export function bestPath(candidates: readonly Candidate[]): Path | undefined {
  let left = least(candidates, ({ path }) => (path.source === null ? 0 : 1));
  left = least(left, ({ path }) => -(path.attributes.localPref ?? defaultLocalPref));
  left = least(left, ({ path }) => asPathLength(path.attributes.asPath));
  left = least(left, ({ path }) => originRank(path.attributes.origin));
  left = left.filter((entry) => !left.some((other) => isBetterExit(other, entry)));
  left = least(left, ({ path }) => (path.source?.isExternal === false ? 1 : 0));
  left = least(left, ({ cost }) => cost);
  left = least(left, ({ path }) => path.source?.identifier ?? 0);
  return least(left, ({ path }) => path.source?.address ?? 0)[0]?.path;
}

function least(list: readonly Candidate[], rank: (entry: Candidate) => number): readonly Candidate[] {
  if (list.length < 2) return list;
  const lowest = Math.min(...list.map((entry) => rank(entry)));
  return list.filter((entry) => rank(entry) === lowest);
}

/** Exits are compared only between paths of the same neighbouring AS; none at all is the lowest. */
function isBetterExit(a: Candidate, b: Candidate): boolean {
  const [first, second] = [a.path.attributes, b.path.attributes];
  return neighbourAs(first.asPath) === neighbourAs(second.asPath) && (first.med ?? 0) < (second.med ?? 0);
}
