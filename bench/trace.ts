/** How long one explained trace takes: a packet of a tenant to the Internet, with every decision written down. */
import { Simulation } from '../main/simulation/engine.ts';
import { contosoConfig, udpFrame, vmId } from '../main/simulation/testing/contoso.ts';
import type { BenchFigure } from './figure.ts';

const tenants = 1000;
const traces = 2000;
const warmUp = 200;
/** Virtual time that a packet needs, with room. */
const journey = 100_000_000;

export function run(): Promise<BenchFigure[]> {
  const simulation = new Simulation(contosoConfig(tenants));
  const times: number[] = [];
  for (let number = 0; number < warmUp + traces; number += 1) {
    const tenant = number % tenants;
    const frame = udpFrame(tenant);
    const started = performance.now();
    const id = simulation.trace(vmId(tenant, 1), frame) ?? '';
    simulation.advance(journey);
    const state = simulation.traceState(id);
    const elapsed = performance.now() - started;
    if (state?.fate !== 'Delivered to Web server.') throw new Error(`a traced packet did not arrive: ${state?.fate ?? 'no trace'}`);
    if (number >= warmUp) times.push(elapsed);
  }
  times.sort((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
  return Promise.resolve([{ name: 'trace.p99', value: Math.round(p99 * 1000) / 1000, unit: 'ms', note: '1,000 tenants, VM to Internet, all decisions; neighbours asked on the way included', budget: 2, atMost: true }]);
}
