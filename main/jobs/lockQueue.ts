/** Who may run now: first come, first served, among jobs that touch the same objects. */
import { wholeInventory } from './plan.ts';

interface Entry {
  readonly id: string;
  readonly locks: readonly string[];
}

export class LockQueue {
  #waiting: Entry[] = [];
  readonly #holding = new Map<string, readonly string[]>();

  add(id: string, locks: readonly string[]): void {
    this.#waiting.push({ id, locks });
  }

  /** Gives locks back, or leaves the queue. */
  remove(id: string): void {
    this.#holding.delete(id);
    this.#waiting = this.#waiting.filter((entry) => entry.id !== id);
  }

  /**
   * Ids that can begin, in order; they hold their locks from now on. One that conflicts with an earlier one that still
   * waits has to wait too: otherwise a stream of small jobs would starve a large one.
   */
  takeReady(): readonly string[] {
    const ready: string[] = [];
    const stillWaiting: Entry[] = [];
    for (const entry of this.#waiting) {
      const blocked = this.#isHeld(entry.locks) || stillWaiting.some((earlier) => conflict(earlier.locks, entry.locks));
      if (blocked) {
        stillWaiting.push(entry);
      } else {
        this.#holding.set(entry.id, entry.locks);
        ready.push(entry.id);
      }
    }
    this.#waiting = stillWaiting;
    return ready;
  }

  /** Exchanges the locks of a holder. When another holds one of them, it waits again, in front of all; then the answer is false. */
  exchange(id: string, locks: readonly string[]): boolean {
    this.#holding.delete(id);
    if (this.#isHeld(locks)) {
      this.#waiting.unshift({ id, locks });
      return false;
    }
    this.#holding.set(id, locks);
    return true;
  }

  #isHeld(locks: readonly string[]): boolean {
    for (const held of this.#holding.values()) if (conflict(held, locks)) return true;
    return false;
  }
}

function conflict(a: readonly string[], b: readonly string[]): boolean {
  return a.includes(wholeInventory) || b.includes(wholeInventory) || a.some((lock) => b.includes(lock));
}
