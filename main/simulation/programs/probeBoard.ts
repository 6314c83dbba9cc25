/** Probes by id, as many as one simulation keeps: beyond that the oldest goes. */
import type { Probe } from './probe.ts';

const probeLimit = 1000;

interface Entry<P> {
  readonly probe: P;
  /** Takes the probe from its machine. */
  readonly release: () => void;
}

export class ProbeBoard<P extends Probe> {
  readonly #entries = new Map<string, Entry<P>>();

  add(id: string, probe: P, release: () => void): string {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= probeLimit && oldest !== undefined) this.end(oldest);
    this.#entries.set(id, { probe, release });
    return id;
  }

  get(id: string): P | undefined {
    return this.#entries.get(id)?.probe;
  }

  /** False when there is none of this id. */
  stop(id: string): boolean {
    const entry = this.#entries.get(id);
    entry?.probe.stop();
    return entry !== undefined;
  }

  /** Stops and forgets it. */
  end(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.probe.stop();
    entry.release();
    this.#entries.delete(id);
  }
}
