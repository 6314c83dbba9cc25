/** The Connectivity page as a form: what is chosen, what that means as input of `vmNetwork.setConnectivity`. */
import type { Problem } from '../../../shared/contract/errors.ts';
import type { ConnectivityOptions } from '../../../shared/contract/inventory.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

export interface ConnectivityForm {
  readonly isDirect: boolean;
  readonly gatewayDevice: string;
  readonly ipAddressPool: string;
  /** Empty: the first free address. */
  readonly ipAddress: string;
}

export type ConnectivityField = 'gatewayDevice' | 'ipAddressPool' | 'ipAddress';
type SetConnectivity = OperationInput<'vmNetwork.setConnectivity'>;
type Gateway = ConnectivityOptions['gateways'][number];

/** What is set now; for a VM network without a connection the first gateway that can be chosen stands ready. */
export function initialForm({ current, gateways }: ConnectivityOptions): ConnectivityForm {
  if (current !== null) return { isDirect: true, gatewayDevice: current.gatewayDeviceId, ipAddressPool: current.ipAddressPoolId, ipAddress: current.ipAddress };
  return { isDirect: false, ...choiceOf(gateways.find(canUseNat)), ipAddress: '' };
}

export function canUseNat(gateway: Gateway): boolean {
  return gateway.supportsNat && gateway.unavailableReason === null;
}

/** Another gateway brings its own pools, so pool and address start anew. */
export function withGateway(form: ConnectivityForm, gateway: Gateway | undefined): ConnectivityForm {
  return { ...form, ...choiceOf(gateway), ipAddress: '' };
}

function choiceOf(gateway: Gateway | undefined): Pick<ConnectivityForm, 'gatewayDevice' | 'ipAddressPool'> {
  return { gatewayDevice: gateway?.id ?? '', ipAddressPool: gateway?.pools[0]?.id ?? '' };
}

export function toInput(form: ConnectivityForm, vmNetworkId: string): SetConnectivity {
  if (!form.isDirect) return { vmNetwork: vmNetworkId, directConnection: null };
  const ipAddress = form.ipAddress.trim();
  return {
    vmNetwork: vmNetworkId,
    directConnection: {
      routing: 'NAT',
      gatewayDevice: form.gatewayDevice,
      ...(form.ipAddressPool === '' ? {} : { ipAddressPool: form.ipAddressPool }),
      ...(ipAddress === '' ? {} : { ipAddress }),
    },
  };
}

export function isChanged(form: ConnectivityForm, options: ConnectivityOptions): boolean {
  const before = initialForm(options);
  if (!form.isDirect && !before.isDirect) return false;
  return form.isDirect !== before.isDirect || form.gatewayDevice !== before.gatewayDevice || form.ipAddressPool !== before.ipAddressPool || form.ipAddress.trim() !== before.ipAddress;
}

/** Problems that main found, each at its field; the others belong to the page as a whole. */
export function problemsByField(problems: readonly Problem[]): { readonly fields: Partial<Record<ConnectivityField, Problem>>; readonly others: readonly Problem[] } {
  const fields: Partial<Record<ConnectivityField, Problem>> = {};
  const others: Problem[] = [];
  for (const problem of problems) {
    const field = fieldOf(problem.path);
    if (field === undefined) others.push(problem);
    else fields[field] ??= problem;
  }
  return { fields, others };
}

function fieldOf(path: Problem['path']): ConnectivityField | undefined {
  const [first, second] = path;
  if (first !== 'directConnection') return undefined;
  return second === 'gatewayDevice' || second === 'ipAddressPool' || second === 'ipAddress' ? second : undefined;
}
