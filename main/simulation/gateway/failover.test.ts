import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { Simulation } from '../engine.ts';
import { contosoConfig, externalOf, gatewayId, vmId, webServer } from '../testing/contoso.ts';
import { clusterConfig, failoverNs, standbyFrontEndMac } from '../testing/labs.ts';
import { officeHost, withOffice } from '../testing/office.ts';

const second = 1_000_000_000;
const tenants = [0, 1] as const;

function ping(simulation: Simulation, tenant: number, count = 2, destination = webServer) {
  const id = simulation.startPing({ vmId: vmId(tenant, 1), destination, count, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second });
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
    expect(state?.compartments.slice(1).map(({ nat }) => nat?.externalAddresses)).toEqual(tenants.map((tenant) => [externalOf(tenant)]));
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
      expect(bytes.includes(Buffer.concat([Buffer.from(standbyFrontEndMac.toString(16).padStart(12, '0'), 'hex'), own, Buffer.alloc(6), own]))).toBe(true);
    }
  });

  it('loses its security associations: the tunnel is dialed anew from the other node', () => {
    const simulation = new Simulation(withOffice(clusterConfig(), 1));
    const tunnel = () => simulation.gatewayState(gatewayId)?.compartments[2]?.tunnels[0];
    expect(ping(simulation, 1, 2, officeHost).received).toBe(2);
    const before = tunnel()?.association?.inboundSpi;
    simulation.failOver(gatewayId);
    simulation.advance(failoverNs);
    expect(tunnel()).toMatchObject({ state: 'Disconnected', association: null });
    // The device still sends into the old association until the new one is there.
    expect(ping(simulation, 1, 2, officeHost).received).toBe(2);
    expect(tunnel()?.state).toBe('Connected');
    expect(tunnel()?.association?.inboundSpi).not.toBe(before);
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
