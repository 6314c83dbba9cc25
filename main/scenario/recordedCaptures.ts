/** Captures that were started in the window, under names for a scenario file. */
import type { RecordedPart } from './recordedProbes.ts';

/** A scenario keeps no more at a time. */
const captureLimit = 3;

export class RecordedCaptures {
  readonly #names = new Map<string, string>();
  #started = 0;

  begin(captureId: string): RecordedPart {
    if (this.#names.size >= captureLimit) return { takes: 0, step: undefined, comment: `Left out: a capture beside ${captureLimit} others.` };
    this.#started += 1;
    const name = `capture-${this.#started}`;
    this.#names.set(captureId, name);
    return { takes: 0, step: { capture: { start: name } }, comment: undefined };
  }

  /** `packets`: null when it was discarded. Undefined for a capture that began before the recording. */
  end(captureId: string, packets: number | null): ((withExpectations: boolean) => RecordedPart) | undefined {
    const name = this.#names.get(captureId);
    if (name === undefined) return undefined;
    this.#names.delete(captureId);
    const capture = packets === null ? { stop: name } : { stop: name, save: `${name}.pcapng` };
    // How many frames there are depends on the moment; that there are some does not.
    return (withExpectations) => ({ takes: 0, step: { capture, ...(withExpectations && packets !== null && packets > 0 ? { expect: [{ atLeast: 1 }] } : {}) }, comment: undefined });
  }
}
