import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes, type Problem } from '../../../shared/contract/errors.ts';
import { TestLab } from '../../lab/testing/testLab.ts';

let test: TestLab;

beforeEach(() => {
  test = new TestLab();
});
afterEach(() => test.dispose());

const viaGateway = (vmNetwork: string, change: Record<string, unknown> = {}) => ({ vmNetwork, directConnection: { routing: 'NAT', gatewayDevice: 'Gateway01', ...change } });

/** Problems of an input that is refused; what the lab holds must be the same afterwards, byte for byte. */
function refusal(input: unknown): readonly Problem[] {
  const before = JSON.stringify([test.lab.snapshot(), gateways(), jobCount()]);
  let problems: readonly Problem[] = [];
  expect(() => {
    try {
      test.lab.operations.start('vmNetwork.setConnectivity', input);
    } catch (error) {
      if (error instanceof ConsoleError) problems = error.problems;
      throw error;
    }
  }).toThrow(ConsoleError);
  expect(JSON.stringify([test.lab.snapshot(), gateways(), jobCount()])).toBe(before);
  expect(test.lab.operations.check('vmNetwork.setConnectivity', input)).toEqual(problems);
  for (const { message, recommendedAction } of problems) {
    expect(message).not.toBe('');
    expect(recommendedAction).not.toBe('');
  }
  return problems;
}

function gateways(): unknown {
  return test.lab.snapshot().networkServices.map(({ id }) => test.lab.gatewayState(id));
}

function jobCount(): number {
  return test.lab.lists.jobs.list({ offset: 0, limit: 1, filter: '', scope: 'all' }).total;
}

describe('bad input is refused with a code at its field, and changes nothing', () => {
  it.each([
    ['before the pool', '203.0.113.9', errorCodes.addressOutsidePool],
    ['behind the pool', '203.0.113.100', errorCodes.addressOutsidePool],
    ['of another network', '10.30.1.4', errorCodes.addressOutsidePool],
    ['that the gateway itself has', '203.0.113.10', errorCodes.addressInUse],
    ['that is none', '203.0.113', errorCodes.invalidInput],
  ])('an address %s', async (_what, ipAddress, code) => {
    await test.open();
    expect(refusal(viaGateway('Fabrikam', { ipAddress }))).toMatchObject([{ code, path: ['directConnection', 'ipAddress'] }]);
  });

  it('an address that another VM network has', async () => {
    await test.open();
    expect(await test.nat('Fabrikam', '203.0.113.50')).toBe('Completed');
    const [found] = refusal(viaGateway('Adatum', { ipAddress: '203.0.113.50' }));
    expect(found?.code).toBe(errorCodes.addressInUse);
    expect(found?.message).toContain('203.0.113.50');
  });

  it('a pool in which nothing is free', async () => {
    await test.open({ labsFolder: test.changedLabs(['end: 203.0.113.99', 'end: 203.0.113.11']) });
    expect(await test.nat('Fabrikam')).toBe('Completed');
    const [found] = refusal(viaGateway('Adatum'));
    expect(found?.code).toBe(errorCodes.poolExhausted);
    expect(found?.message).toContain('Contoso_External_Pool01');
  });

  it('no gateway at all', async () => {
    await test.open({ initialLab: { lab: 'contoso', gateway: 'absent' } });
    expect(refusal(viaGateway('Fabrikam'))).toMatchObject([{ code: errorCodes.noGateway, path: ['directConnection', 'gatewayDevice'] }]);
  });

  it('objects that do not exist', async () => {
    await test.open();
    expect(refusal(viaGateway('Northwind'))).toMatchObject([{ code: errorCodes.objectNotFound, path: ['vmNetwork'] }]);
    expect(refusal(viaGateway('Fabrikam', { gatewayDevice: 'Gateway09' }))).toMatchObject([{ code: errorCodes.objectNotFound, path: ['directConnection', 'gatewayDevice'] }]);
    expect(refusal(viaGateway('Fabrikam', { ipAddressPool: 'Nowhere' }))).toMatchObject([{ path: ['directConnection', 'ipAddressPool'] }]);
  });

  it('a pool that is not on the front end of the gateway', async () => {
    await test.open();
    expect(refusal(viaGateway('Fabrikam', { ipAddressPool: 'Contoso_Management_Pool01' }))).toMatchObject([{ code: errorCodes.poolNotOfGateway }]);
  });

  it('nothing to change, neither way', async () => {
    await test.open();
    expect(refusal({ vmNetwork: 'Fabrikam', directConnection: null })).toMatchObject([{ code: errorCodes.nothingToChange }]);
    await test.nat('Fabrikam');
    expect(refusal(viaGateway('Fabrikam'))).toMatchObject([{ code: errorCodes.nothingToChange }]);
  });
});

describe('the connection', () => {
  it('takes the first free address, keeps tenants apart, and gives the address back', async () => {
    await test.open();
    expect(await test.nat('fabrikam')).toBe('Completed');
    expect(await test.nat('ADATUM')).toBe('Completed');
    expect([test.externalAddress('Fabrikam'), test.externalAddress('Adatum')]).toEqual(['203.0.113.11', '203.0.113.12']);
    expect(await test.setConnectivity({ vmNetwork: 'Fabrikam', directConnection: null })).toBe('Completed');
    expect([test.externalAddress('Fabrikam'), test.externalAddress('Adatum')]).toEqual([null, '203.0.113.12']);
    expect([test.repliesTo('Fabrikam-VM01'), test.repliesTo('Adatum-VM01')]).toEqual([0, 1]);
    expect(await test.nat('Fabrikam', '203.0.113.11')).toBe('Completed');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
  });

  it('canceled halfway it can be restarted, and only then packets flow', async () => {
    let paced = 0;
    const lab = await test.open({
      pace: () => {
        paced += 1;
        if (paced === 2) lab.jobs.cancel(jobId);
        return Promise.resolve();
      },
    });
    const jobId = lab.operations.start('vmNetwork.setConnectivity', viaGateway('Fabrikam'));
    expect(await lab.jobs.waitFor(jobId)).toBe('Canceled');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(0);
    lab.jobs.restart(jobId);
    expect(await lab.jobs.waitFor(jobId)).toBe('Completed');
    expect(test.repliesTo('Fabrikam-VM01')).toBe(1);
    expect(lab.lists.jobs.get(jobId).attempts).toBe(2);
  });
});

describe('lab.open', () => {
  it('refuses a database that holds a lab already', async () => {
    await test.open();
    expect(test.lab.operations.check('lab.open', {})).toMatchObject([{ code: errorCodes.labNotEmpty }]);
  });

  it.each([
    ['a key that nobody knows', 'description: The Internet side', 'descritpion: The Internet side'],
    ['a site that does not exist', 'parent: All Hosts', 'parent: No Hosts'],
    ['YAML that ends too early', 'hostGroups:', 'hostGroups: ['],
  ])('refuses a lab file with %s, and names its line', async (_what, search, replacement) => {
    const opening = test.open({ labsFolder: test.changedLabs([search, replacement]) });
    await expect(opening).rejects.toMatchObject({ problems: [{ code: errorCodes.labFileInvalid, message: expect.stringMatching(/line \d+|:\d+/) as string }] });
  });
});
