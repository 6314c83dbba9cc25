/** Everything that a VM network has on its gateway device, asked for on another one: what that comes to, or what stands against it (fact sheet §8.1). */
import { problem, type Problem } from '../../../../shared/contract/errors.ts';
import type { SetConnectivityInput } from '../../../../shared/contract/connectivity.ts';
import type { MoveToGatewayInput } from '../../../../shared/contract/vmNetworkOperations.ts';
import type { Inventory } from '../../../store/inventory/inventory.ts';
import type { NetworkService } from '../../../store/inventory/networkServices.ts';
import type { VmNetworkGateway } from '../../../store/inventory/vmNetworkGateways.ts';
import type { VmNetwork } from '../../../store/inventory/vmNetworks.ts';
import type { LiveGateways } from '../../operation.ts';
import { findOrProblem } from '../../problems.ts';
import { connectivityNow } from '../connectivityQueries.ts';
import { resolveConnectivity, type ConnectivityGoal } from '../connectivityGoal.ts';
import type { NatInput, UsableGateway } from '../connectivityTarget.ts';

export interface MoveTarget {
  readonly network: VmNetwork;
  readonly current: VmNetworkGateway;
  readonly to: UsableGateway;
  /** The same connectivity on the other device, as it would be asked for. */
  readonly wanted: SetConnectivityInput;
  readonly goal: ConnectivityGoal;
}

type Found<T> = { readonly found: T } | { readonly problems: readonly Problem[] };

const devicePath = ['gatewayDevice'];

export function resolveMove(input: MoveToGatewayInput, inventory: Inventory, gateways: LiveGateways): { readonly target: MoveTarget } | { readonly problems: readonly Problem[] } {
  const place = findPlace(input, inventory);
  if ('problems' in place) return place;
  const { network, current, device } = place.found;
  const wanted = wantedOn(network, device, input, inventory);
  const resolved = resolveConnectivity(network, wanted, inventory);
  if ('problems' in resolved) return { problems: resolved.problems.map(placed) };
  const to = resolved.goal.gateway;
  if (to === null) return { problems: [notConnected(network)] };
  const blocked = gateways.blockedBy(device.id);
  if (blocked !== null) return { problems: [problem('gatewayCarriesNothing', devicePath, `${device.name} would not carry ${network.name}: ${blocked}`, 'Mend the gateway first (Fabric > Networking > Network Service), or choose another one.')] };
  return { target: { network, current, to, wanted, goal: resolved.goal } };
}

function findPlace(input: MoveToGatewayInput, inventory: Inventory): Found<{ readonly network: VmNetwork; readonly current: VmNetworkGateway; readonly device: NetworkService }> {
  const network = findOrProblem(['vmNetwork'], () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
  if ('problem' in network) return { problems: [network.problem] };
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.found.id);
  if (current === undefined) return { problems: [notConnected(network.found)] };
  if (input.gatewayDevice === '') return { problems: [problem('invalidInput', devicePath, 'No gateway device is chosen.', `Choose the gateway that shall serve ${network.found.name}.`)] };
  const device = findOrProblem(devicePath, () => inventory.networkServices.networkService(input.gatewayDevice));
  if ('problem' in device) return { problems: [device.problem] };
  if (device.found.id === current.networkServiceId) return { problems: [problem('nothingToChange', devicePath, `${network.found.name} uses ${device.found.name} already.`, 'Choose another gateway device.')] };
  return { found: { network: network.found, current, device: device.found } };
}

function notConnected({ name }: VmNetwork): Problem {
  return problem('nothingToChange', ['vmNetwork'], `${name} uses no gateway.`, 'Connect it first (Properties, page Connectivity).');
}

/** NAT keeps pool and address where the other front end has the pool, unless another one is asked for. */
function wantedOn(network: VmNetwork, device: NetworkService, input: MoveToGatewayInput, inventory: Inventory): SetConnectivityInput {
  const { directConnection: direct, vpnTunnel } = connectivityNow(network.id, inventory);
  const gatewayDevice = device.id;
  return {
    vmNetwork: network.id,
    ...(direct?.routing === 'NAT' ? { directConnection: { routing: 'NAT' as const, gatewayDevice, rules: direct.rules, ...addressWish(direct, device, input, inventory) } } : {}),
    ...(direct?.routing === 'Direct' ? { directConnection: { routing: 'Direct' as const, gatewayDevice } } : {}),
    ...(vpnTunnel === null ? {} : { vpnTunnel: { ...vpnTunnel, gatewayDevice } }),
  };
}

interface AddressWish {
  readonly ipAddressPool?: string;
  readonly ipAddress?: string;
}

function addressWish(now: Pick<NatInput, 'ipAddressPool' | 'ipAddress'>, device: NetworkService, { ipAddressPool, ipAddress }: MoveToGatewayInput, { networkServices, pools }: Inventory): AddressWish {
  const frontEnd = networkServices.connection(device.id, 'FrontEnd');
  const isOffered = frontEnd !== undefined && pools.ofSite(frontEnd.networkSiteId).some(({ id }) => id === now.ipAddressPool);
  const typed = { ...(ipAddressPool === '' ? {} : { ipAddressPool }), ...(ipAddress === '' ? {} : { ipAddress }) };
  if (!isOffered || now.ipAddressPool === undefined) return typed;
  if (ipAddressPool !== '' && ipAddressPool !== now.ipAddressPool) return typed;
  return { ipAddressPool: now.ipAddressPool, ...(ipAddress !== '' ? { ipAddress } : now.ipAddress === undefined ? {} : { ipAddress: now.ipAddress }) };
}

/** A problem of one of the pages of the properties, at the place where it can be mended here. */
function placed(found: Problem): Problem {
  const [part, field] = found.path;
  const path = part === 'directConnection' && (field === 'ipAddressPool' || field === 'ipAddress') ? [field] : devicePath;
  return { ...found, path };
}
