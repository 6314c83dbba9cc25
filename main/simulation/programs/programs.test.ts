/** tracert and TCP connections of a machine: through NVGRE, NAT and ESP, as real bytes. */
import { afterEach, describe, expect, it } from 'vitest';
import { formatIpv4, ipv4 } from '../../../shared/net/ipv4.ts';
import { Simulation } from '../engine.ts';
import type { RouteProbeState, TcpProbeState } from '../state.ts';
import { contosoConfig, externalOf, gatewayId, vmId, webServer } from '../testing/contoso.ts';
import { routedProviderNetwork, sampleLabs } from '../testing/labs.ts';
import { officeHost, withOffice } from '../testing/office.ts';
import { CaptureFile, hasTshark, warnWithoutTshark } from '../testing/tshark.ts';

const second = 1e9;

function connect(simulation: Simulation, vm: string, destination: number, port: number, forNs = 30 * second): TcpProbeState {
  const id = simulation.startTcpProbe({ vmId: vm, destination, port });
  simulation.advance(forNs);
  const state = id === undefined ? undefined : simulation.tcpProbeState(id);
  if (state === undefined) throw new Error('the probe is gone');
  return state;
}

function route(simulation: Simulation, vm: string, destination: number, maximumHops = 30): RouteProbeState {
  const id = simulation.startRouteProbe({ vmId: vm, destination, maximumHops, queriesPerHop: 3, timeoutNs: 4 * second });
  simulation.advance(500 * second);
  const state = id === undefined ? undefined : simulation.routeProbeState(id);
  if (state === undefined) throw new Error('the probe is gone');
  return state;
}

const hopsOf = (state: RouteProbeState): string[] => state.hops.map(({ from }) => (from === null ? '*' : formatIpv4(from)));

describe('a connection to a TCP port', () => {
  it('stands where something listens, and is refused where nothing does', () => {
    const simulation = new Simulation(contosoConfig(2));
    expect(connect(simulation, vmId(1, 1), webServer, 80)).toMatchObject({ status: 'connected', attempts: 1, done: true, source: ipv4('10.30.1.4') });
    const refused = connect(simulation, vmId(1, 1), webServer, 81);
    expect(refused).toMatchObject({ status: 'refused', attempts: 1, done: true });
    expect(refused.roundTripNs).toBeGreaterThan(0);
    expect(refused.trace.map(({ action }) => action)).toEqual(expect.arrayContaining(['encapsulate in NVGRE', 'translate the source', 'translate the destination', 'the connection is refused']));
  });

  it('of both tenants with equal addresses goes to the same server at the same time, each through its own external address', () => {
    const simulation = new Simulation(contosoConfig(2));
    const ids = [0, 1].map((tenant) => simulation.startTcpProbe({ vmId: vmId(tenant, 1), destination: webServer, port: 80 }) ?? '');
    simulation.advance(second);
    expect(ids.map((id) => simulation.tcpProbeState(id)?.status)).toEqual(['connected', 'connected']);
    const sessions = simulation.gatewayState(gatewayId)?.compartments.slice(1).map(({ nat }) => nat?.sessions.filter(({ protocol }) => protocol === 'TCP').map(({ externalAddress }) => externalAddress));
    expect(sessions).toEqual([[externalOf(0)], [externalOf(1)]]);
  });

  it('waits for the tunnel that its SYN dials', () => {
    const simulation = new Simulation(withOffice(contosoConfig(2), 1));
    expect(connect(simulation, vmId(1, 1), officeHost, 80)).toMatchObject({ status: 'connected' });
    expect(connect(simulation, vmId(1, 1), officeHost, 8080)).toMatchObject({ status: 'refused' });
  });

  it('to another machine is refused by that machine, and reaches no machine of another tenant', () => {
    const simulation = new Simulation(contosoConfig(2));
    const heard: string[] = [];
    for (const tenant of [0, 1]) simulation.listen(`VM ${vmId(tenant, 2)}`, () => heard.push(vmId(tenant, 2)));
    expect(connect(simulation, vmId(1, 1), ipv4('10.30.1.5'), 445)).toMatchObject({ status: 'refused', attempts: 1 });
    expect(new Set(heard)).toEqual(new Set([vmId(1, 2)]));
  });

  it('gives up after three SYNs when nobody answers, at 21 seconds', () => {
    const simulation = new Simulation(contosoConfig(2));
    simulation.setFaults([{ kind: 'gatewayFirewallOn', gatewayId }]);
    expect(connect(simulation, vmId(1, 1), webServer, 80, 20.9 * second)).toMatchObject({ status: 'connecting', attempts: 3, done: false });
    expect(connect(simulation, vmId(1, 1), webServer, 80, 21.1 * second)).toMatchObject({ status: 'timeout', attempts: 3, done: true });
  });

  it('ends when a router says that there is no way', () => {
    const config = contosoConfig(2);
    const simulation = new Simulation({ ...config, customerRoutes: config.customerRoutes.filter(({ nextHop }) => nextHop === 0) });
    expect(connect(simulation, vmId(1, 1), webServer, 80, second)).toMatchObject({ status: 'unreachable', from: ipv4('10.30.1.1'), code: 0 });
  });

  it('can be stopped, and fails at once in a machine that is turned off', () => {
    const config = contosoConfig(2);
    const simulation = new Simulation({ ...config, virtualMachines: config.virtualMachines.map((machine) => ({ ...machine, running: machine.id !== vmId(1, 1) })) });
    expect(connect(simulation, vmId(1, 1), webServer, 80, 0)).toMatchObject({ status: 'failed', done: true, attempts: 0 });
    const id = simulation.startTcpProbe({ vmId: vmId(0, 1), destination: webServer, port: 80 }) ?? '';
    expect(simulation.stopTcpProbe(id)).toBe(true);
    simulation.advance(second);
    expect(simulation.tcpProbeState(id)).toMatchObject({ status: 'stopped', done: true });
    expect(simulation.startTcpProbe({ vmId: 'nobody', destination: webServer, port: 80 })).toBeUndefined();
  });
});

describe('ping of hosts and of the gateway', () => {
  const received = (simulation: Simulation, from: string, destination: number): number => {
    const id = simulation.startPing({ vmId: from, destination, count: 2, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: second });
    simulation.advance(10 * second);
    return simulation.pingState(id ?? '')?.received ?? -1;
  };

  it('a host reaches the provider addresses of the others, in its own and in other provider subnets', () => {
    const flat = new Simulation(contosoConfig(2));
    expect(received(flat, 'HyperV01', ipv4('172.16.0.12'))).toBe(2);
    expect(received(flat, 'HyperV01', ipv4('172.16.0.99'))).toBe(0);
    expect(received(new Simulation(routedProviderNetwork(true)), 'HyperV01', ipv4('172.20.2.10'))).toBe(2);
    expect(received(new Simulation(routedProviderNetwork(false)), 'HyperV01', ipv4('172.20.2.10'))).toBe(0);
  });

  it('the gateway reaches the Internet from its default compartment, and no tenant\'s machine', () => {
    const simulation = new Simulation(contosoConfig(2));
    expect(received(simulation, gatewayId, webServer)).toBe(2);
    expect(connect(simulation, gatewayId, webServer, 80)).toMatchObject({ status: 'connected' });
    expect(received(simulation, gatewayId, ipv4('10.30.1.4'))).toBe(0);
  });
});

describe('tracert', () => {
  it('shows distributed router, compartment, Internet router and destination', () => {
    const state = route(new Simulation(contosoConfig(2)), vmId(1, 1), webServer);
    expect(hopsOf(state)).toEqual(['10.30.1.1', '10.254.254.2', '203.0.113.1', '192.0.2.80']);
    expect(state.hops.every(({ queries }) => queries.length === 3 && queries.every(({ roundTripNs }) => roundTripNs !== null))).toBe(true);
    expect(state).toMatchObject({ reached: true, done: true });
  });

  it('goes through the tunnel into the office', () => {
    const state = route(new Simulation(withOffice(contosoConfig(2), 1)), vmId(1, 1), officeHost);
    expect(hopsOf(state).slice(0, 2)).toEqual(['10.30.1.1', '10.254.254.2']);
    expect(hopsOf(state).at(-1)).toBe(formatIpv4(officeHost));
    expect(state).toMatchObject({ reached: true, done: true });
  });

  it('shows stars for who does not answer, and goes on up to the last hop', () => {
    const simulation = new Simulation(contosoConfig(2));
    simulation.setFaults([{ kind: 'gatewayFirewallOn', gatewayId }]);
    const state = route(simulation, vmId(1, 1), webServer, 4);
    expect(hopsOf(state)).toEqual(['10.30.1.1', '*', '*', '*']);
    expect(state).toMatchObject({ reached: false, done: true });
  });

  it('ends where a router refuses, and when it is stopped', () => {
    const config = contosoConfig(2);
    const simulation = new Simulation({ ...config, customerRoutes: config.customerRoutes.filter(({ nextHop }) => nextHop === 0) });
    const state = route(simulation, vmId(1, 1), webServer);
    expect(state.hops.at(-1)?.queries.map(({ status }) => status)).toEqual(['unreachable', 'unreachable', 'unreachable']);
    const id = simulation.startRouteProbe({ vmId: vmId(1, 1), destination: webServer, maximumHops: 30, queriesPerHop: 3, timeoutNs: second }) ?? '';
    expect(simulation.stopRouteProbe(id)).toBe(true);
    simulation.advance(60 * second);
    expect(simulation.routeProbeState(id)).toMatchObject({ hops: [], done: true });
  });
});

warnWithoutTshark('TCP connections read by tshark');
let file: CaptureFile | undefined;
afterEach(() => {
  file?.dispose();
  file = undefined;
});

describe.skipIf(!hasTshark)('tshark as referee', () => {
  it.each(Object.entries(sampleLabs))('connections and traces in %s', (_name, config) => {
    const simulation = new Simulation(config());
    const capture = simulation.startCapture({ maximumBytes: 50_000_000 });
    for (const destination of [webServer, officeHost, ipv4('10.30.1.5'), ipv4('192.0.2.99')]) {
      for (const port of [80, 443]) connect(simulation, vmId(1, 1), destination, port);
      route(simulation, vmId(1, 1), destination, 6);
    }
    file = new CaptureFile(simulation.endCapture(capture, 0n) ?? []);
    expect(file.wrongFrames()).toEqual([]);
    expect(file.read('tcp.flags.syn == 1', ['frame.number']).length).toBeGreaterThan(20);
  });

  it('the connection to a web server is opened, and ended from both sides, without a reset', () => {
    const simulation = new Simulation(contosoConfig(2));
    const capture = simulation.startCapture({ maximumBytes: 50_000_000, taps: [`VM ${vmId(1, 1)}`] });
    connect(simulation, vmId(1, 1), webServer, 80);
    file = new CaptureFile(simulation.endCapture(capture, 0n) ?? []);
    expect(file.read('tcp', ['ip.src', 'tcp.flags.str']).map(([source, flags]) => `${source ?? ''} ${(flags ?? '').replaceAll('·', '')}`)).toEqual([
      '10.30.1.4 S', '192.0.2.80 AS', '10.30.1.4 AF', '192.0.2.80 AF', '10.30.1.4 A',
    ]);
    expect(file.read('tcp.analysis.flags', ['frame.number', '_ws.col.Info'])).toEqual([]);
  });
});
