/** What a tenant costs in memory, and whether ten million packets leave anything behind. */
import v8 from 'node:v8';
import vm from 'node:vm';
import { Simulation } from '../main/simulation/engine.ts';
import { contosoConfig, udpFrame, vmId } from '../main/simulation/testing/contoso.ts';
import type { BenchFigure } from './figure.ts';

const tenants = 1000;
const packets = 10_000_000;
const burst = 32;
const millisecond = 1_000_000;

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Bytes in use after a collection: heap and buffers. */
function inUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export function run(): Promise<BenchFigure[]> {
  const before = inUse();
  const simulation = new Simulation(contosoConfig(tenants));
  const frames = Array.from({ length: tenants }, (_, tenant) => udpFrame(tenant));
  const round = (): void => {
    for (let tenant = 0; tenant < tenants; tenant += 1) {
      const frame = frames[tenant] ?? new Uint8Array();
      for (let sent = 0; sent < burst; sent += 1) simulation.inject(vmId(tenant, 1), frame);
      simulation.advance(millisecond);
    }
  };
  round();
  simulation.advance(1000 * millisecond);
  const warm = inUse();
  for (let sent = 0; sent < packets; sent += tenants * burst) round();
  simulation.advance(1000 * millisecond);
  const after = inUse();
  return Promise.resolve([
    { name: 'memory.perTenant', value: Math.round((warm - before) / tenants / 1024), unit: 'KiB', note: 'subnets, two machines, compartment, NAT, one session; configuration included' },
    { name: 'memory.growthOver10MPackets', value: Math.round((after - warm) / 1024), unit: 'KiB', budget: 1024, atMost: true },
  ]);
}
