/** Drives the virtual clock against the wall clock, in slices so short that windows never stutter. */
import type { SimulationSpeed, SimulationStatus } from '../../shared/contract/simulation.ts';
import type { Simulation } from '../simulation/engine.ts';

/** Wall clock and timer, handed in from outside. Milliseconds. */
export interface ClockTiming {
  now(): number;
  schedule(callback: () => void, milliseconds: number): void;
}

type DrivenSimulation = Pick<Simulation, 'now' | 'runUntil' | 'stepEvent' | 'nextEventTime' | 'totals'>;

const nanosecondsPerMillisecond = 1e6;

/** The longest that one slice keeps the event loop, in milliseconds (DESIGN). */
const sliceMs = 8;

/** Wall time between two slices while the simulation keeps up, in milliseconds. */
const restMs = 8;

/** After a longer pause of the process the clock goes on from where it was instead of catching up. In milliseconds. */
const longestCatchUpMs = 250;

/** Events between two looks at the wall clock. */
const eventsPerLook = 256;

export class ClockDriver {
  readonly #simulation: () => DrivenSimulation;
  readonly #reportFault: (error: unknown) => void;
  #timing: ClockTiming | undefined;
  #speed: SimulationSpeed = 1;
  #lastTick = 0;
  /** Only the newest chain of ticks goes on. */
  #generation = 0;

  constructor(simulation: () => DrivenSimulation, reportFault: (error: unknown) => void) {
    this.#simulation = simulation;
    this.#reportFault = reportFault;
  }

  start(timing: ClockTiming): void {
    this.#timing = timing;
    this.#restart();
  }

  stop(): void {
    this.#generation += 1;
    this.#timing = undefined;
  }

  setSpeed(speed: SimulationSpeed): SimulationStatus {
    this.#speed = speed;
    this.#restart();
    return this.status();
  }

  /** Runs the next event while paused; otherwise the clock runs anyway and nothing is done. */
  step(): SimulationStatus {
    if (this.#speed === 0) this.#simulation().stepEvent();
    return this.status();
  }

  status(): SimulationStatus {
    const simulation = this.#simulation();
    const { forwarded, dropped } = simulation.totals();
    return { now: simulation.now, speed: this.#speed, packetsForwarded: forwarded, packetsDropped: dropped };
  }

  #restart(): void {
    this.#generation += 1;
    if (!this.#timing || this.#speed === 0) return;
    this.#lastTick = this.#timing.now();
    this.#scheduleNext(this.#timing, this.#generation, 0);
  }

  #scheduleNext(timing: ClockTiming, generation: number, milliseconds: number): void {
    timing.schedule(() => {
      if (generation === this.#generation) this.#tick(timing, generation);
    }, milliseconds);
  }

  #tick(timing: ClockTiming, generation: number): void {
    const begin = timing.now();
    const elapsed = Math.min(Math.max(begin - this.#lastTick, 0), longestCatchUpMs);
    this.#lastTick = begin;
    try {
      const keptUp = this.#runSlice(timing, begin, elapsed);
      this.#scheduleNext(timing, generation, keptUp ? restMs : 0);
    } catch (error) {
      // A fault of the engine would come back at every tick: the clock stands, the window stays usable.
      this.#speed = 0;
      this.#reportFault(error);
    }
  }

  /** True when the virtual clock got where it should be. What could not be done in time is not made up for. */
  #runSlice(timing: ClockTiming, begin: number, elapsed: number): boolean {
    const simulation = this.#simulation();
    const atMaximum = this.#speed === 'max';
    const factor = this.#speed === 'max' ? 1 : this.#speed;
    const target = simulation.now + elapsed * nanosecondsPerMillisecond * factor;
    for (;;) {
      // As fast as possible: from event to event; with none left, time goes on as outside.
      const instant = atMaximum && simulation.nextEventTime !== Infinity ? Infinity : Math.max(target, simulation.now);
      if (this.#runBatch(simulation, instant)) return true;
      if (timing.now() - begin >= sliceMs) return false;
    }
  }

  #runBatch(simulation: DrivenSimulation, instant: number): boolean {
    if (instant !== Infinity) return simulation.runUntil(instant, eventsPerLook);
    for (let events = 0; events < eventsPerLook; events += 1) if (!simulation.stepEvent()) break;
    return false;
  }
}
