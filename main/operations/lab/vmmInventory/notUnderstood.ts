/** What of an inventory could not be taken over, each with its place in the file and the reason. */
import type { ImportRemark } from '../../../../shared/contract/snapshots.ts';

/** Remarks that are kept for the operator; more are only counted. */
const keptLimit = 1000;

export class NotUnderstood {
  readonly #kept: ImportRemark[] = [];
  readonly #known = new Set<string>();
  #total = 0;

  add(place: string, reason: string): void {
    const key = `${place}\n${reason}`;
    if (this.#known.has(key)) return;
    this.#total += 1;
    if (this.#kept.length >= keptLimit) return;
    this.#known.add(key);
    this.#kept.push({ place: shortened(place), reason: shortened(reason) });
  }

  get kept(): readonly ImportRemark[] {
    return this.#kept;
  }

  get total(): number {
    return this.#total;
  }
}

function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}
