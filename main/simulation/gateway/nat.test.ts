import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { NatConfig } from '../config.ts';
import { PacketPool, type Packet } from '../kernel/packet.ts';
import { icmpType, writeIcmp } from '../wire/icmp.ts';
import { destinationOf, ipProtocol, isValidIpv4, sourceOf, writeIpv4 } from '../wire/ipv4.ts';
import { hasValidChecksum, tcpFlag, writeTcp, writeUdp } from '../wire/transport.ts';
import { checksum } from '../wire/checksum.ts';
import { Nat } from './nat.ts';
import { natTimeouts } from './natTable.ts';

const external = ipv4('203.0.113.10');
const inside = ipv4('10.30.1.4');
const remote = ipv4('192.0.2.80');
const pool = new PacketPool();

function config(changes: Partial<NatConfig> = {}): NatConfig {
  return { id: 'nat', name: 'nat', externalAddress: external, portStart: 1, portEnd: 49151, staticMappings: [], ...changes };
}

interface Clock {
  now: number;
}

function natAt(clock: Clock, changes: Partial<NatConfig> = {}): Nat {
  return new Nat(config(changes), () => clock.now);
}

function udp(source: number, sourcePort: number, destination: number, destinationPort: number): Packet {
  const packet = pool.acquire(20 + 8 + 5);
  writeIpv4(packet.view, packet.start, { source, destination, protocol: ipProtocol.udp, timeToLive: 64, identification: 1, doNotFragment: false, totalLength: packet.length });
  packet.bytes.set([1, 2, 3, 4, 5], packet.start + 28);
  writeUdp(packet.view, packet.start, packet.start + 20, packet.end, sourcePort, destinationPort);
  return packet;
}

function tcp(source: number, sourcePort: number, destination: number, destinationPort: number, flags: number): Packet {
  const packet = pool.acquire(40);
  writeIpv4(packet.view, packet.start, { source, destination, protocol: ipProtocol.tcp, timeToLive: 64, identification: 1, doNotFragment: false, totalLength: 40 });
  writeTcp(packet.view, packet.start, packet.start + 20, packet.end, { sourcePort, destinationPort, sequence: 1, acknowledgement: 1, flags });
  return packet;
}

function echo(type: number, source: number, destination: number, identifier: number): Packet {
  const packet = pool.acquire(28);
  writeIpv4(packet.view, packet.start, { source, destination, protocol: ipProtocol.icmp, timeToLive: 64, identification: 1, doNotFragment: false, totalLength: 28 });
  writeIcmp(packet.view, packet.start + 20, packet.end, type, 0, identifier * 0x10000 + 1);
  return packet;
}

const portOf = (packet: Packet, which: 'source' | 'destination'): number => packet.view.getUint16(packet.start + (which === 'source' ? 20 : 22));

function expectRight(packet: Packet, protocol: number): void {
  expect(isValidIpv4(packet.view, packet.start, packet.end)).toBe(true);
  expect(hasValidChecksum(packet.view, packet.start, packet.start + 20, packet.end, protocol)).toBe(true);
}

describe('dynamic mappings', () => {
  it('keep the port where it is free, and answers find the way back', () => {
    const nat = natAt({ now: 0 });
    const out = udp(inside, 5000, remote, 53);
    expect(nat.outbound(out, '')).toBe('translated');
    expect([sourceOf(out.view, out.start), portOf(out, 'source')]).toEqual([external, 5000]);
    expectRight(out, ipProtocol.udp);
    const back = udp(remote, 53, external, 5000);
    expect(nat.inbound(back, '')).toBe('translated');
    expect([destinationOf(back.view, back.start), portOf(back, 'destination')]).toEqual([inside, 5000]);
    expectRight(back, ipProtocol.udp);
  });

  it('take another port when two machines use the same, and ports above 49151 are never kept', () => {
    const nat = natAt({ now: 0 });
    const ports = [udp(inside, 5000, remote, 53), udp(inside + 1, 5000, remote, 53), udp(inside, 60000, remote, 53)].map((packet) => {
      expect(nat.outbound(packet, '')).toBe('translated');
      return portOf(packet, 'source');
    });
    expect(new Set(ports).size).toBe(3);
    expect(ports[0]).toBe(5000);
    for (const port of ports) expect(port).toBeLessThanOrEqual(49151);
  });

  it('are the same for every remote endpoint (endpoint-independent mapping)', () => {
    const nat = natAt({ now: 0 });
    const first = udp(inside, 60000, remote, 53);
    const second = udp(inside, 60000, remote + 1, 99);
    nat.outbound(first, '');
    nat.outbound(second, '');
    expect(portOf(first, 'source')).toBe(portOf(second, 'source'));
  });

  it('let in only addresses to which the inside has sent, from any of their ports (address-dependent filtering)', () => {
    const nat = natAt({ now: 0 });
    nat.outbound(udp(inside, 5000, remote, 53), '');
    expect(nat.inbound(udp(remote, 9999, external, 5000), '')).toBe('translated');
    expect(nat.inbound(udp(remote + 1, 53, external, 5000), '')).toBe('natFiltered');
    expect(nat.inbound(udp(remote, 53, external, 5001), '')).toBe('natNoMapping');
  });

  it('are a bijection between inside endpoints and external ports', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 65535 }), fc.boolean()), { minLength: 1, maxLength: 200 }), (flows) => {
        const nat = natAt({ now: 0 });
        const seen = new Map<string, string>();
        for (const [host, port, isTcp] of flows) {
          const packet = isTcp ? tcp(inside + host, port, remote, 80, tcpFlag.syn) : udp(inside + host, port, remote, 53);
          expect(nat.outbound(packet, '')).toBe('translated');
          const outside = `${isTcp} ${portOf(packet, 'source')}`;
          const endpoint = `${isTcp} ${host} ${port}`;
          expect(seen.get(outside) ?? endpoint).toBe(endpoint);
          seen.set(outside, endpoint);
        }
      }),
    );
  });

  it('run out visibly, and come free again', () => {
    const clock = { now: 0 };
    const nat = natAt(clock, { portStart: 10, portEnd: 12 });
    for (let host = 0; host < 3; host += 1) expect(nat.outbound(udp(inside + host, 5000, remote, 53), '')).toBe('translated');
    expect(nat.outbound(udp(inside + 9, 5000, remote, 53), '')).toBe('natPortsExhausted');
    clock.now = natTimeouts.udp + 1;
    expect(nat.outbound(udp(inside + 9, 5000, remote, 53), '')).toBe('translated');
  });
});

describe('time-outs', () => {
  it('UDP lives 120 s after its last packet', () => {
    const clock = { now: 0 };
    const nat = natAt(clock);
    nat.outbound(udp(inside, 5000, remote, 53), '');
    clock.now = 120e9;
    expect(nat.inbound(udp(remote, 53, external, 5000), '')).toBe('translated');
    clock.now += 120e9 + 1;
    expect(nat.inbound(udp(remote, 53, external, 5000), '')).toBe('natNoMapping');
  });

  it('an ICMP query lives 30 s', () => {
    const clock = { now: 0 };
    const nat = natAt(clock);
    nat.outbound(echo(icmpType.echoRequest, inside, remote, 7), '');
    clock.now = 30e9;
    expect(nat.inbound(echo(icmpType.echoReply, remote, external, 7), '')).toBe('translated');
    clock.now += 30e9 + 1;
    expect(nat.inbound(echo(icmpType.echoReply, remote, external, 7), '')).toBe('natNoMapping');
  });

  it('TCP lives 120 s while it opens or closes, 1800 s in between', () => {
    const clock = { now: 0 };
    const nat = natAt(clock);
    const arrives = (): string => nat.inbound(tcp(remote, 80, external, 5000, tcpFlag.ack), '');
    nat.outbound(tcp(inside, 5000, remote, 80, tcpFlag.syn), '');
    nat.inbound(tcp(remote, 80, external, 5000, tcpFlag.syn | tcpFlag.ack), '');
    nat.outbound(tcp(inside, 5000, remote, 80, tcpFlag.ack), '');
    clock.now += 1800e9;
    expect(arrives()).toBe('translated');
    nat.outbound(tcp(inside, 5000, remote, 80, tcpFlag.fin | tcpFlag.ack), '');
    nat.inbound(tcp(remote, 80, external, 5000, tcpFlag.fin | tcpFlag.ack), '');
    clock.now += 120e9 + 1;
    expect(arrives()).toBe('natNoMapping');
  });
});

describe('static mappings', () => {
  const staticMappings = [{ name: 'web', protocol: 'TCP', externalPort: 8080, internalAddress: inside, internalPort: 80 }] as const;

  it('let anybody in, at any time, and the answer leaves from the same port', () => {
    const clock = { now: 0 };
    const nat = natAt(clock, { staticMappings });
    clock.now = 1e15;
    const packet = tcp(remote, 4000, external, 8080, tcpFlag.syn);
    expect(nat.inbound(packet, '')).toBe('translated');
    expect([destinationOf(packet.view, packet.start), portOf(packet, 'destination')]).toEqual([inside, 80]);
    expectRight(packet, ipProtocol.tcp);
    const answer = tcp(inside, 80, remote, 4000, tcpFlag.syn | tcpFlag.ack);
    nat.outbound(answer, '');
    expect(portOf(answer, 'source')).toBe(8080);
  });

  it('keep their port from dynamic use', () => {
    const nat = natAt({ now: 0 }, { staticMappings });
    const packet = tcp(inside + 5, 8080, remote, 80, tcpFlag.syn);
    nat.outbound(packet, '');
    expect(portOf(packet, 'source')).not.toBe(8080);
  });
});

describe('ICMP errors', () => {
  it('from outside reach the machine whose packet caused them, with the packet as it sent it', () => {
    const nat = natAt({ now: 0 });
    const sent = udp(inside, 60000, remote, 53);
    const original = sent.bytes.slice(sent.start, sent.start + 28);
    nat.outbound(sent, '');
    const error = pool.acquire(20 + 8 + 28);
    writeIpv4(error.view, error.start, { source: ipv4('203.0.113.1'), destination: external, protocol: ipProtocol.icmp, timeToLive: 64, identification: 2, doNotFragment: false, totalLength: 56 });
    error.bytes.set(sent.bytes.subarray(sent.start, sent.start + 28), error.start + 28);
    writeIcmp(error.view, error.start + 20, error.end, icmpType.unreachable, 1, 0);
    expect(nat.inbound(error, '')).toBe('translated');
    expect(destinationOf(error.view, error.start)).toBe(inside);
    expect(checksum(error.view, error.start + 20, error.end)).toBe(0);
    const quoted = error.bytes.slice(error.start + 28, error.start + 56);
    // The quoted UDP checksum stays that of the outside: only the header and the port are turned back.
    expect([...quoted.slice(0, 26)]).toEqual([...original.slice(0, 26)]);
  });

  it('about packets that this address never sent are dropped', () => {
    const nat = natAt({ now: 0 });
    const error = pool.acquire(56);
    writeIpv4(error.view, error.start, { source: remote, destination: external, protocol: ipProtocol.icmp, timeToLive: 64, identification: 2, doNotFragment: false, totalLength: 56 });
    const foreign = udp(ipv4('1.2.3.4'), 5000, remote, 53);
    error.bytes.set(foreign.bytes.subarray(foreign.start, foreign.start + 28), error.start + 28);
    writeIcmp(error.view, error.start + 20, error.end, icmpType.unreachable, 3, 0);
    expect(nat.inbound(error, '')).toBe('natNoMapping');
  });
});

it('refuses what it cannot translate, and never throws on damaged packets', () => {
  const nat = natAt({ now: 0 });
  const gre = pool.acquire(40);
  writeIpv4(gre.view, gre.start, { source: inside, destination: remote, protocol: ipProtocol.gre, timeToLive: 64, identification: 1, doNotFragment: false, totalLength: 40 });
  expect(nat.outbound(gre, '')).toBe('natUnsupportedProtocol');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 60 }), fc.constantFrom(1, 6, 17, 99), fc.boolean(), (payload, protocol, isOut) => {
      const packet = pool.acquire(20 + payload.length);
      writeIpv4(packet.view, packet.start, { source: isOut ? inside : remote, destination: isOut ? remote : external, protocol, timeToLive: 9, identification: 1, doNotFragment: false, totalLength: packet.length });
      packet.bytes.set(payload, packet.start + 20);
      if (isOut) nat.outbound(packet, '');
      else nat.inbound(packet, '');
      expect(isValidIpv4(packet.view, packet.start, packet.end)).toBe(true);
      pool.release(packet);
    }),
    { numRuns: 5000 },
  );
});
