/** A NAT with several external addresses: which one a host gets, answers, rules at each of them, hairpin, failover, other tenants. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { NatConfig, NatStaticMappingConfig, SimulationConfig } from '../config.ts';
import { Simulation } from '../engine.ts';
import { PacketPool, type Packet } from '../kernel/packet.ts';
import { contosoConfig, externalOf, gatewayId, udpFrame, vmId, webServer } from '../testing/contoso.ts';
import { clusterConfig, failoverNs } from '../testing/labs.ts';
import { icmpLength, writeIcmp } from '../wire/icmp.ts';
import { destinationOf, ipProtocol, isValidIpv4, sourceOf, writeIpv4 } from '../wire/ipv4.ts';
import { hasValidChecksum, tcpFlag, writeTcp, writeUdp } from '../wire/transport.ts';
import { pairedPlace } from './addressPooling.ts';
import { Nat } from './nat.ts';

const second = 1_000_000_000;
const inside = ipv4('10.30.1.4');
const remote = ipv4('192.0.2.80');
const externals = [ipv4('203.0.113.20'), ipv4('203.0.113.99'), ipv4('203.0.113.21'), ipv4('198.51.100.7')] as const;
const pool = new PacketPool();

function natOf(addresses: readonly number[], staticMappings: readonly NatStaticMappingConfig[] = [], ports: Partial<NatConfig> = {}): Nat {
  const [externalAddress = 0, ...furtherAddresses] = addresses;
  return new Nat({ id: 'nat', name: 'nat', externalAddress, furtherAddresses, portStart: 1, portEnd: 49_151, staticMappings, ...ports }, () => 0);
}

type Kind = 'tcp' | 'udp' | 'echo' | 'echoReply';

/** Of an echo both ports are its identifier. */
function packetOf(kind: Kind, source: number, sourcePort: number, destination: number, destinationPort: number): Packet {
  const packet = pool.acquire(kind === 'tcp' ? 40 : 32);
  const protocol = kind === 'tcp' ? ipProtocol.tcp : kind === 'udp' ? ipProtocol.udp : ipProtocol.icmp;
  const { view, start, end } = packet;
  writeIpv4(view, start, { source, destination, protocol, timeToLive: 64, identification: 1, doNotFragment: false, totalLength: packet.length });
  if (kind === 'tcp') writeTcp(view, start, start + 20, end, { sourcePort, destinationPort, sequence: 1, acknowledgement: 1, flags: tcpFlag.syn });
  else if (kind === 'udp') writeUdp(view, start, start + 20, end, sourcePort, destinationPort);
  else writeIcmp(view, start + 20, end, kind === 'echo' ? 8 : 0, 0, sourcePort * 0x10000 + 1);
  return packet;
}

const portAt = ({ view, start }: Packet, offset: number): number => view.getUint16(start + 20 + offset);
const isRight = ({ view, start, end }: Packet, protocol: number): boolean => isValidIpv4(view, start, end) && (protocol === ipProtocol.icmp || hasValidChecksum(view, start, start + 20, end, protocol));

/** Where a packet that went out seems to come from. */
function outside(packet: Packet, kind: Kind): { readonly address: number; readonly port: number } {
  return { address: sourceOf(packet.view, packet.start), port: portAt(packet, kind === 'echo' ? 4 : 0) };
}

describe('the external address of a host inside', () => {
  const flow = fc.record({ kind: fc.constantFrom<Kind>('tcp', 'udp', 'echo'), host: fc.integer({ min: 0, max: 60 }), port: fc.integer({ min: 1, max: 65_535 }), to: fc.integer({ min: 0, max: 5 }) });

  it('is one and the same for all it sends, and every answer finds the way back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(flow, { minLength: 1, maxLength: 150 }), (count, flows) => {
        const addresses = externals.slice(0, count);
        const nat = natOf(addresses);
        const addressOf = new Map<number, number>();
        const endpoints = new Map<string, string>();
        for (const { kind, host, port, to } of flows) {
          const out = packetOf(kind, inside + host, port, remote + to, 53);
          expect(nat.outbound(out, '')).toBe('translated');
          const { address, port: external } = outside(out, kind);
          expect(addresses).toContain(address);
          expect(address).toBe(addressOf.get(host) ?? address);
          addressOf.set(host, address);
          const [endpoint, seen] = [`${host}:${port}`, `${kind} ${address}:${external}`];
          expect(endpoints.get(seen) ?? endpoint).toBe(endpoint);
          endpoints.set(seen, endpoint);
          const back = kind === 'echo' ? packetOf('echoReply', remote + to, external, address, external) : packetOf(kind, remote + to, 53, address, external);
          expect(nat.inbound(back, '')).toBe('translated');
          expect([destinationOf(back.view, back.start), portAt(back, kind === 'echo' ? 4 : 2)]).toEqual([inside + host, port]);
          expect(isRight(back, kind === 'tcp' ? ipProtocol.tcp : kind === 'udp' ? ipProtocol.udp : ipProtocol.icmp)).toBe(true);
          for (const other of addresses.filter((entry) => entry !== address)) {
            const stray = kind === 'echo' ? packetOf('echoReply', remote + to, external, other, external) : packetOf(kind, remote + to, 53, other, external);
            const isElsewhere = nat.inbound(stray, '') === 'translated';
            if (isElsewhere) expect(endpoints.has(`${kind} ${other}:${external}`)).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is any of them: the hosts of a subnet spread evenly, whatever the number of addresses', () => {
    for (const addresses of [1, 2, 3, 4, 7, 32]) {
      const hosts = Array.from({ length: addresses * 200 }, (_, at) => pairedPlace(inside + at, addresses));
      const counts = Array.from({ length: addresses }, (_, place) => hosts.filter((entry) => entry === place).length);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(hosts.length);
      for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(10);
    }
  });

  it('has ports of its own: when they are used up, hosts of another address go on', () => {
    const nat = natOf(externals.slice(0, 2), [], { portStart: 100, portEnd: 109 });
    const hosts = (place: number) => Array.from({ length: 200 }, (_, at) => inside + at).filter((host) => pairedPlace(host, 2) === place).slice(0, 11);
    const sent = (place: number) => hosts(place).map((host) => nat.outbound(packetOf('udp', host, 5000, remote, 53), ''));
    expect(sent(0)).toEqual([...Array.from({ length: 10 }, () => 'translated'), 'natPortsExhausted']);
    expect(sent(1)).toEqual([...Array.from({ length: 10 }, () => 'translated'), 'natPortsExhausted']);
    const udp = nat.state(0).ports.filter(({ protocol }) => protocol === 'UDP');
    expect(udp.map(({ externalAddress, inUse, available }) => [externalAddress, inUse, available])).toEqual([[externals[0], 10, 0], [externals[1], 10, 0]]);
  });
});

describe('rules at several external addresses', () => {
  const web = (externalAddress: number | undefined, host: number, externalPort = 443): NatStaticMappingConfig => ({ name: `rule ${host}`, protocol: 'TCP', ...(externalAddress === undefined ? {} : { externalAddress }), externalPort, internalAddress: inside + host, internalPort: 8443 });

  it('may wait at the same port, each for its own machine', () => {
    const nat = natOf(externals, [web(undefined, 0), web(externals[1], 1), web(externals[3], 2)]);
    const reached = externals.map((address) => {
      const packet = packetOf('tcp', remote, 5000, address, 443);
      return nat.inbound(packet, '') === 'translated' ? destinationOf(packet.view, packet.start) - inside : null;
    });
    expect(reached).toEqual([0, 1, null, 2]);
  });

  it('may lead to one machine: each client is answered from the address that it asked', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.constantFrom(0, 1, 3), port: fc.integer({ min: 1, max: 4 }), from: fc.integer({ min: 0, max: 2 }) }), { minLength: 1, maxLength: 40 }), (questions) => {
        const nat = natOf(externals, [web(undefined, 0), web(externals[1], 0), web(externals[3], 0)]);
        const asked = new Map<string, number>();
        for (const { at, port, from } of questions) {
          expect(nat.inbound(packetOf('tcp', remote + from, 5000 + port, externals[at] ?? 0, 443), '')).toBe('translated');
          asked.set(`${from} ${port}`, at);
        }
        for (const [client, at] of asked) {
          const [from = 0, port = 0] = client.split(' ').map(Number);
          const answer = packetOf('tcp', inside, 8443, remote + from, 5000 + port);
          expect(nat.outbound(answer, '')).toBe('translated');
          expect(outside(answer, 'tcp')).toEqual({ address: externals[at], port: 443 });
          expect(isRight(answer, ipProtocol.tcp)).toBe(true);
          const error = portUnreachable(inside, remote + from, { source: remote + from, sourcePort: 5000 + port, destination: inside, destinationPort: 8443 });
          expect(nat.outbound(error, '')).toBe('translated');
          expect([sourceOf(error.view, error.start), destinationOf(error.view, error.start + 20 + icmpLength)]).toEqual([externals[at], externals[at]]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

interface Quoted {
  readonly source: number;
  readonly sourcePort: number;
  readonly destination: number;
  readonly destinationPort: number;
}

/** About a TCP segment, quoted as far as RFC 792 asks. */
function portUnreachable(source: number, destination: number, quoted: Quoted): Packet {
  const packet = pool.acquire(20 + icmpLength + 40);
  const { view, start, end } = packet;
  writeIpv4(view, start, { source, destination, protocol: ipProtocol.icmp, timeToLive: 64, identification: 2, doNotFragment: false, totalLength: packet.length });
  const inner = start + 20 + icmpLength;
  writeIpv4(view, inner, { source: quoted.source, destination: quoted.destination, protocol: ipProtocol.tcp, timeToLive: 60, identification: 1, doNotFragment: false, totalLength: 40 });
  writeTcp(view, inner, inner + 20, end, { sourcePort: quoted.sourcePort, destinationPort: quoted.destinationPort, sequence: 1, acknowledgement: 1, flags: tcpFlag.syn });
  writeIcmp(view, start + 20, end, 3, 3, 0);
  return packet;
}

const discardPort = 9;
const secondOf = (tenant: number) => externalOf(tenant) + 100;

/** Each tenant has a second external address, at whose UDP port 9 its second machine waits. */
function withSecond(config: SimulationConfig): SimulationConfig {
  const gateways = config.gateways.map((gateway) => ({
    ...gateway,
    compartments: gateway.compartments.map((entry, tenant) => {
      const staticMappings = [{ name: 'discard', protocol: 'UDP' as const, externalAddress: secondOf(tenant), externalPort: discardPort, internalAddress: ipv4('10.30.1.5'), internalPort: discardPort }];
      return { ...entry, nat: entry.nat && { ...entry.nat, furtherAddresses: [secondOf(tenant)], staticMappings } };
    }),
  }));
  return { ...config, gateways };
}

function ping(simulation: Simulation, tenant: number, machine: 1 | 2): number {
  const id = simulation.startPing({ vmId: vmId(tenant, machine), destination: webServer, count: 2, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second });
  simulation.advance(6 * second);
  return simulation.pingState(id ?? '')?.received ?? 0;
}

const sessionsOf = (simulation: Simulation, tenant: number) => simulation.gatewayState(gatewayId)?.compartments[tenant + 1]?.nat?.sessions ?? [];

describe('a gateway whose tenants have several external addresses', () => {
  it('owns all of them on its front end: what is sent from any of them comes back, and no tenant has another one\'s', () => {
    const simulation = new Simulation(withSecond(contosoConfig(3)));
    const used = [0, 1, 2].map((tenant) => {
      for (const machine of [1, 2] as const) expect(ping(simulation, tenant, machine)).toBe(2);
      return sessionsOf(simulation, tenant).filter(({ isStatic }) => !isStatic).map(({ externalAddress }) => externalAddress);
    });
    // 10.30.1.4 and 10.30.1.5 take turns, so both were tried.
    expect(used.map((addresses) => [...addresses].sort((a, b) => a - b))).toEqual([0, 1, 2].map((tenant) => [externalOf(tenant), secondOf(tenant)]));
  });

  it.each([
    ['of its own', 0, 0],
    ['of another tenant', 0, 1],
  ])('leads a machine to the second address %s', (_whose, from, to) => {
    const simulation = new Simulation(withSecond(contosoConfig(2)));
    const capture = simulation.startCapture({ taps: [`VM ${vmId(to, 2)}`], maximumBytes: 100_000 });
    simulation.inject(vmId(from, 1), udpFrame(from, secondOf(to)));
    simulation.advance(second);
    const bytes = Buffer.concat([...(simulation.endCapture(capture, 0n) ?? [])]);
    const [sent] = sessionsOf(simulation, from).filter(({ isStatic }) => !isStatic);
    const header = Buffer.alloc(8);
    header.writeUInt32BE(sent?.externalAddress ?? 0, 0);
    header.writeUInt32BE(ipv4('10.30.1.5'), 4);
    expect(bytes.includes(header)).toBe(true);
  });

  it('tells the neighbours of all of them when its role moves', () => {
    const simulation = new Simulation(withSecond(clusterConfig()));
    for (const machine of [1, 2] as const) expect(ping(simulation, 0, machine)).toBe(2);
    const before = sessionsOf(simulation, 0).map(({ internalAddress, externalAddress }) => [internalAddress, externalAddress]);
    simulation.failOver(gatewayId);
    simulation.advance(failoverNs);
    // The router knows the other node's MAC address for each, else the answers would go to the one that is down.
    for (const machine of [1, 2] as const) expect(ping(simulation, 0, machine)).toBe(2);
    expect(sessionsOf(simulation, 0).map(({ internalAddress, externalAddress }) => [internalAddress, externalAddress])).toEqual(before);
  });
});
