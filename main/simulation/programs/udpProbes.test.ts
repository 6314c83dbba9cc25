import { describe, expect, it } from 'vitest';
import type { ExternalService, SimulationConfig } from '../config.ts';
import { Simulation } from '../engine.ts';
import type { PingState } from '../state.ts';
import { contosoConfig, vmId, webServer } from '../testing/contoso.ts';

const second = 1e9;

function withServices(...services: readonly ExternalService[]): SimulationConfig {
  const config = contosoConfig();
  return { ...config, external: { ...config.external, hosts: config.external.hosts.map((host) => ({ ...host, services })) } };
}

function datagrams(config: SimulationConfig, udpPort: number, change: { readonly count?: number; readonly timeToLive?: number } = {}): PingState {
  const simulation = new Simulation(config);
  const id = simulation.startPing({ vmId: vmId(1, 1), destination: webServer, count: 3, payloadSize: 20, timeToLive: 128, doNotFragment: false, intervalNs: second, timeoutNs: 4 * second, udpPort, ...change });
  simulation.advance(60 * second);
  const state = simulation.pingState(id ?? '');
  if (state === undefined) throw new Error('the probe is gone');
  return state;
}

describe('datagrams of a virtual machine', () => {
  it('come back from an echo service, through NAT', () => {
    const state = datagrams(withServices('udp-echo'), 7);
    expect(state).toMatchObject({ sent: 3, received: 3, done: true });
    expect(state.replies.map(({ from, status }) => [from, status])).toEqual([[webServer, 'reply'], [webServer, 'reply'], [webServer, 'reply']]);
    expect(state.fate).toBe('192.0.2.80 answered, and the answer reached Fabrikam-VM01.');
  });

  it('are refused one by one where nobody listens: the error finds its way back through NAT', () => {
    expect(datagrams(withServices('icmp-echo'), 7).replies.map(({ status, from }) => [status, from])).toEqual([['unreachable', webServer], ['unreachable', webServer], ['unreachable', webServer]]);
  });

  it('are lost, not refused, where they are swallowed', () => {
    const state = datagrams(withServices('udp-discard'), 9, { count: 1 });
    expect(state.replies).toMatchObject([{ status: 'timeout', from: null }]);
    expect(state.fate).toContain('Delivered to');
  });

  it('die of their time to live at the first router', () => {
    expect(datagrams(withServices('udp-echo'), 7, { count: 1, timeToLive: 1 }).replies).toMatchObject([{ status: 'ttlExpired' }]);
  });
});
