/**
 * The script of an operation does what the operation does: for each operation of the scenarios, its script, read as text, is run on a
 * second lab in the same state. Afterwards both inventories are the same, and so is what they configure in the simulation.
 *
 * What no cmdlet says the interpreter is told: the answer to a prompt for a secret, the hardware of a computer that becomes a host, and
 * that a virtual machine is meant to become a gateway, which only this console asks for. Secrets are sealed anew, so they are not compared.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConsoleError } from '../../shared/contract/errors.ts';
import type { Lab } from '../lab/lab.ts';
import { project } from '../projection/project.ts';
import { inventoryShape } from '../store/testing/inventoryShape.ts';
import { shapeDifference } from '../store/testing/shapeDifference.ts';
import type { DoStep } from './stepGrammar.ts';
import { cmdlets } from './testing/vmm/cmdlets.ts';
import { Vmm, type Computer, type World } from './testing/vmm/vmm.ts';
import { openEmptyLab, openStart, readScenario, scenarioNames, walkScenario } from './testing/walkScenario.ts';

/** And of the table of how a list is ordered, only what does not repeat MAC addresses. */
const notCompared = { besides: /^(secret|key|shown_text)$/, anyProviderAddress: true };

/** Operations whose scripts the scenarios run through the interpreter, and how often. */
const interpreted = new Map<string, number>();

const scenarios = scenarioNames.filter((name) => name !== 'hundred-tenants.yaml');

const proved = [
  'guest.installRemoteAccess',
  'guest.renameAdapter',
  'guest.setFirewall',
  'host.add',
  'host.change',
  'host.remove',
  'hostGroup.create',
  'hostGroup.delete',
  'hostGroup.move',
  'hostGroup.rename',
  'ipPool.change',
  'ipPool.create',
  'ipPool.delete',
  'logicalNetwork.change',
  'logicalNetwork.create',
  'logicalNetwork.delete',
  'logicalSwitch.create',
  'logicalSwitch.delete',
  'macAddressPool.create',
  'macAddressPool.delete',
  'networkService.add',
  'networkService.addConnection',
  'networkService.change',
  'networkService.remove',
  'networkService.removeConnection',
  'runAsAccount.change',
  'runAsAccount.create',
  'runAsAccount.delete',
  'uplinkPortProfile.create',
  'uplinkPortProfile.delete',
  'virtualMachine.connectAdapter',
  'virtualMachine.create',
  'virtualMachine.delete',
  'virtualMachine.migrate',
  'virtualMachine.setIntegrationServices',
  'virtualMachine.start',
  'virtualMachine.stop',
  'vmNetwork.change',
  'vmNetwork.create',
  'vmNetwork.delete',
  'vmNetwork.moveToGateway',
  'vmNetwork.setConnectivity',
  'vmTemplate.change',
  'vmTemplate.create',
  'vmTemplate.delete',
];

describe('A script does what its operation does', () => {
  it.each(scenarios)('%s', async (name) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'hnv-twin-'));
    const [file, twinFile] = [path.join(folder, 'lab.sqlite'), path.join(folder, 'twin.sqlite')];
    const [lab, twin] = [await openEmptyLab(file), await openEmptyLab(twinFile)];
    try {
      const scenario = readScenario(name);
      await openStart(scenario, twin);
      const vmm = new Vmm(twin, worldOf(scenario.steps.flatMap((step) => ('do' in step ? [step] : []))), cmdlets);
      await walkScenario(scenario, {
        lab,
        visit: (step) => {
          const script = scriptOf(lab, step);
          return async () => {
            const job = lab.lists.jobs.list({ offset: 0, limit: 1, filter: '', scope: 'all' }).rows[0];
            if (script === 'refused' || (job?.status !== 'Completed' && job?.status !== 'SucceedWithInfo')) return;
            if (script === undefined) await vmm.start(step.do, step.input);
            else await run(vmm, step, script);
            expect(shapeDifference(inventoryShape(twinFile, notCompared), inventoryShape(file, notCompared)), `${step.do} ${JSON.stringify(step.input)}\n${script ?? ''}`).toEqual([]);
            expect(simulationOf(twin), `simulation after ${step.do}`).toEqual(simulationOf(lab));
          };
        },
      });
    } finally {
      lab.close();
      twin.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is shown for these operations, by these cmdlets', () => {
    expect([...interpreted.keys()].sort()).toEqual(proved);
    console.info(`interpreted: ${[...interpreted].map(([id, times]) => `${id} (${times})`).sort().join(', ')}\ncmdlets that the interpreter knows: ${Object.keys(cmdlets).sort().join(', ')}`);
  });
});

async function run(vmm: Vmm, step: DoStep, script: string): Promise<void> {
  try {
    await vmm.execute(script);
  } catch (error) {
    throw new Error(`${step.do}: ${error instanceof Error ? error.message : String(error)}\n${script}`, { cause: error });
  }
  interpreted.set(step.do, (interpreted.get(step.do) ?? 0) + 1);
}

/** Undefined where there is none: then the operation itself goes to the twin. */
function scriptOf(lab: Lab, { do: id, input }: DoStep): string | undefined {
  try {
    return lab.operations.script(id, input).script.toText('Script');
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    return error.code === 'HNV-1005' ? undefined : 'refused';
  }
}

function worldOf(steps: readonly DoStep[]): World {
  const gateways = steps.filter(({ do: id, input }) => id === 'virtualMachine.create' && input['role'] === 'gateway');
  return {
    secret: 'only-for-rehearsal',
    computers: new Map(steps.filter(({ do: id }) => id === 'host.add').map(computerOf)),
    gatewayMachines: new Set(gateways.map(({ input }) => String(input['name'] as string))),
  };
}

function computerOf({ input }: DoStep): readonly [string, Computer] {
  const { name, nic, virtualSwitches, isVirtual } = input;
  return [String(name), { nic: String(nic), virtualSwitches: (virtualSwitches ?? []) as string[], isVirtual: isVirtual === true }];
}

/** Which address of its pool a host gets depends on the order in which hosts ask: an address stands for its host and virtual subnet. */
function withoutProviderAddresses(lab: Lab, text: string): string {
  const { providerAddresses, allocations, hosts } = lab.snapshot();
  return providerAddresses.reduce((line, { hostId, vsid, allocationId }) => {
    const address = allocations.find(({ id }) => id === allocationId)?.address ?? 0;
    const host = hosts.find(({ id }) => id === hostId)?.name ?? '';
    return line.replace(new RegExp(`\\b${address}\\b`, 'g'), `"provider address of ${vsid} on ${host}"`);
  }, text);
}

/** What the inventory configures, by names and addresses. */
function simulationOf(lab: Lab): unknown {
  const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const names = new Map<string, string>();
  const config = withoutProviderAddresses(lab, JSON.stringify(project(lab.snapshot(), () => null))).replace(/("\w*mac"):\d+/gi, '$1:"given anew"');
  return JSON.parse(config.replace(ids, (id) => names.get(id) ?? (names.set(id, `id ${names.size}`), `id ${names.size - 1}`)));
}
