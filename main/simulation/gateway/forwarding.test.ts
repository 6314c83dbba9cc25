import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { Simulation } from '../engine.ts';
import { gatewayId, vmId, webServer } from '../testing/contoso.ts';
import { forwardingConfig } from '../testing/labs.ts';

const second = 1_000_000_000;

function ping(simulation: Simulation, tenant: number, options: { readonly timeToLive?: number } = {}) {
  const id = simulation.startPing({ vmId: vmId(tenant, 1), destination: webServer, count: 2, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second, ...options });
  simulation.advance(8 * second);
  return simulation.pingState(id ?? '');
}

describe('a forwarding gateway', () => {
  it('routes the customer addresses to the front end and back, untranslated', () => {
    const simulation = new Simulation(forwardingConfig(1));
    const capture = simulation.startCapture({ taps: ['Internet'], maximumBytes: 1_000_000 });
    expect(ping(simulation, 0)?.received).toBe(2);
    const bytes = Buffer.concat([...(simulation.endCapture(capture, 0n) ?? [])]);
    // Source and destination of the request, as they stand in its header.
    expect(bytes.includes(Buffer.from([10, 30, 1, 4, 192, 0, 2, 80]))).toBe(true);
    expect(bytes.includes(Buffer.from([192, 0, 2, 80, 10, 30, 1, 4]))).toBe(true);
    const compartment = simulation.gatewayState(gatewayId)?.compartments[1];
    expect(compartment?.nat).toBeNull();
    expect(compartment?.routes.some(({ destination, interfaceName }) => destination.length === 0 && interfaceName === 'Default compartment')).toBe(true);
  });

  it('is a hop: a packet at the end of its life ends in the compartment, and the sender is told', () => {
    // The distributed router is the first hop, the compartment the second.
    const state = ping(new Simulation(forwardingConfig(1)), 0, { timeToLive: 2 });
    expect(state?.replies.map(({ status, from }) => [status, from])).toEqual([['ttlExpired', ipv4('10.254.254.2')], ['ttlExpired', ipv4('10.254.254.2')]]);
  });

  it('serves one routing domain: what comes back for equal addresses goes to the first, never to another', () => {
    const simulation = new Simulation(forwardingConfig(2));
    expect(ping(simulation, 0)?.received).toBe(2);
    expect(ping(simulation, 1)?.received).toBe(0);
  });

  it('stands beside NAT for another tenant on the same gateway VM without touching it', () => {
    const simulation = new Simulation(forwardingConfig(1));
    expect(ping(simulation, 1)?.received).toBe(2);
    expect(ping(simulation, 0)?.received).toBe(2);
  });

  it('without a way back outside, nothing is answered', () => {
    const config = forwardingConfig(1);
    const simulation = new Simulation({ ...config, external: { ...config.external, routers: config.external.routers.map((router) => ({ ...router, routes: [] })) } });
    expect(ping(simulation, 0)?.received).toBe(0);
  });
});
