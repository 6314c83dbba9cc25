import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { TestLab } from '../../lab/testing/testLab.ts';

let test: TestLab;

beforeEach(() => {
  test = new TestLab();
});
afterEach(() => test.dispose());

const open = (...replacements: readonly (readonly [string, string])[]) =>
  test.open({ initialLab: { lab: 'contoso', gateway: 'absent' }, ...(replacements.length === 0 ? {} : { labsFolder: test.changedLabs(...replacements) }) });

const todo = (): string[] => test.lab.readiness().steps.flatMap(({ items }) => items.filter(({ isDone }) => !isDone).map(({ id }) => id));

async function check() {
  const jobId = test.lab.operations.start('gateway.checkReadiness', {});
  await test.lab.jobs.waitFor(jobId);
  return test.lab.lists.jobs.get(jobId);
}

describe('how far the gateway has been built', () => {
  it('nothing in an empty database', async () => {
    await test.open({ initialLab: undefined });
    expect(test.lab.readiness().steps.map(({ isDone }) => isDone)).toEqual([false, false, false, false, false]);
    expect((await check()).error?.code).toBe(errorCodes.verificationFailed);
  });

  it('everything but the last two steps in the lab without a gateway', async () => {
    await open();
    expect(todo()).toEqual(['service', 'frontEnd', 'backEnd', 'multitenant', 'connected']);
    const job = await check();
    expect(job).toMatchObject({ status: 'Failed', error: { code: errorCodes.verificationFailed, message: expect.stringMatching(/network service/) as string } });
    expect(job.steps.filter(({ status }) => status === 'Completed').map(({ number }) => number)).toEqual(['1.1', '1.2', '1.3']);
  });

  it('everything once a VM network uses the gateway', async () => {
    await test.open();
    expect(todo()).toEqual(['connected']);
    await test.nat('Fabrikam');
    expect(todo()).toEqual([]);
    const before = JSON.stringify(test.lab.snapshot());
    expect((await check()).status).toBe('Completed');
    expect(JSON.stringify(test.lab.snapshot())).toBe(before);
  });

  it.each([
    ['the firewall', ['firewallOn: false', 'firewallOn: true'], 'firewall'],
    ['the role', ['remoteAccessInstalled: true', 'remoteAccessInstalled: false'], 'role'],
    ['the deployment', ['vpnDeployed: true', 'vpnDeployed: false'], 'vpn'],
    ['power', ['firewallOn: false', 'firewallOn: false\n    running: false'], 'running'],
    ['network virtualization', ['networkVirtualization: true\n', '\n'], 'provider'],
    ['a gateway in the external pool', ['                gateways: [{ address: 203.0.113.1, metric: 10 }]\n', ''], 'external'],
  ] as const)('says that %s is missing', async (_what, replacement, id) => {
    await open(replacement);
    expect(todo()).toContain(id);
    const [step] = test.lab.readiness().steps.filter(({ items }) => items.some((entry) => entry.id === id));
    expect(step?.items.find((entry) => entry.id === id)?.detail.length).toBeGreaterThan(10);
  });

  it('is no operation that has a script: VMM knows nothing like it', async () => {
    await test.open();
    expect(() => test.lab.operations.script('gateway.checkReadiness', {})).toThrow(expect.objectContaining({ code: errorCodes.scriptNotAvailable }));
  });
});
