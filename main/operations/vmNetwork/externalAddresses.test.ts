/** Several external addresses of a VM network's NAT connection: asked for, refused, changed, given back; what the gateway then has. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes, type Problem } from '../../../shared/contract/errors.ts';
import type { JobDetails } from '../../../shared/contract/jobs.ts';
import { formatIpv4, ipv4 } from '../../../shared/net/ipv4.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { project } from '../../projection/project.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
});
afterEach(() => test.dispose());

type Parts = Readonly<Record<string, unknown>>;
const nat = (parts: Parts, vmNetwork = 'Fabrikam') => ({ vmNetwork, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...parts } });
const at = (...addresses: readonly string[]) => addresses.map((ipAddress) => ({ ipAddress }));
const https = (externalAddress: number, name = 'HTTPS') => ({ name, protocol: 'TCP', externalAddress, incomingPort: 443, destinationAddress: '10.30.1.4', destinationPort: 443 });

async function done(input: unknown): Promise<JobDetails> {
  const jobId = test.lab.operations.start('vmNetwork.setConnectivity', input);
  const status = await test.lab.jobs.waitFor(jobId);
  const job = test.lab.lists.jobs.get(jobId);
  expect([status, job.error?.message]).toEqual(['Completed', undefined]);
  return job;
}

function refused(input: unknown): readonly Problem[] {
  const before = JSON.stringify(test.lab.snapshot());
  const problems = test.lab.operations.check('vmNetwork.setConnectivity', input);
  expect(() => test.lab.operations.start('vmNetwork.setConnectivity', input)).toThrow();
  expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  for (const { recommendedAction } of problems) expect(recommendedAction).not.toBe('');
  return problems;
}

/** What is set, as the properties would show it. */
function now(vmNetwork = 'Fabrikam') {
  const id = test.lab.snapshot().vmNetworks.find(({ name }) => name === vmNetwork)?.id ?? '';
  const direct = test.lab.forms.connectivity(id).current.directConnection;
  if (direct?.routing !== 'NAT') throw new Error('no NAT');
  return {
    addresses: [direct.ipAddress, ...(direct.externalAddresses ?? []).map(({ ipAddress }) => ipAddress)],
    ids: (direct.externalAddresses ?? []).map(({ id: own }) => own),
    rules: (direct.rules ?? []).map(({ name, externalAddress }) => `${name} at ${externalAddress}`),
  };
}

/** What the gateway virtual machine has of a VM network. */
function live(vmNetwork = 'Fabrikam') {
  return test.lab.gatewayState('Gateway01').compartments.find((entry) => entry.vmNetwork === vmNetwork)?.nat;
}

const configured = () => project(test.lab.snapshot(), () => null).gateways[0]?.compartments.flatMap(({ nat: own }) => own ?? [])[0];
const held = () => test.lab.snapshot().allocations.filter(({ holderType }) => holderType === 'NATConnection' || holderType === 'VMNetworkGateway').map(({ address }) => formatIpv4(address)).sort();

describe('further external addresses', () => {
  it('are chosen or the first free ones, and the gateway has all of them', async () => {
    const job = await done(nat({ ipAddress: '203.0.113.30', externalAddresses: [{}, { ipAddress: '203.0.113.40' }, {}] }));
    expect(now().addresses).toEqual(['203.0.113.30', '203.0.113.11', '203.0.113.40', '203.0.113.12']);
    expect([live()?.externalAddress, ...(live()?.furtherAddresses ?? [])]).toEqual(now().addresses);
    expect(held()).toEqual([...now().addresses].sort());
    expect(job.auditRecords).toContainEqual(expect.objectContaining({ objectType: 'NATConnection', property: 'FurtherExternalIPAddresses', previousValue: null, newValue: '203.0.113.11, 203.0.113.40, 203.0.113.12' }));
    const details = test.lab.lists.vmNetworkDetails.get(test.lab.snapshot().vmNetworks.find(({ name }) => name === 'Fabrikam')?.id ?? '');
    expect(details.nat?.furtherAddresses.map(({ address }) => address)).toEqual(['203.0.113.11', '203.0.113.40', '203.0.113.12']);
  });

  it('stay when nothing is said about them or when as many are asked for again', async () => {
    await done(nat({ externalAddresses: [{}, {}] }));
    const before = now();
    expect(refused(nat({ externalAddresses: [{}, {}] }))).toMatchObject([{ code: errorCodes.nothingToChange }]);
    await done(nat({ ipAddress: '203.0.113.50' }));
    expect(now()).toEqual({ ...before, addresses: ['203.0.113.50', ...before.addresses.slice(1)] });
    expect(held()).toEqual([...now().addresses].sort());
  });

  it('keep their rules when their address or their place changes', async () => {
    await done(nat({ ipAddress: '203.0.113.20', externalAddresses: at('203.0.113.21', '203.0.113.22'), rules: [https(1, 'First'), https(2, 'Second'), https(3, 'Third')] }));
    const { ids } = now();
    await done(nat({ externalAddresses: [{ id: ids[1], ipAddress: '203.0.113.21' }, { id: ids[0], ipAddress: '203.0.113.29' }] }));
    expect(now()).toEqual({ addresses: ['203.0.113.20', '203.0.113.21', '203.0.113.29'], ids: [ids[1], ids[0]], rules: ['First at 1', 'Third at 2', 'Second at 3'] });
    expect(configured()?.staticMappings.map(({ name, externalAddress }) => [name, externalAddress && formatIpv4(externalAddress)])).toEqual([['First', undefined], ['Third', '203.0.113.21'], ['Second', '203.0.113.29']]);
    expect(held()).toEqual(['203.0.113.20', '203.0.113.21', '203.0.113.29']);
  });

  it('may become the first one, and the first one another', async () => {
    await done(nat({ ipAddress: '203.0.113.20', externalAddresses: at('203.0.113.21') }));
    await done(nat({ ipAddress: '203.0.113.21', externalAddresses: at('203.0.113.20') }));
    expect(now().addresses).toEqual(['203.0.113.21', '203.0.113.20']);
    await done(nat({ ipAddress: '203.0.113.20', externalAddresses: [] }));
    expect([now().addresses, held()]).toEqual([['203.0.113.20'], ['203.0.113.20']]);
    expect([live()?.externalAddress, live()?.furtherAddresses]).toEqual(['203.0.113.20', []]);
  });

  it('leave nothing behind: one by one, and with the NAT connection', async () => {
    await test.nat('Fabrikam', '203.0.113.20');
    const before = JSON.stringify(test.lab.snapshot());
    await done(nat({ externalAddresses: at('203.0.113.21', '203.0.113.22'), rules: [https(3)] }));
    await done(nat({ externalAddresses: at('203.0.113.22'), rules: [https(2)] }));
    expect([now().rules, held()]).toEqual([['HTTPS at 2'], ['203.0.113.20', '203.0.113.22']]);
    const job = await done(nat({ externalAddresses: [], rules: [] }));
    expect(job.steps.map(({ message }) => message)).toContain('203.0.113.22 can be given again.');
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
    await done(nat({ externalAddresses: at('203.0.113.21'), rules: [https(2)] }));
    await done({ vmNetwork: 'Fabrikam', directConnection: null });
    const { natConnections, natExternalAddresses, natRules } = test.lab.snapshot();
    expect([natConnections, natExternalAddresses, natRules, held()]).toEqual([[], [], [], []]);
  });

  it.each([
    ['outside the pool', { externalAddresses: at('203.0.113.200') }, 'addressOutsidePool', 'externalAddresses.0.ipAddress', /203\.0\.113\.200/],
    ['of another tenant', { externalAddresses: at('203.0.113.60') }, 'addressInUse', 'externalAddresses.0.ipAddress', /Adatum/],
    ['that is the default gateway', { externalAddresses: at('203.0.113.1') }, 'addressReserved', 'externalAddresses.0.ipAddress', /default gateway/],
    ['that stands twice', { externalAddresses: at('203.0.113.21', '203.0.113.21') }, 'externalAddressTwice', 'externalAddresses.1.ipAddress', /203\.0\.113\.21 is an external address .* already/],
    ['that is the first one', { externalAddresses: at('203.0.113.20') }, 'externalAddressTwice', 'externalAddresses.0.ipAddress', /already/],
    ['of a pool that is not of this front end', { externalAddresses: [{ ipAddressPool: 'Contoso_HNV_Pool01' }] }, 'poolNotOfGateway', 'externalAddresses.0.ipAddressPool', /front end of Gateway01/],
    ['of a pool that is not there', { externalAddresses: [{ ipAddressPool: 'Nowhere' }] }, 'objectNotFound', 'externalAddresses.0.ipAddressPool', /Nowhere/],
    ['that is no longer there', { externalAddresses: [{ id: 'gone' }] }, 'objectNotFound', 'externalAddresses.0.ipAddress', /no longer there/],
    ['that a rule names and nobody has', { externalAddresses: at('203.0.113.21'), rules: [https(1), https(3, 'Web')] }, 'externalAddressMissing', 'rules.1.externalAddress', /Web waits at external address 3.* 2 external addresses/],
    ['where two rules wait at one port', { externalAddresses: at('203.0.113.21'), rules: [https(2), https(2, 'Web')] }, 'portInUse', 'rules.1.incomingPort', /HTTPS and Web/],
  ] as const)('are refused: one %s', async (_what, parts, code, path, words) => {
    await test.nat('Fabrikam', '203.0.113.20');
    await test.nat('Adatum', '203.0.113.60');
    const [found, ...more] = refused(nat(parts));
    expect([found?.code, found?.path.join('.'), more]).toEqual([errorCodes[code], `directConnection.${path}`, []]);
    expect(found?.message).toMatch(words);
  });

  it('are refused when the pool has none left, and when there would be too many', async () => {
    expect(refused(nat({ externalAddresses: Array.from({ length: 32 }, () => ({})) }))[0]?.path).toEqual(['directConnection', 'externalAddresses']);
    await test.nat('Fabrikam', '203.0.113.11');
    const pool = { ipAddressPool: 'Contoso_External_Pool01', name: 'Contoso_External_Pool01', settings: { rangeStart: '203.0.113.10', rangeEnd: '203.0.113.14', reserved: '203.0.113.13', gateways: [{ address: '203.0.113.1', metric: '' }] } };
    expect(await test.lab.jobs.waitFor(test.lab.operations.start('ipPool.change', pool))).toBe('Completed');
    const [found] = refused(nat({ externalAddresses: [{}, {}, {}] }));
    expect([found?.code, found?.path.join('.')]).toEqual([errorCodes.poolExhausted, 'directConnection.externalAddresses.2.ipAddressPool']);
    expect(refused(nat({ externalAddresses: at('203.0.113.13') }))).toMatchObject([{ code: errorCodes.addressReserved }]);
    await done(nat({ externalAddresses: [{}, {}] }));
    expect(now().addresses).toEqual(['203.0.113.11', '203.0.113.12', '203.0.113.14']);
  });

  it('cannot go while a rule waits there, unless the change says what becomes of the rule', async () => {
    await done(nat({ ipAddress: '203.0.113.20', externalAddresses: at('203.0.113.21', '203.0.113.22'), rules: [https(2)] }));
    const [found] = refused(nat({ externalAddresses: at('203.0.113.22') }));
    expect(found).toMatchObject({ code: errorCodes.objectInUse, path: ['directConnection', 'externalAddresses'] });
    expect(found?.message).toBe('External address 203.0.113.21 cannot be removed: NAT rule HTTPS waits there.');
    await done(nat({ externalAddresses: at('203.0.113.22'), rules: [https(1)] }));
    expect(now()).toMatchObject({ addresses: ['203.0.113.20', '203.0.113.22'], rules: ['HTTPS at 1'] });
  });

  it('have every port once each', async () => {
    const job = await done(nat({ ipAddress: '203.0.113.20', externalAddresses: at('203.0.113.21'), rules: [https(1), { ...https(2, 'Second'), destinationAddress: '10.30.1.5' }] }));
    expect(job.auditRecords).toContainEqual(expect.objectContaining({ objectName: 'Second', property: 'ExternalIPAddress', newValue: '203.0.113.21' }));
    expect(configured()?.staticMappings.map(({ externalAddress, externalPort, internalAddress }) => [externalAddress, externalPort, internalAddress])).toEqual([
      [undefined, 443, ipv4('10.30.1.4')],
      [ipv4('203.0.113.21'), 443, ipv4('10.30.1.5')],
    ]);
  });

  it('come back by undo, with the rules that waited there', async () => {
    await done(nat({ ipAddress: '203.0.113.20', externalAddresses: at('203.0.113.25', '203.0.113.21'), rules: [https(2), https(3, 'Other')] }));
    const before = now();
    const job = await done(nat({ externalAddresses: at('203.0.113.21'), rules: [https(1)] }));
    const undo = test.lab.undo.start(job.id);
    expect(await test.lab.jobs.waitFor(undo)).toBe('Completed');
    expect({ ...now(), ids: [] }).toEqual({ ...before, ids: [] });
  });
});

describe('a job that changes external addresses and is interrupted by the end of the process', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('before its step %i: it goes on when it is restarted, to the same end', async (number) => {
    await done(nat({ ipAddress: '203.0.113.30', externalAddresses: at('203.0.113.31', '203.0.113.32'), rules: [https(3)] }));
    test.close();
    let begun = 0;
    const pace = () => {
      begun += 1;
      if (begun === number) test.close();
      return Promise.resolve();
    };
    await test.open({ pace });
    // A lower address than the automatic ones, another first one, one kept in another place, one that goes.
    const jobId = test.lab.operations.start('vmNetwork.setConnectivity', nat({ ipAddress: '203.0.113.40', externalAddresses: [{}, { ipAddress: '203.0.113.12' }, {}, { ipAddress: '203.0.113.31' }], rules: [https(2), https(5, 'Kept')] }));
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Failed');
    await test.open();
    test.lab.jobs.restart(jobId);
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Completed');
    expect(now()).toMatchObject({ addresses: ['203.0.113.40', '203.0.113.32', '203.0.113.12', '203.0.113.11', '203.0.113.31'], rules: ['HTTPS at 2', 'Kept at 5'] });
    expect(held()).toEqual([...now().addresses].sort());
  });
});

describe('PowerShell of further external addresses', () => {
  const text = (input: unknown): string => {
    const { script } = test.lab.operations.script('vmNetwork.setConnectivity', input);
    expect(catalogueProblems(script)).toEqual([]);
    return String(script);
  };
  const cmdlets = (input: unknown) => text(input).split('\n').flatMap((line) => /^(?:\$\w+ = )?((?:Get|Add|Remove|Grant|Revoke)-\w+)/.exec(line)?.[1] ?? []);

  it('keeps them in VMM and adds them on the gateway virtual machine, with the rules that wait there', () => {
    const script = text(nat({ ipAddress: '203.0.113.20', externalAddresses: at('203.0.113.21'), rules: [https(1), https(2, 'Second')] }));
    expect(script.match(/Add-SCNATRule/g)).toHaveLength(1);
    expect(script).toContain('# VMM gives a NAT connection one external address. The others are added on gateway virtual machine \'GatewayVM01\'');
    expect(script).toContain('$netNatAddress = Get-NetNatExternalAddress -CimSession "GatewayVM01" | Where-Object { $_.IPAddress -eq "203.0.113.20" }');
    expect(script).toContain('-GrantToObjectType "NATConnection" -GrantToObjectID $natConnection.ID -IPAddress "203.0.113.21"');
    expect(script).toContain('Add-NetNatExternalAddress -NatName $netNatAddress.NatName -IPAddress "203.0.113.21" -PortStart 1 -PortEnd 49151 -CimSession "GatewayVM01"');
    expect(script).toContain('# NAT rule Second\nAdd-NetNatStaticMapping -NatName $netNatAddress.NatName -Protocol "TCP" -ExternalIPAddress "203.0.113.21" -ExternalPort 443 -InternalIPAddress "10.30.1.4" -InternalPort 443 -CimSession "GatewayVM01"');
  });

  it('does only what changes, and gives addresses back before their NAT connection goes', async () => {
    await done(nat({ ipAddress: '203.0.113.20', externalAddresses: at('203.0.113.21', '203.0.113.22'), rules: [https(2)] }));
    expect(cmdlets(nat({ rules: [https(2), https(1, 'Web')] })).slice(2)).toEqual(['Get-SCNATConnection', 'Add-SCNATRule']);
    expect(cmdlets(nat({ rules: [https(3)] })).slice(2)).toEqual(['Get-NetNatExternalAddress', 'Get-NetNatStaticMapping', 'Remove-NetNatStaticMapping', 'Add-NetNatStaticMapping']);
    expect(cmdlets(nat({ externalAddresses: at('203.0.113.21') })).slice(2)).toEqual(['Get-NetNatExternalAddress', 'Get-NetNatExternalAddress', 'Remove-NetNatExternalAddress', 'Get-SCLogicalNetwork', 'Get-SCLogicalNetworkDefinition', 'Get-SCStaticIPAddressPool', 'Get-SCIPAddress', 'Revoke-SCIPAddress']);
    for (const input of [{ vmNetwork: 'Fabrikam', directConnection: null }, nat({ ipAddress: '203.0.113.44' })]) {
      const order = cmdlets(input);
      expect(order.filter((cmdlet) => cmdlet === 'Revoke-SCIPAddress')).toHaveLength(2);
      expect(order.lastIndexOf('Revoke-SCIPAddress')).toBeLessThan(order.findIndex((cmdlet) => /^Remove-SC/.test(cmdlet)));
    }
  });
});
