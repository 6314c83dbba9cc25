import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type ErrorName } from '../../../shared/contract/errors.ts';
import type { OperationId } from '../../../shared/contract/operations.ts';
import { TestLab } from '../../lab/testing/testLab.ts';
import { catalogueProblems } from '../powershell/testing/catalogue.ts';

let test: TestLab;

const connectionString = 'VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch;DirectRoutingMode=True;FrontEndServerAddress=203.0.113.10';

async function run(id: OperationId, input: unknown) {
  const jobId = test.lab.operations.start(id, input);
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

async function completed(id: OperationId, input: unknown) {
  const job = await run(id, input);
  expect(job.error).toBeNull();
  return job;
}

/** A forwarding gateway in the gateway VM of the lab. */
async function addForwarding(text = connectionString): Promise<void> {
  await completed('networkService.add', {
    name: 'Forwarding', manufacturer: 'Microsoft', model: 'Microsoft Windows Server Gateway', runAsAccount: 'GatewayLocalAdmin', connectionString: text,
    configurationProvider: 'Microsoft Windows Server Gateway Provider', hostGroups: ['Contoso-DC'],
  });
}

const frontEnd = { networkService: 'Forwarding', connectionType: 'FrontEnd', networkAdapter: 'External', networkSite: 'Contoso_External_LN01_0' };

async function connectForwarding(): Promise<void> {
  await completed('networkService.addConnection', frontEnd);
  await completed('networkService.addConnection', { networkService: 'Forwarding', connectionType: 'BackEnd', networkAdapter: 'Backend', networkSite: 'Contoso_HNV_LN01_0' });
}

const direct = (vmNetwork: string) => ({ vmNetwork, directConnection: { routing: 'Direct', gatewayDevice: 'Forwarding' } });
const everything = () => JSON.stringify(test.lab.snapshot());

function refused(id: OperationId, input: unknown, code: ErrorName, path: string, says: RegExp): void {
  const before = everything();
  expect(() => test.lab.operations.start(id, input)).toThrow(ConsoleError);
  expect(everything()).toBe(before);
  const found = test.lab.operations.check(id, input).find((entry) => entry.path.join('.') === path);
  expect(found).toMatchObject({ code: errorCodes[code] });
  expect(found?.message).toMatch(says);
}

beforeEach(async () => {
  test = new TestLab();
  await test.open({ initialLab: { lab: 'contoso', gateway: 'absent' } });
});
afterEach(() => test.dispose());

describe('direct routing through a forwarding gateway', () => {
  it('lets a VM network out with its own addresses, and gives everything back', async () => {
    await addForwarding();
    await connectForwarding();
    const before = everything();
    const { script } = test.lab.operations.script('vmNetwork.setConnectivity', direct('Fabrikam'));
    expect(catalogueProblems(script)).toEqual([]);
    expect(script.commands.map(({ cmdlet }) => cmdlet)).not.toContain('Add-SCNATConnection');
    const job = await completed('vmNetwork.setConnectivity', direct('Fabrikam'));
    expect(job.steps.at(-1)?.message).toMatch(/routes directly/);
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    expect(test.repliesTo('Adatum-VM01')).toBe(0);
    const network = test.lab.lists.vmNetworks.list({ offset: 0, limit: 10, filter: 'Fabrikam' }).rows[0];
    expect(network).toMatchObject({ externalAddress: null });
    expect(test.lab.forms.connectivity(network?.id ?? '').current).toMatchObject({ directConnection: { routing: 'Direct' }, vpnTunnel: null });
    await completed('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: null });
    expect(everything()).toBe(before);
    expect(test.repliesTo('Fabrikam-VM01')).toBe(0);
  });

  it('is refused where it cannot be', async () => {
    await addForwarding();
    refused('vmNetwork.setConnectivity', direct('Fabrikam'), 'gatewayNotConnected', 'directConnection.gatewayDevice', /front end/);
    await connectForwarding();
    refused('vmNetwork.setConnectivity', { vmNetwork: 'Fabrikam', directConnection: { routing: 'NAT', gatewayDevice: 'Forwarding' } }, 'gatewayModeMismatch', 'directConnection.gatewayDevice', /direct routing only/);
    await completed('vmNetwork.setConnectivity', direct('Fabrikam'));
    refused('vmNetwork.setConnectivity', direct('Fabrikam'), 'nothingToChange', 'directConnection', /already connected/);
    refused('vmNetwork.setConnectivity', direct('Adatum'), 'gatewayFull', 'directConnection.gatewayDevice', /already serves 1 VM network/);
  });

  it('needs addresses that are there only once', async () => {
    const labsFolder = test.changedLabs(['subnet: 10.30.1.0/24', 'subnet: 203.0.113.128/25'], ['start: 10.30.1.4', 'start: 203.0.113.140'], ['end: 10.30.1.254', 'end: 203.0.113.150'], ['gateways: [{ address: 10.30.1.1 }]', 'gateways: [{ address: 203.0.113.129 }]'], ['address: 10.30.1.4', 'address: 203.0.113.140'], ['address: 10.30.1.5', 'address: 203.0.113.141']);
    test.close();
    await test.open({ databasePath: `${test.folder}/other.sqlite`, initialLab: { lab: 'contoso', gateway: 'absent' }, labsFolder });
    await addForwarding();
    await connectForwarding();
    refused('vmNetwork.setConnectivity', direct('Adatum'), 'subnetOverlap', 'directConnection.gatewayDevice', /203.0.113.128\/25.*Contoso_External_LN01_0/);
  });

  it('needs the front end to have the address of the connection string', async () => {
    await addForwarding(connectionString.replace('203.0.113.10', '203.0.113.77'));
    refused('networkService.addConnection', frontEnd, 'adapterNotUsable', 'networkAdapter', /203.0.113.10.*203.0.113.77/);
  });

  it('is refused on a gateway that translates', async () => {
    await addForwarding('VMHost=HyperVGW01.contoso.lab;GatewayVM=GatewayVM01;BackendSwitch=HNV_Switch');
    await connectForwarding();
    refused('vmNetwork.setConnectivity', direct('Fabrikam'), 'gatewayModeMismatch', 'directConnection.gatewayDevice', /no forwarding gateway/);
  });
});
