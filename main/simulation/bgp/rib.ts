/** Loc-RIB: the best path to each network, of all that peers told and of the own networks (RFC 4271 §3.2, §9.1). */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { bestPath, type Candidate, type Path } from './decision.ts';
import { originated } from './policy.ts';

export interface ReceivedPath {
  readonly path: Path;
  /** Not a loop, not through this speaker itself. */
  readonly isUsable: boolean;
}

/** Adj-RIB-In of one peer, by `networkKey`. */
type ReceivedPaths = ReadonlyMap<number, ReceivedPath>;

/** Equal for equal networks. */
export function networkKey({ address, length }: Ipv4Prefix): number {
  return address * 64 + length;
}

/** Cost of the way to a next hop; undefined when there is none. */
export type CostOf = (nextHop: Ipv4Address) => number | undefined;

export class Rib {
  readonly #costOf: CostOf;
  readonly #received: () => Iterable<ReceivedPaths>;
  #own = new Map<number, Path>();
  readonly #best = new Map<number, Path>();

  constructor(costOf: CostOf, received: () => Iterable<ReceivedPaths>) {
    this.#costOf = costOf;
    this.#received = received;
  }

  best(network: Ipv4Prefix): Path | undefined {
    return this.#best.get(networkKey(network));
  }

  get bestPaths(): Iterable<Path> {
    return this.#best.values();
  }

  get ownPaths(): Iterable<Path> {
    return this.#own.values();
  }

  /** Networks that are advertised as this speaker's own from now on; gives back those that were or are to be. */
  setOwn(networks: readonly Ipv4Prefix[]): Ipv4Prefix[] {
    const before = this.#own;
    this.#own = new Map(networks.map((network) => [networkKey(network), before.get(networkKey(network)) ?? { network, attributes: originated(), source: null }]));
    return [...before.values(), ...this.#own.values()].map(({ network }) => network);
  }

  /** Decides anew about these networks; gives back those whose best path is another one now. */
  decide(networks: Iterable<Ipv4Prefix>): Ipv4Prefix[] {
    const changed: Ipv4Prefix[] = [];
    for (const network of networks) {
      const key = networkKey(network);
      const [before, now] = [this.#best.get(key), bestPath(this.#candidates(key))];
      if (before === now) continue;
      if (now === undefined) this.#best.delete(key);
      else this.#best.set(key, now);
      changed.push(network);
    }
    return changed;
  }

  #candidates(key: number): Candidate[] {
    const own = this.#own.get(key);
    const candidates: Candidate[] = own === undefined ? [] : [{ path: own, cost: 0 }];
    for (const received of this.#received()) {
      const entry = received.get(key);
      const cost = entry?.isUsable === true ? this.#costOf(entry.path.attributes.nextHop) : undefined;
      if (entry !== undefined && cost !== undefined) candidates.push({ path: entry.path, cost });
    }
    return candidates;
  }
}
