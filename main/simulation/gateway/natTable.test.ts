import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipProtocol } from '../wire/ipv4.ts';
import type { NatProtocol } from './natMapping.ts';
import { NatTable, natTimeouts } from './natTable.ts';

const second = 1_000_000_000;
const portStart = 10;
const portEnd = 17;
const size = portEnd - portStart + 1;

function table(staticPorts: readonly number[] = []): NatTable {
  return new NatTable({
    id: 'nat',
    name: 'nat',
    externalAddress: 1,
    portStart,
    portEnd,
    staticMappings: staticPorts.map((externalPort, at) => ({ name: `${at}`, protocol: 'UDP', externalPort, internalAddress: 1000 + at, internalPort: 1 })),
  });
}

/** As slow and as obvious as can be: a list of who has which port, searched from end to end. */
class Model {
  entries: { protocol: number; address: number; port: number; external: number; lastUsed: number }[] = [];

  living(now: number): Model['entries'] {
    return this.entries.filter(({ protocol, lastUsed }) => now - lastUsed <= (protocol === ipProtocol.icmp ? natTimeouts.icmpQuery : natTimeouts.udp));
  }
}

const protocols: readonly NatProtocol[] = [ipProtocol.icmp, ipProtocol.udp];
const step = fc.record({ protocol: fc.constantFrom(...protocols), address: fc.integer({ min: 1, max: 4 }), port: fc.integer({ min: 8, max: 20 }), wait: fc.constantFrom(0, 1, 20, 29, 31, 60, 119, 121) });

describe('external ports', () => {
  it('are a bijection, kept where they are free, given until all are in use and again when one ran out: as an obvious model says', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const nat = table();
      const model = new Model();
      let now = 0;
      for (const { protocol, address, port, wait } of steps) {
        now += wait * second;
        model.entries = model.living(now);
        const own = model.entries.filter((entry) => entry.protocol === protocol);
        const known = own.find((entry) => entry.address === address && entry.port === port);
        const isFull = own.length === size;
        const isWantedFree = port >= portStart && port <= portEnd && own.every(({ external }) => external !== port);
        const mapping = nat.outbound(protocol, address, port, now);
        expect(mapping === undefined).toBe(known === undefined && isFull);
        if (mapping === undefined) {
          expect(nat.portSpace(0, protocol).exhaustedSince).not.toBeNull();
          continue;
        }
        if (known !== undefined) expect(mapping.externalPort).toBe(known.external);
        else if (isWantedFree) expect(mapping.externalPort).toBe(port);
        if (known === undefined) expect(own.map(({ external }) => external)).not.toContain(mapping.externalPort);
        nat.use(mapping, now);
        model.entries = [...model.entries.filter((entry) => entry !== known), { protocol, address, port, external: mapping.externalPort, lastUsed: now }];
        expect(nat.inbound(protocol, mapping.externalAddress, mapping.externalPort, now)).toBe(mapping);
      }
      for (const protocol of protocols) {
        const living = model.living(now).filter((entry) => entry.protocol === protocol).length;
        expect([...nat.living(now)].filter((mapping) => mapping.protocol === protocol)).toHaveLength(living);
        expect(nat.portSpace(0, protocol)).toMatchObject({ inUse: living, available: size - living });
      }
    }), { numRuns: 500 });
  });

  it('say since when they are exhausted, until one is free again', () => {
    const nat = table([10, 11]);
    for (let at = 0; at < size - 2; at += 1) expect(nat.outbound(ipProtocol.udp, 1, 100 + at, at * second)).toBeDefined();
    const space = nat.portSpace(0, ipProtocol.udp);
    expect(space).toMatchObject({ inUse: size, available: 0, exhaustedSince: null });
    expect(nat.outbound(ipProtocol.udp, 2, 500, 50 * second)).toBeUndefined();
    expect(nat.outbound(ipProtocol.udp, 3, 500, 60 * second)).toBeUndefined();
    expect(space.exhaustedSince).toBe(50 * second);
    // The others have ports of their own.
    expect(nat.outbound(ipProtocol.tcp, 2, 500, 60 * second)).toBeDefined();
    // The first one was last used at 0.
    expect(nat.outbound(ipProtocol.udp, 2, 500, 120 * second)).toBeUndefined();
    expect(nat.outbound(ipProtocol.udp, 2, 500, 121 * second)).toBeDefined();
    expect(space.exhaustedSince).toBeNull();
  });

  it('a TCP conversation that ends gives its port back earlier than it would have', () => {
    const nat = table();
    const mappings = Array.from({ length: size }, (_, at) => nat.outbound(ipProtocol.tcp, 1, 100 + at, 0));
    for (const mapping of mappings) {
      if (mapping === undefined) continue;
      mapping.tcp = 'established';
      nat.use(mapping, 0);
    }
    expect(nat.outbound(ipProtocol.tcp, 2, 1, second)).toBeUndefined();
    const [first] = mappings;
    if (first === undefined) throw new Error('no mapping');
    first.tcp = 'closing';
    nat.use(first, 2 * second);
    expect(nat.outbound(ipProtocol.tcp, 2, 1, 2 * second + natTimeouts.tcpTransient)).toBeUndefined();
    expect(nat.outbound(ipProtocol.tcp, 2, 1, 3 * second + natTimeouts.tcpTransient)).toBeDefined();
  });
});
