import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { gatewayHintsSchema } from '../../shared/contract/gatewayHints.ts';
import { Bench, command, type Command, type StartState } from '../operations/testing/bench.ts';
import type { GatewayAdapterFact, GatewayNodeFact } from '../store/lists/gatewayHintFacts.ts';
import { hintsOf, type HintFacts } from './gatewayHints.ts';
import { addDevice, connectDevice, gatewayMachine } from '../operations/testing/tenants.ts';

let bench: Bench;
afterEach(() => bench.dispose());

const open = async (state: StartState = { gateway: 'connected' }): Promise<void> => {
  bench = await Bench.open(state);
};
const hints = (gateway = 'Gateway01') => gatewayHintsSchema.parse(bench.test.lab.live.hints(gateway)).hints;
const said = (gateway?: string) => hints(gateway).map(({ id, severity, place }) => [id, severity, place]);
const objects = () => {
  const { networkServices, virtualMachines, hosts, pools } = bench.test.lab.snapshot();
  return new Map([...networkServices, ...virtualMachines, ...hosts, ...pools].map(({ id, name }) => [id, name]));
};

type Gateways = readonly { readonly address: string; readonly metric: string }[];
const managementGateways = (gateways: Gateways): Command =>
  command('ipPool.change', { ipAddressPool: 'Contoso_Management_Pool01', settings: { rangeStart: '192.168.10.50', rangeEnd: '192.168.10.199', gateways: [...gateways] } });
const externalGateways = (gateways: Gateways): Command =>
  command('ipPool.change', { ipAddressPool: 'Contoso_External_Pool01', settings: { rangeStart: '203.0.113.10', rangeEnd: '203.0.113.99', gateways: [...gateways] } });
const inside = (metric: string): Command => managementGateways([{ address: '192.168.10.1', metric }]);

const pairString = 'VMHost=GW-HV-CL01;GatewayVM=GW-VM-CL01;BackendSwitch=HNV_Switch';
const pair: readonly Command[] = [
  command('hostCluster.create', { name: 'GW-HV-CL01', hosts: ['HyperVGW01.contoso.lab', 'HyperVGW02.contoso.lab'] }),
  ...gatewayMachine('GatewayVM02', 'HyperVGW02.contoso.lab'),
  command('guestCluster.create', { name: 'GW-VM-CL01', virtualMachines: ['GatewayVM01', 'GatewayVM02'] }),
  command('runAsAccount.create', { name: 'ClusterAdmin', userName: '.\\Administrator', secret: 'only-for-rehearsal' }),
  addDevice('Gateway01', pairString, 'ClusterAdmin'),
  ...connectDevice('Gateway01'),
];

describe('a gateway in order', () => {
  it('has no hints, alone or as a pair', async () => {
    await open();
    expect(hints()).toEqual([]);
    bench.dispose();
    await open({ before: pair });
    expect(hints()).toEqual([]);
  });

  it('has none either when the gateway inside has the higher metric', async () => {
    await open();
    await bench.done(inside('20'));
    expect(hints()).toEqual([]);
  });

  it('that is not there is an error', async () => {
    await open();
    expect(() => hints('Nowhere')).toThrow(expect.objectContaining({ code: errorCodes.objectNotFound }));
  });
});

describe('the default route of a gateway', () => {
  it('that leads inside is found at the pool that has to change, and packets of tenants get lost until it is', async () => {
    await open();
    await bench.test.nat('Fabrikam');
    expect(bench.test.repliesTo('Fabrikam-VM01')).toBe(1);
    await bench.done(inside('5'));
    expect(bench.test.repliesTo('Fabrikam-VM01')).toBe(0);
    const [hint, ...others] = hints();
    expect(others).toEqual([]);
    expect(hint).toMatchObject({ severity: 'error', place: 'ipPoolProperties', objectName: 'Contoso_Management_Pool01' });
    expect(objects().get(hint?.objectId ?? '')).toBe('Contoso_Management_Pool01');
    expect(hint?.problem).toMatch(/192\.168\.10\.1 on Management \(metric 5\) and not to 203\.0\.113\.1 on front end adapter External \(metric 10\)/);
    expect(hint?.action).toMatch(/higher than that of Contoso_External_Pool01/);
    await bench.done(inside('11'));
    expect(hints()).toEqual([]);
    expect(bench.test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('is uncertain with equal metrics, which two automatic ones are', async () => {
    await open();
    await bench.done(inside('10'));
    expect(said()).toEqual([['metric Contoso_Management_Pool01', 'warning', 'ipPoolProperties']]);
    await bench.done(inside(''));
    expect(hints()).toEqual([]);
    await bench.done(externalGateways([{ address: '203.0.113.1', metric: '' }]));
    expect(hints()[0]).toMatchObject({ severity: 'warning', problem: expect.stringContaining('have the same metric') as string });
    await bench.done(managementGateways([]));
    expect(hints()).toEqual([]);
  });

  it('is missing where the pool outside has no gateway', async () => {
    await open();
    await bench.test.nat('Fabrikam');
    await bench.done(externalGateways([]));
    expect(said()).toEqual([['noDefaultGateway', 'error', 'ipPoolProperties']]);
    expect(hints()[0]).toMatchObject({ objectName: 'Contoso_External_Pool01', problem: expect.not.stringContaining('leads to') as string });
    expect(bench.test.repliesTo('Fabrikam-VM01')).toBe(0);
    await bench.done(inside('1'));
    expect(hints()[0]?.problem).toMatch(/leads to 192\.168\.10\.1 on Management/);
    await bench.done(externalGateways([{ address: '203.0.113.1', metric: '1' }]));
    await bench.done(inside('2'));
    expect(hints()).toEqual([]);
    expect(bench.test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('is judged by the lowest metric of each pool', async () => {
    await open();
    await bench.done(externalGateways([{ address: '203.0.113.1', metric: '50' }, { address: '203.0.113.2', metric: '20' }]));
    await bench.done(managementGateways([{ address: '192.168.10.1', metric: '90' }, { address: '192.168.10.2', metric: '30' }]));
    expect(hints()).toEqual([]);
    await bench.done(managementGateways([{ address: '192.168.10.1', metric: '90' }, { address: '192.168.10.2', metric: '19' }]));
    expect(hints()[0]?.problem).toMatch(/192\.168\.10\.2/);
  });
});

describe('what a gateway lacks', () => {
  it('is said at the gateway until both connections are enabled', async () => {
    await open({ before: [addDevice('Gateway01', 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch')] });
    expect(said()).toEqual([['noFrontEnd', 'error', 'networkServiceProperties'], ['noBackEnd', 'error', 'networkServiceProperties']]);
    const [frontEnd, backEnd] = connectDevice('Gateway01');
    if (frontEnd === undefined || backEnd === undefined) throw new Error('no connections');
    await bench.done(frontEnd);
    expect(said()).toEqual([['noBackEnd', 'error', 'networkServiceProperties']]);
    await bench.done(backEnd);
    expect(hints()).toEqual([]);
  });

  it.each<[string, Command, Command, string, string, string]>([
    ['a firewall', command('guest.setFirewall', { virtualMachine: 'GatewayVM01', isOn: true }), command('guest.setFirewall', { virtualMachine: 'GatewayVM01', isOn: false }), 'firewall GatewayVM01', 'guest', 'GatewayVM01'],
    ['a machine that is off', command('virtualMachine.stop', { virtualMachine: 'GatewayVM01' }), command('virtualMachine.start', { virtualMachine: 'GatewayVM01' }), 'stopped GatewayVM01', 'virtualMachines', 'GatewayVM01'],
  ])('%s comes and goes with its cause, and traffic with it', async (_what, cause, cure, id, place, object) => {
    await open();
    await bench.test.nat('Fabrikam');
    await bench.done(cause);
    expect(said()).toEqual([[id, 'error', place]]);
    expect(objects().get(hints()[0]?.objectId ?? '')).toBe(object);
    expect(bench.test.repliesTo('Fabrikam-VM01')).toBe(0);
    await bench.done(cure);
    expect(hints()).toEqual([]);
    expect(bench.test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it.each([
    ['no role', 'remoteAccessInstalled: true', 'remoteAccessInstalled: false', 'noRole GatewayVM01', 'guest'],
    ['no deployment', 'vpnDeployed: true', 'vpnDeployed: false', 'noVpn GatewayVM01', 'guest'],
    ['a virtual host', 'hostGroup: Contoso-DC\n    dedicatedGateway: true', 'hostGroup: Contoso-DC\n    virtual: true\n    dedicatedGateway: true', 'virtualHost GatewayVM01', 'hostProperties'],
    ['a host for tenants', 'dedicatedGateway: true\n    nic: { name: NIC1, mac: 00-15-5D-28-11-01 }', 'nic: { name: NIC1, mac: 00-15-5D-28-11-01 }', 'notDedicated GatewayVM01', 'hostProperties'],
  ])('%s is found in a lab that came so', async (_what, search, replacement, id, place) => {
    await open({ gateway: 'connected', replacements: [[search, replacement]] });
    expect(said()).toContainEqual([id, 'error', place]);
    await expect(bench.test.nat('Fabrikam')).resolves.toBe('Failed');
  });
});

describe('the other node of a pair', () => {
  it.each<[string, Command, Command, string, string]>([
    ['is turned off', command('virtualMachine.stop', { virtualMachine: 'GatewayVM02' }), command('virtualMachine.start', { virtualMachine: 'GatewayVM02' }), 'stopped GatewayVM02', 'virtualMachines'],
    ['has its firewall on', command('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: true }), command('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: false }), 'firewall GatewayVM02', 'guest'],
    ['calls its adapter otherwise', command('guest.renameAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'External', name: 'Outside' }), command('guest.renameAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'Outside', name: 'External' }), 'noAdapter External', 'guest'],
    ['has its adapter loose', command('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'External', virtualSwitch: '' }), command('virtualMachine.connectAdapter', { virtualMachine: 'GatewayVM02', networkAdapter: 'External', virtualSwitch: 'HNV_Switch' }), 'loose External', 'virtualMachines'],
  ])('is warned about when it %s', async (_what, cause, cure, id, place) => {
    await open({ before: pair });
    await bench.done(cause);
    expect(said()).toEqual([[id, 'warning', place]]);
    expect(objects().get(hints()[0]?.objectId ?? '')).toBe('GatewayVM02');
    await bench.done(cure);
    expect(hints()).toEqual([]);
  });
});

describe('whatever the inventory holds', () => {
  const service = { id: 's', name: 'Gateway', hasFrontEnd: true, hasBackEnd: true };
  const flag = fc.constantFrom(0, 1);
  const node: fc.Arbitrary<GatewayNodeFact> = fc.record({ id: fc.constantFrom('a', 'b'), name: fc.string(), isStandby: flag, running: flag, firewallOn: flag, remoteAccessInstalled: flag, vpnDeployed: flag, hostId: fc.string(), host: fc.string(), isDedicated: flag, isVirtual: flag });
  const adapter: fc.Arbitrary<GatewayAdapterFact> = fc.record({
    machineId: fc.constantFrom('a', 'b', 'c'), name: fc.constantFrom('External', 'external', 'Other'), connectionType: fc.constantFrom('FrontEnd', 'BackEnd', null), isConnected: flag,
    poolId: fc.option(fc.string()), pool: fc.option(fc.string()), gateway: fc.option(fc.nat()), metric: fc.option(fc.integer({ min: 0, max: 9999 })), isAutomatic: fc.option(flag),
  });
  const facts: fc.Arbitrary<HintFacts> = fc.record({ service: fc.record({ id: fc.string(), name: fc.string(), hasFrontEnd: fc.boolean(), hasBackEnd: fc.boolean() }), nodes: fc.array(node, { maxLength: 3 }), adapters: fc.array(adapter, { maxLength: 8 }), blockedBy: fc.option(fc.string({ minLength: 1 })) });

  it('a gateway that lets nothing through never looks in order, and errors stand first', () => {
    fc.assert(fc.property(facts, (entry) => {
      const found = hintsOf(entry);
      expect(gatewayHintsSchema.parse({ networkServiceId: 's', hints: found }).hints).toEqual(found);
      if (entry.blockedBy !== null) expect(found[0]?.severity).toBe('error');
      expect(found.map(({ severity }) => severity)).toEqual(found.map(({ severity }) => severity).sort());
      for (const { problem, action } of found) expect(problem.length * action.length).toBeGreaterThan(0);
    }));
  });

  it('the default route is complained about exactly when the metric inside is not higher', () => {
    const metric = fc.integer({ min: 1, max: 9999 });
    const route = (connectionType: 'FrontEnd' | null, value: number): GatewayAdapterFact => ({ machineId: 'a', name: connectionType ?? 'Management', connectionType, isConnected: 1, poolId: 'p', pool: 'Pool', gateway: 1, metric: value, isAutomatic: 0 });
    fc.assert(fc.property(metric, metric, (outside, inside) => {
      const sound = { id: 'a', name: 'VM', isStandby: 0, running: 1, firewallOn: 0, remoteAccessInstalled: 1, vpnDeployed: 1, hostId: 'h', host: 'Host', isDedicated: 1, isVirtual: 0 };
      const found = hintsOf({ service, nodes: [sound], adapters: [route(null, inside), route('FrontEnd', outside)], blockedBy: null });
      expect(found.map(({ severity }) => severity)).toEqual(inside > outside ? [] : [inside === outside ? 'warning' : 'error']);
    }));
  });

  it('a machine that is not there is said, and what cannot be explained is passed on', () => {
    expect(hintsOf({ service, nodes: [], adapters: [], blockedBy: null }).map(({ id }) => id)).toEqual(['noMachine']);
    expect(hintsOf({ service, nodes: [], adapters: [], blockedBy: null })[0]?.action).toMatch(/connection string/);
  });
});
