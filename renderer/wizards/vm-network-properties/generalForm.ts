/** Name and VM subnets of a VM network as one form: what is typed, and what of it was changed. */
import type { VmNetworkDetails } from '../../../shared/contract/inventory.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

export interface SubnetForm {
  /** Id of the VM subnet; empty for a new one. */
  readonly vmSubnet: string;
  readonly name: string;
  readonly subnet: string;
}

export interface GeneralForm {
  readonly name: string;
  readonly description: string;
  readonly subnets: readonly SubnetForm[];
}

export const emptySubnet: SubnetForm = { vmSubnet: '', name: '', subnet: '' };

export function initialGeneral({ name, description, vmSubnets }: VmNetworkDetails): GeneralForm {
  return { name, description, subnets: vmSubnets.map(({ id, name: subnetName, subnet }) => ({ vmSubnet: id, name: subnetName, subnet })) };
}

/** Only what was changed: the rest stays as it is. */
export function generalInput(form: GeneralForm, before: GeneralForm): Pick<OperationInput<'vmNetwork.change'>, 'name' | 'description' | 'subnets'> {
  return {
    ...(form.name === before.name ? {} : { name: form.name }),
    ...(form.description === before.description ? {} : { description: form.description }),
    ...(JSON.stringify(form.subnets) === JSON.stringify(before.subnets) ? {} : { subnets: form.subnets.map((row) => ({ ...row })) }),
  };
}

export function isGeneralChanged(form: GeneralForm, before: GeneralForm): boolean {
  return Object.keys(generalInput(form, before)).length > 0;
}
