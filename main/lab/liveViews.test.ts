import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { gatewayCompartmentsQuerySchema, gatewayOverviewQuerySchema, natSessionsQuerySchema, type NatSessionsQuery } from '../../shared/contract/liveGateway.ts';
import { TestLab } from './testing/testLab.ts';

let test: TestLab;
let gateway: string;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
  await test.setConnectivity({
    vmNetwork: 'Fabrikam',
    directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.20', rules: [{ name: 'Web', protocol: 'TCP', incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 8443 }] },
  });
  await test.nat('Adatum', '203.0.113.21');
  gateway = test.lab.gatewayState('Gateway01').networkServiceId;
});
afterEach(() => test.dispose());

const overview = (query: object = {}) => test.lab.live.overview(gatewayOverviewQuerySchema.parse({ id: gateway, ...query }));
const sessions = (query: NatSessionsQuery) => test.lab.live.natSessions(natSessionsQuerySchema.parse(query));
const scopeOf = (vmNetwork: string) => ({ kind: 'vmNetwork' as const, id: overview().tenants.find((tenant) => tenant.vmNetwork === vmNetwork)?.vmNetworkId ?? '' });

describe('the overview of a gateway', () => {
  it('has the default compartment always and the tenants page by page, by name or address', () => {
    expect(overview()).toMatchObject({ vmName: 'GatewayVM01', total: 2, matching: 2, defaultCompartment: { id: 1, vmNetwork: null } });
    expect(overview().tenants.map(({ vmNetwork, natAddresses, sessions: count }) => [vmNetwork, natAddresses.join(), count])).toEqual([['Fabrikam', '203.0.113.20', 1], ['Adatum', '203.0.113.21', 0]]);
    expect(overview({ filter: 'ADA' })).toMatchObject({ matching: 1, total: 2, tenants: [{ vmNetwork: 'Adatum' }], defaultCompartment: { id: 1 } });
    expect(overview({ filter: '113.20' }).tenants.map(({ vmNetwork }) => vmNetwork)).toEqual(['Fabrikam']);
    expect(overview({ offset: 1, limit: 1 })).toMatchObject({ matching: 2, tenants: [{ vmNetwork: 'Adatum' }] });
    expect(overview({ filter: 'nobody' })).toMatchObject({ matching: 0, tenants: [] });
  });

  it('counts as its compartments do', () => {
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    const { compartments } = test.lab.gatewayState(gateway);
    const { defaultCompartment, tenants } = overview();
    expect([defaultCompartment, ...tenants].map((entry) => [entry?.guid, entry?.counters, entry?.sessions])).toEqual(compartments.map(({ guid, counters, nat }) => [guid, counters, nat?.sessionCount ?? 0]));
    expect(tenants[0]?.counters).toMatchObject({ forwarded: 2 });
  });
});

describe('chosen compartments', () => {
  it('come with their tables cut to what is looked at, and tell how long they are', () => {
    const whole = test.lab.gatewayState(gateway).compartments[1];
    const { compartments } = test.lab.live.compartments(gatewayCompartmentsQuerySchema.parse({ id: gateway, compartments: [2, 77], rows: 1 }));
    expect(compartments).toHaveLength(1);
    expect(compartments[0]).toMatchObject({ vmNetwork: 'Fabrikam', routes: [whole?.routes[0]], rows: { routes: whole?.routes.length } });
    expect(whole?.routes.length).toBeGreaterThan(1);
  });

  it('are those of their own gateway only', () => {
    expect(() => test.lab.live.compartments({ id: 'nowhere', compartments: [2], rows: 1 })).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });
});

describe('NAT sessions', () => {
  it('have what went each way: an echo of 64 bytes is an IPv4 packet of 92', () => {
    test.lab.probes.startPing({ virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80', count: 3, size: 64 });
    test.lab.advance(7e9);
    const view = sessions({ scope: scopeOf('Fabrikam') });
    expect(view).toMatchObject({ name: 'Fabrikam', unavailable: null, dynamicTotal: 1, staticTotal: 1, matching: 1 });
    expect(view.rows).toMatchObject([{ vmNetwork: 'Fabrikam', protocol: 'ICMP', remote: '192.0.2.80', state: 'Active', sentPackets: 3, sentBytes: 3 * 92, receivedPackets: 3, receivedBytes: 3 * 92, ageSeconds: 7, rule: '' }]);
    expect(view.rows[0]?.internal).toMatch(/^10\.30\.1\.4:\d+$/);
    // The last request left two seconds after the first; thirty seconds without one end the session.
    expect(view.rows[0]?.expiresInSeconds).toBe(25);
  });

  it('of a rule are a table of their own, and never end', () => {
    expect(sessions({ scope: scopeOf('Fabrikam'), kind: 'static' }).rows).toMatchObject([{ rule: 'Web', protocol: 'TCP', internal: '10.30.1.4:8443', external: '203.0.113.20:443', remote: '', state: 'Static', expiresInSeconds: null }]);
  });

  it('of a gateway are those of all its VM networks, and of one VM network only its own', () => {
    for (const machine of ['Fabrikam-VM01', 'Adatum-VM01']) expect(test.repliesTo(machine)).toBe(1);
    const all = sessions({ scope: { kind: 'networkService', id: gateway }, sort: 'vmNetwork' });
    expect(all.rows.map(({ vmNetwork }) => vmNetwork)).toEqual(['Adatum', 'Fabrikam']);
    expect(sessions({ scope: { kind: 'networkService', id: gateway }, filter: 'adatum', limit: 1 })).toMatchObject({ matching: 1, dynamicTotal: 2, rows: [{ vmNetwork: 'Adatum' }] });
    expect(sessions({ scope: scopeOf('Adatum') }).rows.map(({ vmNetwork }) => vmNetwork)).toEqual(['Adatum']);
  });

  it('cannot be where nothing is translated, and that is said', async () => {
    const scope = scopeOf('Adatum');
    await test.setConnectivity({ vmNetwork: 'Adatum', directConnection: null });
    expect(sessions({ scope })).toMatchObject({ name: 'Adatum', unavailable: expect.stringContaining('no gateway connection') as string, rows: [] });
  });
});

describe('headroom of a gateway', () => {
  it('counts VM networks, tunnels, subnets, addresses and ports', () => {
    expect(test.repliesTo('Adatum-VM01')).toBe(1);
    const { name, items } = test.lab.live.capacity(gateway);
    expect(name).toBe('Gateway01');
    // Each of the two has a VM subnet and a gateway subnet; the pool .10 to .99 serves them and the gateway itself.
    expect(items.map(({ label, used, limit }) => [label, used, limit])).toEqual([
      ['VM networks', 2, 50],
      ['VPN tunnels', 0, 200],
      ['Virtual subnets', 4, 500],
      ['External addresses', 3, 90],
      ['NAT ports', 1, 49_151],
    ]);
  });
});
