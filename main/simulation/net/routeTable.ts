/** Routes of one node: longest prefix first, then lowest metric. */
import { maskOf, type Ipv4Address, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { RouteProtocol } from '../state.ts';

export interface Route {
  readonly destination: Ipv4Prefix;
  /** 0: the destination itself is on the link. */
  readonly nextHop: Ipv4Address;
  /** Index of the node's interface; -1 hands the packet to NAT. */
  readonly interfaceIndex: number;
  readonly metric: number;
  readonly protocol: RouteProtocol;
}

export class RouteTable {
  /** Index: prefix length. */
  readonly #byLength: (Map<number, Route> | undefined)[] = new Array<Map<number, Route> | undefined>(33).fill(undefined);
  /** Lengths in use, longest first. */
  #lengths: number[] = [];
  #all: Route[] = [];

  replace(routes: readonly Route[]): void {
    this.#byLength.fill(undefined);
    this.#all = [...routes];
    for (const route of routes) {
      const { address, length } = route.destination;
      const table = (this.#byLength[length] ??= new Map<number, Route>());
      const known = table.get(address);
      if (known === undefined || route.metric < known.metric) table.set(address, route);
    }
    this.#lengths = [];
    for (let length = 32; length >= 0; length -= 1) if (this.#byLength[length] !== undefined) this.#lengths.push(length);
  }

  lookup(destination: Ipv4Address): Route | undefined {
    for (const length of this.#lengths) {
      const route = this.#byLength[length]?.get((destination & maskOf(length)) >>> 0);
      if (route !== undefined) return route;
    }
    return undefined;
  }

  get all(): readonly Route[] {
    return this.#all;
  }
}
