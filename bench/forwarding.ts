/** How many packets the simulated fabric carries in a second of real time, one thread. */
import { Simulation } from '../main/simulation/engine.ts';
import { contosoConfig, vmId, webServer } from '../main/simulation/testing/contoso.ts';
import type { BenchFigure } from './figure.ts';

const millisecond = 1_000_000;
const totalRequests = 100_000;

/** Packets a second, requests and replies, between VMs and the Internet through NVGRE and NAT. */
function forwardingRate(tenants: number): number {
  const simulation = new Simulation(contosoConfig(tenants));
  const perTenant = Math.ceil(totalRequests / tenants);
  const run = (count: number, senders: number): number => {
    const ids = Array.from({ length: senders }, (_, tenant) =>
      simulation.startPing({ vmId: vmId(tenant, 1), destination: webServer, count, payloadSize: 22, timeToLive: 128, doNotFragment: false, intervalNs: millisecond, timeoutNs: 1000 * millisecond }),
    );
    const started = performance.now();
    simulation.advance(count * 2 * millisecond * 8 + 2000 * millisecond);
    const elapsed = performance.now() - started;
    const received = ids.reduce((sum, id) => sum + (id === undefined ? 0 : (simulation.pingState(id)?.received ?? 0)), 0);
    for (const id of ids) if (id !== undefined) simulation.endPing(id);
    if (received !== count * ids.length) throw new Error(`only ${received} of ${count * ids.length} pings came back`);
    return (received * 2 * 1000) / elapsed;
  };
  // One tenant first: while the gateway asks for its router by ARP, only 64 packets wait.
  run(1, 1);
  run(Math.max(2, Math.ceil(perTenant / 10)), tenants);
  return run(perTenant, tenants);
}

export function run(): Promise<BenchFigure[]> {
  const ten = forwardingRate(10);
  const thousand = forwardingRate(1000);
  return Promise.resolve([
    { name: 'forwarding.packetsPerSecond.10tenants', value: Math.round(ten), unit: 'packets/s', note: 'echo requests and replies, VM to Internet, NVGRE and NAT, 64-byte frames, ping program included' },
    { name: 'forwarding.packetsPerSecond.1000tenants', value: Math.round(thousand), unit: 'packets/s', budget: 2_000_000, note: 'the budget is for the engine of a later issue' },
    { name: 'forwarding.costRatio.1000to10tenants', value: ten / thousand, unit: 'ratio' },
  ]);
}
