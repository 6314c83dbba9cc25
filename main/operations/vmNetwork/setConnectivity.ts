/** VM network Properties, page Connectivity: NAT on, changed, or everything off (fact sheet §3.1). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem, refuseAll } from '../problems.ts';
import { resolveNat, type NatInput } from './connectivityTarget.ts';
import { disconnectScript, natScript } from './connectivityScript.ts';
import { carrySteps, releaseSteps } from './deviceSteps.ts';
import { disconnectSteps } from './disconnectSteps.ts';
import { natSteps } from './natSteps.ts';

export const setConnectivity: Operation<'vmNetwork.setConnectivity'> = {
  id: 'vmNetwork.setConnectivity',
  title: labels.changeVmNetwork,

  check(input, { inventory }) {
    const network = findOrProblem(['vmNetwork'], () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
    if ('problem' in network) return [network.problem];
    return input.directConnection === null
      ? checkDisconnect(network.found, inventory)
      : checkNat(network.found, input.directConnection, inventory);
  },

  script(input, { inventory }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    const resolved = input.directConnection && resolveNat(network, input.directConnection, inventory);
    if (resolved === null) return disconnectScript(network);
    if ('problems' in resolved) return refuseAll(resolved.problems);
    return natScript(network, resolved.target, inventory);
  },

  plan(input, { inventory, gateways }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    const wanted = input.directConnection;
    const steps =
      wanted === null
        ? [...disconnectSteps(network.id), ...releaseSteps(network.id, gateways)]
        : [...natSteps(network.id, wanted), ...carrySteps(network.id, gateways)];
    return {
      name: labels.changeVmNetwork,
      resultType: 'VMNetwork',
      resultId: network.id,
      resultName: network.name,
      locks: locksOf(network, wanted, inventory),
      steps: [{ key: 'vmNetwork', number: '1', name: `${labels.changeVmNetwork} ${network.name}` }, ...steps],
    };
  },
};

function checkNat(network: VmNetwork, input: NatInput, inventory: Inventory): readonly Problem[] {
  const resolved = resolveNat(network, input, inventory);
  if ('problems' in resolved) return resolved.problems;
  const { gateway, address } = resolved.target;
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const nat = current && inventory.vmNetworkGateways.natOf(current.id);
  const same = current?.networkServiceId === gateway.service.id && 'kept' in address && address.kept.id === nat?.ipAddressAllocationId;
  return same ? [nothingToChange(`VM network ${network.name} is already connected in this way.`, 'Change the gateway device, the pool or the address.')] : [];
}

function checkDisconnect(network: VmNetwork, inventory: Inventory): readonly Problem[] {
  const connected = inventory.vmNetworkGateways.ofVmNetwork(network.id) !== undefined || inventory.pools.heldBy(network.id).length > 0;
  return connected ? [] : [nothingToChange(`VM network ${network.name} has no direct connection.`, 'Nothing needs to be done.')];
}

function nothingToChange(message: string, action: string): Problem {
  return problem('nothingToChange', ['directConnection'], message, action);
}

/** The VM network, the gateways it leaves and goes to, and the pools that give and take the external address. */
function locksOf(network: VmNetwork, input: NatInput | null, inventory: Inventory): readonly string[] {
  const locks = new Set([network.id]);
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const nat = current && inventory.vmNetworkGateways.natOf(current.id);
  const allocation = nat && inventory.pools.allocation(nat.ipAddressAllocationId);
  if (current) locks.add(current.networkServiceId);
  if (allocation) locks.add(allocation.ipAddressPoolId);
  for (const held of inventory.pools.heldBy(network.id)) locks.add(held.ipAddressPoolId);
  const resolved = input && resolveNat(network, input, inventory);
  if (resolved && 'target' in resolved) {
    locks.add(resolved.target.gateway.service.id);
    locks.add(resolved.target.pool.id);
  }
  return [...locks];
}
