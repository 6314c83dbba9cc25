import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { SimulationConfig } from '../config.ts';
import { Simulation } from '../engine.ts';
import { contosoConfig, externalOf, gatewayId, gatewayVsidOf, vmId, webServer } from '../testing/contoso.ts';

const second = 1_000_000_000;
const failoverNs = 12 * second;
const tenants = [0, 1] as const;
const standbyHost = 'HyperVGW02';
const frontEndMac = 0x001dd8f00001;

/** The gateway as a cluster of two nodes: the second on a host of its own, with a provider address for each gateway subnet. */
function clusterConfig(): SimulationConfig {
  const config = contosoConfig(tenants.length);
  const standby: SimulationConfig['hosts'][number] = {
    id: standbyHost,
    name: standbyHost,
    isVirtual: false,
    dedicatedGateway: true,
    physicalNic: { name: 'NIC1', mac: 0x001dd8f10000 },
    virtualSwitches: ['HNV_Switch'],
    providerAddresses: tenants.map((tenant) => ({ vsid: gatewayVsidOf(tenant), address: ipv4('172.16.200.1') + tenant, prefixLength: 12, mac: 0x001dd8f20000 + tenant, gateway: null })),
  };
  return {
    ...config,
    hosts: [...config.hosts, standby],
    gateways: config.gateways.map((gateway) => ({ ...gateway, standby: { vmName: 'GatewayVM02', hostId: standbyHost, frontEndMac, failoverNs } })),
  };
}

function ping(simulation: Simulation, tenant: number, count = 2) {
  const id = simulation.startPing({ vmId: vmId(tenant, 1), destination: webServer, count, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second });
  simulation.advance((count + 4) * second);
  const state = simulation.pingState(id ?? '');
  if (state === undefined) throw new Error('the ping is gone');
  return state;
}

describe('a gateway of two nodes', () => {
  it('moves by hand: traffic stands still for the failover, then both tenants go on with their own addresses', () => {
    const simulation = new Simulation(clusterConfig());
    for (const tenant of tenants) expect(ping(simulation, tenant).received).toBe(2);
    expect(simulation.failOver(gatewayId)).toBe(true);
    expect(simulation.gatewayRole(gatewayId)).toBe('moving');
    expect(ping(simulation, 0).received).toBe(0);
    simulation.advance(failoverNs);
    expect(simulation.gatewayRole(gatewayId)).toBe('standby');
    for (const tenant of tenants) expect(ping(simulation, tenant).received).toBe(2);
    const state = simulation.gatewayState(gatewayId);
    expect(state?.vmName).toBe('GatewayVM02');
    expect(state?.compartments.slice(1).map(({ nat }) => nat?.externalAddress)).toEqual(tenants.map((tenant) => externalOf(tenant)));
  });

  it('loses its sessions and neighbours, and nothing of its configuration', () => {
    const simulation = new Simulation(clusterConfig());
    ping(simulation, 0);
    const before = simulation.gatewayState(gatewayId);
    expect(before?.compartments[1]?.nat?.sessions).toHaveLength(1);
    simulation.failOver(gatewayId);
    simulation.advance(failoverNs);
    const after = simulation.gatewayState(gatewayId);
    expect(after?.compartments[1]?.nat?.sessions).toEqual([]);
    expect(after?.compartments.map(({ routes }) => routes)).toEqual(before?.compartments.map(({ routes }) => routes));
  });

  it('announces its addresses, so that the router outside sends to the new node at once', () => {
    const simulation = new Simulation(clusterConfig());
    ping(simulation, 0);
    simulation.failOver(gatewayId);
    const capture = simulation.startCapture({ taps: ['FrontEnd 203.0.0.0/16'], maximumBytes: 1_000_000 });
    simulation.advance(failoverNs + second);
    const bytes = Buffer.concat([...(simulation.endCapture(capture, 0n) ?? [])]);
    for (const address of [ipv4('203.0.113.5'), externalOf(0), externalOf(1)]) {
      const own = Buffer.alloc(4);
      own.writeUInt32BE(address);
      // ARP: sender MAC and address, then no MAC and the same address.
      expect(bytes.includes(Buffer.concat([Buffer.from('001dd8f00001', 'hex'), own, Buffer.alloc(6), own]))).toBe(true);
    }
  });

  it('moves by itself when the host of the active node goes down, and back by hand when it is up again', () => {
    const simulation = new Simulation(clusterConfig());
    expect(ping(simulation, 1).received).toBe(2);
    simulation.setFaults([{ kind: 'hostDown', hostId: 'HyperVGW01' }]);
    expect(simulation.gatewayRole(gatewayId)).toBe('moving');
    simulation.advance(failoverNs);
    expect(ping(simulation, 1).received).toBe(2);
    simulation.setFaults([]);
    expect(simulation.gatewayRole(gatewayId)).toBe('standby');
    expect(simulation.failOver(gatewayId)).toBe(true);
    simulation.advance(failoverNs);
    expect(simulation.gatewayRole(gatewayId)).toBe('primary');
    expect(ping(simulation, 1).received).toBe(2);
  });

  it('cannot move while it moves, nor without a second node', () => {
    const simulation = new Simulation(clusterConfig());
    expect(simulation.failOver(gatewayId)).toBe(true);
    expect(simulation.failOver(gatewayId)).toBe(false);
    expect(new Simulation(contosoConfig()).failOver(gatewayId)).toBe(false);
    expect(simulation.failOver('nobody')).toBe(false);
  });
});
