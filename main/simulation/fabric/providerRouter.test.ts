import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { Simulation } from '../engine.ts';
import { contosoConfig, vmId, webServer } from '../testing/contoso.ts';
import { routedProviderNetwork } from '../testing/labs.ts';

const second = 1_000_000_000;

function ping(simulation: Simulation, destination: number, payloadSize = 32) {
  const id = simulation.startPing({ vmId: vmId(0, 1), destination, count: 2, payloadSize, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 4 * second });
  simulation.advance(12 * second);
  return simulation.pingState(id ?? '');
}

describe('several provider subnets', () => {
  it('are crossed through the provider route of each host', () => {
    const simulation = new Simulation(routedProviderNetwork(true));
    expect(ping(simulation, webServer)?.received).toBe(2);
    expect(ping(simulation, ipv4('10.30.1.5'))?.received).toBe(2);
  });

  it('carry guests’ largest packets, because NVGRE was counted off their MTU', () => {
    expect(ping(new Simulation(routedProviderNetwork(true)), webServer, 1430)?.received).toBe(2);
  });

  it('the router counts as a hop of the outer packet only: the tenant never sees it', () => {
    const simulation = new Simulation(routedProviderNetwork(true));
    const flat = new Simulation(contosoConfig(2));
    const lifeOf = (of: Simulation) => ping(of, webServer)?.replies[0]?.timeToLive;
    expect(lifeOf(simulation)).toBe(lifeOf(flat));
  });

  it('without the router nothing crosses, and the trace says that the next hop does not answer', () => {
    const state = ping(new Simulation(routedProviderNetwork(false)), webServer);
    expect(state?.received).toBe(0);
    expect(state?.fate).toContain('did not answer ARP');
  });
});
