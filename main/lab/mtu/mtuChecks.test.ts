import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../shared/contract/errors.ts';
import { TestLab } from '../testing/testLab.ts';

let test: TestLab;

beforeEach(async () => {
  test = new TestLab();
  await test.open();
  await test.nat('Fabrikam');
});
afterEach(() => test.dispose());

describe('MTU checks of a lab', () => {
  it('run to their end for a scenario, and leave no NAT session behind', async () => {
    const state = await test.lab.probes.mtuCheck({ virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80' });
    expect(state).toMatchObject({ status: 'done', failure: null, virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80', verdict: { kind: 'encapsulation', largest: 1458 } });
    expect(state.probes.length).toBeLessThanOrEqual(state.mostProbes);
    expect(test.lab.gatewayState('Gateway01').compartments[1]?.nat?.sessionCount).toBe(0);
    expect(test.lab.now).toBe(0);
  });

  it('stop when they are told to, and keep what they found', async () => {
    const { probes } = test.lab;
    const id = probes.startMtuCheck({ virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80' });
    expect(probes.mtuCheckState(id)).toMatchObject({ status: 'running', probes: [], verdict: null });
    probes.cancelMtuCheck(id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(probes.mtuCheckState(id)).toMatchObject({ status: 'canceled', verdict: null });
  });

  it.each([
    ['a machine that is not there', { virtualMachine: 'Nobody', destination: '192.0.2.80' }, errorCodes.objectNotFound],
    ['a machine of no VM network', { virtualMachine: 'GatewayVM01', destination: '192.0.2.80' }, errorCodes.invalidInput],
  ])('refuse %s', (_what, input, code) => {
    expect(() => test.lab.probes.startMtuCheck(input)).toThrow(expect.objectContaining({ code }));
  });

  it('are forgotten when there are many: the first of 21', () => {
    const { probes } = test.lab;
    const ids = Array.from({ length: 21 }, () => probes.startMtuCheck({ virtualMachine: 'Fabrikam-VM01', destination: '192.0.2.80' }));
    expect(() => probes.mtuCheckState(ids[0] ?? '')).toThrow(expect.objectContaining({ code: errorCodes.probeNotFound }));
    for (const id of ids.slice(1)) probes.cancelMtuCheck(id);
    expect(() => probes.cancelMtuCheck('mtu-check-99')).toThrow(expect.objectContaining({ code: errorCodes.probeNotFound }));
  });
});
