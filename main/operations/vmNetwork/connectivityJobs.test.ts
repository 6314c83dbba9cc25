import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes } from '../../../shared/contract/errors.ts';
import type { JobDetails } from '../../../shared/contract/jobs.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { TestLab } from '../../lab/testing/testLab.ts';

let test: TestLab;

beforeEach(() => {
  test = new TestLab();
});
afterEach(() => test.dispose());

type Input = OperationInput<'vmNetwork.setConnectivity'>;

const connect = (vmNetwork: string, ipAddress?: string): Input => ({
  vmNetwork,
  directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...(ipAddress === undefined ? {} : { ipAddress }) },
});
const disconnect = (vmNetwork: string): Input => ({ vmNetwork, directConnection: null });
const begin = (input: Input): string => test.lab.operations.start('vmNetwork.setConnectivity', input);

async function finished(jobId: string): Promise<JobDetails> {
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

/** "object property: previous > new", in the order of the records. */
function changes({ auditRecords }: JobDetails): readonly string[] {
  return auditRecords.map(({ objectType, property, previousValue, newValue }) => `${objectType} ${property}: ${previousValue ?? '-'} > ${newValue ?? '-'}`);
}

/** Does something before the step of this number (from 1) of the next job begins. */
function beforeStep(number: number, act: () => void): () => Promise<void> {
  let begun = 0;
  return () => {
    begun += 1;
    if (begun === number) act();
    return Promise.resolve();
  };
}

/** A gateway whose front end lies in a network site without any pool. */
const noPool: readonly [string, string] = [
  '  - name: Contoso_Management_LN01\n',
  '  - name: Bare\n    sites: [{ name: Bare_0, hostGroups: [Contoso-DC], subnets: [{ subnet: 198.18.0.0/24 }] }]\n  - name: Contoso_Management_LN01\n',
];

describe('a gateway that cannot take the VM network is refused, with what is wrong with it', () => {
  it.each([
    ['whose front end has no pool', [noPool, ['frontEnd: { adapter: External, networkSite: Contoso_External_LN01_0 }', 'frontEnd: { adapter: External, networkSite: Bare_0 }']], errorCodes.poolNotOfGateway, 'Bare_0'],
    ['that is on another logical network', [['backEnd: { adapter: Backend, networkSite: Contoso_HNV_LN01_0 }', 'backEnd: { adapter: Backend, networkSite: Contoso_Management_LN01_0 }']], errorCodes.gatewayNotConnected, 'Contoso_Management_LN01'],
    ['that does not run', [['    generation: 2\n', '    generation: 2\n    running: false\n']], errorCodes.gatewayNotConnected, 'GatewayVM01'],
    ['whose host gets no provider address', [['end: 172.16.40.250', 'end: 172.16.40.13']], errorCodes.providerPoolExhausted, 'Contoso_HNV_Pool01'],
    ['whose external pool the gateway itself uses up', [['end: 203.0.113.99', 'end: 203.0.113.10']], errorCodes.poolExhausted, 'Contoso_External_Pool01'],
  ] as [string, [string, string][], string, string][])('%s', async (_what, replacements, code, named) => {
    await test.open({ labsFolder: test.changedLabs(...replacements) });
    const before = test.lab.snapshot();
    const [problem, ...others] = test.lab.operations.check('vmNetwork.setConnectivity', connect('Fabrikam'));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(named) as string });
    expect(() => begin(connect('Fabrikam'))).toThrow(ConsoleError);
    expect(test.lab.snapshot()).toEqual(before);
  });

  it('that serves as many VM networks as it may', async () => {
    await test.open({ labsFolder: test.changedLabs(['    backEndSwitch: HNV_Switch\n', '    backEndSwitch: HNV_Switch\n    maxVmNetworks: 1\n']) });
    expect(await test.nat('Fabrikam')).toBe('Completed');
    expect(test.lab.operations.check('vmNetwork.setConnectivity', connect('Adatum'))).toMatchObject([{ code: errorCodes.gatewayFull }]);
    expect(test.lab.operations.check('vmNetwork.setConnectivity', connect('Fabrikam', '203.0.113.50'))).toEqual([]);
  });
});

describe('change tracking', () => {
  it('has old and new of everything that a job changed, and of nothing else', async () => {
    await test.open();
    expect(changes(await finished(begin(connect('Fabrikam', '203.0.113.20'))))).toEqual([
      'VMNetworkGateway NetworkGateway: - > Gateway01',
      'VMNetworkGateway CompartmentId: - > 2',
      'VMNetworkGateway IPSubnet: - > 10.254.254.0/29',
      expect.stringMatching(/^VMNetworkGateway VMSubnetID: - > \d+$/),
      'VMNetwork HasGatewayConnection: False > True',
      'VMNetwork NetworkGateway: - > Gateway01',
      'NATConnection ExternalIPAddress: - > 203.0.113.20',
      'NATConnection ExternalIPPool: - > Contoso_External_Pool01',
      'VMNetwork ExternalIPAddress: - > 203.0.113.20',
    ]);
    expect(changes(await finished(begin(connect('Fabrikam', '203.0.113.30'))))).toEqual([
      'NATConnection ExternalIPAddress: 203.0.113.20 > 203.0.113.30',
      'VMNetwork ExternalIPAddress: 203.0.113.20 > 203.0.113.30',
    ]);
  });

  it('of disconnecting is that of connecting, back to front', async () => {
    await test.open();
    const connected = changes(await finished(begin(connect('Adatum'))));
    const reversed = connected.map((text) => text.replace(/^(.+): (.+) > (.+)$/, '$1: $3 > $2'));
    expect([...changes(await finished(begin(disconnect('Adatum'))))].sort()).toEqual([...reversed].sort());
  });
});

it('a changed address is free again: another tenant may have it, and afterwards all is as it was', async () => {
  await test.open();
  const before = test.lab.snapshot();
  await finished(begin(connect('Fabrikam', '203.0.113.20')));
  await finished(begin(connect('Fabrikam', '203.0.113.30')));
  expect(await test.nat('Adatum', '203.0.113.20')).toBe('Completed');
  expect([test.repliesTo('Fabrikam-VM01'), test.repliesTo('Adatum-VM01')]).toEqual([1, 1]);
  for (const tenant of ['Fabrikam', 'Adatum']) expect(await test.setConnectivity(disconnect(tenant))).toBe('Completed');
  expect(test.lab.snapshot()).toEqual(before);
});

describe('jobs at the same time', () => {
  it('give two tenants with the same inner addresses an address each', async () => {
    await test.open();
    const jobs = await Promise.all([begin(connect('Fabrikam')), begin(connect('Adatum'))].map(finished));
    expect(jobs.map(({ status }) => status)).toEqual(['Completed', 'Completed']);
    expect([test.externalAddress('Fabrikam'), test.externalAddress('Adatum')]).toEqual(['203.0.113.11', '203.0.113.12']);
    const machines = ['Fabrikam-VM01', 'Adatum-VM01', 'Fabrikam-VM02', 'Adatum-VM02'];
    expect(machines.map((name) => test.repliesTo(name))).toEqual([1, 1, 1, 1]);
  });

  it('do not give the last address twice; the loser ends Completed once one is free and it is restarted', async () => {
    await test.open({ labsFolder: test.changedLabs(['end: 203.0.113.99', 'end: 203.0.113.11']) });
    const [first, second] = await Promise.all([begin(connect('Fabrikam')), begin(connect('Adatum'))].map(finished));
    expect([first?.status, second?.status]).toEqual(['Completed', 'Failed']);
    expect(second?.error).toMatchObject({ code: errorCodes.poolExhausted, message: expect.stringContaining('Contoso_External_Pool01') as string });
    expect([test.repliesTo('Fabrikam-VM01'), test.repliesTo('Adatum-VM01')]).toEqual([1, 0]);
    await test.setConnectivity(disconnect('Fabrikam'));
    test.lab.jobs.restart(second?.id ?? '');
    expect(await finished(second?.id ?? '')).toMatchObject({ status: 'Completed', attempts: 2, error: null });
    expect([test.externalAddress('Adatum'), test.repliesTo('Adatum-VM01')]).toEqual(['203.0.113.11', 1]);
  });
});

describe('a job that ends in the middle', () => {
  const steps = [1, 2, 3, 4, 5];

  it.each(steps)('canceled before step 1.%s: disconnecting gives back all that was done', async (number) => {
    let jobId = '';
    await test.open({ pace: beforeStep(number, () => test.lab.jobs.cancel(jobId)) });
    const before = test.lab.snapshot();
    jobId = begin(connect('Fabrikam'));
    const job = await finished(jobId);
    expect(job).toMatchObject({ status: 'Canceled', error: { code: errorCodes.jobCanceled } });
    expect(job.steps.filter(({ status }) => status === 'Completed')).toHaveLength(number - 1);
    if (number === 1) expect(test.lab.operations.check('vmNetwork.setConnectivity', disconnect('Fabrikam'))).toMatchObject([{ code: errorCodes.nothingToChange }]);
    else expect(await test.setConnectivity(disconnect('Fabrikam'))).toBe('Completed');
    expect(test.lab.snapshot()).toEqual(before);
  });

  it.each(steps)('interrupted by the end of the process before step 1.%s: restarted it comes to the same as without', async (number) => {
    await test.open({ newId: numbered('a'), pace: beforeStep(number, () => test.lab.close()) });
    const jobId = begin(connect('Fabrikam'));
    expect(await test.lab.jobs.waitFor(jobId)).toBe('Failed');
    await test.open({ newId: numbered('b') });
    expect(test.lab.lists.jobs.get(jobId)).toMatchObject({ status: 'Failed', error: { code: errorCodes.jobInterrupted } });
    test.lab.jobs.restart(jobId);
    const job = await finished(jobId);
    expect(job).toMatchObject({ status: 'Completed', attempts: 2 });
    expect(changes(job)).toHaveLength(9);
    expect([test.externalAddress('Fabrikam'), test.repliesTo('Fabrikam-VM01')]).toEqual(['203.0.113.11', 1]);
    expect(await test.setConnectivity(disconnect('Fabrikam'))).toBe('Completed');
    expect(test.lab.snapshot().allocations.map(({ address }) => address)).not.toContain(ipv4('203.0.113.11'));
  });

  it('fails, with a code and a step, while the gateway virtual machine is no multi-tenant gateway, and again when restarted', async () => {
    await test.open({ labsFolder: test.changedLabs(['    vpnDeployed: true\n', '    vpnDeployed: false\n']) });
    const jobId = begin(connect('Fabrikam'));
    const job = await finished(jobId);
    expect(job).toMatchObject({ status: 'Failed', error: { code: errorCodes.verificationFailed, message: expect.stringContaining('Gateway01') as string } });
    expect(job.steps.filter(({ status }) => status === 'Failed').map(({ number: at }) => at)).toEqual(['1', '1.5']);
    test.lab.jobs.restart(jobId);
    expect(await finished(jobId)).toMatchObject({ status: 'Failed', attempts: 2 });
    expect(test.repliesTo('Fabrikam-VM01')).toBe(0);
  });
});

function numbered(letter: string): () => string {
  let drawn = 0;
  return () => `${letter}-${(drawn += 1)}`;
}
