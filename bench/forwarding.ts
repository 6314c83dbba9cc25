/** How many packets the simulated fabric carries in a second of real time, one thread: 64-byte UDP, VM to Internet, NVGRE and NAT. */
import { Simulation } from '../main/simulation/engine.ts';
import { Random } from '../main/simulation/kernel/prng.ts';
import { RouteTable, type Route } from '../main/simulation/net/routeTable.ts';
import { contosoConfig, udpFrame, vmId } from '../main/simulation/testing/contoso.ts';
import { maskOf } from '../shared/net/ipv4.ts';
import type { BenchFigure } from './figure.ts';
import { kernelRate } from './kernelPath.ts';

const second = 1_000_000_000;
const packets = 1_000_000;
/** Frames that each sender has ready, as an interface's ring would. */
const burst = 32;
/** Virtual time between two bursts, of whichever tenant: some two hundred packets are on their way at a time. */
const interval = second / 1000;
const tenantCounts = [10, 100, 1000, 10_000] as const;

/** Packets a second that reach the host outside. Throws when one is lost. */
function forwardingRate(tenants: number): number {
  const simulation = new Simulation(contosoConfig(tenants));
  const frames = Array.from({ length: tenants }, (_, tenant) => udpFrame(tenant));
  const ids = Array.from({ length: tenants }, (_, tenant) => vmId(tenant, 1));
  const send = (tenant: number, count: number): void => {
    const [id, frame] = [ids[tenant] ?? '', frames[tenant] ?? new Uint8Array()];
    for (let sent = 0; sent < count; sent += 1) simulation.inject(id, frame);
  };
  // Neighbours are asked for once, and every tenant has its mapping, before the clock counts.
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    send(tenant, 1);
    simulation.advance(second / 10);
  }
  const warmUp = simulation.totals();
  const rounds = Math.max(1, Math.round(packets / (tenants * burst)));
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    for (let tenant = 0; tenant < tenants; tenant += 1) {
      send(tenant, burst);
      simulation.advance(interval);
    }
  }
  simulation.advance(second);
  const elapsed = performance.now() - started;
  const total = simulation.totals();
  const sent = rounds * tenants * burst;
  const hops = warmUp.forwarded / tenants;
  if (total.dropped !== 0 || total.forwarded - warmUp.forwarded !== sent * hops) throw new Error(`of ${sent} packets some were lost`);
  return (sent * 1000) / elapsed;
}

const lookups = 20_000_000;

/** Longest-prefix matches a second among 100,000 routes of random lengths from 8 to 28. */
function lookupRate(): number {
  const random = new Random(7);
  const routes = Array.from({ length: 100_000 }, (): Route => {
    const length = 8 + random.below(21);
    return { destination: { address: (random.uint32() & maskOf(length)) >>> 0, length }, nextHop: 1, interfaceIndex: 0, metric: 1, protocol: 'Static' };
  });
  const table = new RouteTable();
  table.replace(routes);
  const addresses = Uint32Array.from({ length: 65_536 }, () => random.uint32());
  let found = 0;
  const started = performance.now();
  for (let at = 0; at < lookups; at += 1) if (table.lookup(addresses[at & 0xffff] ?? 0) !== undefined) found += 1;
  const elapsed = performance.now() - started;
  if (found === 0) throw new Error('no address was found');
  return (lookups * 1000) / elapsed;
}

export async function run(): Promise<BenchFigure[]> {
  const kernel = await kernelRate();
  const rates = tenantCounts.map((tenants) => [tenants, forwardingRate(tenants)] as const);
  const rateOf = (wanted: number): number => rates.find(([tenants]) => tenants === wanted)?.[1] ?? 0;
  return [
    ...(kernel === undefined ? [] : kernelFigures(kernel, rateOf(1000))),
    ...rates.map(([tenants, rate]): BenchFigure => ({
      name: `forwarding.packetsPerSecond.${tenants}tenants`,
      value: Math.round(rate),
      unit: 'packets/s',
      note: 'VM to Internet, NVGRE and NAT, 64-byte UDP, bursts of 32 a tenant',
      ...(tenants === 1000 ? { budget: 2_000_000 } : {}),
    })),
    { name: 'routes.lookupsPerSecond', value: Math.round(lookupRate()), unit: 'lookups/s', note: '100,000 routes, random addresses', budget: 20_000_000 },
    { name: 'forwarding.costRatio.10000to10tenants', value: rateOf(10) / rateOf(10_000), unit: 'ratio', budget: 1.5, atMost: true },
  ];
}

function kernelFigures(kernel: number, engine: number): BenchFigure[] {
  return [
    { name: 'kernel.packetsPerSecond', value: Math.round(kernel), unit: 'packets/s', note: 'veth, routing, nft SNAT, veth; 64-byte UDP, generator on the same core' },
    { name: 'forwarding.ratioToKernel', value: engine / kernel, unit: 'ratio', note: '1,000 tenants', budget: 3 },
  ];
}
