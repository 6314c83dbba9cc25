/** The library of a lab: images, VM templates and service templates. */
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { LabDefinition } from './labDefinition.ts';

export function buildLibrary({ inventory, newId }: StepContext, lab: LabDefinition): StepResult {
  for (const image of lab.libraryImages) inventory.library.addImage({ id: newId(), ...image });
  for (const { image, adapters, ...template } of lab.vmTemplates) {
    inventory.library.addTemplate(
      { id: newId(), ...template, libraryImageId: inventory.library.image(image).id },
      adapters.map(({ vmNetwork, logicalNetwork }) => ({
        vmNetworkId: vmNetwork === undefined ? null : inventory.vmNetworks.vmNetwork(vmNetwork).id,
        logicalNetworkId: logicalNetwork === undefined ? null : inventory.logicalNetworks.logicalNetwork(logicalNetwork).id,
      })),
    );
  }
  for (const { name, description, vmTemplate } of lab.serviceTemplates) {
    inventory.library.addServiceTemplate({ id: newId(), name, description, vmTemplateId: inventory.library.template(vmTemplate).id });
  }
  return { message: `${lab.libraryImages.length} images, ${lab.vmTemplates.length} VM templates and ${lab.serviceTemplates.length} service templates.` };
}
