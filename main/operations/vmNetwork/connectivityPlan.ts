/** Steps and locks that bring the connectivity of a VM network in line, for every operation that changes it. */
import type { ConnectivityParts } from '../../../shared/contract/connectivity.ts';
import type { StepContext, StepDefinition } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import type { LiveGateways } from '../operation.ts';
import type { ConnectivityGoal } from './connectivityGoal.ts';
import { carrySteps, releaseSteps } from './deviceSteps.ts';
import { directSteps } from './directSteps.ts';
import { removeGateway, removeGatewayKey, removeNat } from './disconnectSteps.ts';
import { furtherAddressesOf } from './externalAddressTarget.ts';
import { natSteps } from './natSteps.ts';
import type { NetworkIn } from './networkIn.ts';
import { removeVpn, vpnSteps } from './vpnSteps.ts';

/** `first`: number of the first of them below 1. */
export function connectivitySteps(networkIn: NetworkIn, parts: ConnectivityParts, gateways: LiveGateways, first = 1): readonly StepDefinition[] {
  return stepsOf(networkIn, parts, gateways).map((entry, at) => ({ ...entry, number: `1.${first + at}` }));
}

function stepsOf(networkIn: NetworkIn, { directConnection, vpnTunnel }: ConnectivityParts, gateways: LiveGateways): readonly StepDefinition[] {
  if (!directConnection && !vpnTunnel) return removalSteps(networkIn, directConnection, vpnTunnel, gateways);
  const steps: StepDefinition[] = [];
  if (vpnTunnel === null) steps.push(step('removeVpn', labels.removeVpnConnections, networkIn, removeVpn));
  if (directConnection === null) steps.push(step('removeNat', labels.removeNatConnection, networkIn, removeNat));
  if (directConnection?.routing === 'NAT') steps.push(...natSteps(networkIn, directConnection));
  if (directConnection?.routing === 'Direct') steps.push(...directSteps(networkIn, directConnection));
  if (vpnTunnel) steps.push(...vpnSteps(networkIn, vpnTunnel, 1, !directConnection));
  return [...steps, ...carrySteps(networkIn, gateways, 1)];
}

/** Something goes, and the gateway with it when nothing is left that needs it. */
function removalSteps(networkIn: NetworkIn, direct: null | undefined, vpn: null | undefined, gateways: LiveGateways): readonly StepDefinition[] {
  const steps: StepDefinition[] = [];
  if (vpn === null) steps.push(step('removeVpn', labels.removeVpnConnections, networkIn, removeVpn));
  if (direct === null) steps.push(step('removeNat', labels.removeNatConnection, networkIn, removeNat));
  steps.push(step(removeGatewayKey, labels.removeVmNetworkGateway, networkIn, removeGateway));
  return [...steps, ...releaseSteps(networkIn, gateways, 1)];
}

function step(key: string, name: string, networkIn: NetworkIn, run: (context: StepContext, network: VmNetwork) => ReturnType<typeof removeNat>): StepDefinition {
  return { key, number: '1', name, run: (context) => run(context, networkIn(context)) };
}

/** The gateways that a VM network leaves, and the pools that hold its external addresses. */
export function locksNow(network: VmNetwork, inventory: Inventory): readonly string[] {
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const nat = current && inventory.vmNetworkGateways.natOf(current.id);
  const allocation = nat && inventory.pools.allocation(nat.ipAddressAllocationId);
  return [...(current ? [current.networkServiceId] : []), ...(allocation ? [allocation.ipAddressPoolId] : []), ...furtherAddressesOf(network, inventory).map(({ ipAddressPoolId }) => ipAddressPoolId), ...inventory.pools.heldBy(network.id).map(({ ipAddressPoolId }) => ipAddressPoolId)];
}

/** The gateway that it goes to, the pools of its external addresses, and the accounts whose keys it uses. */
export function locksOfGoal({ gateway, nat, vpn }: ConnectivityGoal): readonly string[] {
  const accounts = (vpn?.connections ?? []).flatMap(({ runAsAccountId }) => (runAsAccountId === null ? [] : [runAsAccountId]));
  return [...(gateway === null ? [] : [gateway.service.id]), ...(nat === null ? [] : [nat, ...nat.further].map(({ pool }) => pool.id)), ...accounts];
}

/** Everything that the parts name, whatever of it will be used: for a VM network that does not exist yet. */
export function locksWanted({ directConnection, vpnTunnel }: ConnectivityParts, { networkServices, pools, runAsAccounts }: Inventory): readonly string[] {
  const device = directConnection?.gatewayDevice ?? vpnTunnel?.gatewayDevice;
  if (device === undefined) return [];
  const { id } = networkServices.networkService(device);
  const frontEnd = networkServices.connection(id, 'FrontEnd');
  const accounts = (vpnTunnel?.connections ?? []).flatMap(({ runAsAccount }) => (runAsAccount === '' ? [] : [runAsAccounts.runAsAccount(runAsAccount).id]));
  return [id, ...(frontEnd === undefined ? [] : pools.ofSite(frontEnd.networkSiteId).map((pool) => pool.id)), ...accounts];
}
