/** Service templates, with one machine tier. In VMM 2012 R2 they cannot hold virtual machines of generation 2 (as the article says). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem, refuse } from '../problems.ts';

type CreateInput = ParsedOperationInput<'serviceTemplate.create'>;

const designer = 'Service templates are drawn in the Service Template Designer, for which this console writes no script.';

export const createServiceTemplate: Operation<'serviceTemplate.create'> = {
  id: 'serviceTemplate.create',
  title: labels.createServiceTemplate,
  noScript: designer,

  check(input, { inventory }) {
    return problemsOf(input, inventory);
  },

  plan(input, { inventory }) {
    const { id } = inventory.library.template(input.vmTemplate);
    return {
      name: labels.createServiceTemplate,
      resultType: 'ServiceTemplate',
      resultId: null,
      resultName: input.name,
      locks: [id],
      steps: [{ key: 'create', number: '1', name: `${labels.createServiceTemplate} ${input.name}`, run: (context) => create(context, input) }],
    };
  },
};

export const deleteServiceTemplate: Operation<'serviceTemplate.delete'> = {
  id: 'serviceTemplate.delete',
  title: labels.deleteServiceTemplate,
  noScript: designer,

  check(input, { inventory }) {
    const template = findOrProblem(['serviceTemplate'], () => inventory.library.serviceTemplate(input.serviceTemplate));
    return 'problem' in template ? [template.problem] : [];
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.library.serviceTemplate(input.serviceTemplate);
    return {
      name: labels.deleteServiceTemplate,
      resultType: 'ServiceTemplate',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'delete', number: '1', name: `${labels.deleteServiceTemplate} ${name}`, run: (context) => remove(context, id) }],
    };
  },
};

function problemsOf(input: CreateInput, inventory: Inventory): readonly Problem[] {
  return [...checkName(input.name, inventory), ...checkTier(input.vmTemplate, inventory)];
}

function checkName(name: string, inventory: Inventory): readonly Problem[] {
  if (name === '') return [problem('invalidInput', ['name'], 'The service template has no name.', 'Type a name for it.')];
  const other = inventory.library.findServiceTemplate(name);
  return other === undefined ? [] : [problem('nameInUse', ['name'], `There is a service template named ${other.name} already.`, 'Type another name.')];
}

function checkTier(reference: string, inventory: Inventory): readonly Problem[] {
  const path = ['vmTemplate'];
  if (reference === '') return [problem('invalidInput', path, 'No VM template is chosen.', 'Choose the VM template of the machine tier.')];
  const template = findOrProblem(path, () => inventory.library.template(reference));
  if ('problem' in template) return [template.problem];
  if (template.found.generation === 1) return [];
  return [
    problem(
      'generationMismatch',
      path,
      `VM template ${template.found.name} is of generation 2, which service templates of VMM 2012 R2 do not support.`,
      'Choose a template of generation 1, or create the virtual machine directly from the VM template.',
    ),
  ];
}

function create(context: StepContext, input: CreateInput): StepResult {
  const { library } = context.inventory;
  refuse(problemsOf(input, context.inventory));
  const id = context.newId();
  const template = library.template(input.vmTemplate);
  library.addServiceTemplate({ id, name: input.name, description: input.description, vmTemplateId: template.id });
  context.setResult('ServiceTemplate', id, input.name);
  auditChanges(context, { type: 'ServiceTemplate', id, name: input.name }, { Name: [null, input.name], Description: [null, input.description], VMTemplate: [null, template.name] });
  return { message: `${input.name} has one machine tier, ${template.name}.` };
}

function remove(context: StepContext, id: string): StepResult {
  const { library } = context.inventory;
  const { name } = library.serviceTemplate(id);
  library.removeServiceTemplate(id);
  auditChanges(context, { type: 'ServiceTemplate', id, name }, { Name: [name, null] });
  return { message: `${name} is deleted.` };
}
