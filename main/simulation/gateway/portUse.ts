/** Which external ports of a NAT address one protocol uses. "Port" is the identifier for ICMP queries. */

/** Ports that are counted together, so that a search steps over full blocks. */
const blockSize = 256;

export class PortUse {
  readonly #first: number;
  readonly #last: number;
  readonly #isTaken: (port: number) => boolean;
  readonly #usedInBlock: Uint16Array;
  #inUse = 0;
  /** Where the search for a free port goes on. */
  #next: number;
  /** Virtual instant since which no port is free, or null. */
  fullSince: number | null = null;
  /** Packets that were dropped because no port could be given. */
  refused = 0;

  /** `first` to `last`, both of them in. `isTaken`: whether a port of the range is in use. */
  constructor(first: number, last: number, isTaken: (port: number) => boolean) {
    this.#first = first;
    this.#last = last;
    this.#next = first;
    this.#isTaken = isTaken;
    this.#usedInBlock = new Uint16Array(Math.floor((last - first) / blockSize) + 1);
  }

  get size(): number {
    return this.#last - this.#first + 1;
  }

  get inUse(): number {
    return this.#inUse;
  }

  has(port: number): boolean {
    return port >= this.#first && port <= this.#last;
  }

  /** Counts a port as used from `now` on; each only once. Ports beyond the range are not counted. */
  take(port: number, now: number): void {
    if (!this.has(port)) return;
    this.#count(port, 1);
    if (this.#inUse === this.size) this.fullSince = now;
  }

  /** Counts a used port as free. */
  release(port: number): void {
    if (!this.has(port)) return;
    this.#count(port, -1);
    this.fullSince = null;
  }

  /** `wanted` where it is free, otherwise the next free port, round the range; undefined when there is none. Goes through one block's ports at most, and over full blocks. */
  choose(wanted: number): number | undefined {
    if (this.has(wanted) && !this.#isTaken(wanted)) return wanted;
    if (this.#inUse === this.size) return undefined;
    let port = this.#next;
    while (this.#isTaken(port)) port = this.#after(this.#isFull(port) ? this.#endOfBlock(port) : port);
    this.#next = this.#after(port);
    return port;
  }

  #count(port: number, change: 1 | -1): void {
    const block = this.#blockOf(port);
    this.#usedInBlock[block] = (this.#usedInBlock[block] ?? 0) + change;
    this.#inUse += change;
  }

  #isFull(port: number): boolean {
    const start = this.#first + this.#blockOf(port) * blockSize;
    return this.#usedInBlock[this.#blockOf(port)] === this.#endOfBlock(port) - start + 1;
  }

  #endOfBlock(port: number): number {
    return Math.min(this.#last, this.#first + (this.#blockOf(port) + 1) * blockSize - 1);
  }

  #blockOf(port: number): number {
    return Math.floor((port - this.#first) / blockSize);
  }

  #after(port: number): number {
    return port >= this.#last ? this.#first : port + 1;
  }
}
