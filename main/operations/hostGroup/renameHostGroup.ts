/** Gives a host group another name; what is in it stays. */
import { problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHostGroup } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { checkGroupName } from './checks.ts';

export const renameHostGroup: Operation<'hostGroup.rename'> = {
  id: 'hostGroup.rename',
  title: labels.renameHostGroup,

  check(input, { inventory }) {
    const group = findOrProblem(['hostGroup'], () => inventory.hosts.group(input.hostGroup));
    if ('problem' in group) return [group.problem];
    if (input.name === group.found.name) return [problem('nothingToChange', ['name'], `The host group is named ${group.found.name} already.`, 'Type another name, or cancel.')];
    return checkGroupName(input.name, inventory, group.found.id);
  },

  script(input, { inventory }) {
    const script = new Script();
    const group = findHostGroup(script, 'vmHostGroup', input.hostGroup, inventory);
    return script.run('Set-SCVMHostGroup', { VMHostGroup: group, Name: input.name });
  },

  plan(input, { inventory }) {
    const group = inventory.hosts.group(input.hostGroup);
    return {
      name: labels.renameHostGroup,
      resultType: 'VMHostGroup',
      resultId: group.id,
      resultName: group.name,
      locks: [group.id],
      steps: [{ key: 'rename', number: '1', name: `${labels.renameHostGroup} ${group.name}`, run: (context) => rename(context, group.id, input.name) }],
    };
  },
};

function rename(context: StepContext, id: string, name: string): StepResult {
  const { inventory } = context;
  refuse(checkGroupName(name, inventory, id));
  const before = inventory.hosts.group(id);
  inventory.hosts.changeGroup({ ...before, name });
  auditChanges(context, { type: 'VMHostGroup', id, name }, { Name: [before.name, name] });
  return { message: `${before.name} is now named ${name}.` };
}
