/** A recording of taps: a ring buffer bounded in bytes, written out as pcapng. */
import type { FrameListener, RecordedFrame, Tap, TapLink } from './kernel/tap.ts';
import type { CaptureState } from './state.ts';
import { interfaceBlock, packetBlock, sectionHeader } from './wire/pcapng.ts';

/** A frame as it was recorded at a tap. */
export interface CapturedFrame {
  readonly tap: string;
  readonly link: TapLink;
  readonly bytes: Uint8Array;
}

/** What a frame costs beside its bytes. */
const frameOverhead = 64;

export class Capture implements FrameListener {
  readonly #maximumBytes: number;
  readonly #snapLength: number;
  readonly #taps: Tap[] = [];
  #frames: RecordedFrame[] = [];
  /** Frames before this one were given up. */
  #first = 0;
  #bytes = 0;
  #overwritten = 0;

  readonly #wanted: ReadonlySet<string> | null;

  /** `wanted`: names of the taps to record; null for every tap. */
  constructor(maximumBytes: number, snapLength: number, wanted: readonly string[] | null) {
    this.#wanted = wanted === null ? null : new Set(wanted);
    this.#maximumBytes = maximumBytes;
    this.#snapLength = snapLength;
  }

  /** Records the wanted ones among these; those that it records already go on. */
  attachTo(taps: readonly Tap[]): void {
    for (const tap of taps) {
      if (this.#taps.includes(tap) || this.#wanted?.has(tap.name) === false) continue;
      this.#taps.push(tap);
      tap.attach(this);
    }
  }

  stop(): void {
    for (const tap of this.#taps) tap.detach(this);
  }

  onFrame(frame: RecordedFrame): void {
    const kept = frame.bytes.length > this.#snapLength ? { ...frame, bytes: frame.bytes.slice(0, this.#snapLength) } : frame;
    this.#frames.push(kept);
    this.#bytes += kept.bytes.length + frameOverhead;
    while (this.#bytes > this.#maximumBytes && this.#first < this.#frames.length - 1) {
      this.#bytes -= (this.#frames[this.#first]?.bytes.length ?? 0) + frameOverhead;
      this.#first += 1;
      this.#overwritten += 1;
    }
    if (this.#first > 4096 && this.#first * 2 > this.#frames.length) {
      this.#frames = this.#frames.slice(this.#first);
      this.#first = 0;
    }
  }

  state(): CaptureState {
    return { frames: this.#frames.length - this.#first, bytes: this.#bytes, overwritten: this.#overwritten };
  }

  /** What is kept, oldest first. */
  frames(): readonly CapturedFrame[] {
    const byId = new Map(this.#taps.map((tap) => [tap.id, tap]));
    return this.#frames.slice(this.#first).map(({ tap, bytes }) => ({ tap: byId.get(tap)?.name ?? '', link: byId.get(tap)?.link ?? 'ethernet', bytes }));
  }

  /** The capture as pcapng, block by block. `epochNs`: wall-clock time of virtual instant 0. */
  *blocks(epochNs: bigint): Generator<Uint8Array> {
    const indexOf = new Map(this.#taps.map((tap, index) => [tap.id, index]));
    yield sectionHeader('HNV Gateway Console');
    for (const tap of this.#taps) yield interfaceBlock({ name: tap.name, description: tap.description, link: tap.link }, this.#snapLength);
    for (let at = this.#first; at < this.#frames.length; at += 1) {
      const frame = this.#frames[at];
      if (frame === undefined) continue;
      yield packetBlock(indexOf.get(frame.tap) ?? 0, epochNs + BigInt(Math.round(frame.time)), frame.bytes, frame.originalLength, frame.comment);
    }
  }
}
