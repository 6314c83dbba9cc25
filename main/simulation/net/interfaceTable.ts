/** The interfaces of a node, found by address and by MAC. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import { IntMap, PairMap } from '../kernel/intMap.ts';
import type { Tap } from '../kernel/tap.ts';
import { macHigh, macLow } from '../wire/ethernet.ts';
import type { InterfaceSettings, IpInterface, Transmit } from './ipInterface.ts';

export interface WantedInterface {
  readonly settings: InterfaceSettings;
  readonly tap: Tap | null;
  readonly transmit: Transmit;
}

export class InterfaceTable {
  readonly #make: (wanted: WantedInterface) => IpInterface;
  #all: readonly IpInterface[] = [];
  readonly #bySettings = new Map<InterfaceSettings, IpInterface>();
  readonly #own = new IntMap<true>();
  readonly #byMac = new PairMap<IpInterface>();

  constructor(make: (wanted: WantedInterface) => IpInterface) {
    this.#make = make;
  }

  get all(): readonly IpInterface[] {
    return this.#all;
  }

  isOwn(address: Ipv4Address): boolean {
    return this.#own.has(address);
  }

  ofMac(high: number, low: number): IpInterface | undefined {
    return this.#byMac.get(high, low);
  }

  /** Interfaces go by name: those that stay are the same objects with new settings. */
  replace(wanted: readonly WantedInterface[]): void {
    // A host has hundreds, of which all but one or two come with the settings that they have.
    const staying = new Set(wanted.map(({ settings }) => this.#bySettings.get(settings)));
    const others = this.#all.filter((entry) => !staying.has(entry));
    const outdated = others.map(({ settings }) => settings);
    const known = new Map(others.map((entry) => [entry.settings.name, entry]));
    const fresh: IpInterface[] = [];
    this.#all = wanted.map((entry) => this.#kept(entry) ?? this.#put(entry, known, fresh));
    for (const gone of known.values()) gone.neighbours.clear();
    for (const settings of outdated) this.#forget(settings);
    this.#enterAll(fresh);
  }

  /** Those of before stay as they are, and these come behind them; no name may be there already. */
  append(wanted: readonly WantedInterface[]): void {
    const fresh = wanted.map((entry) => this.#make(entry));
    this.#all = [...this.#all, ...fresh];
    this.#enterAll(fresh);
  }

  #enterAll(fresh: readonly IpInterface[]): void {
    for (const entry of fresh) this.#enter(entry);
    // Where two have the same address, or the same MAC, it is the last one's.
    if (this.#own.size === this.#all.length && this.#byMac.size === this.#all.length) return;
    this.#own.clear();
    this.#byMac.clear();
    for (const entry of this.#all) this.#enter(entry);
  }

  #kept({ settings, transmit }: WantedInterface): IpInterface | undefined {
    const entry = this.#bySettings.get(settings);
    entry?.configure(settings, transmit);
    return entry;
  }

  /** One of those known by name, which it is taken from, or a new one. */
  #put(wanted: WantedInterface, known: Map<string, IpInterface>, fresh: IpInterface[]): IpInterface {
    const existing = known.get(wanted.settings.name);
    known.delete(wanted.settings.name);
    existing?.configure(wanted.settings, wanted.transmit);
    const entry = existing ?? this.#make(wanted);
    fresh.push(entry);
    return entry;
  }

  #enter(entry: IpInterface): void {
    const { address, mac } = entry.settings;
    this.#bySettings.set(entry.settings, entry);
    this.#own.set(address, true);
    this.#byMac.set(macHigh(mac), macLow(mac), entry);
  }

  #forget(settings: InterfaceSettings): void {
    this.#bySettings.delete(settings);
    this.#own.delete(settings.address);
    this.#byMac.delete(macHigh(settings.mac), macLow(settings.mac));
  }
}
