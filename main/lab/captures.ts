/** Recordings of every tap of the simulation. */
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { CapturedFrame } from '../simulation/capture.ts';
import type { Simulation } from '../simulation/engine.ts';

type CapturingSimulation = Pick<Simulation, 'startCapture' | 'captureState' | 'capturedFrames' | 'endCapture'>;

/** A finished recording: pcapng, block by block, so that it can be written without being held twice. */
export interface FinishedCapture {
  readonly packets: number;
  readonly blocks: Iterable<Uint8Array>;
  readonly frames: readonly CapturedFrame[];
}

/** Bytes that one recording keeps; older frames give way. */
const ringSize = 64 * 1024 * 1024;

/** Recordings at a time; the oldest is discarded for a new one. */
const captureLimit = 4;

export class Captures {
  readonly #simulation: () => CapturingSimulation;
  /** Wall-clock time of virtual instant 0, in nanoseconds since 1970. */
  readonly #epochNs: bigint;
  #running: readonly string[] = [];

  constructor(simulation: () => CapturingSimulation, epoch: Date) {
    this.#simulation = simulation;
    this.#epochNs = BigInt(epoch.getTime()) * 1_000_000n;
  }

  /** `taps`: names of those to record; left out, every one. */
  start(taps?: readonly string[]): string {
    const tooMany = Math.max(this.#running.length - captureLimit + 1, 0);
    for (const oldest of this.#running.slice(0, tooMany)) this.#end(oldest);
    const id = this.#simulation().startCapture({ maximumBytes: ringSize, ...(taps === undefined ? {} : { taps }) });
    this.#running = [...this.#running, id];
    return id;
  }

  /** Ends the recording and gives what it has. Throws ConsoleError captureNotFound. */
  finish(captureId: string): FinishedCapture {
    const packets = this.#simulation().captureState(captureId)?.frames;
    const frames = this.#simulation().capturedFrames(captureId);
    const blocks = this.#end(captureId);
    if (packets === undefined || frames === undefined || blocks === undefined) throw this.#notFound(captureId);
    return { packets, blocks, frames };
  }

  /** Throws ConsoleError captureNotFound. */
  discard(captureId: string): void {
    if (this.#end(captureId) === undefined) throw this.#notFound(captureId);
  }

  #end(captureId: string): Iterable<Uint8Array> | undefined {
    this.#running = this.#running.filter((id) => id !== captureId);
    return this.#simulation().endCapture(captureId, this.#epochNs);
  }

  #notFound(captureId: string): ConsoleError {
    return new ConsoleError('captureNotFound', `There is no running capture ${captureId.slice(0, 80)}.`, 'Start a new capture.');
  }
}
