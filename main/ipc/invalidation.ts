/** Gathers invalidations so that a burst of job steps makes one refetch, not hundreds. */
import type { InvalidationDomain } from '../../shared/contract/procedures.ts';

export interface Delay {
  /** Calls back once after `milliseconds`. */
  after(milliseconds: number, callback: () => void): void;
}

const gatherMs = 60;

export class InvalidationGatherer {
  readonly #delay: Delay;
  readonly #send: (domains: readonly InvalidationDomain[]) => void;
  readonly #pending = new Set<InvalidationDomain>();

  constructor(delay: Delay, send: (domains: readonly InvalidationDomain[]) => void) {
    this.#delay = delay;
    this.#send = send;
  }

  add(domains: readonly InvalidationDomain[]): void {
    const wasEmpty = this.#pending.size === 0;
    for (const domain of domains) this.#pending.add(domain);
    if (wasEmpty && this.#pending.size > 0) this.#delay.after(gatherMs, () => this.#flush());
  }

  #flush(): void {
    const domains = [...this.#pending];
    this.#pending.clear();
    this.#send(domains);
  }
}
