import { describe, expect, it } from 'vitest';
import { formatIpv4, ipv4 } from '../../shared/net/ipv4.ts';
import type { SimulationConfig } from './config.ts';
import { Simulation } from './engine.ts';
import type { PingRequest, PingState } from './state.ts';
import { contosoConfig, externalOf, gatewayId, vmId, webServer } from './testing/contoso.ts';

const second = 1_000_000_000;

function request(vm: string, destination: number, options: Partial<PingRequest> = {}): PingRequest {
  return { vmId: vm, destination, count: 4, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 4 * second, ...options };
}

function ping(simulation: Simulation, wanted: PingRequest): PingState {
  const id = simulation.startPing(wanted);
  if (id === undefined) throw new Error('no such machine');
  simulation.advance(30 * second);
  const state = simulation.pingState(id);
  if (state === undefined) throw new Error('the ping is gone');
  return state;
}

function captureBytes(simulation: Simulation, id: string): Uint8Array {
  const blocks = simulation.endCapture(id, 0n);
  if (blocks === undefined) throw new Error('no capture');
  return Buffer.concat([...blocks]);
}

function changed(change: (config: SimulationConfig) => SimulationConfig): Simulation {
  return new Simulation(change(contosoConfig()));
}

describe('ping from a tenant through NVGRE, compartment and NAT', () => {
  it('gets every reply from the Internet', () => {
    const state = ping(new Simulation(contosoConfig()), request(vmId(1, 1), webServer));
    expect(state).toMatchObject({ sent: 4, received: 4, done: true });
    // Router, compartment and distributed router are three hops on the way back from 128.
    expect(state.replies.map((reply) => reply.timeToLive)).toEqual([125, 125, 125, 125]);
    for (const reply of state.replies) expect(formatIpv4(reply.from ?? 0)).toBe('192.0.2.80');
  });

  it('carries both tenants with equal addresses at the same time', () => {
    const simulation = new Simulation(contosoConfig());
    const ids = [0, 1].map((tenant) => simulation.startPing(request(vmId(tenant, 1), webServer)) ?? '');
    simulation.advance(20 * second);
    for (const id of ids) expect(simulation.pingState(id)).toMatchObject({ received: 4, done: true });
    const compartments = simulation.gatewayState(gatewayId)?.compartments ?? [];
    expect(compartments.map((entry) => entry.nat?.sessions.length ?? null)).toEqual([null, 1, 1]);
    expect(compartments.slice(1).map((entry) => entry.nat?.sessions[0]?.externalAddress)).toEqual([externalOf(0), externalOf(1)]);
  });

  it('explains the path of the first packet in the order in which it was taken', () => {
    const state = ping(new Simulation(contosoConfig()), request(vmId(1, 1), webServer));
    const actions = state.trace.map((step) => step.action);
    const order = ['send an echo request to 192.0.2.80', 'next hop 10.254.254.2', 'encapsulate in NVGRE', 'unwrap the customer frame', 'hand over to NAT', 'translate the source', 'answered the echo request', 'translate the destination', 'received the echo reply'];
    const places = order.map((action) => actions.indexOf(action));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(state.fate).toBe('192.0.2.80 answered, and the reply reached Fabrikam-VM01.');
  });

  it('reaches the other machine of its own network, and the distributed router', () => {
    const simulation = new Simulation(contosoConfig());
    expect(ping(simulation, request(vmId(0, 1), ipv4('10.30.1.5'))).received).toBe(4);
    expect(ping(simulation, request(vmId(0, 1), ipv4('10.30.1.1'))).received).toBe(4);
    expect(ping(simulation, request(vmId(0, 1), ipv4('10.254.254.2'))).received).toBe(4);
  });

  it('gives the same bytes for the same seed', () => {
    const run = (): Uint8Array => {
      const simulation = new Simulation(contosoConfig(2, 7));
      const capture = simulation.startCapture({ maximumBytes: 1_000_000 });
      ping(simulation, request(vmId(0, 1), webServer));
      return captureBytes(simulation, capture);
    };
    expect(run()).toEqual(run());
  });
});

describe('what does not work says why', () => {
  it.each([
    ['gateway VM off', (config: SimulationConfig) => ({ ...config, gateways: config.gateways.map((entry) => ({ ...entry, running: false })) }), /turned off/],
    ['firewall on', (config: SimulationConfig) => ({ ...config, gateways: config.gateways.map((entry) => ({ ...entry, firewallOn: true })) }), /firewall/],
    ['host not dedicated', (config: SimulationConfig) => ({ ...config, hosts: config.hosts.map((entry) => ({ ...entry, dedicatedGateway: false })) }), /not a dedicated/],
    ['not multitenant', (config: SimulationConfig) => ({ ...config, gateways: config.gateways.map((entry) => ({ ...entry, multitenant: false })) }), /multitenant/],
    ['host is virtual', (config: SimulationConfig) => ({ ...config, hosts: config.hosts.map((entry) => ({ ...entry, isVirtual: entry.dedicatedGateway })) }), /nested virtualization/],
    ['no customer route', (config: SimulationConfig) => ({ ...config, customerRoutes: config.customerRoutes.filter((entry) => entry.destination.length !== 0) }), /no customer route/],
    ['no lookup record', (config: SimulationConfig) => ({ ...config, lookupRecords: config.lookupRecords.filter((entry) => entry.customerAddress !== ipv4('10.254.254.2') && entry.type !== 'GatewayWildcard') }), /no lookup record/],
    ['no provider address', (config: SimulationConfig) => ({ ...config, hosts: config.hosts.map((entry) => ({ ...entry, providerAddresses: entry.dedicatedGateway ? entry.providerAddresses : [] })) }), /no provider address/],
    ['provider address elsewhere', (config: SimulationConfig) => ({ ...config, hosts: config.hosts.map((entry) => ({ ...entry, providerAddresses: entry.dedicatedGateway ? [] : entry.providerAddresses })) }), /did not answer ARP/],
  ])('%s', (_name, change, sentence) => {
    const state = ping(changed(change), request(vmId(1, 1), webServer, { count: 1 }));
    expect(state.received).toBe(0);
    expect(state.fate).toMatch(sentence);
  });

  it('a back end adapter without a switch is not found on its host, and the gateway says why', () => {
    const simulation = changed((config) => ({ ...config, gateways: config.gateways.map((entry) => ({ ...entry, backEnd: entry.backEnd && { ...entry.backEnd, switchName: null } })) }));
    expect(ping(simulation, request(vmId(1, 1), webServer, { count: 1 })).fate).toMatch(/No adapter of this host/);
    expect(simulation.gatewayState(gatewayId)?.blockedBy).toMatch(/not connected to a virtual switch/);
  });

  it('a machine that is off sends nothing', () => {
    const simulation = changed((config) => ({ ...config, virtualMachines: config.virtualMachines.map((entry) => ({ ...entry, running: false })) }));
    expect(ping(simulation, request(vmId(0, 1), webServer, { count: 2 })).replies.map((reply) => reply.status)).toEqual(['failed', 'failed']);
  });

  it('an address that nobody has is reported by the router outside', () => {
    const state = ping(new Simulation(contosoConfig()), request(vmId(0, 1), ipv4('192.0.2.81'), { count: 1 }));
    expect(state.replies[0]).toMatchObject({ status: 'unreachable', from: ipv4('203.0.113.1') });
  });

  it.each([
    [1, '10.30.1.1'],
    [2, '10.254.254.2'],
    [3, '203.0.113.1'],
  ])('time to live %i ends at %s', (timeToLive, from) => {
    const state = ping(new Simulation(contosoConfig()), request(vmId(1, 2), webServer, { count: 1, timeToLive }));
    expect(state.replies[0]).toMatchObject({ status: 'ttlExpired', from: ipv4(from) });
  });
});

describe('sizes', () => {
  it.each([0, 1430, 1431, 4000, 65500])('%i bytes of data come back', (payloadSize) => {
    expect(ping(new Simulation(contosoConfig()), request(vmId(0, 1), webServer, { count: 1, payloadSize })).received).toBe(1);
  });

  it('1430 bytes fit into the MTU of 1458, 1431 with "do not fragment" do not', () => {
    expect(ping(new Simulation(contosoConfig()), request(vmId(0, 1), webServer, { count: 1, payloadSize: 1430, doNotFragment: true })).received).toBe(1);
    const state = ping(new Simulation(contosoConfig()), request(vmId(0, 1), webServer, { count: 1, payloadSize: 1431, doNotFragment: true }));
    expect(state.replies[0]?.status).toBe('fragNeeded');
  });
});

describe('apply', () => {
  it('keeps the sessions of a tenant when another one goes', () => {
    const simulation = new Simulation(contosoConfig());
    ping(simulation, request(vmId(0, 1), webServer, { count: 1 }));
    const sessionsBefore = simulation.gatewayState(gatewayId)?.compartments[1]?.nat?.sessions.length;
    const config = contosoConfig();
    simulation.apply({ ...config, gateways: config.gateways.map((entry) => ({ ...entry, compartments: entry.compartments.slice(0, 1) })) });
    const after = simulation.gatewayState(gatewayId)?.compartments ?? [];
    expect(after.map((entry) => entry.id)).toEqual([1, 2]);
    expect(after[1]?.nat?.sessions.length).toBe(sessionsBefore);
    expect(ping(simulation, request(vmId(1, 1), webServer, { count: 1 })).received).toBe(0);
    simulation.apply(config);
    expect(ping(simulation, request(vmId(1, 1), webServer, { count: 1 })).received).toBe(1);
  });
});
