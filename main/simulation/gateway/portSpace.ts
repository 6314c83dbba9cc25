/** Which external ports of one protocol are free, and since when none is. Asked for every new mapping, so it must know without looking far. */

/** Ports that are counted together, so that a search steps over full blocks. */
const blockSize = 256;

export class PortSpace {
  readonly #start: number;
  readonly #end: number;
  readonly #isTaken: (port: number) => boolean;
  /** Made with the first port: most address spaces of most tenants are never used. */
  #usedInBlock: Uint16Array | null = null;
  #inUse = 0;
  /** Where the search for a free port goes on. */
  #next: number;
  /** Virtual instant since which no port was free for somebody who asked; null while there is one. */
  exhaustedSince: number | null = null;

  /** `start` to `end`, both of them in. `isTaken`: whether a port of the range is in use. */
  constructor(start: number, end: number, isTaken: (port: number) => boolean) {
    this.#start = start;
    this.#end = end;
    this.#next = start;
    this.#isTaken = isTaken;
  }

  get inUse(): number {
    return this.#inUse;
  }

  get available(): number {
    return this.#end - this.#start + 1 - this.#inUse;
  }

  /** Ports beyond the range are not counted. */
  take(port: number): void {
    if (this.#contains(port)) this.#count(port, 1);
  }

  release(port: number): void {
    if (!this.#contains(port)) return;
    this.#count(port, -1);
    this.exhaustedSince = null;
  }

  /** `wanted` where it is free, otherwise the next free port, round the range; undefined when there is none. Goes through one block's ports at most. */
  choose(wanted: number): number | undefined {
    if (this.#contains(wanted) && !this.#isTaken(wanted)) return wanted;
    if (this.available === 0) return undefined;
    let port = this.#next;
    while (this.#isTaken(port)) port = this.#after(this.#isFull(port) ? this.#endOfBlock(port) : port);
    this.#next = this.#after(port);
    return port;
  }

  #count(port: number, change: 1 | -1): void {
    this.#usedInBlock ??= new Uint16Array(this.#blockOf(this.#end) + 1);
    const block = this.#blockOf(port);
    this.#usedInBlock[block] = (this.#usedInBlock[block] ?? 0) + change;
    this.#inUse += change;
  }

  #isFull(port: number): boolean {
    const block = this.#blockOf(port);
    return this.#usedInBlock?.[block] === this.#endOfBlock(port) - this.#start - block * blockSize + 1;
  }

  #endOfBlock(port: number): number {
    return Math.min(this.#end, this.#start + (this.#blockOf(port) + 1) * blockSize - 1);
  }

  #blockOf(port: number): number {
    return Math.floor((port - this.#start) / blockSize);
  }

  #after(port: number): number {
    return port >= this.#end ? this.#start : port + 1;
  }

  #contains(port: number): boolean {
    return port >= this.#start && port <= this.#end;
  }
}
