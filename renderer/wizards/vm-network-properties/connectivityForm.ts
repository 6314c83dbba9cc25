/** The Connectivity page as a form: what is chosen, what that means as input of `vmNetwork.setConnectivity`. */
import type { Problem } from '../../../shared/contract/errors.ts';
import type { ConnectivityOptions } from '../../../shared/contract/inventory.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

export type Routing = 'NAT' | 'Direct';

export interface ConnectivityForm {
  readonly isDirect: boolean;
  readonly routing: Routing;
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
  if (current !== null) return { isDirect: true, routing: current.routing, gatewayDevice: current.gatewayDeviceId, ipAddressPool: current.ipAddressPoolId, ipAddress: current.ipAddress };
  const first = gateways.find((gateway) => canUse(gateway, 'NAT')) ?? gateways.find((gateway) => canUse(gateway, 'Direct'));
  return { isDirect: false, routing: first?.supportsDirectRouting === true ? 'Direct' : 'NAT', ...choiceOf(first), ipAddress: '' };
}

export function canUse(gateway: Gateway, routing: Routing): boolean {
  return (routing === 'NAT' ? gateway.supportsNat : gateway.supportsDirectRouting) && gateway.unavailableReason === null;
}

/** Another way brings another gateway, unless the present one does both. */
export function withRouting(form: ConnectivityForm, routing: Routing, { gateways }: ConnectivityOptions): ConnectivityForm {
  const present = gateways.find(({ id }) => id === form.gatewayDevice);
  const gateway = present !== undefined && canUse(present, routing) ? present : gateways.find((entry) => canUse(entry, routing));
  return { ...withGateway(form, gateway), routing };
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
  if (form.routing === 'Direct') return { vmNetwork: vmNetworkId, directConnection: { routing: 'Direct', gatewayDevice: form.gatewayDevice } };
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
  if (form.isDirect !== before.isDirect || form.routing !== before.routing || form.gatewayDevice !== before.gatewayDevice) return true;
  return form.routing === 'NAT' && (form.ipAddressPool !== before.ipAddressPool || form.ipAddress.trim() !== before.ipAddress);
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
