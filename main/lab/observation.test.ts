import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { ipv4 } from '../../shared/net/ipv4.ts';
import type { NatSessionState, PingReplyState } from '../simulation/state.ts';
import { Captures } from './captures.ts';
import { gatewayView } from './gatewayView.ts';
import { pingLine } from './pingText.ts';
import { TestLab } from './testing/testLab.ts';

const answered: PingReplyState = { sequence: 1, status: 'reply', from: ipv4('192.0.2.80'), timeToLive: 125, roundTripNs: 1_999_999, code: null, nextHopMtu: null };

describe('ping text is that of Windows', () => {
  it.each([
    ['a reply', {}, 'Reply from 192.0.2.80: bytes=32 time=1ms TTL=125'],
    ['a reply within a millisecond', { roundTripNs: 999_999 }, 'Reply from 192.0.2.80: bytes=32 time<1ms TTL=125'],
    ['nothing', { status: 'timeout', from: null }, 'Request timed out.'],
    ['no route', { status: 'unreachable', from: ipv4('203.0.113.1'), code: 0 }, 'Reply from 203.0.113.1: Destination net unreachable.'],
    ['no neighbour', { status: 'unreachable', code: 1 }, 'Reply from 192.0.2.80: Destination host unreachable.'],
    ['a code without words of its own', { status: 'unreachable', code: 13 }, 'Reply from 192.0.2.80: Destination host unreachable.'],
    ['too many hops', { status: 'ttlExpired', from: ipv4('10.30.1.1') }, 'Reply from 10.30.1.1: TTL expired in transit.'],
    ['too large, said by a router', { status: 'fragNeeded' }, 'Reply from 192.0.2.80: Packet needs to be fragmented but DF set.'],
    ['too large, said by the machine itself', { status: 'fragNeeded', from: null }, 'Packet needs to be fragmented but DF set.'],
    ['no way to send', { status: 'failed', from: null }, 'PING: transmit failed. General failure.'],
    ['not answered yet', { status: 'pending', from: null }, ''],
  ] as [string, Partial<PingReplyState>, string][])('%s', (_what, change, text) => {
    expect(pingLine({ ...answered, ...change }, 32)).toBe(text);
  });
});

describe('on the lab', () => {
  let test: TestLab;

  beforeEach(async () => {
    test = new TestLab();
    await test.open();
    await test.nat('Fabrikam', '203.0.113.20');
  });
  afterEach(() => test.dispose());

  it('the gateway shows the default compartment and the tenant\'s, in the notations of Windows', () => {
    const { vmName, host, multitenant, statusText, compartments } = test.lab.gatewayState('gateway01');
    expect({ vmName, host, multitenant }).toEqual({ vmName: 'GatewayVM01', host: 'HyperVGW01.contoso.lab', multitenant: true });
    expect(statusText).toContain('1 tenant compartment.');
    expect(compartments.map(({ id, vmNetwork }) => [id, vmNetwork])).toEqual([[1, null], [2, 'Fabrikam']]);
    const [outer, tenant] = compartments;
    expect(outer?.interfaces).toContainEqual(expect.objectContaining({ name: 'External', address: '203.0.113.10/24', mac: '00-1D-D8-B7-1C-01' }));
    expect(outer?.routes).toContainEqual(expect.objectContaining({ destination: '0.0.0.0/0', nextHop: '203.0.113.1' }));
    expect(tenant?.interfaces).toMatchObject([{ address: '10.254.254.2/29' }]);
    expect(tenant?.routes).toContainEqual(expect.objectContaining({ destination: '10.254.254.0/29', nextHop: 'On-link' }));
    expect(tenant?.routes).toContainEqual(expect.objectContaining({ destination: '10.30.1.0/24', nextHop: '10.254.254.1' }));
  });

  it('a ping leaves a NAT session and counters in the tenant\'s compartment, and none are lost by a change of another tenant', async () => {
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    await test.nat('Adatum');
    const tenant = test.lab.gatewayState('Gateway01').compartments[1];
    expect(tenant?.nat).toMatchObject({ externalAddress: '203.0.113.20', sessionCount: 1, sessions: [{ protocol: 'ICMP', remote: '192.0.2.80' }] });
    expect(tenant?.nat?.sessions[0]).toMatchObject({ internal: expect.stringMatching(/^10\.30\.1\.4:\d+$/) as string, external: expect.stringMatching(/^203\.0\.113\.20:\d+$/) as string });
    expect(tenant?.counters).toMatchObject({ forwarded: 2, dropped: 0 });
  });

  it('of a gateway that is not there nothing is shown', () => {
    expect(() => test.lab.gatewayState('Gateway77')).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });

  it('a ping has the lines that the operator reads, and stops when told', () => {
    const { probes } = test.lab;
    const id = probes.startPing({ virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80', count: 100, size: 64 });
    test.lab.advance(2.5e9);
    probes.stopPing(id);
    test.lab.advance(100e9);
    const state = probes.pingState(id);
    expect(state).toMatchObject({ sent: 3, received: 3, done: true, source: '10.30.1.4' });
    for (const { text } of state.replies) expect(text).toMatch(/^Reply from 192\.0\.2\.80: bytes=64 time(<|=)\d+ms TTL=\d+$/);
    expect(() => probes.stopPing('ping-99')).toThrow(expect.objectContaining({ code: errorCodes.probeNotFound }));
  });

  it('a capture holds what was sent while it ran, ends once, and the fifth pushes out the first', () => {
    const { captures } = test.lab;
    const first = captures.start();
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    const second = captures.start();
    const whole = captures.finish(first);
    const bytes = Buffer.concat([...whole.blocks]);
    expect(bytes.readUInt32LE(0)).toBe(0x0a_0d_0d_0a);
    expect(whole.packets).toBeGreaterThan(0);
    expect(captures.finish(second).packets).toBe(0);
    expect(() => captures.finish(first)).toThrow(expect.objectContaining({ code: errorCodes.captureNotFound }));
    const ids = [1, 2, 3, 4, 5].map(() => captures.start());
    expect(() => captures.finish(ids[0] ?? '')).toThrow(expect.objectContaining({ code: errorCodes.captureNotFound }));
    for (const id of ids.slice(1)) expect(() => captures.discard(id)).not.toThrow();
    expect(() => captures.discard(ids[4] ?? '')).toThrow(expect.objectContaining({ code: errorCodes.captureNotFound }));
  });
});

describe('bounds', () => {
  it('a capture asks the simulation to keep at most 64 MiB', () => {
    const asked: number[] = [];
    const captures = new Captures(
      () => ({
        startCapture: ({ maximumBytes }) => `capture-${asked.push(maximumBytes)}`,
        captureState: () => undefined,
        capturedFrames: () => undefined,
        endCapture: () => undefined,
      }),
      new Date(0),
    );
    captures.start();
    expect(asked).toEqual([64 * 1024 * 1024]);
  });

  it('of many NAT sessions the first 500 are shown, and all are counted', () => {
    const session: NatSessionState = { protocol: 'TCP', internalAddress: 1, internalPort: 2, externalAddress: 3, externalPort: 4, remoteAddress: 5, remotePort: 6, state: '', idleNs: 2e9, expiresInNs: 3e9, owner: '', isStatic: false, ruleName: '', createdAt: 0, outPackets: 0, outBytes: 0, inPackets: 0, inBytes: 0 };
    const compartment = { id: 2, guid: 'g', description: '', interfaces: [], routes: [], neighbours: [], counters: { received: 0, forwarded: 0, dropped: 0 }, drops: [], tunnels: [] };
    const nat = { name: 'n', externalAddresses: [3], ports: [{ externalAddress: 3, protocol: 'UDP' as const, inUse: 501, available: 0, exhaustedSince: 7e9 }], exhaustedDrops: 12, sessions: Array.from({ length: 501 }, () => session), sessionCount: 501 };
    const identity = { networkServiceId: 's', networkServiceName: 'S', vmName: 'V', host: 'H', passive: null, vmNetworkOf: () => null };
    const live = { id: 's', vmName: 'V', running: true, multitenant: true, blockedBy: null, compartments: [{ ...compartment, nat }] };
    const shown = gatewayView(identity, live, 9e9, 500).compartments[0]?.nat;
    expect(shown?.sessions).toHaveLength(500);
    expect(shown?.sessionCount).toBe(501);
    expect(shown?.exhausted).toBe('No external UDP port is free. 12 packets of new sessions were dropped.');
    expect(shown?.sessions[0]).toMatchObject({ remote: '0.0.0.5:6', idleSeconds: 2, expiresInSeconds: 3 });
    expect(gatewayView(identity, undefined, 0, 500)).toMatchObject({ running: false, compartments: [], statusText: expect.stringContaining('does not exist') as string });
  });
});
