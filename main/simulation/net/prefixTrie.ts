/**
 * Longest-prefix match in at most three steps: 16, 8 and 8 bits, each step an index into typed arrays. Prefixes are spread over all
 * entries that they cover, so a look never goes back up (as in DIR-24-8: Gupta, Lin, McKeown, INFOCOM 1998).
 */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';

const rootBits = 16;
const blockBits = 8;
const blockSize = 1 << blockBits;

/** Entry: 0 nothing; n > 0 prefix n - 1; n < 0 block -n - 1 of the next step. */
export class PrefixTrie {
  readonly #root = new Int32Array(1 << rootBits);
  #blocks = new Int32Array(blockSize * 16);
  #blockCount = 0;

  /** No prefix twice. A prefix is found by its place in the list. */
  constructor(prefixes: readonly Ipv4Prefix[]) {
    // Shorter ones first: whatever comes later is more specific and may overwrite.
    const order = prefixes.map((_, at) => at).sort((a, b) => (prefixes[a]?.length ?? 0) - (prefixes[b]?.length ?? 0));
    for (const at of order) {
      const prefix = prefixes[at];
      if (prefix !== undefined) this.#insert(prefix, at + 1);
    }
  }

  /** Place of the longest prefix that contains the address, or -1. */
  lookup(address: Ipv4Address): number {
    let entry = this.#root[address >>> 16] ?? 0;
    if (entry < 0) entry = this.#blocks[(-entry - 1) * blockSize + ((address >>> 8) & 0xff)] ?? 0;
    if (entry < 0) entry = this.#blocks[(-entry - 1) * blockSize + (address & 0xff)] ?? 0;
    return entry - 1;
  }

  #insert({ address, length }: Ipv4Prefix, value: number): void {
    if (length <= rootBits) {
      const first = address >>> 16;
      this.#root.fill(value, first, first + (1 << (rootBits - length)));
      return;
    }
    const middle = this.#rootBlock(address >>> 16);
    const second = middle * blockSize + ((address >>> 8) & 0xff);
    if (length <= rootBits + blockBits) {
      this.#blocks.fill(value, second, second + (1 << (rootBits + blockBits - length)));
      return;
    }
    const third = this.#innerBlock(second) * blockSize + (address & 0xff);
    this.#blocks.fill(value, third, third + (1 << (32 - length)));
  }

  #rootBlock(at: number): number {
    const entry = this.#root[at] ?? 0;
    if (entry < 0) return -entry - 1;
    const block = this.#newBlock(entry);
    this.#root[at] = -block - 1;
    return block;
  }

  #innerBlock(at: number): number {
    const entry = this.#blocks[at] ?? 0;
    if (entry < 0) return -entry - 1;
    const block = this.#newBlock(entry);
    this.#blocks[at] = -block - 1;
    return block;
  }

  /** A block that says everywhere what stood in its place. */
  #newBlock(value: number): number {
    const block = this.#blockCount++;
    if ((block + 1) * blockSize > this.#blocks.length) {
      const larger = new Int32Array(this.#blocks.length * 2);
      larger.set(this.#blocks);
      this.#blocks = larger;
    }
    this.#blocks.fill(value, block * blockSize, (block + 1) * blockSize);
    return block;
  }
}
