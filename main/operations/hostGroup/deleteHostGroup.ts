/** Deletes an empty host group that nothing names. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { GroupUse } from '../../store/inventory/hostUse.ts';
import type { HostGroup } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHostGroup } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { notTopmost } from './checks.ts';

export const deleteHostGroup: Operation<'hostGroup.delete'> = {
  id: 'hostGroup.delete',
  title: labels.deleteHostGroup,

  check(input, { inventory }) {
    const group = findOrProblem(['hostGroup'], () => inventory.hosts.group(input.hostGroup));
    return 'problem' in group ? [group.problem] : obstacles(group.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const group = findHostGroup(script, 'vmHostGroup', input.hostGroup, inventory);
    return script.run('Remove-SCVMHostGroup', { VMHostGroup: group });
  },

  plan(input, { inventory }) {
    const group = inventory.hosts.group(input.hostGroup);
    return {
      name: labels.deleteHostGroup,
      resultType: 'VMHostGroup',
      resultId: group.id,
      resultName: group.name,
      locks: [group.id],
      steps: [{ key: 'delete', number: '1', name: `${labels.deleteHostGroup} ${group.name}`, run: (context) => remove(context, group.id) }],
    };
  },
};

function obstacles(group: HostGroup, { hostUse }: Inventory): readonly Problem[] {
  const topmost = notTopmost(group, 'deleted');
  return topmost.length > 0 ? topmost : hostUse.usersOfGroup(group.id).map((user) => inUse(group, user));
}

function inUse({ name: group }: HostGroup, { kind, name }: GroupUse): Problem {
  switch (kind) {
    case 'host':
    case 'host group':
      return problem('objectInUse', ['hostGroup'], `${kind === 'host' ? 'Host' : 'Host group'} ${name} is in ${group}.`, `Move ${name} to another host group first.`);
    case 'network site':
    case 'network service':
      return problem('objectInUse', ['hostGroup'], `${kind === 'network site' ? 'Network site' : 'Network service'} ${name} can be used in ${group}.`, `Take ${group} out of the host groups of ${name} first.`);
    case 'MAC address pool':
      // Its host groups cannot be changed (no operation does it).
      return problem('objectInUse', ['hostGroup'], `MAC address pool ${name} gives addresses to hosts in ${group}.`, `Delete ${name} first, and create it again without ${group}.`);
  }
}

function remove(context: StepContext, id: string): StepResult {
  const { inventory } = context;
  const group = inventory.hosts.group(id);
  refuse(obstacles(group, inventory));
  inventory.hosts.removeGroup(id);
  auditChanges(context, { type: 'VMHostGroup', id, name: group.name }, { Name: [group.name, null] });
  return { message: `${group.name} is deleted.` };
}
