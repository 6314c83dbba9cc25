/** What is typed in the Create VM Template Wizard and in the Properties of a template, and what that means as input. */
import type { LibraryImageRow, VmTemplateDetails } from '../../../shared/contract/library.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { adaptersOf, notConnected, toConnections, type AdapterForm } from '../network-adapters/adapterForm.ts';

export interface VmTemplateForm {
  readonly name: string;
  readonly description: string;
  /** Id. */
  readonly image: string;
  readonly generation: 1 | 2;
  readonly memoryMb: number;
  readonly processors: number;
  readonly adapters: readonly AdapterForm[];
}

export const emptyForm: VmTemplateForm = { name: '', description: '', image: '', generation: 2, memoryMb: 4096, processors: 2, adapters: [notConnected] };

export function formOf(template: VmTemplateDetails): VmTemplateForm {
  const { name, description, imageId, generation, memoryMb, processors } = template;
  return { name, description, image: imageId, generation, memoryMb, processors, adapters: adaptersOf(template) };
}

/** An image boots in one generation: a new template takes it. */
export function withImage(form: VmTemplateForm, image: Pick<LibraryImageRow, 'id' | 'generation'> | undefined): VmTemplateForm {
  return image === undefined ? form : { ...form, image: image.id, generation: image.generation };
}

export function toCreateInput(form: VmTemplateForm): OperationInput<'vmTemplate.create'> {
  return { ...form, adapters: toConnections(form.adapters) };
}

export function toChangeInput(vmTemplate: string, { generation: _, ...form }: VmTemplateForm): OperationInput<'vmTemplate.change'> {
  return { vmTemplate, ...form, adapters: toConnections(form.adapters) };
}

export function isTyped(form: VmTemplateForm, before: VmTemplateForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(before);
}
