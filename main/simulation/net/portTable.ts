/**
 * Which port of a segment has which MAC. With every configuration all nodes attach anew, nearly all of them as before: a table that starts
 * over remembers what was attached in which order, and what comes again as it was costs no entering. What it answers at any moment is
 * what an empty table would that was filled anew.
 */
import { differenceOf } from '../../../shared/lists/difference.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import { PairMap } from '../kernel/intMap.ts';
import { macHigh, macLow } from '../wire/ethernet.ts';

interface Attachment<S> {
  readonly sink: S;
  readonly macs: readonly MacAddress[];
  readonly port: number;
}

export class PortTable<S> {
  /** In their order; behind the first `#attached` of them stand those of the time before. */
  readonly #attachments: Attachment<S>[] = [];
  #attached = 0;
  readonly #sinks: S[] = [];
  /** So many of the sinks have a port. */
  #ports = 0;
  /** Places among the attachments. */
  readonly #placeOfMac = new PairMap<number>();
  /** One MAC was attached twice: then who has it depends on the order, and the table is filled anew. */
  #isAmbiguous = false;

  get size(): number {
    return this.#ports;
  }

  sink(port: number): S | undefined {
    return port < this.#ports ? this.#sinks[port] : undefined;
  }

  portOf(high: number, low: number): number | undefined {
    const place = this.#placeOfMac.get(high, low);
    return place === undefined || place >= this.#attached ? undefined : this.#attachments[place]?.port;
  }

  /** From now on nothing is attached. */
  startOver(): void {
    this.#forgetFrom(this.#isAmbiguous ? 0 : this.#attached);
    this.#isAmbiguous = false;
    this.#attached = 0;
    this.#ports = 0;
  }

  /** The same sink again has the same port. Of two with one MAC the last has it. */
  attach(sink: S, macs: readonly MacAddress[]): void {
    const place = this.#attached;
    const before = this.#attachments[place];
    if (before?.sink === sink) {
      this.#attached += 1;
      if (!isSame(before.macs, macs)) this.#exchange(place, before, macs);
    } else {
      this.#forgetFrom(place);
      this.#attached += 1;
      const known = this.#sinks.indexOf(sink);
      const port = known >= 0 ? known : this.#sinks.push(sink) - 1;
      this.#attachments.push({ sink, macs, port });
      for (const mac of macs) this.#enter(mac, place);
    }
    this.#ports = Math.max(this.#ports, (this.#attachments[place]?.port ?? 0) + 1);
  }

  #exchange(place: number, before: Attachment<S>, macs: readonly MacAddress[]): void {
    const { removed, added } = differenceOf(before.macs, macs);
    this.#attachments[place] = { ...before, macs };
    for (const mac of removed) this.#remove(mac, place);
    for (const mac of added) this.#enter(mac, place);
  }

  #enter(mac: MacAddress, place: number): void {
    const isTaken = this.#placeOfMac.get(macHigh(mac), macLow(mac)) !== undefined;
    // Those behind have to enter theirs anew, so that the last has it.
    if (isTaken) this.#forgetFrom(place + 1);
    this.#isAmbiguous ||= isTaken;
    this.#placeOfMac.set(macHigh(mac), macLow(mac), place);
  }

  #remove(mac: MacAddress, place: number): void {
    if (this.#placeOfMac.get(macHigh(mac), macLow(mac)) === place) this.#placeOfMac.delete(macHigh(mac), macLow(mac));
  }

  /** Attachments from this place on are forgotten, with the sinks that no other has. */
  #forgetFrom(place: number): void {
    const gone = this.#attachments.splice(place);
    gone.forEach(({ macs }, index) => {
      for (const mac of macs) this.#remove(mac, place + index);
    });
    if (gone.length > 0) this.#sinks.length = this.#attachments.reduce((ports, { port }) => Math.max(ports, port + 1), 0);
  }
}

function isSame(macs: readonly MacAddress[], others: readonly MacAddress[]): boolean {
  return macs === others || (macs.length === others.length && macs.every((mac, at) => mac === others[at]));
}
