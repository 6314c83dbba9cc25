/** Properties of a VM template. Its generation is fixed with its creation, as in a virtual machine. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ChangeVmTemplateInput } from '../../../shared/contract/libraryOperations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmTemplate } from '../../store/inventory/library.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { reference, Script } from '../powershell/script.ts';
import { findOrProblem, refuse, refuseAll } from '../problems.ts';
import { toConnectionInput, toTemplateAdapter, type Connection } from './connections.ts';
import { checkHardware, checkImage, checkTemplateName, findConnections } from './templateChecks.ts';
import { templateProperties } from './templateProperties.ts';
import { addAdapter } from './templateScript.ts';

export const changeVmTemplate: Operation<'vmTemplate.change'> = {
  id: 'vmTemplate.change',
  title: labels.changeVmTemplate,

  check(input, { inventory }) {
    const template = findOrProblem(['vmTemplate'], () => inventory.library.template(input.vmTemplate));
    if ('problem' in template) return [template.problem];
    const problems = problemsOf(input, template.found, inventory);
    if (problems.length > 0 || Object.keys(changesOf(input, template.found, inventory)).length > 0) return problems;
    return [problem('nothingToChange', [], `Nothing of ${template.found.name} is changed.`, 'Change a value, or cancel.')];
  },

  script(input, { inventory }) {
    const before = inventory.library.template(input.vmTemplate);
    const after = templateAfter(input, before, inventory);
    const script = new Script();
    const template = script.set('template', 'Get-SCVMTemplate', { Name: before.name });
    script.run('Set-SCVMTemplate', { VMTemplate: template, Name: after.name, Description: after.description, MemoryMB: after.memoryMb, CPUCount: after.processors });
    if (after.libraryImageId !== before.libraryImageId) script.comment('The virtual hard disk is changed in the Properties of the template.');
    if (input.adapters === undefined) return script;
    script.set('adapters', 'Get-SCVirtualNetworkAdapter', { VMTemplate: template });
    for (const slot of inventory.library.adaptersOf(before.id).keys()) script.run('Remove-SCVirtualNetworkAdapter', { VirtualNetworkAdapter: reference('adapters', undefined, slot) });
    for (const [slot, connection] of connectionsAfter(input, before, inventory).entries()) addAdapter(script, template, slot, connection);
    return script;
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.library.template(input.vmTemplate);
    return {
      name: labels.changeVmTemplate,
      resultType: 'VMTemplate',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'change', number: '1', name: `${labels.changeVmTemplate} ${name}`, run: (context) => change(context, input) }],
    };
  },
};

function problemsOf(input: ChangeVmTemplateInput, template: VmTemplate, inventory: Inventory): readonly Problem[] {
  const found = input.adapters && findConnections(input.adapters, inventory);
  return [
    ...(input.image === undefined ? [] : checkImage(input.image, template.generation, 'image', inventory)),
    ...(input.name === undefined ? [] : checkTemplateName(input.name, inventory, template.id)),
    ...checkHardware(input.memoryMb ?? template.memoryMb, input.processors ?? template.processors),
    ...(found !== undefined && 'problems' in found ? found.problems : []),
  ];
}

function templateAfter(input: ChangeVmTemplateInput, before: VmTemplate, inventory: Inventory): VmTemplate {
  return {
    ...before,
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    libraryImageId: input.image === undefined ? before.libraryImageId : inventory.library.image(input.image).id,
    memoryMb: input.memoryMb ?? before.memoryMb,
    processors: input.processors ?? before.processors,
  };
}

function connectionsAfter(input: ChangeVmTemplateInput, before: VmTemplate, inventory: Inventory): readonly Connection[] {
  const found = findConnections(input.adapters ?? inventory.library.adaptersOf(before.id).map(toConnectionInput), inventory);
  return 'connections' in found ? found.connections : refuseAll(found.problems);
}

/** Property -> before and after, of what really changes. */
function changesOf(input: ChangeVmTemplateInput, before: VmTemplate, inventory: Inventory): Readonly<Record<string, readonly [string, string]>> {
  const old = templateProperties(before, connectionsAfter({ vmTemplate: before.id }, before, inventory), inventory);
  const next = templateProperties(templateAfter(input, before, inventory), connectionsAfter(input, before, inventory), inventory);
  return Object.fromEntries(Object.entries(next).flatMap(([property, value]) => (old[property] === value ? [] : [[property, [old[property] ?? '', value] as const]])));
}

function change(context: StepContext, input: ChangeVmTemplateInput): StepResult {
  const { inventory } = context;
  const before = inventory.library.template(input.vmTemplate);
  refuse(problemsOf(input, before, inventory));
  const changes = changesOf(input, before, inventory);
  const after = templateAfter(input, before, inventory);
  inventory.library.changeTemplate(after, connectionsAfter(input, before, inventory).map(toTemplateAdapter));
  auditChanges(context, { type: 'VMTemplate', id: after.id, name: after.name }, changes);
  return { message: `${after.name} is changed; virtual machines that were made from it stay as they are.` };
}
