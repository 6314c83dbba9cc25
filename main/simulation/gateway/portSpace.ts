/** Which external ports of one protocol are free, and since when none is. Asked for every new mapping, so it must know without looking. */

export class PortSpace {
  readonly #size: number;
  readonly #start: number;
  readonly #end: number;
  #inUse = 0;
  /** Virtual instant since which no port was free for somebody who asked; null while there is one. */
  exhaustedSince: number | null = null;
  /** Before this instant no port can become free by itself. */
  #closedUntil = 0;

  constructor(start: number, end: number) {
    this.#start = start;
    this.#end = end;
    this.#size = end - start + 1;
  }

  /** Mappings in the range, those included that ran out and were not looked at since. */
  get inUse(): number {
    return this.#inUse;
  }

  get available(): number {
    return this.#size - this.#inUse;
  }

  take(port: number): void {
    if (this.#contains(port)) this.#inUse += 1;
  }

  release(port: number): void {
    if (!this.#contains(port)) return;
    this.#inUse -= 1;
    this.exhaustedSince = null;
    this.#closedUntil = 0;
  }

  /** Every port is taken, and none of the holders can have run out yet. */
  isClosed(now: number): boolean {
    return this.#inUse === this.#size && now < this.#closedUntil;
  }

  /** Somebody asked in vain; `earliest`: when the next holder can run out at the soonest. */
  close(now: number, earliest: number): void {
    this.exhaustedSince ??= now;
    this.#closedUntil = earliest;
  }

  #contains(port: number): boolean {
    return port >= this.#start && port <= this.#end;
  }
}
