/** Removes a VM template from the library. Virtual machines that were made from it stay. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmTemplate } from '../../store/inventory/library.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';

export const deleteVmTemplate: Operation<'vmTemplate.delete'> = {
  id: 'vmTemplate.delete',
  title: labels.deleteVmTemplate,

  check(input, { inventory }) {
    const template = findOrProblem(['vmTemplate'], () => inventory.library.template(input.vmTemplate));
    return 'problem' in template ? [template.problem] : usedBy(template.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const template = script.set('template', 'Get-SCVMTemplate', { Name: inventory.library.template(input.vmTemplate).name });
    return script.run('Remove-SCVMTemplate', { VMTemplate: template });
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.library.template(input.vmTemplate);
    return {
      name: labels.deleteVmTemplate,
      resultType: 'VMTemplate',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'delete', number: '1', name: `${labels.deleteVmTemplate} ${name}`, run: (context) => remove(context, id) }],
    };
  },
};

function usedBy(template: VmTemplate, inventory: Inventory): readonly Problem[] {
  return inventory.library
    .serviceTemplatesWith(template.id)
    .map(({ name }) => problem('objectInUse', ['vmTemplate'], `Service template ${name} is made of ${template.name}.`, `Delete ${name} first.`));
}

function remove(context: StepContext, id: string): StepResult {
  const { library } = context.inventory;
  const template = library.template(id);
  refuse(usedBy(template, context.inventory));
  library.removeTemplate(id);
  auditChanges(context, { type: 'VMTemplate', id, name: template.name }, { Name: [template.name, null] });
  return { message: `${template.name} is deleted; virtual machines that were made from it stay.` };
}
