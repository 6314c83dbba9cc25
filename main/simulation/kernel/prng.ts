/** xoshiro128** (Blackman and Vigna), seeded by splitmix32: the only source of chance in the simulation. */
export class Random {
  readonly #state = new Uint32Array(4);

  constructor(seed: number) {
    let value = seed >>> 0;
    for (let index = 0; index < 4; index += 1) {
      value = (value + 0x9e3779b9) >>> 0;
      let mixed = value ^ (value >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      this.#state[index] = mixed ^ (mixed >>> 15);
    }
  }

  /** 0..2^32-1 */
  uint32(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const multiplied = Math.imul(b, 5);
    const result = Math.imul((multiplied << 7) | (multiplied >>> 25), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    state[1] = b ^ third;
    state[0] = a ^ fourth;
    state[2] = third ^ (b << 9);
    state[3] = (fourth << 11) | (fourth >>> 21);
    return result;
  }

  /** 0..limit-1 */
  below(limit: number): number {
    return Math.floor((this.uint32() / 0x100000000) * limit);
  }
}
