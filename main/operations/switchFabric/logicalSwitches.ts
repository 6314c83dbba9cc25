/** Logical switches: what virtual switches of hosts are instances of. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import type { Operation } from '../operation.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem } from '../problems.ts';
import { listed } from '../wording.ts';
import { createPlan, deletePlan } from './plans.ts';

type Input = ParsedOperationInput<'logicalSwitch.create'>;

const type = 'LogicalSwitch';

export const createLogicalSwitch: Operation<'logicalSwitch.create'> = {
  id: 'logicalSwitch.create',
  title: labels.createLogicalSwitch,
  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const profile = inventory.switchFabric.profile(input.uplinkPortProfile);
    const logicalSwitch = script.set('logicalSwitch', 'New-SCLogicalSwitch', { Name: input.name, Description: input.description, EnableSriov: false });
    const uplink = script.set('nativeUppProfile', 'Get-SCNativeUplinkPortProfile', { Name: profile.name });
    return script.run('New-SCUplinkPortProfileSet', { Name: `${profile.name}_${input.name}`, LogicalSwitch: logicalSwitch, NativeUplinkPortProfile: uplink });
  },

  plan: (input) =>
    createPlan({
      type,
      label: labels.createLogicalSwitch,
      name: input.name,
      check: (inventory) => problemsOf(input, inventory),
      write: ({ inventory }, id) => {
        const profile = inventory.switchFabric.profile(input.uplinkPortProfile);
        inventory.switchFabric.addSwitch({ id, name: input.name, description: input.description, uplinkPortProfileId: profile.id });
        return { UplinkPortProfile: profile.name };
      },
    }),
};

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const path = ['uplinkPortProfile'];
  const profile = findOrProblem(path, () => inventory.switchFabric.profile(input.uplinkPortProfile));
  return [
    ...checkName('logical switch', input.name, inventory.switchFabric.findByName('logical switch', input.name)),
    ...(input.uplinkPortProfile === '' ? [problem('invalidInput', path, 'No uplink port profile is chosen.', 'Choose one, or create it first.')] : 'problem' in profile ? [profile.problem] : []),
  ];
}

function users(reference: string, { switchFabric }: Inventory): readonly Problem[] {
  const found = findOrProblem(['logicalSwitch'], () => switchFabric.logicalSwitch(reference));
  if ('problem' in found) return [found.problem];
  const names = switchFabric.hostsWith(found.found.id);
  return names.length === 0 ? [] : [problem('objectInUse', ['logicalSwitch'], `${listed(names)} ${names.length === 1 ? 'has' : 'have'} a virtual switch of ${found.found.name}.`, 'Remove the virtual switch from the host first (its Properties).')];
}

export const deleteLogicalSwitch: Operation<'logicalSwitch.delete'> = {
  id: 'logicalSwitch.delete',
  title: labels.deleteLogicalSwitch,
  check: (input, { inventory }) => users(input.logicalSwitch, inventory),

  script(input, { inventory }) {
    const script = new Script();
    return script.run('Remove-SCLogicalSwitch', { LogicalSwitch: script.set('logicalSwitch', 'Get-SCLogicalSwitch', { Name: inventory.switchFabric.logicalSwitch(input.logicalSwitch).name }) });
  },

  plan(input, { inventory }) {
    const object = inventory.switchFabric.logicalSwitch(input.logicalSwitch);
    return deletePlan({ type, label: labels.deleteLogicalSwitch, object, check: (now) => users(object.id, now), remove: ({ switchFabric }) => switchFabric.removeSwitch(object.id) });
  },
};
