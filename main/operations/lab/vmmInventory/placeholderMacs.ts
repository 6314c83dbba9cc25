/** MAC addresses that must be there, and only once: VMM has none for a machine that never ran. */
import { formatMac, parseMac } from '../../../../shared/net/mac.ts';
import type { NotUnderstood } from './notUnderstood.ts';

/** Locally administered, so that no real card has them. */
const firstPlaceholder = 0x02_00_00_00_00_01;

export class PlaceholderMacs {
  readonly #taken: Set<number>;
  readonly #used = new Set<number>();
  readonly #report: NotUnderstood;
  #next = firstPlaceholder;

  /** `known`: all addresses of the inventory, which no placeholder may be. */
  constructor(known: readonly string[], report: NotUnderstood) {
    this.#taken = new Set(known.flatMap((text) => readMac(text) ?? []));
    this.#report = report;
  }

  /** The address itself when it is one that nothing else has. */
  of(text: string, place: string): string {
    const mac = readMac(text);
    if (mac !== undefined && !this.#used.has(mac)) {
      this.#used.add(mac);
      return formatMac(mac);
    }
    while (this.#taken.has(this.#next)) this.#next += 1;
    const chosen = this.#next;
    this.#next += 1;
    this.#used.add(chosen);
    this.#report.add(place, `${mac === undefined ? 'there is no MAC address' : `${formatMac(mac)} stands twice`}; ${formatMac(chosen)} is used instead`);
    return formatMac(chosen);
  }
}

function readMac(text: string): number | undefined {
  const mac = parseMac(text);
  return mac === 0 ? undefined : mac;
}
