/** What one established session was told: Adj-RIB-Out, and what it is still to be told (RFC 4271 §9.1.3, §9.2). */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import { Timer } from '../kernel/timer.ts';
import type { World } from '../kernel/world.ts';
import { encodeAdvertisements, encodeWithdrawals } from '../wire/bgp.ts';
import type { PathAttributes } from '../wire/bgpAttributes.ts';
import type { Path } from './decision.ts';
import { exported, type Ends } from './policy.ts';
import { networkKey } from './rib.ts';
import type { Session } from './session.ts';
import { bgpTimings } from './timings.ts';

export interface AdvertiserPlace extends Ends {
  readonly peerAddress: Ipv4Address;
}

interface Group {
  readonly attributes: PathAttributes;
  readonly networks: Ipv4Prefix[];
}

export class Advertiser {
  readonly #session: Session;
  readonly #place: AdvertiserPlace;
  readonly #bestOf: (network: Ipv4Prefix) => Path | undefined;
  /** By network: its attributes as text. */
  readonly #sent = new Map<number, string>();
  readonly #pending = new Map<number, Ipv4Prefix>();
  readonly #interval: Timer;
  readonly #intervalNs: number;
  #isWaiting = false;

  constructor(world: World, session: Session, place: AdvertiserPlace, bestOf: (network: Ipv4Prefix) => Path | undefined) {
    this.#session = session;
    this.#place = place;
    this.#bestOf = bestOf;
    this.#intervalNs = place.asn === place.peerAsn ? bgpTimings.advertisementIntervalNs.internal : bgpTimings.advertisementIntervalNs.external;
    this.#interval = new Timer(world.queue, () => this.#onInterval());
  }

  /** Networks that the peer knows of. */
  get count(): number {
    return this.#sent.size;
  }

  /** The best path to these networks changed. Withdrawals go at once; advertisements when the last ones are long enough ago. */
  changed(networks: Iterable<Ipv4Prefix>): void {
    const gone: Ipv4Prefix[] = [];
    for (const network of networks) {
      if (this.#wanted(network) !== undefined) this.#pending.set(networkKey(network), network);
      else this.#withdraw(network, gone);
    }
    this.#session.sendUpdates(encodeWithdrawals(gone));
    if (!this.#isWaiting) this.#flush();
  }

  /** Everything, at once: the session is new, or the peer asked for it once more (RFC 2918). */
  repeat(networks: Iterable<Ipv4Prefix>): void {
    this.#sent.clear();
    this.#isWaiting = false;
    this.changed(networks);
  }

  stop(): void {
    this.#interval.stop();
  }

  #wanted(network: Ipv4Prefix): PathAttributes | undefined {
    const path = this.#bestOf(network);
    return path && exported(path, this.#place, this.#place.peerAddress);
  }

  #withdraw(network: Ipv4Prefix, gone: Ipv4Prefix[]): void {
    const key = networkKey(network);
    this.#pending.delete(key);
    if (this.#sent.delete(key)) gone.push(network);
  }

  #onInterval(): void {
    this.#isWaiting = false;
    this.#flush();
  }

  #flush(): void {
    const groups = this.#takeGroups();
    if (groups.size === 0) return;
    const gone: Ipv4Prefix[] = [];
    for (const [text, { attributes, networks }] of groups) {
      const messages = encodeAdvertisements(attributes, networks, this.#session.isFourOctet);
      // A path that no message holds is none for this peer.
      if (messages.length === 0) for (const network of networks) this.#withdraw(network, gone);
      else for (const network of networks) this.#sent.set(networkKey(network), text);
      this.#session.sendUpdates(messages);
    }
    this.#session.sendUpdates(encodeWithdrawals(gone));
    this.#isWaiting = true;
    this.#interval.set(this.#intervalNs);
  }

  /** What is pending and not known to the peer already, by equal attributes. */
  #takeGroups(): Map<string, Group> {
    const groups = new Map<string, Group>();
    for (const [key, network] of this.#pending) {
      const attributes = this.#wanted(network);
      const text = JSON.stringify(attributes);
      if (attributes === undefined || this.#sent.get(key) === text) continue;
      const group = groups.get(text) ?? { attributes, networks: [] };
      group.networks.push(network);
      groups.set(text, group);
    }
    this.#pending.clear();
    return groups;
  }
}
