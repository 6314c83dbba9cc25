/** VM network Properties, page Connectivity: NAT or direct routing on, changed, or everything off (fact sheet §3.1). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { SetConnectivityInput } from '../../../shared/contract/operations.ts';
import type { StepDefinition } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import type { LiveGateways, Operation } from '../operation.ts';
import { findOrProblem, refuseAll } from '../problems.ts';
import { resolveNat, type NatInput } from './connectivityTarget.ts';
import { directScript, disconnectScript, natScript } from './connectivityScript.ts';
import { carrySteps, releaseSteps } from './deviceSteps.ts';
import { directSteps } from './directSteps.ts';
import { resolveDirect, type DirectInput } from './directTarget.ts';
import { disconnectSteps } from './disconnectSteps.ts';
import { natSteps } from './natSteps.ts';

type Wanted = SetConnectivityInput['directConnection'];

export const setConnectivity: Operation<'vmNetwork.setConnectivity'> = {
  id: 'vmNetwork.setConnectivity',
  title: labels.changeVmNetwork,

  check(input, { inventory }) {
    const network = findOrProblem(['vmNetwork'], () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
    if ('problem' in network) return [network.problem];
    return checkWanted(network.found, input.directConnection, inventory);
  },

  script(input, { inventory }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    const wanted = input.directConnection;
    if (wanted === null) return disconnectScript(network);
    if (wanted.routing === 'Direct') {
      const direct = resolveDirect(network, wanted, inventory);
      return 'usable' in direct ? directScript(network, direct.usable, inventory) : refuseAll(direct.problems);
    }
    const resolved = resolveNat(network, wanted, inventory);
    if ('problems' in resolved) return refuseAll(resolved.problems);
    return natScript(network, resolved.target, inventory);
  },

  plan(input, { inventory, gateways }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    const wanted = input.directConnection;
    return {
      name: labels.changeVmNetwork,
      resultType: 'VMNetwork',
      resultId: network.id,
      resultName: network.name,
      locks: locksOf(network, wanted, inventory),
      steps: [{ key: 'vmNetwork', number: '1', name: `${labels.changeVmNetwork} ${network.name}` }, ...stepsOf(network, wanted, gateways)],
    };
  },
};

function stepsOf({ id }: VmNetwork, wanted: Wanted, gateways: LiveGateways): readonly StepDefinition[] {
  if (wanted === null) return [...disconnectSteps(id), ...releaseSteps(id, gateways)];
  const own = wanted.routing === 'NAT' ? natSteps(id, wanted) : directSteps(id, wanted);
  return [...own, ...carrySteps(id, gateways, own.length + 1)];
}

function checkWanted(network: VmNetwork, wanted: Wanted, inventory: Inventory): readonly Problem[] {
  if (wanted === null) return checkDisconnect(network, inventory);
  return wanted.routing === 'NAT' ? checkNat(network, wanted, inventory) : checkDirect(network, wanted, inventory);
}

function checkDirect(network: VmNetwork, input: DirectInput, inventory: Inventory): readonly Problem[] {
  const resolved = resolveDirect(network, input, inventory);
  if ('problems' in resolved) return resolved.problems;
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  return current?.networkServiceId === resolved.usable.service.id ? [nothingToChange(`VM network ${network.name} is already connected in this way.`, 'Choose another gateway device.')] : [];
}

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
function locksOf(network: VmNetwork, input: Wanted, inventory: Inventory): readonly string[] {
  const locks = new Set([network.id]);
  const current = inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const nat = current && inventory.vmNetworkGateways.natOf(current.id);
  const allocation = nat && inventory.pools.allocation(nat.ipAddressAllocationId);
  if (current) locks.add(current.networkServiceId);
  if (allocation) locks.add(allocation.ipAddressPoolId);
  for (const held of inventory.pools.heldBy(network.id)) locks.add(held.ipAddressPoolId);
  return [...locks, ...(input === null ? [] : goalsOf(network, input, inventory))];
}

function goalsOf(network: VmNetwork, input: NonNullable<Wanted>, inventory: Inventory): readonly string[] {
  if (input.routing === 'Direct') {
    const direct = resolveDirect(network, input, inventory);
    return 'usable' in direct ? [direct.usable.service.id] : [];
  }
  const resolved = resolveNat(network, input, inventory);
  return 'target' in resolved ? [resolved.target.gateway.service.id, resolved.target.pool.id] : [];
}
