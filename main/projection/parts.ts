/**
 * Parts of a configuration that stay the same objects as long as what they were made from does. Whatever a part reads while it is made is
 * noted; when something of that changes, the part, and those that were made from it, are made anew when they are next asked for.
 */

/** Parts that have read something. */
export type Readers = Part<unknown>[];

class Part<V> {
  readonly readers: Readers = [];
  /** Undefined: it has to be made. */
  made: { readonly value: V } | undefined;
  #sources: Readers[] = [];
  readonly #onOutdated: (() => void) | undefined;

  constructor(onOutdated: (() => void) | undefined) {
    this.#onOutdated = onOutdated;
  }

  hasRead(source: Readers): void {
    source.push(this);
    this.#sources.push(source);
  }

  outdate(): void {
    if (this.made === undefined) return;
    this.made = undefined;
    for (const source of this.#sources) {
      const at = source.indexOf(this);
      if (at >= 0) source.splice(at, 1);
    }
    this.#sources = [];
    this.#onOutdated?.();
    outdate(this.readers);
  }
}

/** Whoever read it has to be made anew. */
export function outdate(readers: Readers): void {
  for (const reader of readers.splice(0)) reader.outdate();
}

/** Knows which part is being made. */
export class Maker {
  #making: Part<unknown> | undefined;

  get isMaking(): boolean {
    return this.#making !== undefined;
  }

  read(source: Readers): void {
    this.#making?.hasRead(source);
  }

  make<V>(part: Part<V>, make: () => V): V {
    const outer = this.#making;
    this.#making = part;
    try {
      return make();
    } finally {
      this.#making = outer;
    }
  }
}

/** Parts by the row, or the other part, that they stand for. */
export class Parts<K extends object, V> {
  readonly #maker: Maker;
  readonly #make: (key: K) => V;
  readonly #onOutdated: ((key: K) => void) | undefined;
  readonly #parts = new WeakMap<K, Part<V>>();

  /** `make` reads nothing that changes but indexes and parts of the same maker. `onOutdated` hears of every part that was made and has to be made anew. */
  constructor(maker: Maker, make: (key: K) => V, onOutdated?: (key: K) => void) {
    this.#maker = maker;
    this.#make = make;
    this.#onOutdated = onOutdated;
  }

  get(key: K): V {
    let part = this.#parts.get(key);
    if (part === undefined) {
      const tell = this.#onOutdated;
      part = new Part<V>(tell && (() => tell(key)));
      this.#parts.set(key, part);
    }
    this.#maker.read(part.readers);
    part.made ??= { value: this.#maker.make(part, () => this.#make(key)) };
    return part.made.value;
  }
}
