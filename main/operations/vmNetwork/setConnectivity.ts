/** VM network Properties, pages Connectivity, NAT, VPN Connections and BGP: one job brings everything in line (fact sheet §3). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { SetConnectivityInput } from '../../../shared/contract/connectivity.ts';
import type { StepContext, StepDefinition } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import type { LiveGateways, Operation } from '../operation.ts';
import { findOrProblem, refuseAll } from '../problems.ts';
import { completed, isAlreadySo, resolveConnectivity, type ConnectivityGoal } from './connectivityGoal.ts';
import { connectivityScript } from './connectivityScript.ts';
import { carrySteps, releaseSteps } from './deviceSteps.ts';
import { directSteps } from './directSteps.ts';
import { removeGateway, removeGatewayKey, removeNat } from './disconnectSteps.ts';
import { natSteps } from './natSteps.ts';
import { removeVpn, vpnSteps } from './vpnSteps.ts';

export const setConnectivity: Operation<'vmNetwork.setConnectivity'> = {
  id: 'vmNetwork.setConnectivity',
  title: labels.changeVmNetwork,

  check(input, { inventory }) {
    const network = findOrProblem(['vmNetwork'], () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
    if ('problem' in network) return [network.problem];
    const resolved = resolveConnectivity(network.found, input, inventory);
    if ('problems' in resolved) return resolved.problems;
    return isAlreadySo(network.found, input, resolved.goal, inventory) ? [nothingToChange(network.found, input)] : [];
  },

  script(input, { inventory }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    return connectivityScript(network, input, goalOf(network, input, inventory), inventory);
  },

  plan(given, { inventory, gateways }) {
    const input = completed(given, inventory);
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    return {
      name: labels.changeVmNetwork,
      resultType: 'VMNetwork',
      resultId: network.id,
      resultName: network.name,
      locks: locksOf(network, input, inventory),
      steps: [{ key: 'vmNetwork', number: '1', name: `${labels.changeVmNetwork} ${network.name}` }, ...stepsOf(network, input, gateways)],
    };
  },
};

function goalOf(network: VmNetwork, input: SetConnectivityInput, inventory: Inventory): ConnectivityGoal {
  const resolved = resolveConnectivity(network, input, inventory);
  return 'goal' in resolved ? resolved.goal : refuseAll(resolved.problems);
}

function stepsOf({ id }: VmNetwork, { directConnection, vpnTunnel }: SetConnectivityInput, gateways: LiveGateways): readonly StepDefinition[] {
  if (!directConnection && !vpnTunnel) return removalSteps(id, directConnection, vpnTunnel, gateways);
  const steps: StepDefinition[] = [];
  const next = () => steps.length + 1;
  if (vpnTunnel === null) steps.push(step('removeVpn', next(), labels.removeVpnConnections, id, removeVpn));
  if (directConnection === null) steps.push(step('removeNat', next(), labels.removeNatConnection, id, removeNat));
  if (directConnection?.routing === 'NAT') steps.push(...renumbered(natSteps(id, directConnection), next()));
  if (directConnection?.routing === 'Direct') steps.push(...renumbered(directSteps(id, directConnection), next()));
  if (vpnTunnel) steps.push(...vpnSteps(id, vpnTunnel, next(), !directConnection));
  return [...steps, ...carrySteps(id, gateways, next())];
}

/** Something goes, and the gateway with it when nothing is left that needs it. */
function removalSteps(id: string, direct: null | undefined, vpn: null | undefined, gateways: LiveGateways): readonly StepDefinition[] {
  const steps: StepDefinition[] = [];
  if (vpn === null) steps.push(step('removeVpn', 1, labels.removeVpnConnections, id, removeVpn));
  if (direct === null) steps.push(step('removeNat', steps.length + 1, labels.removeNatConnection, id, removeNat));
  steps.push(step(removeGatewayKey, steps.length + 1, labels.removeVmNetworkGateway, id, removeGateway));
  return [...steps, ...releaseSteps(id, gateways, steps.length + 1)];
}

function step(key: string, number: number, name: string, networkId: string, run: (context: StepContext, network: VmNetwork) => ReturnType<typeof removeNat>): StepDefinition {
  return { key, number: `1.${number}`, name, run: (context) => run(context, context.inventory.vmNetworks.vmNetwork(networkId)) };
}

function renumbered(steps: readonly StepDefinition[], first: number): readonly StepDefinition[] {
  return steps.map((entry, at) => ({ ...entry, number: `1.${first + at}` }));
}

function nothingToChange(network: VmNetwork, { directConnection, vpnTunnel }: SetConnectivityInput): Problem {
  const path = vpnTunnel === undefined ? ['directConnection'] : ['vpnTunnel'];
  const isOff = !directConnection && !vpnTunnel;
  return isOff
    ? problem('nothingToChange', path, `VM network ${network.name} has no ${vpnTunnel === null ? 'VPN tunnel' : 'direct connection'}.`, 'Nothing needs to be done.')
    : problem('nothingToChange', path, `VM network ${network.name} is already connected in this way.`, 'Change something first.');
}

/** The VM network, the gateways it leaves and goes to, and the pools that give and take the external address. */
function locksOf(network: VmNetwork, input: SetConnectivityInput, inventory: Inventory): readonly string[] {
  const locks = new Set([network.id]);
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const nat = current && inventory.vmNetworkGateways.natOf(current.id);
  const allocation = nat && inventory.pools.allocation(nat.ipAddressAllocationId);
  if (current) locks.add(current.networkServiceId);
  if (allocation) locks.add(allocation.ipAddressPoolId);
  for (const held of inventory.pools.heldBy(network.id)) locks.add(held.ipAddressPoolId);
  const resolved = resolveConnectivity(network, input, inventory);
  if ('problems' in resolved) return [...locks];
  const { gateway, nat: target, vpn } = resolved.goal;
  if (gateway !== null) locks.add(gateway.service.id);
  if (target !== null) locks.add(target.pool.id);
  for (const { runAsAccountId } of vpn?.connections ?? []) if (runAsAccountId !== null) locks.add(runAsAccountId);
  return [...locks];
}
