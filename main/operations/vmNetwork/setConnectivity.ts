/** VM network Properties, pages Connectivity, NAT, VPN Connections and BGP: one job brings everything in line (fact sheet §3). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { SetConnectivityInput } from '../../../shared/contract/connectivity.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { labels } from '../labels.ts';
import type { Look, Operation, OperationServices } from '../operation.ts';
import { findOrProblem, refuseAll } from '../problems.ts';
import { completed, isAlreadySo, resolveConnectivity } from './connectivityGoal.ts';
import { connectivitySteps, locksNow, locksOfGoal } from './connectivityPlan.ts';
import { connectivityScript } from './connectivityScript.ts';
import { byId } from './networkIn.ts';

export const setConnectivity: Operation<'vmNetwork.setConnectivity'> = {
  id: 'vmNetwork.setConnectivity',
  title: labels.changeVmNetwork,

  check: (input, services) => look(input, services).problems,

  look,

  script: (input, services) => look(input, services).script(),

  plan(given, { inventory, gateways }) {
    const network = inventory.vmNetworks.vmNetwork(given.vmNetwork);
    const input = completed(network, given, inventory);
    return {
      name: labels.changeVmNetwork,
      resultType: 'VMNetwork',
      resultId: network.id,
      resultName: network.name,
      locks: locksOf(network, input, inventory),
      steps: [{ key: 'vmNetwork', number: '1', name: `${labels.changeVmNetwork} ${network.name}` }, ...connectivitySteps(byId(network.id), input, gateways)],
    };
  },
};

function look(input: SetConnectivityInput, { inventory }: OperationServices): Look {
  const network = findOrProblem(['vmNetwork'], () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
  if ('problem' in network) return refused([network.problem]);
  const resolved = resolveConnectivity(network.found, input, inventory);
  if ('problems' in resolved) return refused(resolved.problems);
  return {
    problems: isAlreadySo(network.found, input, resolved.goal, inventory) ? [nothingToChange(network.found, input)] : [],
    script: () => connectivityScript(network.found, input, resolved.goal, inventory),
  };
}

function refused(problems: readonly Problem[]): Look {
  return { problems, script: () => refuseAll(problems) };
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
  const resolved = resolveConnectivity(network, input, inventory);
  return [...new Set([network.id, ...locksNow(network, inventory), ...('problems' in resolved ? [] : locksOfGoal(resolved.goal))])];
}
