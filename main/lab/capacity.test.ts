import { describe, expect, it } from 'vitest';
import { capacityOf, headroom, type CapacityFacts } from './capacity.ts';

const facts: CapacityFacts = { isForwarding: false, vmNetworks: 0, maximumVmNetworks: 50, tunnels: 0, virtualSubnets: 0, externalPools: [], ports: [] };
const item = (change: Partial<CapacityFacts>, label: string) => {
  const found = capacityOf({ ...facts, ...change }).find((entry) => entry.label === label);
  if (found === undefined) throw new Error(`no ${label}`);
  return found;
};

describe('headroom', () => {
  it.each([
    [0, 50, 'normal', '0 of 50, 50 free'],
    [39, 50, 'normal', '39 of 50, 11 free'],
    [40, 50, 'warning', '40 of 50, 10 free'],
    [49, 50, 'warning', '49 of 50, 1 free'],
    [50, 50, 'full', '50 of 50, full'],
    [51, 50, 'full', '51 of 50, 1 too many'],
    [1, 1, 'full', '1 of 1, full'],
    [0, 0, 'none', 'None'],
    [1, 0, 'full', '1 of 0, 1 too many'],
    [39_320, 49_151, 'normal', '39,320 of 49,151, 9,831 free'],
    [39_321, 49_151, 'warning', '39,321 of 49,151, 9,830 free'],
  ] as const)('%i of %i is %s', (used, limit, level, text) => {
    expect(headroom('x', used, limit, '')).toMatchObject({ used, limit, level, text });
  });
});

describe('a gateway against its limits', () => {
  it('is measured against what its connection string allows, 200 tunnels and 500 virtual subnets', () => {
    expect(capacityOf({ ...facts, vmNetworks: 40, tunnels: 160, virtualSubnets: 500 }).map(({ label, limit, level }) => [label, limit, level])).toEqual([
      ['VM networks', 50, 'warning'],
      ['VPN tunnels', 200, 'warning'],
      ['Virtual subnets', 500, 'full'],
      ['External addresses', 0, 'none'],
      ['NAT ports', 0, 'none'],
    ]);
  });

  it('has no tunnels when it forwards', () => {
    expect(item({ isForwarding: true, maximumVmNetworks: 1, vmNetworks: 1 }, 'VPN tunnels')).toMatchObject({ level: 'none', text: 'None' });
    expect(item({ isForwarding: true, maximumVmNetworks: 1, vmNetworks: 1 }, 'VM networks').level).toBe('full');
  });

  it('counts the addresses of all pools of the front end', () => {
    expect(item({ externalPools: [{ name: 'A', usable: 90, free: 0 }, { name: 'B', usable: 10, free: 10 }] }, 'External addresses')).toMatchObject({ used: 90, limit: 100, level: 'warning', note: expect.stringContaining('A, B') as string });
  });

  it('names the external address and protocol with the fewest ports left', () => {
    const port = (address: string, protocol: string, inUse: number, available: number) => ({ vmNetwork: `Tenant of ${address}`, address, protocol, inUse, available });
    const ports = [port('203.0.113.20', 'TCP', 900, 100), port('203.0.113.21', 'UDP', 10, 0), port('203.0.113.22', 'TCP', 2000, 48_000)];
    expect(item({ ports }, 'NAT ports')).toMatchObject({ used: 10, limit: 10, level: 'full', note: 'The fullest: UDP of 203.0.113.21, Tenant of 203.0.113.21.' });
    expect(item({ ports: [port('203.0.113.20', 'TCP', 0, 49_151)] }, 'NAT ports')).toMatchObject({ used: 0, limit: 49_151, level: 'normal' });
  });
});
