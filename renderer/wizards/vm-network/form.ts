/** What is typed in the Create VM Network Wizard, and what that means as input of `vmNetwork.create`. */
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { newParts, type ConnectivityForm } from '../vm-network-properties/connectivityForm.ts';
import type { SubnetRow } from './SubnetRows.tsx';

export type Isolation = 'WindowsNetworkVirtualization' | 'NoIsolation';

export const isolationLabels: Readonly<Record<Isolation, string>> = {
  WindowsNetworkVirtualization: 'Isolate using Hyper-V network virtualization',
  NoIsolation: 'No isolation',
};

export interface VmNetworkForm {
  readonly name: string;
  readonly description: string;
  /** Id. */
  readonly logicalNetwork: string;
  /** Whether that network allows network virtualization: otherwise there is nothing to choose. */
  readonly canVirtualize: boolean;
  readonly isolation: Isolation;
  readonly subnets: readonly SubnetRow[];
  /** Null until it is chosen. */
  readonly connectivity: ConnectivityForm | null;
}

export const emptyForm: VmNetworkForm = { name: '', description: '', logicalNetwork: '', canVirtualize: true, isolation: 'WindowsNetworkVirtualization', subnets: [{ name: '', subnet: '' }], connectivity: null };

/** A network without network virtualization leaves only direct access; on another one there are other gateways. */
export function withLogicalNetwork(form: VmNetworkForm, logicalNetwork: string, canVirtualize: boolean): VmNetworkForm {
  return { ...form, logicalNetwork, canVirtualize, isolation: canVirtualize ? 'WindowsNetworkVirtualization' : 'NoIsolation', connectivity: null };
}

export function toInput({ name, description, logicalNetwork, isolation, subnets, connectivity }: VmNetworkForm): OperationInput<'vmNetwork.create'> {
  if (isolation === 'NoIsolation') return { name, description, logicalNetwork, isolation, subnets: [] };
  return { name, description, logicalNetwork, isolation, subnets: [...subnets], ...(connectivity === null ? {} : newParts(connectivity)) };
}
