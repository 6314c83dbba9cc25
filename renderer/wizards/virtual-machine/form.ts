/** What is typed in the Create Virtual Machine Wizard, and what that means as input of `virtualMachine.create`. */
import type { PlacementInput, VmTemplateDetails } from '../../../shared/contract/library.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { adaptersOf, toMachineAdapters, type AdapterForm } from '../network-adapters/adapterForm.ts';

export interface VirtualMachineForm {
  /** Id. */
  readonly vmTemplate: string;
  readonly name: string;
  readonly role: 'tenant' | 'gateway';
  /** Null while they are those of the template. */
  readonly adapters: readonly AdapterForm[] | null;
  /** Id. */
  readonly host: string;
  readonly start: boolean;
}

export function emptyForm(vmTemplate: string): VirtualMachineForm {
  return { vmTemplate, name: '', role: 'tenant', adapters: null, host: '', start: true };
}

/** Another template brings its own adapters. */
export function withTemplate(form: VirtualMachineForm, vmTemplate: string): VirtualMachineForm {
  return vmTemplate === form.vmTemplate ? form : { ...form, vmTemplate, adapters: null };
}

/** `template` may still be the one chosen before, while the new one is fetched. */
export function adaptersNow({ adapters, vmTemplate }: VirtualMachineForm, template: VmTemplateDetails | undefined): readonly AdapterForm[] {
  if (adapters !== null) return adapters;
  return template === undefined || template.id !== vmTemplate ? [] : adaptersOf(template);
}

/** Adapters that were not touched are left to the template. */
export function toInput({ adapters, ...form }: VirtualMachineForm): OperationInput<'virtualMachine.create'> {
  return { ...form, ...(adapters === null ? {} : { adapters: toMachineAdapters(adapters) }) };
}

export function toPlacement({ role }: VirtualMachineForm, adapters: readonly AdapterForm[]): PlacementInput {
  return { role, adapters: toMachineAdapters(adapters) };
}

/** ★★★★☆ */
export function starText(stars: number): string {
  return '★'.repeat(stars) + '☆'.repeat(5 - stars);
}
