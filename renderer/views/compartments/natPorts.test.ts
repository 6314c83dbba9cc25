import { describe, expect, it } from 'vitest';
import { natPortsLabel, natPortsText, type NatPorts } from './natPorts.ts';

const ports: NatPorts = { protocol: 'TCP', portsInUse: 2, portsAvailable: 7, exhaustedDrops: 0, exhaustedSince: null };

describe('the ports of a NAT address', () => {
  it('tell how many are in use and how many are free', () => {
    expect(natPortsText(ports)).toBe('2 in use, 7 free');
    expect([natPortsLabel(ports), natPortsLabel({ ...ports, protocol: 'ICMP' })]).toEqual(['TCP ports', 'ICMP identifiers']);
  });

  it('tell since when there is none, and what that has cost', () => {
    expect(natPortsText({ ...ports, portsInUse: 9, portsAvailable: 0, exhaustedSince: 80e9 })).toBe('9 in use, exhausted since 00:01:20.0');
    expect(natPortsText({ ...ports, portsInUse: 9, portsAvailable: 0, exhaustedDrops: 1, exhaustedSince: 80e9 })).toBe('9 in use, exhausted since 00:01:20.0, 1 packet dropped');
  });

  it('still tell what it has cost when it is over', () => {
    expect(natPortsText({ ...ports, exhaustedDrops: 3 })).toBe('2 in use, 7 free, 3 packets dropped');
  });
});
