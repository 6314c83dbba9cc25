/** Keys that both ends of a tunnel share, by the Run As account that has them. */
import { outdate, type Maker, type Readers } from './parts.ts';

/** The pre-shared key of a Run As account; null when it was never typed here, or cannot be opened. */
export type PreSharedKeys = (runAsAccountId: string) => string | null;

/** A snapshot does not say when a key is another one: whatever was asked for is looked at again. */
export class KeyIndex {
  readonly #maker: Maker;
  readonly #known = new Map<string, { readonly key: string | null; readonly readers: Readers }>();
  #keys: PreSharedKeys = () => null;

  constructor(maker: Maker) {
    this.#maker = maker;
  }

  follow(keys: PreSharedKeys): void {
    this.#keys = keys;
    for (const [account, { key, readers }] of this.#known) {
      if (readers.length > 0 && keys(account) === key) continue;
      this.#known.delete(account);
      outdate(readers);
    }
  }

  get(runAsAccountId: string): string | null {
    let known = this.#known.get(runAsAccountId);
    if (known === undefined) {
      known = { key: this.#keys(runAsAccountId), readers: [] };
      this.#known.set(runAsAccountId, known);
    }
    this.#maker.read(known.readers);
    return known.key;
  }
}
