/** Moves a host group, with everything in it, below another one. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatPrefix } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { HostGroup } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { groupsUpFrom, outOfReach } from '../host/reach.ts';
import { labels } from '../labels.ts';
import { newClashes, type SubnetClash } from '../logicalNetwork/siteChecks.ts';
import type { Operation } from '../operation.ts';
import { findHostGroup } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { notTopmost } from './checks.ts';

type Input = ParsedOperationInput<'hostGroup.move'>;

export const moveHostGroup: Operation<'hostGroup.move'> = {
  id: 'hostGroup.move',
  title: labels.moveHostGroup,

  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const group = findHostGroup(script, 'vmHostGroup', input.hostGroup, inventory);
    const parent = findHostGroup(script, 'parentHostGroup', input.parent, inventory);
    return script.run('Move-SCVMHostGroup', { VMHostGroup: group, ParentHostGroup: parent });
  },

  plan(input, { inventory }) {
    const group = inventory.hosts.group(input.hostGroup);
    return {
      name: labels.moveHostGroup,
      resultType: 'VMHostGroup',
      resultId: group.id,
      resultName: group.name,
      locks: [group.id, inventory.hosts.group(input.parent).id],
      steps: [{ key: 'move', number: '1', name: `${labels.moveHostGroup} ${group.name}`, run: (context) => move(context, input) }],
    };
  },
};

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const group = findOrProblem(['hostGroup'], () => inventory.hosts.group(input.hostGroup));
  if ('problem' in group) return [group.problem];
  if (input.parent === '') return [problem('invalidInput', ['parent'], 'No host group is chosen to move it under.', 'Choose one.')];
  const parent = findOrProblem(['parent'], () => inventory.hosts.group(input.parent));
  if ('problem' in parent) return [parent.problem];
  const topmost = notTopmost(group.found, 'moved');
  return topmost.length > 0 ? topmost : checkMove(group.found, parent.found, inventory);
}

function checkMove(group: HostGroup, parent: HostGroup, inventory: Inventory): readonly Problem[] {
  const groups = inventory.hosts.groups();
  if (group.parentId === parent.id) return [problem('nothingToChange', ['parent'], `${group.name} is below ${parent.name} already.`, 'Choose another host group, or cancel.')];
  if (groupsUpFrom(parent.id, groups).includes(group.id)) {
    return [problem('invalidInput', ['parent'], parent.id === group.id ? `${group.name} cannot be moved below itself.` : `${parent.name} is below ${group.name}: a host group cannot be moved into what it holds.`, 'Choose a host group that is not in it.')];
  }
  const moved = groups.map((entry) => (entry.id === group.id ? { ...entry, parentId: parent.id } : entry));
  const inside = inventory.hosts.all().filter(({ hostGroupId }) => groupsUpFrom(hostGroupId, groups).includes(group.id));
  const lost = inside.flatMap((host) => outOfReach(host, host.hostGroupId, moved, ['parent'], inventory));
  return lost.length > 0 ? lost : newClashes(groups, moved, inventory).map((clash) => clashProblem(group, clash));
}

/** The rule of network sites (fact sheet §2.1) holds wherever host groups go. */
function clashProblem({ name }: HostGroup, { one, other }: SubnetClash): Problem {
  const [here, there] = [one, other].map(({ subnet, site }) => `${formatPrefix(subnet)} of network site ${site}`);
  return problem('subnetOverlap', ['parent'], `With ${name} there, the same hosts could use ${here} and ${there}, which overlap.`, 'Choose another host group, or change one of the network sites first.');
}

function move(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  refuse(problemsOf(input, inventory));
  const before = inventory.hosts.group(input.hostGroup);
  const parent = inventory.hosts.group(input.parent);
  inventory.hosts.changeGroup({ ...before, parentId: parent.id });
  const above = before.parentId === null ? null : inventory.hosts.group(before.parentId).name;
  auditChanges(context, { type: 'VMHostGroup', id: before.id, name: before.name }, { ParentHostGroup: [above, parent.name] });
  return { message: `${before.name} is now below ${parent.name}.` };
}
