import { describe, expect, it } from 'vitest';
import { ipv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { SimulationConfig } from '../../simulation/config.ts';
import { Simulation } from '../../simulation/engine.ts';
import type { Fault } from '../../simulation/faults.ts';
import { contosoConfig, vmId, webServer } from '../../simulation/testing/contoso.ts';
import { officeHost, withOffice } from '../../simulation/testing/office.ts';
import { MtuCheck } from './mtuCheck.ts';

const fabrikam = 1;

function check(destination: Ipv4Address, options: { readonly config?: SimulationConfig; readonly faults?: readonly Fault[]; readonly largest?: number } = {}) {
  const simulation = new Simulation(options.config ?? contosoConfig());
  simulation.setFaults(options.faults ?? []);
  const running = new MtuCheck({ vmId: vmId(fabrikam, 1), virtualMachine: 'Fabrikam-VM01', destination, largest: options.largest ?? 1500 }, () => simulation.rehearsal());
  let slices = 0;
  for (const _slice of running.run()) slices += 1;
  return { ...running.state(), slices, simulation };
}

describe('the largest packet that passes', () => {
  it('to the Internet is what NVGRE leaves of 1500 bytes: 1458', () => {
    const { verdict, hops, probes } = check(webServer);
    expect(verdict).toMatchObject({ kind: 'encapsulation', largest: 1458 });
    expect(verdict?.sentence).toContain('42 bytes');
    expect(verdict?.advice.join(' ')).toContain('mtu=1458');
    expect(verdict?.advice.join(' ')).toContain('1418');
    expect(probes.find(({ size }) => size === 1459)).toMatchObject({ result: 'tooLarge' });
    // Wrapped between the hosts: 20 bytes of outer IPv4, 8 of GRE, 14 of the inner Ethernet header.
    expect(hops.find(({ link }) => link.startsWith('PA '))).toMatchObject({ mtu: 1500, overhead: 42 });
    expect(hops.filter(({ isLimit }) => isLimit)).toMatchObject([{ place: 'Fabrikam-VM01', mtu: 1458, overhead: 0 }]);
  });

  it('is what was asked for, where nothing stops it', () => {
    expect(check(webServer, { largest: 1000 }).verdict).toMatchObject({ kind: 'open', largest: 1000 });
  });

  it('through a site-to-site tunnel is 1400, told by the compartment, and the check dials first', () => {
    const { verdict, hops, simulation } = check(officeHost, { config: withOffice(contosoConfig(), fabrikam) });
    expect(verdict).toMatchObject({ kind: 'tunnel', largest: 1400 });
    expect(verdict?.sentence).toContain('Fabrikam');
    expect(hops.filter(({ isLimit }) => isLimit)).toMatchObject([{ link: 'site-to-site interface', mtu: 1400 }]);
    // The tunnel of the running simulation was not dialed.
    expect(simulation.gatewayState('GatewayVM01')?.compartments.flatMap(({ tunnels }) => tunnels.map(({ state }) => state))).toEqual(['Disconnected']);
  });

  it.each([
    // The frame has 14 bytes of Ethernet, and between hosts 42 of NVGRE more.
    ['Internet', 986],
    ['Provider 172.16.0.0/12', 944],
  ])('over a black hole on %s is what a frame of 1000 bytes holds, and the place is named', (segment, largest) => {
    const { verdict } = check(webServer, { faults: [{ kind: 'link', segment, quality: { largestFrame: 1000 } }] });
    expect(verdict).toMatchObject({ kind: 'blackHole', largest });
    expect(verdict?.sentence).toContain(segment);
    expect(verdict?.advice.join(' ')).toContain(`mtu ${largest}`);
  });

  it('is not guessed from lost packets: a link that loses one in ten changes nothing', () => {
    expect(check(webServer, { faults: [{ kind: 'link', segment: 'Internet', quality: { lossPerMillion: 100_000 } }] }).verdict?.largest).toBe(1458);
  });

  it('is none where nothing answers, and why is said', () => {
    expect(check(ipv4('192.0.2.99')).verdict).toMatchObject({ kind: 'unreachable', largest: null, sentence: expect.stringContaining('did not answer ARP') as string });
  });
});

describe('a question', () => {
  it('changes nothing: clock, sessions and counters stay', () => {
    const simulation = new Simulation(contosoConfig());
    simulation.startPing({ vmId: vmId(fabrikam, 1), destination: webServer, count: 1, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: 1e9, timeoutNs: 4e9 });
    simulation.advance(2e9);
    const before = JSON.stringify([simulation.now, simulation.totals(), simulation.gatewayState('GatewayVM01')]);
    const running = new MtuCheck({ vmId: vmId(fabrikam, 1), virtualMachine: 'Fabrikam-VM01', destination: webServer, largest: 1500 }, () => simulation.rehearsal());
    for (const _slice of running.run());
    expect(running.state().verdict?.largest).toBe(1458);
    expect(JSON.stringify([simulation.now, simulation.totals(), simulation.gatewayState('GatewayVM01')])).toBe(before);
  });
});
