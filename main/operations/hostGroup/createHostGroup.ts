/** Fabric › Servers › Create Host Group. */
import type { Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { HostGroup } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHostGroup } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { checkGroupName } from './checks.ts';

type Input = ParsedOperationInput<'hostGroup.create'>;

export const createHostGroup: Operation<'hostGroup.create'> = {
  id: 'hostGroup.create',
  title: labels.createHostGroup,

  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const parent = parentOf(input, inventory);
    const above = parent === undefined ? undefined : findHostGroup(script, 'parentHostGroup', parent.id, inventory);
    return script.run('New-SCVMHostGroup', { Name: input.name, ...(above === undefined ? {} : { ParentHostGroup: above }) });
  },

  plan(input, { inventory }) {
    const parent = parentOf(input, inventory);
    return {
      name: labels.createHostGroup,
      resultType: 'VMHostGroup',
      resultId: null,
      resultName: input.name,
      locks: parent === undefined ? [] : [parent.id],
      steps: [{ key: 'create', number: '1', name: `${labels.createHostGroup} ${input.name}`, run: (context) => create(context, input) }],
    };
  },
};

/** Left out: the topmost group. Undefined in an empty inventory, where the new group becomes it. */
function parentOf({ parent }: Input, { hosts }: Inventory): HostGroup | undefined {
  return parent === '' ? hosts.groups().find(({ parentId }) => parentId === null) : hosts.group(parent);
}

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const parent = findOrProblem(['parent'], () => parentOf(input, inventory));
  return [...checkGroupName(input.name, inventory), ...('problem' in parent ? [parent.problem] : [])];
}

function create(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  refuse(problemsOf(input, inventory));
  const parent = parentOf(input, inventory);
  const group: HostGroup = { id: context.newId(), parentId: parent?.id ?? null, name: input.name };
  inventory.hosts.addGroup(group);
  context.setResult('VMHostGroup', group.id, group.name);
  auditChanges(context, { type: 'VMHostGroup', id: group.id, name: group.name }, { Name: [null, group.name], ParentHostGroup: [null, parent?.name ?? null] });
  return { message: parent === undefined ? `${group.name} is the topmost host group.` : `${group.name} is below ${parent.name}.` };
}
