import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { NatConfig, NatStaticMappingConfig } from '../config.ts';
import { ipProtocol } from '../wire/ipv4.ts';
import { pairedPlace } from './addressPooling.ts';
import type { NatProtocol } from './natMapping.ts';
import { NatTable, natTimeouts } from './natTable.ts';

const inside = ipv4('10.30.1.4');
const second = 1_000_000_000;

function config(changes: Partial<NatConfig> = {}): NatConfig {
  return { id: 'nat', name: 'nat', externalAddress: ipv4('203.0.113.10'), portStart: 1, portEnd: 49151, staticMappings: [], ...changes };
}

interface Known {
  readonly protocol: number;
  readonly endpoint: string;
  readonly address: number;
  readonly port: number;
  lastUsed: number;
  timeout: number;
}

/** What the table should do, in the plainest way: a list that is gone through from end to end. */
class SlowTable {
  readonly #first: number;
  readonly #last: number;
  #known: Known[] = [];

  constructor({ portStart, portEnd, externalAddress: first, staticMappings }: NatConfig) {
    [this.#first, this.#last] = [portStart, portEnd];
    for (const { protocol, internalAddress, internalPort, externalAddress: address = first, externalPort } of staticMappings) {
      this.#known.push({ protocol: ipProtocol[protocol === 'TCP' ? 'tcp' : 'udp'], endpoint: `${internalAddress}:${internalPort}`, address, port: externalPort, lastUsed: 0, timeout: Infinity });
    }
  }

  passTo(now: number): void {
    this.#known = this.#known.filter(({ lastUsed, timeout }) => now - lastUsed <= timeout);
  }

  find(protocol: number, endpoint: string): Known | undefined {
    return this.#known.find((entry) => entry.protocol === protocol && entry.endpoint === endpoint);
  }

  behind(protocol: number, address: number, port: number): Known | undefined {
    return this.#known.find((entry) => entry.protocol === protocol && entry.address === address && entry.port === port);
  }

  inUse(protocol: number, address: number): number {
    return this.#known.filter((entry) => entry.protocol === protocol && entry.address === address && entry.port >= this.#first && entry.port <= this.#last).length;
  }

  get size(): number {
    return this.#last - this.#first + 1;
  }

  add(entry: Known): void {
    expect(entry.port).toBeGreaterThanOrEqual(this.#first);
    expect(entry.port).toBeLessThanOrEqual(this.#last);
    expect(this.behind(entry.protocol, entry.address, entry.port), 'the port was free').toBeUndefined();
    this.#known.push(entry);
  }

  isKept(protocol: number, address: number, wanted: number): boolean {
    return wanted >= this.#first && wanted <= this.#last && this.behind(protocol, address, wanted) === undefined;
  }
}

interface Step {
  readonly protocol: NatProtocol;
  readonly host: number;
  readonly port: number;
  /** Passes before it. */
  readonly seconds: number;
  readonly tcp: 'transient' | 'established' | 'closing';
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  protocol: fc.constantFrom(ipProtocol.icmp, ipProtocol.tcp, ipProtocol.udp),
  host: fc.integer({ min: 0, max: 30 }),
  port: fc.integer({ min: 90, max: 420 }),
  seconds: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 30, 31, 120, 121, 600),
  tcp: fc.constantFrom('transient', 'established', 'closing'),
});

const staticMappings: readonly NatStaticMappingConfig[] = [
  { name: 'inside the range', protocol: 'TCP', externalPort: 101, internalAddress: inside + 200, internalPort: 80 },
  { name: 'beyond the range', protocol: 'UDP', externalPort: 60_000, internalAddress: inside + 200, internalPort: 53 },
];

const timeoutOf = ({ protocol, tcp }: Step): number => {
  if (protocol === ipProtocol.icmp) return natTimeouts.icmpQuery;
  if (protocol === ipProtocol.udp) return natTimeouts.udp;
  return tcp === 'established' ? natTimeouts.tcpEstablished : natTimeouts.tcpTransient;
};

/** One packet from inside, through both tables. */
function send(table: NatTable, model: SlowTable, step: Step, addresses: readonly number[], now: number): void {
  const { protocol, host, port } = step;
  const endpoint = `${inside + host}:${port}`;
  const expected = model.find(protocol, endpoint);
  const place = pairedPlace(inside + host, addresses.length);
  const address = addresses[place] ?? 0;
  const isFull = model.inUse(protocol, address) === model.size;
  const mapping = table.outbound(protocol, inside + host, port, now);
  if (expected === undefined && isFull) {
    expect(mapping).toBeUndefined();
    expect(table.portSpace(place, protocol).exhaustedSince).not.toBeNull();
    return;
  }
  if (mapping === undefined) throw new Error('exhausted, although a port is free');
  mapping.tcp = step.tcp;
  table.use(mapping, now);
  if (expected !== undefined) {
    expect([mapping.externalAddress, mapping.externalPort]).toEqual([expected.address, expected.port]);
    Object.assign(expected, { lastUsed: now, timeout: timeoutOf(step) });
    return;
  }
  expect(mapping.externalAddress).toBe(address);
  if (model.isKept(protocol, address, port)) expect(mapping.externalPort).toBe(port);
  model.add({ protocol, endpoint, address, port: mapping.externalPort, lastUsed: now, timeout: timeoutOf(step) });
}

function compare(table: NatTable, model: SlowTable, protocol: NatProtocol, port: number, addresses: readonly number[], now: number): void {
  table.count(now);
  addresses.forEach((address, place) => {
    const [found, expected] = [table.inbound(protocol, address, port, now), model.behind(protocol, address, port)];
    expect(found && `${found.internalAddress}:${found.internalPort}`).toBe(expected?.endpoint);
    const space = table.portSpace(place, protocol);
    expect([space.inUse, space.available]).toEqual([model.inUse(protocol, address), model.size - model.inUse(protocol, address)]);
    if (space.available > 0) expect(space.exhaustedSince).toBeNull();
  });
}

describe('the table of mappings', () => {
  it.each([
    ['a handful of ports', 100, 104, 1],
    ['one block and a bit', 100, 370, 1],
    ['every port', 1, 49_151, 1],
    ['a handful of ports of each of three addresses', 100, 104, 3],
    ['every port of two addresses', 1, 49_151, 2],
  ])('does what the obvious list does, with %s', (_name, portStart, portEnd, count) => {
    const addresses = Array.from({ length: count }, (_, at) => ipv4('203.0.113.10') + at);
    const further = addresses.slice(1);
    const atLast: readonly NatStaticMappingConfig[] = count === 1 ? [] : [{ name: 'at the last address', protocol: 'TCP', externalAddress: addresses[count - 1] ?? 0, externalPort: 101, internalAddress: inside + 201, internalPort: 80 }];
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 120 }), (steps) => {
        const settings = config({ portStart, portEnd, furtherAddresses: further, staticMappings: [...staticMappings, ...atLast] });
        const [table, model] = [new NatTable(settings), new SlowTable(settings)];
        let now = 0;
        for (const step of steps) {
          now += step.seconds * second;
          model.passTo(now);
          send(table, model, step, addresses, now);
          compare(table, model, step.protocol, step.port, addresses, now);
        }
        const living = [...table.living(now)].map(({ protocol, externalAddress, externalPort }) => `${protocol} ${externalAddress} ${externalPort}`);
        expect(new Set(living).size).toBe(living.length);
      }),
      { numRuns: 300 },
    );
  });

  it('gives away the whole range of 49,151 ports, each once, and nothing more until one is free', () => {
    const table = new NatTable(config());
    const given = new Set<number>();
    for (let host = 0; host < 49_151; host += 1) given.add(table.outbound(ipProtocol.udp, inside + host, 60_000, host)?.externalPort ?? 0);
    expect([given.size, given.has(0)]).toEqual([49_151, false]);
    const space = table.portSpace(0, ipProtocol.udp);
    expect([space.inUse, space.available]).toEqual([49_151, 0]);
    // Most of them are refused at once: going through the range for each would take many minutes.
    for (let host = 0; host < 200_000; host += 1) expect(table.outbound(ipProtocol.udp, inside + 60_000 + host, 60_000, 60_000 + host)).toBeUndefined();
    expect([space.available, space.exhaustedSince]).toEqual([0, 60_000]);
    // The first one ran out a nanosecond after its time, the second did not.
    const now = natTimeouts.udp + 1;
    table.count(now);
    expect([space.inUse, space.available, space.exhaustedSince]).toEqual([49_150, 1, null]);
    expect(table.outbound(ipProtocol.udp, inside + 300_000, 60_000, now)?.externalPort).toBe(1);
    expect(table.outbound(ipProtocol.udp, inside + 300_001, 60_000, now)).toBeUndefined();
    // Each protocol has the whole range for itself.
    expect(table.outbound(ipProtocol.tcp, inside, 5000, now)?.externalPort).toBe(5000);
  });
});
