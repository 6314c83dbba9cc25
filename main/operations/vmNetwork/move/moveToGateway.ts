/** Move to gateway: a VM network goes over to another gateway device with everything it has, in one job that takes itself back when it fails (fact sheet §8.1). */
import { labels } from '../../labels.ts';
import type { Operation } from '../../operation.ts';
import { refuseAll } from '../../problems.ts';
import { locksNow, locksOfGoal } from '../connectivityPlan.ts';
import { connectivityScript } from '../connectivityScript.ts';
import { moveSteps, takeBack } from './moveSteps.ts';
import { resolveMove } from './moveTarget.ts';

export const moveToGateway: Operation<'vmNetwork.moveToGateway'> = {
  id: 'vmNetwork.moveToGateway',
  title: labels.moveToGateway,

  check(input, { inventory, gateways }) {
    const resolved = resolveMove(input, inventory, gateways);
    return 'problems' in resolved ? resolved.problems : [];
  },

  script(input, { inventory, gateways }) {
    const resolved = resolveMove(input, inventory, gateways);
    const { network, wanted, goal } = 'target' in resolved ? resolved.target : refuseAll(resolved.problems);
    return connectivityScript(network, wanted, goal, inventory);
  },

  plan(input, { inventory, gateways }) {
    const network = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    const { id, name } = network;
    const resolved = resolveMove(input, inventory, gateways);
    const device = inventory.networkServices.networkService(input.gatewayDevice).id;
    return {
      name: labels.moveToGateway,
      resultType: 'VMNetwork',
      resultId: id,
      resultName: name,
      locks: [...new Set([id, device, ...locksNow(network, inventory), ...('target' in resolved ? locksOfGoal(resolved.target.goal) : [])])],
      steps: [{ key: 'vmNetwork', number: '1', name: `${labels.moveToGateway} ${name}` }, ...moveSteps(id, input, gateways)],
      takeBack: (context) => takeBack(context, id),
    };
  },
};
