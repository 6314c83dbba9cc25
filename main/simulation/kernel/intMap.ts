/**
 * Maps from one or two 32-bit integers, open addressing over typed arrays. A plain Map would box every address above 2^31
 * on each look; these allocate nothing unless they grow.
 */

const firstCapacity = 8;

function mix(key: number): number {
  const product = Math.imul(key, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** Keys are pairs of 32-bit integers; signed and unsigned forms of the same bits are the same key. */
export class PairMap<V> {
  #first = new Int32Array(firstCapacity);
  #second = new Int32Array(firstCapacity);
  /** Undefined: the slot is free. */
  #values: (V | undefined)[] = new Array<V | undefined>(firstCapacity).fill(undefined);
  #mask = firstCapacity - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(first: number, second: number): V | undefined {
    return this.#values[this.#slotOf(first | 0, second | 0)];
  }

  set(first: number, second: number, value: V): void {
    if ((this.#size + 1) * 2 > this.#values.length) this.#grow();
    const slot = this.#slotOf(first | 0, second | 0);
    if (this.#values[slot] === undefined) this.#size += 1;
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#values[slot] = value;
  }

  delete(first: number, second: number): boolean {
    let hole = this.#slotOf(first | 0, second | 0);
    if (this.#values[hole] === undefined) return false;
    this.#size -= 1;
    // Entries behind the hole move up, so that no search ends too early.
    for (let at = (hole + 1) & this.#mask; this.#values[at] !== undefined; at = (at + 1) & this.#mask) {
      const home = this.#homeOf(this.#first[at] ?? 0, this.#second[at] ?? 0);
      const staysReachable = hole < at ? home > hole && home <= at : home > hole || home <= at;
      if (staysReachable) continue;
      this.#first[hole] = this.#first[at] ?? 0;
      this.#second[hole] = this.#second[at] ?? 0;
      this.#values[hole] = this.#values[at];
      hole = at;
    }
    this.#values[hole] = undefined;
    return true;
  }

  clear(): void {
    this.#values.fill(undefined);
    this.#size = 0;
  }

  /** In no order that means anything. */
  *values(): Generator<V> {
    for (const value of this.#values) if (value !== undefined) yield value;
  }

  /** Slot of the key, or the free one where it would stand. */
  #slotOf(first: number, second: number): number {
    let slot = this.#homeOf(first, second);
    while (this.#values[slot] !== undefined && (this.#first[slot] !== first || this.#second[slot] !== second)) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #homeOf(first: number, second: number): number {
    return (mix(first) ^ Math.imul(second, 0x85ebca6b) ^ (second >>> 13)) & this.#mask;
  }

  #grow(): void {
    const [first, second, values] = [this.#first, this.#second, this.#values];
    const capacity = values.length * 2;
    this.#first = new Int32Array(capacity);
    this.#second = new Int32Array(capacity);
    this.#values = new Array<V | undefined>(capacity).fill(undefined);
    this.#mask = capacity - 1;
    this.#size = 0;
    values.forEach((value, slot) => {
      if (value !== undefined) this.set(first[slot] ?? 0, second[slot] ?? 0, value);
    });
  }
}

/** Keys are 32-bit integers such as IPv4 addresses. */
export class IntMap<V> {
  #keys = new Int32Array(firstCapacity);
  #values: (V | undefined)[] = new Array<V | undefined>(firstCapacity).fill(undefined);
  #mask = firstCapacity - 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: number): V | undefined {
    return this.#values[this.#slotOf(key | 0)];
  }

  has(key: number): boolean {
    return this.#values[this.#slotOf(key | 0)] !== undefined;
  }

  set(key: number, value: V): void {
    if ((this.#size + 1) * 2 > this.#values.length) this.#grow();
    const slot = this.#slotOf(key | 0);
    if (this.#values[slot] === undefined) this.#size += 1;
    this.#keys[slot] = key;
    this.#values[slot] = value;
  }

  delete(key: number): boolean {
    let hole = this.#slotOf(key | 0);
    if (this.#values[hole] === undefined) return false;
    this.#size -= 1;
    for (let at = (hole + 1) & this.#mask; this.#values[at] !== undefined; at = (at + 1) & this.#mask) {
      const home = mix(this.#keys[at] ?? 0) & this.#mask;
      const staysReachable = hole < at ? home > hole && home <= at : home > hole || home <= at;
      if (staysReachable) continue;
      this.#keys[hole] = this.#keys[at] ?? 0;
      this.#values[hole] = this.#values[at];
      hole = at;
    }
    this.#values[hole] = undefined;
    return true;
  }

  clear(): void {
    this.#values.fill(undefined);
    this.#size = 0;
  }

  /** As they are now, in no order that means anything: one list is quicker to go through than a generator is. */
  values(): V[] {
    const found: V[] = [];
    for (const value of this.#values) if (value !== undefined) found.push(value);
    return found;
  }

  /** Keys as unsigned integers, in no order that means anything. */
  *entries(): Generator<readonly [key: number, value: V]> {
    for (let slot = 0; slot < this.#values.length; slot += 1) {
      const value = this.#values[slot];
      if (value !== undefined) yield [(this.#keys[slot] ?? 0) >>> 0, value];
    }
  }

  #slotOf(key: number): number {
    let slot = mix(key) & this.#mask;
    while (this.#values[slot] !== undefined && this.#keys[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    const capacity = values.length * 2;
    this.#keys = new Int32Array(capacity);
    this.#values = new Array<V | undefined>(capacity).fill(undefined);
    this.#mask = capacity - 1;
    this.#size = 0;
    values.forEach((value, slot) => {
      if (value !== undefined) this.set(keys[slot] ?? 0, value);
    });
  }
}
