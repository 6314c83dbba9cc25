/** Routes of one node: longest prefix first, then lowest metric. */
import { maskOf, type Ipv4Address, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { RouteProtocol } from '../state.ts';
import { PrefixTrie } from './prefixTrie.ts';

export interface Route {
  readonly destination: Ipv4Prefix;
  /** 0: the destination itself is on the link. */
  readonly nextHop: Ipv4Address;
  /** Index of the node's interface; -1 hands the packet to NAT. */
  readonly interfaceIndex: number;
  readonly metric: number;
  readonly protocol: RouteProtocol;
}

/** Up to so many routes are compared one by one, which is faster than any tree; a tenant's compartment has three or four. */
const scanLimit = 12;

export class RouteTable {
  #all: readonly Route[] = [];
  /** The routes that can win, longest prefix first. */
  #best: readonly Route[] = [];
  #networks = new Int32Array(0);
  #masks = new Int32Array(0);
  /** Only for many routes. */
  #trie: PrefixTrie | null = null;

  /** The same routes again, as after most changes elsewhere, leave everything as it is. */
  replace(routes: readonly Route[]): void {
    if (isSame(routes, this.#all)) return;
    this.#all = [...routes];
    this.#best = winners(routes);
    this.#networks = Int32Array.from(this.#best, ({ destination }) => destination.address);
    this.#masks = Int32Array.from(this.#best, ({ destination }) => maskOf(destination.length));
    this.#trie = this.#best.length > scanLimit ? new PrefixTrie(this.#best.map(({ destination }) => destination)) : null;
  }

  /** Behind those that it has, which win where both are as good. */
  append(routes: readonly Route[]): void {
    if (routes.every((route) => this.#best.some((known) => isSamePrefix(known, route) && known.metric <= route.metric))) this.#all = [...this.#all, ...routes];
    else this.replace([...this.#all, ...routes]);
  }

  lookup(destination: Ipv4Address): Route | undefined {
    if (this.#trie !== null) {
      const found = this.#trie.lookup(destination);
      return found < 0 ? undefined : this.#best[found];
    }
    const networks = this.#networks;
    const masks = this.#masks;
    for (let at = 0; at < networks.length; at += 1) if ((destination & (masks[at] ?? 0)) === networks[at]) return this.#best[at];
    return undefined;
  }

  get all(): readonly Route[] {
    return this.#all;
  }
}

function isSamePrefix({ destination: a }: Route, { destination: b }: Route): boolean {
  return a.address === b.address && a.length === b.length;
}

function isSame(routes: readonly Route[], others: readonly Route[]): boolean {
  return routes.length === others.length && routes.every((route, at) => isEqual(route, others[at]));
}

function isEqual(a: Route, b: Route | undefined): boolean {
  return b !== undefined && a.destination.address === b.destination.address && a.destination.length === b.destination.length
    && a.nextHop === b.nextHop && a.interfaceIndex === b.interfaceIndex && a.metric === b.metric && a.protocol === b.protocol;
}

/** From 0 to 32. */
const prefixLengths = 33;

/** One route for each prefix, that of the lowest metric (the first of equal ones); longest prefix first. */
function winners(routes: readonly Route[]): Route[] {
  const best = new Map<number, Route>();
  for (const route of routes) {
    const key = route.destination.address * prefixLengths + route.destination.length;
    const known = best.get(key);
    if (known === undefined || route.metric < known.metric) best.set(key, route);
  }
  return [...best.values()].sort((a, b) => b.destination.length - a.destination.length);
}
