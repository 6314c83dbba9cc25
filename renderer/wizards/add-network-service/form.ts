/** What is typed in the Add Network Service Wizard, and what that means as input of `networkService.add`. */
import { gatewayModels, windowsServerGateway } from '../../../shared/contract/gatewayProviders.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

export interface AddNetworkServiceForm {
  readonly name: string;
  readonly description: string;
  readonly manufacturer: string;
  readonly model: string;
  /** Id. */
  readonly runAsAccount: string;
  readonly connectionString: string;
  readonly configurationProvider: string;
  readonly hostGroups: readonly string[];
}

/** What the account of a gateway device must be. */
export const gatewayAccountHint =
  'It must be an administrator of the gateway VM and of its host. In a workgroup that is the local administrator of the virtual machine.';

export const emptyForm: AddNetworkServiceForm = {
  name: '',
  description: '',
  manufacturer: windowsServerGateway.manufacturer,
  model: windowsServerGateway.model,
  runAsAccount: '',
  connectionString: '',
  configurationProvider: windowsServerGateway.provider,
  hostGroups: [],
};

/** Another manufacturer brings its own models; another model its provider, when there is one. */
export function withManufacturer(form: AddNetworkServiceForm, manufacturer: string): AddNetworkServiceForm {
  return withModel({ ...form, manufacturer }, gatewayModels.find((entry) => entry.manufacturer === manufacturer)?.model ?? '');
}

export function withModel(form: AddNetworkServiceForm, model: string): AddNetworkServiceForm {
  const known = gatewayModels.find((entry) => entry.manufacturer === form.manufacturer && entry.model === model);
  return { ...form, model, configurationProvider: known?.provider ?? '' };
}

export function toInput(form: AddNetworkServiceForm): OperationInput<'networkService.add'> {
  return { ...form, hostGroups: [...form.hostGroups] };
}

export function isTyped(form: AddNetworkServiceForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(emptyForm);
}
