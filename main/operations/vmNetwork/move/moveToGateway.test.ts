import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../../shared/contract/errors.ts';
import type { OperationId } from '../../../../shared/contract/operations.ts';
import { TestLab } from '../../../lab/testing/testLab.ts';
import { catalogueProblems } from '../../powershell/testing/catalogue.ts';

/** A second gateway on the second dedicated host. */
const secondMachine: readonly [string, string] = [
  'gatewayVirtualMachines:\n',
  `gatewayVirtualMachines:
  - name: GatewayVM02
    host: HyperVGW02.contoso.lab
    generation: 2
    firewallOn: false
    remoteAccessInstalled: true
    vpnDeployed: true
    adapters:
      - { name: External, mac: 00-1D-D8-B7-1C-31, virtualSwitch: HNV_Switch, networkSite: Contoso_External_LN01_0, address: 203.0.113.30 }
      - { name: Management, mac: 00-1D-D8-B7-1C-32, virtualSwitch: HNV_Switch, networkSite: Contoso_Management_LN01_0, address: 192.168.10.51 }
      - { name: Backend, mac: 00-1D-D8-B7-1C-33 }
`,
];
const secondService: readonly [string, string] = [
  'networkServices:\n',
  `networkServices:
  - name: Gateway02
    description: Second gateway
    manufacturer: Microsoft
    model: Microsoft Windows Server Gateway
    runAsAccount: GatewayLocalAdmin
    hostGroups: [Contoso-DC]
    host: HyperVGW02.contoso.lab
    gatewayVirtualMachine: GatewayVM02
    backEndSwitch: HNV_Switch
    frontEnd: { adapter: External, networkSite: Contoso_External_LN01_0 }
    backEnd: { adapter: Backend, networkSite: Contoso_HNV_LN01_0 }
`,
];
/** A front end of its own for the second gateway: the external address cannot come along. */
const otherFrontEnd: readonly (readonly [string, string])[] = [
  ['  - name: Contoso_Management_LN01\n', '  - name: Second_External\n    sites: [{ name: Second_0, hostGroups: [Contoso-DC], subnets: [{ subnet: 198.18.0.0/24, pools: [{ name: Second_Pool, start: 198.18.0.10, end: 198.18.0.20, gateways: [{ address: 198.18.0.1, metric: 10 }] }] }] }]\n  - name: Contoso_Management_LN01\n'],
  ['networkSite: Contoso_External_LN01_0, address: 203.0.113.30', 'networkSite: Second_0, address: 198.18.0.10'],
  ['frontEnd: { adapter: External, networkSite: Contoso_External_LN01_0 }', 'frontEnd: { adapter: External, networkSite: Second_0 }'],
  ['  routers:\n', '  routers:\n    - { name: Second-Router, subnet: 198.18.0.0/24, address: 198.18.0.1, mac: 00-00-5E-00-53-02 }\n'],
];

let test: TestLab;
let pace: (() => Promise<void>) | undefined;

async function open(...further: readonly (readonly [string, string])[]): Promise<void> {
  test = new TestLab();
  await test.open({ labsFolder: test.changedLabs(secondMachine, secondService, ...further), pace: () => pace?.() ?? Promise.resolve() });
}

beforeEach(() => {
  pace = undefined;
});
afterEach(() => test.dispose());

async function completed(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  const job = test.lab.lists.jobs.get(jobId);
  expect(job.error).toBeNull();
  return job;
}

/** With a second external address, at which one of the rules waits. */
const several = { externalAddresses: [{}], rules: [{ name: 'HTTPS', incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443 }, { name: 'Shop', externalAddress: 2, incomingPort: 443, destinationAddress: '10.30.1.5', destinationPort: 443 }] };
const rules = [{ name: 'HTTPS', incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443 }];
const office = { name: 'Office', remoteEndpoint: '198.51.100.20', runAsAccount: 'Fabrikam_PSK', routes: ['10.30.50.0/24', '10.254.254.8/32'] };
const peer = { name: 'Edge', address: '10.30.50.1', autonomousSystemNumber: 65050 };

/** Fabrikam with everything that a VM network can have on a gateway. */
async function connectAll(): Promise<void> {
  await completed('runAsAccount.change', { runAsAccount: 'Fabrikam_PSK', secret: 'a key of Fabrikam', confirmation: 'a key of Fabrikam' });
  await completed('vmNetwork.setConnectivity', {
    vmNetwork: 'Fabrikam',
    directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.20', rules },
    vpnTunnel: { gatewayDevice: 'Gateway01', connections: [office], bgp: { autonomousSystemNumber: 64512, peers: [peer] } },
  });
}

const move = { vmNetwork: 'Fabrikam', gatewayDevice: 'Gateway02' };
const compartmentsOn = (device: string) => test.lab.gatewayState(device).compartments.map(({ vmNetwork }) => vmNetwork).filter((name) => name !== null);
const rows = () => {
  const { vmNetworkGateways, natConnections, natExternalAddresses, natRules, vpnConnections, vpnRoutes, bgpPeers, allocations, providerAddresses, virtualSubnets } = test.lab.snapshot();
  return { vmNetworkGateways, natConnections, natExternalAddresses, natRules, vpnConnections, vpnRoutes, bgpPeers, allocations: allocations.map(({ id, address }) => `${id} ${address}`).sort(), providerAddresses, virtualSubnets };
};
const replies = (virtualMachine: string, destination: string) => {
  const id = test.lab.probes.startPing({ virtualMachine, destination, count: 3 });
  test.lab.advance(12e9);
  return test.lab.probes.pingState(id).received;
};

describe('Move to gateway', () => {
  it('takes rules, tunnels, routes and peers along, keeps the external address, and packets flow through the other device', async () => {
    await open();
    await connectAll();
    const before = rows();
    const preview = test.lab.forms.movePreview({ ipAddressPool: '', ipAddress: '', ...move });
    expect(preview).toEqual({
      problems: [],
      comesAlong: { externalAddress: { before: '203.0.113.20', after: '203.0.113.20' }, furtherAddresses: [], natRules: ['HTTPS'], vpnConnections: [{ name: 'Office', remoteEndpoint: '198.51.100.20', routes: 2 }], bgpPeers: ['Edge'], endpoint: { before: '203.0.113.10', after: '203.0.113.30' } },
    });
    const { script } = test.lab.operations.script('vmNetwork.moveToGateway', move);
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).toEqual(expect.arrayContaining(['Remove-SCVMNetworkGateway', 'Add-SCVMNetworkGateway', 'Add-SCNATConnection', 'Add-SCNATRule', 'Add-SCVPNConnection', 'Add-SCNetworkRoute', 'Add-SCBGPPeer']));
    expect(rows()).toEqual(before);
    await completed('vmNetwork.moveToGateway', move);
    const after = rows();
    for (const kept of ['natConnections', 'natExternalAddresses', 'natRules', 'vpnConnections', 'vpnRoutes', 'bgpPeers', 'virtualSubnets'] as const) expect(after[kept]).toEqual(before[kept]);
    expect(test.externalAddress('Fabrikam')).toBe('203.0.113.20');
    expect([compartmentsOn('Gateway01'), compartmentsOn('Gateway02')]).toEqual([[], ['Fabrikam']]);
    expect([replies('Fabrikam-VM01', '192.0.2.80') > 0, replies('Fabrikam-VM01', '10.30.50.101') > 0]).toEqual([true, true]);
    expect(test.lab.gatewayState('Gateway02').compartments.find(({ vmNetwork }) => vmNetwork === 'Fabrikam')?.counters.forwarded).toBeGreaterThan(0);
    await completed('vmNetwork.moveToGateway', { ...move, gatewayDevice: 'Gateway01' });
    expect({ ...rows(), allocations: [], providerAddresses: [] }).toEqual({ ...before, allocations: [], providerAddresses: [] });
    expect(rows().allocations).toHaveLength(before.allocations.length);
    expect(compartmentsOn('Gateway02')).toEqual([]);
  });

  it('takes another external address where the pool is another one, and gives the old one back', async () => {
    await open(...otherFrontEnd);
    const untouched = test.lab.snapshot();
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.20', ...several } });
    expect(test.lab.forms.movePreview({ ipAddressPool: '', ipAddress: '', ...move }).comesAlong).toMatchObject({ externalAddress: { before: '203.0.113.20', after: '198.18.0.11' }, furtherAddresses: [{ before: '203.0.113.11', after: '198.18.0.12' }] });
    expect(test.lab.operations.check('vmNetwork.moveToGateway', { ...move, ipAddress: '203.0.113.20' })).toMatchObject([{ code: errorCodes.addressOutsidePool, path: ['ipAddress'] }]);
    await completed('vmNetwork.moveToGateway', { ...move, ipAddress: '198.18.0.15' });
    expect([test.externalAddress('Fabrikam'), test.repliesTo('Fabrikam-VM01'), test.repliesTo('Fabrikam-VM02')]).toEqual(['198.18.0.15', 1, 1]);
    const nat = test.lab.gatewayState('Gateway02').compartments.find(({ vmNetwork }) => vmNetwork === 'Fabrikam')?.nat;
    expect([nat?.furtherAddresses, nat?.sessions.filter(({ state }) => state === 'Static').map(({ external }) => external).sort()]).toEqual([['198.18.0.11'], ['198.18.0.11:443', '198.18.0.15:443']]);
    expect(await test.nat('Adatum', '203.0.113.20')).toBe('Completed');
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: null });
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Adatum', directConnection: null });
    // Its whole life leaves no row, address or virtual subnet ID behind, and no compartment.
    expect(test.lab.snapshot()).toEqual(untouched);
    expect([compartmentsOn('Gateway01'), compartmentsOn('Gateway02')]).toEqual([[], []]);
  });

  it('moves a directly routed VM network to another forwarding gateway, and the routers outside follow', async () => {
    test = new TestLab();
    await test.open({ labsFolder: test.changedLabs(secondMachine), initialLab: { lab: 'contoso', gateway: 'absent' } });
    await completed('runAsAccount.create', { name: 'SecondLocalAdmin', userName: String.raw`GatewayVM02\Administrator`, secret: 'only in this test', confirmation: 'only in this test' });
    for (const [name, number, address] of [['Forward01', '01', '203.0.113.10'], ['Forward02', '02', '203.0.113.30']] as const) {
      const connectionString = `VMHost=HyperVGW${number}.contoso.lab;GatewayVM=GatewayVM${number};BackendSwitch=HNV_Switch;DirectRoutingMode=True;FrontEndServerAddress=${address}`;
      await completed('networkService.add', { name, manufacturer: 'Microsoft', model: 'Microsoft Windows Server Gateway', runAsAccount: number === '01' ? 'GatewayLocalAdmin' : 'SecondLocalAdmin', connectionString, configurationProvider: 'Microsoft Windows Server Gateway Provider', hostGroups: ['Contoso-DC'] });
      await completed('networkService.addConnection', { networkService: name, connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0' });
      await completed('networkService.addConnection', { networkService: name, connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0' });
    }
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'Direct', gatewayDevice: 'Forward01' } });
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    const toForward02 = { ...move, gatewayDevice: 'Forward02' };
    expect(test.lab.forms.movePreview({ ipAddressPool: '', ipAddress: '', ...toForward02 }).comesAlong).toMatchObject({ externalAddress: null, endpoint: null });
    await completed('vmNetwork.moveToGateway', toForward02);
    expect([compartmentsOn('Forward01'), compartmentsOn('Forward02'), test.repliesTo('Fabrikam-VM01')]).toEqual([[], ['Fabrikam'], 1]);
  });

  /** Runs the move; `act` happens before the step of that number. */
  async function failing(number: number, act: (jobId: string) => Promise<void>) {
    let begun = 0;
    let jobId = '';
    let isActing = false;
    pace = async () => {
      if (isActing) return;
      begun += 1;
      if (begun !== number) return;
      isActing = true;
      await act(jobId);
      isActing = false;
    };
    jobId = test.lab.operations.start('vmNetwork.moveToGateway', move);
    await test.lab.jobs.waitFor(jobId);
    pace = undefined;
    return test.lab.lists.jobs.get(jobId);
  }

  it.each([
    ['the same front end', []],
    ['another front end', otherFrontEnd],
  ])('fails in the middle with %s: everything is as it was, packets flow, and a restart moves it after all', async (_what, further) => {
    await open(...further);
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ipAddress: '203.0.113.20', ...several } });
    const before = rows();
    const job = await failing(3, async () => {
      // Somebody works inside the machine of the new gateway.
      await test.lab.jobs.waitFor(test.lab.operations.start('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: true }));
    });
    expect(job).toMatchObject({ status: 'Failed', error: { code: errorCodes.verificationFailed } });
    expect(job.error?.message).toMatch(/Gateway02/);
    expect(rows()).toEqual(before);
    expect([compartmentsOn('Gateway01'), compartmentsOn('Gateway02')]).toEqual([['Fabrikam'], []]);
    expect(job.steps.filter(({ status }) => status === 'Completed')).toEqual([]);
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    await completed('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: false });
    test.lab.jobs.restart(job.id);
    expect(await test.lab.jobs.waitFor(job.id)).toBe('Completed');
    expect([compartmentsOn('Gateway01'), compartmentsOn('Gateway02'), test.repliesTo('Fabrikam-VM01')]).toEqual([[], ['Fabrikam'], 1]);
  });

  it.each([1, 2, 3, 4])('canceled before step 1.%s it takes itself back', async (number) => {
    await open(...otherFrontEnd);
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...several } });
    const before = rows();
    const job = await failing(number, (jobId) => {
      test.lab.jobs.cancel(jobId);
      return Promise.resolve();
    });
    expect(job).toMatchObject({ status: 'Canceled', error: { code: errorCodes.jobCanceled } });
    expect(rows()).toEqual(before);
    expect([compartmentsOn('Gateway01'), compartmentsOn('Gateway02'), test.repliesTo('Fabrikam-VM01')]).toEqual([['Fabrikam'], [], 1]);
  });

  it.each([2, 3, 4])('interrupted by the end of the process before step 1.%s, it goes on when it is restarted', async (number) => {
    await open(...otherFrontEnd);
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...several } });
    let begun = 0;
    pace = () => {
      begun += 1;
      if (begun === number) test.close();
      return Promise.resolve();
    };
    const jobId = test.lab.operations.start('vmNetwork.moveToGateway', move);
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Failed');
    pace = undefined;
    await test.open({ labsFolder: test.folder });
    test.lab.jobs.restart(jobId);
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Completed');
    expect([compartmentsOn('Gateway01'), compartmentsOn('Gateway02'), test.repliesTo('Fabrikam-VM01')]).toEqual([[], ['Fabrikam'], 1]);
    expect(test.lab.snapshot().allocations.filter(({ holderType }) => holderType === 'NATConnection')).toHaveLength(2);
  });

  function refused(input: unknown, code: ErrorName, path: string, says: RegExp): void {
    const before = JSON.stringify(test.lab.snapshot());
    expect(() => test.lab.operations.start('vmNetwork.moveToGateway', input)).toThrow(ConsoleError);
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
    const found = test.lab.operations.check('vmNetwork.moveToGateway', input).filter((entry) => entry.path.join('.') === path);
    expect(found.map((entry) => entry.code)).toContain(errorCodes[code]);
    expect(found.map(({ message }) => message).join(' ')).toMatch(says);
  }

  it('says what is against it, at its place, and changes nothing', async () => {
    await open(['    backEndSwitch: HNV_Switch\n', '    backEndSwitch: HNV_Switch\n    maxVmNetworks: 1\n']);
    refused(move, 'nothingToChange', 'vmNetwork', /Fabrikam uses no gateway/);
    await test.nat('Fabrikam');
    refused({ ...move, gatewayDevice: '' }, 'invalidInput', 'gatewayDevice', /No gateway device is chosen/);
    refused({ ...move, gatewayDevice: 'Gateway09' }, 'objectNotFound', 'gatewayDevice', /Gateway09/);
    refused({ ...move, gatewayDevice: 'Gateway01' }, 'nothingToChange', 'gatewayDevice', /already/);
    refused({ ...move, vmNetwork: 'Northwind' }, 'objectNotFound', 'vmNetwork', /Northwind/);
    refused({ ...move, ipAddress: '203.0.113.30' }, 'addressInUse', 'ipAddress', /203.0.113.30/);
    refused({ ...move, ipAddress: 'none' }, 'invalidInput', 'ipAddress', /IPv4 address/);
    await completed('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: true });
    refused(move, 'gatewayCarriesNothing', 'gatewayDevice', /Gateway02 would not carry Fabrikam/);
    await completed('guest.setFirewall', { virtualMachine: 'GatewayVM02', isOn: false });
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Adatum', directConnection: { routing: 'NAT', gatewayDevice: 'Gateway02' } });
    refused(move, 'gatewayFull', 'gatewayDevice', /already serves 1 VM network/);
  });

  it('refuses whatever else is typed with problems, never with a fault', async () => {
    await open();
    await test.nat('Fabrikam');
    const before = JSON.stringify(test.lab.snapshot());
    const text = fc.oneof(fc.string({ maxLength: 16 }), fc.constantFrom('', 'Gateway02', 'gateway01', 'Contoso_External_Pool01', '203.0.113.31', '0.0.0.0', '\0'));
    fc.assert(
      fc.property(fc.record({ vmNetwork: fc.constantFrom('Fabrikam', 'Adatum', 'x'), gatewayDevice: text, ipAddressPool: text, ipAddress: text }), (input) => {
        for (const { message, recommendedAction } of test.lab.operations.check('vmNetwork.moveToGateway', input)) expect([message, recommendedAction]).not.toContain('');
      }),
      { numRuns: 300 },
    );
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it('refuses a tunnel to a place to which another tenant of the other gateway has one', async () => {
    await open();
    await connectAll();
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Adatum', vpnTunnel: { gatewayDevice: 'Gateway02', connections: [office] } });
    refused(move, 'endpointInUse', 'gatewayDevice', /Office of Adatum leads to 198.51.100.20 already/);
  });
});
