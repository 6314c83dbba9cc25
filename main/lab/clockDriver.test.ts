import { describe, expect, it } from 'vitest';
import { ClockDriver } from './clockDriver.ts';

const ms = 1e6;

/** A simulation of evenly spaced events, each of which takes some wall time; a wall clock and timer that a test turns. */
class Bench {
  now = 0;
  wall = 0;
  events = 0;
  readonly faults: unknown[] = [];
  readonly waits: number[] = [];
  readonly driver: ClockDriver;
  readonly #spacing: number;
  readonly #cost: number;
  #waiting: (() => void)[] = [];
  failing = false;

  /** `spacing` in virtual nanoseconds, Infinity for no events at all; `cost` of an event in wall milliseconds. */
  constructor(spacing: number, cost = 0) {
    this.#spacing = spacing;
    this.#cost = cost;
    this.driver = new ClockDriver(() => this, (error) => this.faults.push(error));
    this.driver.start({
      now: () => this.wall,
      schedule: (callback, milliseconds) => {
        this.waits.push(milliseconds);
        this.#waiting.push(callback);
      },
    });
  }

  get nextEventTime(): number {
    return this.#spacing === Infinity ? Infinity : (Math.floor(this.now / this.#spacing) + 1) * this.#spacing;
  }

  totals() {
    return { forwarded: this.events, dropped: 0 };
  }

  stepEvent(): boolean {
    if (this.failing) throw new Error('a fault of the engine');
    if (this.nextEventTime === Infinity) return false;
    this.now = this.nextEventTime;
    this.events += 1;
    this.wall += this.#cost;
    return true;
  }

  runUntil(instant: number, maximumEvents: number): boolean {
    for (let run = 0; run < maximumEvents; run += 1) {
      if (this.nextEventTime > instant) {
        this.now = Math.max(this.now, instant);
        return true;
      }
      this.stepEvent();
    }
    return false;
  }

  /** Lets wall time pass, then everything that waits happens once. Returns how long that kept the event loop, in milliseconds. */
  tick(milliseconds: number): number {
    this.wall += milliseconds;
    const begin = this.wall;
    const due = this.#waiting;
    this.#waiting = [];
    for (const callback of due) callback();
    return this.wall - begin;
  }
}

describe('the clock driver', () => {
  it('as fast as possible jumps from event to event, and goes with the wall where there is none', () => {
    const busy = new Bench(1000 * ms, 0.01);
    busy.driver.setSpeed('max');
    busy.tick(10);
    expect(busy.now).toBeGreaterThan(100_000 * ms);
    const idle = new Bench(Infinity);
    idle.driver.setSpeed('max');
    idle.tick(10);
    idle.tick(10);
    expect(idle.now).toBe(20 * ms);
  });

  it.each(['max', 100] as const)('at speed %s never keeps the event loop much longer than 8 ms, however much there is to do', (speed) => {
    const bench = new Bench(ms / 1000, 0.005);
    bench.driver.setSpeed(speed);
    for (let turn = 0; turn < 20; turn += 1) expect(bench.tick(8)).toBeLessThan(8 + 256 * 0.005 + 1e-9);
    expect(bench.events).toBeGreaterThan(20 * 1000);
    expect(bench.waits.at(-1)).toBe(0);
  });

  it('after a long sleep of the process does not catch up with what it missed', () => {
    const bench = new Bench(Infinity);
    bench.tick(3_600_000);
    expect(bench.now).toBe(250 * ms);
  });

  it('paused lets no time pass, and while it runs there are no single steps', () => {
    const bench = new Bench(5 * ms);
    bench.driver.step();
    expect(bench.events).toBe(0);
    bench.driver.setSpeed(0);
    bench.tick(1000);
    expect(bench.now).toBe(0);
    expect(bench.driver.step()).toEqual({ now: 5 * ms, speed: 0, packetsForwarded: 1, packetsDropped: 0 });
    bench.driver.setSpeed(10);
    bench.tick(1);
    expect(bench.now).toBe(15 * ms);
  });

  it('changing the speed often leaves one chain of ticks, not many', () => {
    const bench = new Bench(Infinity);
    for (const speed of [10, 100, 0, 1, 10] as const) bench.driver.setSpeed(speed);
    bench.tick(10);
    expect(bench.now).toBe(100 * ms);
    const before = bench.waits.length;
    bench.tick(10);
    expect(bench.waits.length).toBe(before + 1);
  });

  it('stands after a fault of the engine, which is reported once', () => {
    const bench = new Bench(ms);
    bench.failing = true;
    for (let turn = 0; turn < 5; turn += 1) bench.tick(8);
    expect(bench.faults).toHaveLength(1);
    expect(bench.driver.status().speed).toBe(0);
  });
});
