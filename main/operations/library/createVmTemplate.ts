/** Create VM Template Wizard: an image, hardware, and what its adapters are connected to. */
import type { CreateVmTemplateInput } from '../../../shared/contract/libraryOperations.ts';
import type { Problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { refuse, refuseAll } from '../problems.ts';
import { toTemplateAdapter, type Connection } from './connections.ts';
import { addAdapter } from './templateScript.ts';
import { checkHardware, checkImage, checkTemplateName, findConnections } from './templateChecks.ts';
import { templateProperties } from './templateProperties.ts';

export const createVmTemplate: Operation<'vmTemplate.create'> = {
  id: 'vmTemplate.create',
  title: 'Create VM Template Wizard Script',

  check(input, { inventory }) {
    return problemsOf(input, inventory);
  },

  script(input, { inventory }) {
    const image = inventory.library.image(input.image);
    const script = new Script();
    const disk = script.comment(`Get Virtual Hard Disk '${image.name}'`).set('virtualHardDisk', 'Get-SCVirtualHardDisk', { Name: image.name });
    const template = script.set('template', 'New-SCVMTemplate', {
      Name: input.name,
      ...(input.description === '' ? {} : { Description: input.description }),
      VirtualHardDisk: disk,
      Generation: input.generation,
      MemoryMB: input.memoryMb,
      CPUCount: input.processors,
      NoCustomization: scriptSwitch,
    });
    for (const [slot, connection] of connectionsNow(input, inventory).entries()) addAdapter(script, template, slot, connection);
    return script;
  },

  plan(input) {
    return {
      name: labels.createVmTemplate,
      resultType: 'VMTemplate',
      resultId: null,
      resultName: input.name,
      locks: [],
      steps: [{ key: 'create', number: '1', name: `${labels.createVmTemplate} ${input.name}`, run: (context) => create(context, input) }],
    };
  },
};

function problemsOf(input: CreateVmTemplateInput, inventory: Inventory): readonly Problem[] {
  const found = findConnections(input.adapters, inventory);
  return [
    ...checkImage(input.image, input.generation, 'generation', inventory),
    ...checkTemplateName(input.name, inventory),
    ...checkHardware(input.memoryMb, input.processors),
    ...('problems' in found ? found.problems : []),
  ];
}

function connectionsNow(input: CreateVmTemplateInput, inventory: Inventory): readonly Connection[] {
  const found = findConnections(input.adapters, inventory);
  return 'connections' in found ? found.connections : refuseAll(found.problems);
}

function create(context: StepContext, input: CreateVmTemplateInput): StepResult {
  const { inventory } = context;
  refuse(problemsOf(input, inventory));
  const connections = connectionsNow(input, inventory);
  const { name, description, generation, memoryMb, processors } = input;
  const template = { id: context.newId(), name, description, libraryImageId: inventory.library.image(input.image).id, generation, memoryMb, processors };
  inventory.library.addTemplate(template, connections.map(toTemplateAdapter));
  context.setResult('VMTemplate', template.id, name);
  auditChanges(context, { type: 'VMTemplate', id: template.id, name }, newValues(templateProperties(template, connections, inventory)));
  return { message: `${name}: generation ${generation}, ${memoryMb} MB, ${connections.length} network adapter${connections.length === 1 ? '' : 's'}.` };
}

function newValues(properties: Readonly<Record<string, string>>): Readonly<Record<string, readonly [null, string]>> {
  return Object.fromEntries(Object.entries(properties).map(([property, value]) => [property, [null, value] as const]));
}
