import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Simulation } from './engine.ts';
import { contosoConfig, externalOf, gatewayId, vmId, webServer } from './testing/contoso.ts';
import { ipv4 } from '../../shared/net/ipv4.ts';

const second = 1_000_000_000;
const destinations = [webServer, ipv4('10.30.1.4'), ipv4('10.30.1.5'), ipv4('10.254.254.2'), ipv4('203.0.113.10'), ipv4('203.0.113.11'), ipv4('192.0.2.99')];

it('no frame of one tenant appears at a machine or in a compartment of another, whatever is pinged', () => {
  const step = fc.record({ tenant: fc.integer({ min: 0, max: 2 }), machine: fc.constantFrom(1 as const, 2 as const), destination: fc.constantFrom(...destinations), size: fc.constantFrom(0, 40, 2000) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 1000 }), (steps, seed) => {
      const simulation = new Simulation(contosoConfig(3, seed));
      const quiet = [0, 1, 2].filter((tenant) => steps.every((entry) => entry.tenant !== tenant && entry.destination !== externalOf(tenant)));
      const names = simulation.tapNames();
      const watched = quiet.map((tenant) => ({ tenant, id: simulation.startCapture({ taps: names.filter((name) => name.includes(vmId(tenant, 1).replace('-VM01', ''))), maximumBytes: 1_000_000 }) }));
      for (const entry of steps) {
        simulation.startPing({ vmId: vmId(entry.tenant, entry.machine), destination: entry.destination, count: 2, payloadSize: entry.size, timeToLive: 64, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second });
      }
      simulation.advance(20 * second);
      for (const { tenant, id } of watched) {
        expect(simulation.captureState(id)?.frames).toBe(0);
        const compartment = simulation.gatewayState(gatewayId)?.compartments[tenant + 1];
        expect(compartment?.counters).toEqual({ received: 0, forwarded: 0, dropped: 0 });
        expect(compartment?.nat?.sessions).toEqual([]);
      }
      for (const compartment of simulation.gatewayState(gatewayId)?.compartments.slice(1) ?? []) {
        const own = externalOf(compartment.id - 2);
        for (const session of compartment.nat?.sessions ?? []) expect(session.externalAddress).toBe(own);
      }
    }),
    { numRuns: 200 },
  );
});
