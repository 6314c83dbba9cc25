import { describe, expect, it } from 'vitest';
import { ipv4, prefix } from '../../../shared/net/ipv4.ts';
import type { NatStaticMappingConfig, SimulationConfig } from '../config.ts';
import { Simulation } from '../engine.ts';
import { Random } from '../kernel/prng.ts';
import { contosoConfig, externalOf, gatewayId, udpFrame, vmId } from '../testing/contoso.ts';
import { gatewayEngine, gatewayMacs, inside, insideRouter, own, type GatewayEngine } from '../testing/kernel/gatewayEngine.ts';
import { buildFrame } from '../testing/kernel/randomFrames.ts';
import { ethernetLength } from '../wire/ethernet.ts';
import { icmpType } from '../wire/icmp.ts';
import { destinationOf, ipv4Length, protocolOf, sourceOf, timeToLiveOf } from '../wire/ipv4.ts';

const second = 1_000_000_000;
const random = new Random(1);
const [first, other] = [{ external: ipv4('203.0.113.50'), network: prefix('10.30.1.0/24') }, { external: ipv4('203.0.113.51'), network: prefix('10.30.2.0/24') }] as const;
const [client, server, stranger] = [first.network.address + 4, first.network.address + 5, other.network.address + 4];
const published: NatStaticMappingConfig = { name: 'dns', protocol: 'UDP', externalPort: 53, internalAddress: server, internalPort: 5353 };

function engine(mappings: readonly NatStaticMappingConfig[] = [published]): GatewayEngine {
  return gatewayEngine([
    { externalAddress: first.external, network: first.network, mappings },
    { externalAddress: other.external, network: other.network, mappings: [] },
  ]);
}

interface Sent {
  readonly source: number;
  readonly destination: number;
  readonly ports: readonly [source: number, destination: number];
  readonly timeToLive?: number;
  readonly protocol?: 'udp' | 'icmp';
}

/** Sends one packet from inside and tells what comes out, in short. */
function through(run: GatewayEngine, { source, destination, ports, timeToLive = 64, protocol = 'udp' }: Sent) {
  const frame = buildFrame(random, { fromMac: insideRouter.mac, toMac: gatewayMacs.inside, source, destination, protocol, sourcePort: ports[0], destinationPort: ports[1], timeToLive, doNotFragment: false, payload: 8 });
  return run([{ at: inside, frame }]).map((out) => ({ at: out.at, ...read(out.frame) }));
}

function read(frame: Uint8Array) {
  const view = new DataView(frame.buffer, frame.byteOffset);
  const at = ethernetLength + ipv4Length;
  return {
    source: sourceOf(view, ethernetLength),
    destination: destinationOf(view, ethernetLength),
    timeToLive: timeToLiveOf(view, ethernetLength),
    ports: [view.getUint16(at), view.getUint16(at + 2)],
    /** ICMP: its type, and whose packet it is about. */
    error: protocolOf(view, ethernetLength) === 1 ? { type: view.getUint8(at), source: view.getUint32(at + 8 + 12), destination: view.getUint32(at + 8 + 16), ports: [view.getUint16(at + 8 + 20), view.getUint16(at + 8 + 22)] } : null,
  };
}

describe('a packet from inside to the own external address', () => {
  it('comes back inside with the external address as its source, one hop older, and so does the answer', () => {
    const run = engine();
    expect(through(run, { source: client, destination: first.external, ports: [4000, 53] })).toEqual([{ at: inside, source: first.external, destination: server, timeToLive: 63, ports: [4000, 5353], error: null }]);
    expect(through(run, { source: server, destination: first.external, ports: [5353, 4000] })).toEqual([{ at: inside, source: first.external, destination: client, timeToLive: 63, ports: [53, 4000], error: null }]);
  });

  it('reaches a dynamic mapping only when its owner has sent to the external address too (address-dependent filtering)', () => {
    const run = engine();
    through(run, { source: client, destination: ipv4('192.0.2.1'), ports: [4000, 80] });
    expect(through(run, { source: server, destination: first.external, ports: [6000, 4000] })).toEqual([]);
    through(run, { source: client, destination: first.external, ports: [4000, 6000] });
    expect(through(run, { source: server, destination: first.external, ports: [6000, 4000] })).toMatchObject([{ source: first.external, destination: client, ports: [6000, 4000] }]);
  });

  it('whose life ends in the gateway is answered by the compartment, once', () => {
    const told = through(engine(), { source: client, destination: first.external, ports: [4000, 53], timeToLive: 1 });
    expect(told).toMatchObject([{ source: own.inside, destination: client, error: { type: icmpType.timeExceeded, source: client, destination: first.external } }]);
    expect(through(engine(), { source: client, destination: first.external, ports: [4000, 53], timeToLive: 2 })).toMatchObject([{ destination: server, timeToLive: 1 }]);
  });

  it('goes nowhere when nobody published the port, and a ping goes nowhere either', () => {
    expect(through(engine(), { source: client, destination: first.external, ports: [4000, 54] })).toEqual([]);
    expect(through(engine(), { source: client, destination: first.external, ports: [7, 0], protocol: 'icmp' })).toEqual([]);
  });

  it('never goes round: a mapping that leads to the external address itself leads nowhere', () => {
    const round = { ...published, internalAddress: first.external, internalPort: 53 };
    expect(through(engine([round]), { source: client, destination: first.external, ports: [4000, 53] })).toEqual([]);
    const away = { ...published, internalAddress: ipv4('192.0.2.1') };
    expect(through(engine([away]), { source: client, destination: first.external, ports: [4000, 53] })).toEqual([]);
  });
});

describe('a packet to another tenant’s external address on the same gateway', () => {
  it('passes both translations and both compartments, one hop each, there and back', () => {
    const run = engine();
    expect(through(run, { source: stranger, destination: first.external, ports: [4000, 53] })).toEqual([{ at: inside, source: other.external, destination: server, timeToLive: 62, ports: [4000, 5353], error: null }]);
    expect(through(run, { source: server, destination: other.external, ports: [5353, 4000] })).toEqual([{ at: inside, source: first.external, destination: stranger, timeToLive: 62, ports: [53, 4000], error: null }]);
  });

  it('is told when its life ends in the second compartment, about the packet as it was sent', () => {
    const told = through(engine(), { source: stranger, destination: first.external, ports: [4000, 53], timeToLive: 2 });
    expect(told).toMatchObject([{ source: first.external, destination: stranger, error: { type: icmpType.timeExceeded, source: stranger, destination: first.external, ports: [4000, 53] } }]);
  });

  it('reaches a dynamic mapping only from an address to which the inside has sent', () => {
    const run = engine();
    through(run, { source: client, destination: ipv4('192.0.2.1'), ports: [4000, 80] });
    expect(through(run, { source: stranger, destination: first.external, ports: [6000, 4000] })).toEqual([]);
    through(run, { source: client, destination: other.external, ports: [4000, 9] });
    expect(through(run, { source: stranger, destination: first.external, ports: [6000, 4000] })).toMatchObject([{ destination: client, ports: [6000, 4000] }]);
  });
});

it('the trace of a hairpin tells both translations and names the machine that it reached', () => {
  const tenant = 1;
  const config: SimulationConfig = contosoConfig();
  const rule = { ...published, externalPort: 9, internalAddress: ipv4('10.30.1.5') };
  const simulation = new Simulation({
    ...config,
    gateways: config.gateways.map((gateway) => ({ ...gateway, compartments: gateway.compartments.map((entry) => ({ ...entry, nat: entry.nat && { ...entry.nat, staticMappings: [rule] } })) })),
  });
  const id = simulation.trace(vmId(tenant, 1), udpFrame(tenant, externalOf(tenant))) ?? '';
  simulation.advance(second);
  const steps = simulation.traceState(id)?.steps ?? [];
  expect(steps.filter(({ table }) => table === 'NAT').map(({ action }) => action)).toEqual(['translate the source', 'translate the destination']);
  expect(steps.some(({ table, action }) => table === 'virtual switch' && action === `hand to ${vmId(tenant, 2)}`)).toBe(true);
  expect(simulation.gatewayState(gatewayId)?.compartments[1 + tenant]?.counters.forwarded).toBe(1);
});
