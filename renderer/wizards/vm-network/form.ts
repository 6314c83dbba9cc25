/** What is typed in the Create VM Network Wizard, and what that means as input of `vmNetwork.create`. */
import type { OperationInput } from '../../../shared/contract/operations.ts';

export type Isolation = 'WindowsNetworkVirtualization' | 'NoIsolation';

export const isolationLabels: Readonly<Record<Isolation, string>> = {
  WindowsNetworkVirtualization: 'Isolate using Hyper-V network virtualization',
  NoIsolation: 'No isolation',
};

interface SubnetForm {
  readonly name: string;
  readonly subnet: string;
}

export interface VmNetworkForm {
  readonly name: string;
  readonly description: string;
  /** Id. */
  readonly logicalNetwork: string;
  /** Whether that network allows network virtualization: otherwise there is nothing to choose. */
  readonly canVirtualize: boolean;
  readonly isolation: Isolation;
  readonly subnets: readonly SubnetForm[];
}

export const emptyForm: VmNetworkForm = { name: '', description: '', logicalNetwork: '', canVirtualize: true, isolation: 'WindowsNetworkVirtualization', subnets: [{ name: '', subnet: '' }] };

/** A network without network virtualization leaves only direct access. */
export function withLogicalNetwork(form: VmNetworkForm, logicalNetwork: string, canVirtualize: boolean): VmNetworkForm {
  return { ...form, logicalNetwork, canVirtualize, isolation: canVirtualize ? 'WindowsNetworkVirtualization' : 'NoIsolation' };
}

export function toInput({ name, description, logicalNetwork, isolation, subnets }: VmNetworkForm): OperationInput<'vmNetwork.create'> {
  return { name, description, logicalNetwork, isolation, subnets: isolation === 'NoIsolation' ? [] : [...subnets] };
}
