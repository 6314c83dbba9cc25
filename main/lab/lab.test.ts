import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import type { SimulationSpeed } from '../../shared/contract/simulation.ts';
import { TestLab } from './testing/testLab.ts';

let test: TestLab;

beforeEach(() => {
  test = new TestLab();
});
afterEach(() => test.dispose());

describe('a database that cannot be used', () => {
  it.each([
    ['truncated', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)), errorCodes.databaseCorrupt],
    ['overwritten with text', (file: string) => writeFileSync(file, 'not a database at all, but a letter to a friend'.repeat(100)), errorCodes.databaseCorrupt],
  ])('%s is refused with a code, and not a byte of it is changed', async (_what, spoil, code) => {
    await test.open();
    test.close();
    spoil(test.databasePath);
    const before = readFileSync(test.databasePath);
    await expect(test.open()).rejects.toMatchObject({ code });
    expect(readFileSync(test.databasePath).equals(before)).toBe(true);
  });
});

describe('pings', () => {
  it('are refused for machines that are not there or not in a VM network', async () => {
    const lab = await test.open();
    expect(() => lab.probes.startPing({ virtualMachine: 'Nobody', destination: '192.0.2.80' })).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
    expect(() => lab.probes.startPing({ virtualMachine: 'GatewayVM01', destination: '192.0.2.80' })).toThrow(expect.objectContaining({ code: errorCodes.invalidInput }));
    expect(() => lab.probes.pingState('ping-77')).toThrow(expect.objectContaining({ code: errorCodes.probeNotFound }));
  });

  it('say why a packet has no way out', async () => {
    const lab = await test.open();
    const id = lab.probes.startPing({ virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80', count: 2 });
    lab.advance(10e9);
    const state = lab.probes.pingState(id);
    expect(state).toMatchObject({ sent: 2, received: 0, done: true });
    expect(state.fate).toContain('the VM network has no gateway');
    expect(state.trace.length).toBeGreaterThan(2);
  });

  it('go between machines of one VM network without any gateway, and never to the other tenant', async () => {
    const lab = await test.open();
    const id = lab.probes.startPing({ virtualMachine: 'Fabrikam-VM01', destination: '10.30.1.5', count: 1 });
    lab.advance(5e9);
    expect(lab.probes.pingState(id).received).toBe(1);
    expect(JSON.stringify(lab.probes.pingState(id).trace)).not.toContain('Adatum');
  });
});

describe('the clock', () => {
  /** A wall clock that a test turns by hand. */
  function handClock() {
    let now = 0;
    let waiting: (() => void) | undefined;
    return {
      timing: { now: () => now, schedule: (callback: () => void) => void (waiting = callback) },
      turn: (milliseconds: number) => {
        for (let passed = 0; passed < milliseconds; passed += 10) {
          now += 10;
          const next = waiting;
          waiting = undefined;
          next?.();
        }
      },
    };
  }

  it.each([
    [1, 1],
    [10, 10],
    [100, 100],
    [0, 0],
  ] as const)('at speed %s goes %s times as fast as the wall', async (speed: SimulationSpeed, factor) => {
    const lab = await test.open();
    const { timing, turn } = handClock();
    lab.startClock(timing);
    lab.clock.setSpeed(speed);
    turn(1000);
    expect(lab.now / 1e9).toBeCloseTo(factor, 0);
  });

  it('stops when the lab is closed', async () => {
    const lab = await test.open();
    const { timing, turn } = handClock();
    lab.startClock(timing);
    test.close();
    const { now } = lab;
    turn(1000);
    expect(lab.now).toBe(now);
  });

  it('steps event by event while paused', async () => {
    const lab = await test.open();
    const { timing } = handClock();
    lab.startClock(timing);
    lab.clock.setSpeed(0);
    const id = lab.probes.startPing({ virtualMachine: 'Fabrikam-VM01', destination: '10.30.1.5', count: 1 });
    let steps = 0;
    while (!lab.probes.pingState(id).done && steps < 1000) {
      lab.clock.step();
      steps += 1;
    }
    expect(lab.probes.pingState(id).received).toBe(1);
    expect(steps).toBeGreaterThan(3);
  });
});
