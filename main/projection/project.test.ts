import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ipv4 } from '../../shared/net/ipv4.ts';
import { TestLab } from '../lab/testing/testLab.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';
import { project } from './project.ts';

/** Without VPN there is nothing to open. */
const noKeys = () => null;

const test = new TestLab();
/** The same lab with nobody, one and two VM networks behind the gateway. */
let none: InventorySnapshot;
let fabrikamOnly: InventorySnapshot;
let both: InventorySnapshot;

beforeAll(async () => {
  const lab = await test.open();
  none = lab.snapshot();
  await test.nat('Fabrikam', '203.0.113.20');
  fabrikamOnly = lab.snapshot();
  await test.nat('Adatum', '203.0.113.21');
  both = lab.snapshot();
});
afterAll(() => test.dispose());

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

function networkNamed(snapshot: InventorySnapshot, name: string) {
  const found = snapshot.vmNetworks.find((network) => network.name === name);
  if (!found) throw new Error(`There is no VM network ${name}.`);
  const gateway = snapshot.vmNetworkGateways.find(({ vmNetworkId }) => vmNetworkId === found.id);
  const vsids = snapshot.virtualSubnets.filter(({ vmNetworkId }) => vmNetworkId === found.id).map(({ vsid }) => vsid);
  return { ...found, gateway, vsids };
}

describe('project', () => {
  it('is a function of the snapshot, which it leaves alone', () => {
    const config = project(frozen(structuredClone(both)), noKeys);
    expect(project(structuredClone(both), noKeys)).toEqual(config);
    expect(project(none, noKeys)).not.toEqual(config);
  });

  it('adds for a tenant what is the tenant\'s, and changes nothing of another', () => {
    const [before, after] = [project(fabrikamOnly, noKeys), project(both, noKeys)];
    const adatum = networkNamed(both, 'Adatum');
    const others = <T extends { readonly vsid: number }>(rows: readonly T[]) => rows.filter(({ vsid }) => !adatum.vsids.includes(vsid));
    expect(others(after.lookupRecords)).toEqual(others(before.lookupRecords));
    expect(others(after.customerRoutes)).toEqual(others(before.customerRoutes));
    expect(others(after.virtualSubnets)).toEqual(others(before.virtualSubnets));
    expect(after.virtualMachines).toEqual(before.virtualMachines);
    expect(after.gateways[0]?.compartments.filter(({ guid }) => guid !== adatum.routingDomainId)).toEqual(before.gateways[0]?.compartments);
    expect(after.lookupRecords.length).toBe(before.lookupRecords.length + 2);
  });

  it('points every lookup record of a machine at the provider address of its host for that virtual subnet', () => {
    const { hosts, virtualMachines, lookupRecords } = project(both, noKeys);
    for (const { hostId, adapters } of virtualMachines) {
      for (const { vsid, address, mac } of adapters) {
        const provider = hosts.find(({ id }) => id === hostId)?.providerAddresses.find((row) => row.vsid === vsid);
        expect(provider).toBeDefined();
        expect(lookupRecords.filter((record) => record.vsid === vsid && record.customerAddress === address)).toMatchObject([{ mac, providerAddress: provider?.address, type: 'Static' }]);
      }
    }
    const ofAllHosts = hosts.flatMap(({ providerAddresses }) => providerAddresses.map(({ address }) => address));
    expect(new Set(ofAllHosts).size).toBe(ofAllHosts.length);
  });

  it('sends what goes outside to the gateway: wildcard record, default customer route, compartment (fact sheet 4.2, 4.3)', () => {
    const { hosts, lookupRecords, customerRoutes, gateways } = project(fabrikamOnly, noKeys);
    const fabrikam = networkNamed(fabrikamOnly, 'Fabrikam');
    const vsid = fabrikam.gateway?.vsid ?? 0;
    const gatewayHost = hosts.find(({ name }) => name === 'HyperVGW01.contoso.lab');
    const provider = gatewayHost?.providerAddresses.find((row) => row.vsid === vsid)?.address;
    const mac = fabrikam.gateway?.mac;
    expect(lookupRecords.filter((record) => record.vsid === vsid)).toEqual([
      { vsid, customerAddress: ipv4('10.254.254.2'), mac, providerAddress: provider, rule: 'TranslationMethodEncap', type: 'Static' },
      { vsid, customerAddress: 0, mac, providerAddress: provider, rule: 'TranslationMethodEncap', type: 'GatewayWildcard' },
    ]);
    expect(customerRoutes.filter(({ destination }) => destination.length === 0)).toEqual([
      { routingDomainId: fabrikam.routingDomainId, vsid, destination: { address: 0, length: 0 }, nextHop: ipv4('10.254.254.2'), metric: 255 },
    ]);
    expect(gateways[0]?.compartments).toMatchObject([
      {
        id: 2,
        guid: fabrikam.routingDomainId,
        description: `Fabrikam${fabrikam.routingDomainId}`,
        interfaces: [{ vsid, address: ipv4('10.254.254.2'), prefixLength: 29 }],
        routes: [{ destination: { address: ipv4('10.30.1.0'), length: 24 }, nextHop: ipv4('10.254.254.1') }],
        nat: { externalAddress: ipv4('203.0.113.20'), portStart: 1, portEnd: 49151 },
      },
    ]);
  });

  it('gives provider addresses a next hop only when they come from more than one subnet', () => {
    const nextHops = (snapshot: InventorySnapshot) => new Set(project(snapshot, noKeys).hosts.flatMap(({ providerAddresses }) => providerAddresses.map(({ gateway }) => gateway)));
    expect(nextHops(both)).toEqual(new Set([null]));
    const [first, ...others] = both.providerAddresses;
    const pool = both.pools.find(({ id }) => id === both.allocations.find((allocation) => allocation.id === first?.allocationId)?.poolId);
    const subnet = both.siteSubnets.find(({ id }) => id === pool?.siteSubnetId);
    if (!first || !pool || !subnet || others.length === 0) throw new Error('The lab has no provider addresses.');
    const allocation = { id: 'elsewhere', poolId: 'pool-elsewhere', address: ipv4('172.16.41.10'), holderType: 'HostNetworkAdapter', description: '' };
    const routed: InventorySnapshot = {
      ...both,
      siteSubnets: [...both.siteSubnets, { ...subnet, id: 'subnet-elsewhere', address: ipv4('172.16.41.0') }],
      pools: [...both.pools, { ...pool, id: 'pool-elsewhere', siteSubnetId: 'subnet-elsewhere' }],
      poolGateways: [...both.poolGateways, { poolId: pool.id, address: ipv4('172.16.40.1'), metric: 1 }, { poolId: 'pool-elsewhere', address: ipv4('172.16.41.1'), metric: 1 }],
      allocations: [...both.allocations, allocation],
      providerAddresses: [{ ...first, allocationId: allocation.id }, ...others],
    };
    expect(nextHops(routed)).toEqual(new Set([ipv4('172.16.40.1'), ipv4('172.16.41.1')]));
  });

  it.each([
    ['a machine\'s address', { allocations: [] }, { virtualMachines: expect.not.arrayContaining([expect.objectContaining({ adapters: [expect.anything()] as unknown })]) as unknown, lookupRecords: [] }],
    ['the gateway\'s machine', { networkServices: [] }, { gateways: [] }],
    ['the gateway\'s connections', { connections: [] }, { gateways: [{ multitenant: false, frontEnd: null, backEnd: null }] }],
    ['the NAT connection', { natConnections: [] }, { gateways: [{ multitenant: true, compartments: [{ nat: null }, { nat: null }] }] }],
    ['the provider addresses', { providerAddresses: [] }, { lookupRecords: [] }],
  ] as [string, Partial<InventorySnapshot>, object][])('leaves out what is half made: without %s', (_what, missing, expected) => {
    expect(project({ ...both, ...missing }, noKeys)).toMatchObject(expected);
  });
});
