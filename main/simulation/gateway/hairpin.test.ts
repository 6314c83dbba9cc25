import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { SimulationConfig } from '../config.ts';
import { Simulation } from '../engine.ts';
import { contosoConfig, externalOf, gatewayId, udpFrame, vmId } from '../testing/contoso.ts';

const second = 1_000_000_000;
const discardPort = 9;

/** Each tenant's second machine is reached at UDP port 9 of the tenant's external address. */
function mapped(): SimulationConfig {
  const config = contosoConfig(2);
  const staticMappings = [{ name: 'discard', protocol: 'UDP' as const, externalPort: discardPort, internalAddress: ipv4('10.30.1.5'), internalPort: discardPort }];
  return { ...config, gateways: config.gateways.map((gateway) => ({ ...gateway, compartments: gateway.compartments.map((entry) => ({ ...entry, nat: entry.nat && { ...entry.nat, staticMappings } })) })) };
}

/** Sends one datagram from the tenant's first machine to an external address; what each tenant's second machine received. */
function received(from: number, to: number): readonly Buffer[] {
  const simulation = new Simulation(mapped());
  const captures = [0, 1].map((tenant) => simulation.startCapture({ taps: [`VM ${vmId(tenant, 2)}`], maximumBytes: 100_000 }));
  simulation.inject(vmId(from, 1), udpFrame(from, externalOf(to)));
  simulation.advance(second);
  return captures.map((id) => Buffer.concat([...(simulation.endCapture(id, 0n) ?? [])]));
}

/** Source and destination as they stand in an IPv4 header. */
const header = (source: number, destination: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(source, 0);
  bytes.writeUInt32BE(destination, 4);
  return bytes;
};

describe('an external address of the same gateway', () => {
  it('of the own VM network leads back inside, and the machine there sees the external address (RFC 4787 REQ-9)', () => {
    const [own, other] = received(0, 0);
    expect(own?.includes(header(externalOf(0), ipv4('10.30.1.5')))).toBe(true);
    expect(own?.includes(header(ipv4('10.30.1.4'), ipv4('10.30.1.5')))).toBe(false);
    expect(other?.includes(header(externalOf(0), ipv4('10.30.1.5')))).toBe(false);
  });

  it('of another VM network leads to that one, as from anywhere outside', () => {
    const [own, other] = received(0, 1);
    expect(other?.includes(header(externalOf(0), ipv4('10.30.1.5')))).toBe(true);
    expect(own?.includes(header(externalOf(0), ipv4('10.30.1.5')))).toBe(false);
  });

  it('without a mapping nothing comes in: a dynamic one takes only whom its owner has sent to', () => {
    const simulation = new Simulation(contosoConfig(2));
    simulation.inject(vmId(1, 1), udpFrame(1));
    simulation.advance(second);
    const session = simulation.gatewayState(gatewayId)?.compartments[2]?.nat?.sessions[0];
    expect(session?.externalPort).toBe(40_000);
    simulation.inject(vmId(0, 1), udpFrame(0, externalOf(1)));
    simulation.advance(second);
    const drops = simulation.gatewayState(gatewayId)?.compartments[2]?.drops.map(({ reason }) => reason);
    expect(drops).toEqual(['natNoMapping']);
  });
});
