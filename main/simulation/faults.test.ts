import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../shared/net/ipv4.ts';
import { Simulation } from './engine.ts';
import { withFaults, type Fault } from './faults.ts';
import { contosoConfig, gatewayId, gatewayVsidOf, udpFrame, vmId, vmVsidOf, webServer } from './testing/contoso.ts';

const second = 1_000_000_000;
const internet = 'Internet';
const tenant = 1;

function pinging(simulation: Simulation, options: { readonly count?: number; readonly payloadSize?: number; readonly destination?: number; readonly doNotFragment?: boolean } = {}) {
  const id = simulation.startPing({ vmId: vmId(tenant, 1), destination: webServer, count: 4, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second, ...options });
  simulation.advance(((options.count ?? 4) + 5) * second);
  const state = simulation.pingState(id ?? '');
  if (state === undefined) throw new Error('the ping is gone');
  return state;
}

/** Works before, fails as said while the fault is in force, works again when it is taken back. */
const cases: readonly (readonly [name: string, fault: Fault, sentence: RegExp])[] = [
  ['the host of the machine is down', { kind: 'hostDown', hostId: 'HyperV01' }, /^$/],
  ['the host of the gateway is down', { kind: 'hostDown', hostId: 'HyperVGW01' }, /did not answer ARP/],
  ['the gateway’s provider address is unreachable', { kind: 'providerAddressUnreachable', address: ipv4('172.16.0.10') + tenant * 4 + 2 }, /did not answer ARP/],
  ['the gateway’s lookup record is stale', { kind: 'lookupRecordStale', vsid: gatewayVsidOf(tenant), customerAddress: ipv4('10.254.254.2'), providerAddress: ipv4('172.16.99.99') }, /No answer came in time/],
  ['the firewall of the gateway is on', { kind: 'gatewayFirewallOn', gatewayId }, /firewall/],
  ['the Internet link is down', { kind: 'link', segment: internet, quality: { isDown: true } }, /link is down/],
];

describe('faults', () => {
  it.each(cases)('%s: nothing gets through, and everything does once it is taken back', (_name, fault, sentence) => {
    const simulation = new Simulation(contosoConfig());
    expect(pinging(simulation).received).toBe(4);
    simulation.setFaults([fault]);
    const failed = pinging(simulation);
    expect(failed.received).toBe(0);
    expect(failed.fate ?? '').toMatch(sentence);
    simulation.setFaults([]);
    // Neighbours that went silent are asked again.
    simulation.advance(5 * second);
    expect(pinging(simulation).received).toBe(4);
  });

  it('an exhausted pool lets sessions go on that are there, and no new one begin', () => {
    const simulation = new Simulation(contosoConfig());
    const guid = simulation.gatewayState(gatewayId)?.compartments[tenant + 1]?.guid ?? '';
    const nat = () => simulation.gatewayState(gatewayId)?.compartments[tenant + 1]?.nat;
    const running = simulation.startPing({ vmId: vmId(tenant, 1), destination: webServer, count: 20, payloadSize: 32, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 2 * second });
    simulation.advance(5 * second);
    simulation.setFaults([{ kind: 'natPoolExhausted', gatewayId, guid }]);
    const state = pinging(simulation);
    expect(state.received).toBe(0);
    expect(state.fate).toMatch(/All external ports of the NAT address are in use/);
    expect(nat()?.exhaustedDrops).toBe(4);
    expect(nat()?.ports.find(({ protocol }) => protocol === 'ICMP')?.exhaustedSince).not.toBeNull();
    // The other tenant has an address of its own.
    expect(nat()?.sessions).toHaveLength(1);
    simulation.setFaults([]);
    expect(nat()?.ports.map(({ exhaustedSince }) => exhaustedSince)).toEqual([null, null, null]);
    expect(nat()?.sessions).toHaveLength(1);
    expect(pinging(simulation).received).toBe(4);
    simulation.advance(20 * second);
    expect(simulation.pingState(running ?? '')?.received).toBe(20);
  });

  it('change nothing of the configuration, and nothing at all when they are about nobody', () => {
    const config = contosoConfig();
    const before = structuredClone(config);
    for (const [, fault] of cases) withFaults(config, [fault]);
    expect(config).toEqual(before);
    expect(withFaults(config, [{ kind: 'hostDown', hostId: 'nobody' }, { kind: 'lookupRecordMissing', vsid: 1, customerAddress: 1 }])).toEqual(before);
  });

  it('a missing lookup record cuts off one machine and leaves the other', () => {
    const simulation = new Simulation(contosoConfig());
    simulation.setFaults([{ kind: 'lookupRecordMissing', vsid: vmVsidOf(tenant), customerAddress: ipv4('10.30.1.5') }]);
    expect(pinging(simulation, { destination: ipv4('10.30.1.5') }).received).toBe(0);
    expect(pinging(simulation).received).toBe(4);
  });

  it('a host that went down is found out: frames go to its MAC until three probes stayed unanswered, then ARP asks for it in vain', () => {
    const simulation = new Simulation(contosoConfig());
    const fate = (): string | null | undefined => {
      const id = simulation.trace(vmId(tenant, 1), udpFrame(tenant)) ?? '';
      simulation.advance(4 * second);
      return simulation.traceState(id)?.fate;
    };
    expect(pinging(simulation).received).toBe(4);
    simulation.setFaults([{ kind: 'hostDown', hostId: 'HyperVGW01' }]);
    expect(fate()).toMatch(/^Dropped at Provider 172\.16\.0\.0\/12: .*did not answer ARP/);
    // Stale after 30 s: this packet starts the delay of 5 s and then the probes.
    simulation.advance(31 * second);
    expect(fate()).toMatch(/^Dropped at Provider /);
    simulation.advance(5 * second);
    expect(fate()).toMatch(/^Dropped at HyperV01: .*did not answer ARP/);
  });

  it('a machine outside that vanished is found out, and then the router tells the sender', () => {
    const config = contosoConfig();
    const simulation = new Simulation(config);
    expect(pinging(simulation).received).toBe(4);
    simulation.apply({ ...config, external: { ...config.external, hosts: [] } });
    const statuses = pinging(simulation, { count: 60 }).replies.map(({ status }) => status);
    const found = statuses.indexOf('unreachable');
    // One ping every 2 s from 9 s on. Reachable until 30 s; the ping of 31 s starts 5 s of delay and 3 probes; that of 39 s, or the next,
    // has everybody asked for 3 s, and the one after it is told in time.
    expect(found).toBeGreaterThanOrEqual(16);
    expect(found).toBeLessThanOrEqual(17);
    expect(new Set(statuses.slice(0, found))).toEqual(new Set(['timeout']));
    simulation.apply(config);
    expect(pinging(simulation).received).toBe(4);
  });

  it('a machine outside that comes back with another MAC, and does not say so, is found again', () => {
    const config = contosoConfig();
    const simulation = new Simulation(config);
    expect(pinging(simulation).received).toBe(4);
    const renewed = { ...config.external, hosts: config.external.hosts.map((host) => ({ ...host, mac: 0x001dd8ffff01 })) };
    simulation.apply({ ...config, external: renewed });
    // Each ping waits 2 s for nothing, until the old entry is gone 39 s after the first answer.
    const statuses = pinging(simulation, { count: 40 }).replies.map(({ status }) => status);
    expect(statuses[0]).toBe('timeout');
    expect(statuses.filter((status) => status === 'reply').length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 'timeout').length).toBeLessThanOrEqual(17);
    expect(pinging(simulation).received).toBe(4);
  });

  it('the trace of a packet that found the pool exhausted says that a fault keeps it so', () => {
    const simulation = new Simulation(contosoConfig());
    const guid = simulation.gatewayState(gatewayId)?.compartments[tenant + 1]?.guid ?? '';
    simulation.setFaults([{ kind: 'natPoolExhausted', gatewayId, guid }]);
    const id = simulation.trace(vmId(tenant, 1), udpFrame(tenant)) ?? '';
    simulation.advance(second);
    const state = simulation.traceState(id);
    expect(state?.fate).toContain('All external ports of the NAT address are in use');
    expect(state?.steps.find(({ table }) => table === 'NAT')).toMatchObject({ matched: '203.0.113.11, ports 1 to 49151', action: 'no new mapping: a fault keeps the pool exhausted' });
  });

  it('stay in force when the configuration changes', () => {
    const simulation = new Simulation(contosoConfig());
    simulation.setFaults([{ kind: 'gatewayFirewallOn', gatewayId }]);
    simulation.apply(contosoConfig(3));
    expect(pinging(simulation).received).toBe(0);
  });
});

describe('links', () => {
  const linked = (quality: Extract<Fault, { kind: 'link' }>['quality'], seed = 1) => {
    const simulation = new Simulation(contosoConfig(2, seed));
    simulation.setFaults([{ kind: 'link', segment: internet, quality }]);
    return simulation;
  };

  it('an MTU black hole swallows large frames without a word, and lets small ones through', () => {
    const simulation = linked({ largestFrame: 1000 });
    expect(pinging(simulation).received).toBe(4);
    const large = pinging(simulation, { payloadSize: 1200, doNotFragment: true });
    expect(large.received).toBe(0);
    expect(large.replies.map(({ status }) => status)).toEqual(['timeout', 'timeout', 'timeout', 'timeout']);
    expect(large.fate).toContain('black hole');
  });

  it('loss is as often as asked for, the same for the same seed', () => {
    const lost = (seed: number) => {
      const { sent, received } = pinging(linked({ lossPerMillion: 100_000 }, seed), { count: 1500 });
      return (sent - received) / sent;
    };
    const first = lost(3);
    // Each ping crosses twice, so 19 % are lost; five standard deviations of 1,200 pings are 5.7 %.
    expect(Math.abs(first - 0.19)).toBeLessThan(0.057);
    expect(lost(3)).toBe(first);
    expect(lost(4)).not.toBe(first);
  });

  it('extra latency and bandwidth delay the answer by what they are', () => {
    const roundTrip = (simulation: Simulation) => pinging(simulation, { count: 2 }).replies[1]?.roundTripNs ?? 0;
    const plain = roundTrip(new Simulation(contosoConfig()));
    expect(roundTrip(linked({ extraLatencyNs: 7_000_000 })) - plain).toBe(14_000_000);
    // 74 bytes of Ethernet frame, twice, at 1 Mbit/s.
    expect(roundTrip(linked({ bitsPerSecond: 1_000_000 })) - plain).toBeCloseTo(2 * 74 * 8 * 1000, -2);
  });

  it('reordering lets later frames overtake, and loses none', () => {
    const [straight, mixed] = [arrivals(linked({})), arrivals(linked({ reorderPerMillion: 200_000 }))];
    const inOrder = Array.from({ length: 200 }, (_, at) => at);
    expect(straight).toEqual(inOrder);
    expect(mixed).not.toEqual(inOrder);
    expect([...mixed].sort((a, b) => a - b)).toEqual(inOrder);
  });
});

/** Sends 200 numbered datagrams to the echo port, ten a millisecond, and gives the numbers in the order in which they come back. */
function arrivals(simulation: Simulation): number[] {
  const id = simulation.startCapture({ taps: [`VM ${vmId(tenant, 1)}`], maximumBytes: 1_000_000 });
  for (let number = 0; number < 200; number += 1) {
    const frame = udpFrame(tenant);
    const view = new DataView(frame.buffer);
    view.setUint16(36, 7);
    view.setUint16(42, number);
    // No checksum (RFC 768), because the payload was changed.
    view.setUint16(40, 0);
    simulation.inject(vmId(tenant, 1), frame);
    // The first one waits for ARP on its way.
    simulation.advance(number === 0 ? second : second / 10_000);
  }
  simulation.advance(second);
  return framesOf(Buffer.concat([...(simulation.endCapture(id, 0n) ?? [])]))
    .filter((frame) => frame.readUInt16BE(12) === 0x0800 && frame.readUInt16BE(34) === 7)
    .map((frame) => frame.readUInt16BE(42));
}

/** Frames of a pcapng file: the data of its enhanced packet blocks (type 6), 28 bytes in. */
function framesOf(capture: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < capture.length; at += capture.readUInt32LE(at + 4)) {
    if (capture.readUInt32LE(at) === 6) frames.push(capture.subarray(at + 28, at + 28 + capture.readUInt32LE(at + 20)));
  }
  return frames;
}

describe('trace', () => {
  it('tells the way of one packet in the order in which it was taken, with its fate', () => {
    const simulation = new Simulation(contosoConfig());
    const id = simulation.trace(vmId(tenant, 1), udpFrame(tenant)) ?? '';
    expect(simulation.traceState(id)?.fate).toBeNull();
    simulation.advance(second);
    const state = simulation.traceState(id);
    expect(state?.fate).toBe('Delivered to Web server.');
    const tables = state?.steps.map(({ table }) => table) ?? [];
    const order = ['customer routes', 'lookup records', 'NVGRE', 'virtual switch', 'route table', 'NAT', 'local delivery'].map((table) => tables.indexOf(table));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('says why a packet got no further', () => {
    const simulation = new Simulation(contosoConfig());
    const frame = udpFrame(tenant);
    // A damaged header: the version is not 4.
    frame[14] = 0x65;
    const id = simulation.trace(vmId(tenant, 1), frame) ?? '';
    simulation.advance(second);
    expect(simulation.traceState(id)?.fate).toContain('cut short or its header is damaged');
    expect(simulation.trace('nobody', frame)).toBeUndefined();
  });
});
