/** The compartments of a gateway VM, found by what arrives for them. A gateway has up to a hundred, of which a change mostly concerns one. */
import { differenceOf, inOrder } from '../../../shared/lists/difference.ts';
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { CompartmentConfig } from '../config.ts';
import type { BackEndSwitch } from '../fabric/switchPort.ts';
import { IntMap } from '../kernel/intMap.ts';
import type { DropReason } from '../trace/drops.ts';
import type { SiteToSite } from '../vpn/siteToSite.ts';
import type { Compartment } from './compartment.ts';

/** What all compartments of a gateway depend on. */
export interface CompartmentSurroundings {
  /** Host of the back-end switch; undefined without one. */
  readonly host: BackEndSwitch | undefined;
  readonly blockedBy: DropReason | null;
  readonly name: string;
}

/** External addresses that came to a gateway, and those that left it. */
export interface AddressChange {
  readonly gained: readonly Ipv4Address[];
  readonly lost: readonly Ipv4Address[];
}

export class CarriedCompartments {
  readonly #make: (config: CompartmentConfig) => Compartment;
  readonly #byGuid = new Map<string, Compartment>();
  readonly #natOwners = new IntMap<Compartment>();
  /** So many external addresses the compartments have. */
  #addresses = 0;
  /** With a pre-shared key there is one site-to-site interface for each remote VPN device (fact sheet §4.4). */
  readonly #tunnelOfPeer = new IntMap<SiteToSite>();
  /** Addresses on which VPN devices reach the gateway. */
  readonly #endpoints = new IntMap<true>();
  #routed: Compartment | undefined;
  #configs: readonly CompartmentConfig[] = [];
  #surroundings: CompartmentSurroundings | undefined;

  constructor(make: (config: CompartmentConfig) => Compartment) {
    this.#make = make;
  }

  get all(): readonly Compartment[] {
    return [...this.#byGuid.values()];
  }

  get(guid: string): Compartment | undefined {
    return this.#byGuid.get(guid);
  }

  ofExternalAddress(address: Ipv4Address): Compartment | undefined {
    return this.#natOwners.get(address);
  }

  tunnelOfPeer(peer: Ipv4Address): SiteToSite | undefined {
    return this.#tunnelOfPeer.get(peer);
  }

  isEndpoint(address: Ipv4Address): boolean {
    return this.#endpoints.has(address);
  }

  /** The one that is routed directly: a forwarding gateway serves one routing domain (fact sheet §3.1). */
  get routed(): Compartment | undefined {
    return this.#routed;
  }

  /** Of NAT. */
  externalAddresses(): readonly Ipv4Address[] {
    return [...this.#natOwners.entries()].map(([address]) => address);
  }

  endpoints(): readonly Ipv4Address[] {
    return [...this.#endpoints.entries()].map(([address]) => address);
  }

  /** Brings the compartments in line with their configuration: makes the new, ends the gone. */
  follow(configs: readonly CompartmentConfig[], surroundings: CompartmentSurroundings): AddressChange {
    const { removed, added } = differenceOf(this.#configs, configs);
    const isPatch = isEqual(this.#surroundings, surroundings) && this.#isUnambiguous && removed.every(isPlain) && added.every(isPlain);
    this.#configs = configs;
    this.#surroundings = surroundings;
    if (isPatch) return this.#patch(removed, inOrder(added, configs), surroundings);
    const before = this.externalAddresses();
    this.#replace(configs, surroundings);
    const now = new Set(this.externalAddresses());
    const lost = before.filter((address) => !now.delete(address));
    return { gained: [...now], lost };
  }

  /** No two have the same external address; else the last one has it, which only going through all of them finds. */
  get #isUnambiguous(): boolean {
    return this.#natOwners.size === this.#addresses;
  }

  #replace(configs: readonly CompartmentConfig[], surroundings: CompartmentSurroundings): void {
    const wanted = new Set(configs.map(({ guid }) => guid));
    for (const guid of [...this.#byGuid.keys()]) if (!wanted.has(guid)) this.#end(guid);
    this.#natOwners.clear();
    this.#addresses = 0;
    this.#tunnelOfPeer.clear();
    this.#endpoints.clear();
    this.#routed = undefined;
    for (const config of configs) {
      const compartment = this.#configured(config, surroundings);
      if (config.isRouted) this.#routed ??= compartment;
      for (const tunnel of compartment.tunnels) {
        this.#endpoints.set(tunnel.local, true);
        if (this.#tunnelOfPeer.get(tunnel.peer) === undefined) this.#tunnelOfPeer.set(tunnel.peer, tunnel);
      }
    }
  }

  #patch(removed: readonly CompartmentConfig[], added: readonly CompartmentConfig[], surroundings: CompartmentSurroundings): AddressChange {
    const lost = new Set<Ipv4Address>();
    const stays = new Set(added.map(({ guid }) => guid));
    for (const { guid } of removed) {
      const compartment = this.#byGuid.get(guid);
      for (const address of compartment?.externalAddresses ?? []) {
        this.#natOwners.delete(address);
        this.#addresses -= 1;
        lost.add(address);
      }
      if (!stays.has(guid)) this.#end(guid);
    }
    const gained = added.flatMap((config) => this.#configured(config, surroundings).externalAddresses).filter((address) => !lost.delete(address));
    if (!this.#isUnambiguous) this.#replace(this.#configs, surroundings);
    return { gained, lost: [...lost] };
  }

  #configured(config: CompartmentConfig, { host }: CompartmentSurroundings): Compartment {
    const compartment = this.#byGuid.get(config.guid) ?? this.#make(config);
    this.#byGuid.set(config.guid, compartment);
    compartment.configure(config, host);
    for (const address of compartment.externalAddresses) this.#natOwners.set(address, compartment);
    this.#addresses += compartment.externalAddresses.length;
    return compartment;
  }

  #end(guid: string): void {
    this.#byGuid.get(guid)?.end();
    this.#byGuid.delete(guid);
  }
}

/** Others than its own packets do not depend on it: of several with the same remote VPN device, or that are routed, the first counts. */
function isPlain({ tunnels, isRouted }: CompartmentConfig): boolean {
  return tunnels.length === 0 && !isRouted;
}

function isEqual(a: CompartmentSurroundings | undefined, b: CompartmentSurroundings): boolean {
  return a !== undefined && a.host === b.host && a.blockedBy === b.blockedBy && a.name === b.name;
}
