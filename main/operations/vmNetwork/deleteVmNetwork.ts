/** Deletes a VM network with its VM subnets and gives their virtual subnet IDs back, when nothing uses it. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findVmNetwork } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { listed } from '../wording.ts';

const path = ['vmNetwork'];

export const deleteVmNetwork: Operation<'vmNetwork.delete'> = {
  id: 'vmNetwork.delete',
  title: labels.deleteVmNetwork,

  check(input, { inventory }) {
    const network = findOrProblem(path, () => inventory.vmNetworks.vmNetwork(input.vmNetwork));
    return 'problem' in network ? [network.problem] : users(network.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    return script.run('Remove-SCVMNetwork', { VMNetwork: findVmNetwork(script, 'vmNetwork', input.vmNetwork, inventory) });
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.vmNetworks.vmNetwork(input.vmNetwork);
    return {
      name: labels.deleteVmNetwork,
      resultType: 'VMNetwork',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'delete', number: '1', name: `${labels.deleteVmNetwork} ${name}`, run: (context) => remove(context, id) }],
    };
  },
};

function users({ id, name }: VmNetwork, { vmNetworks, vmNetworkGateways, networkServices, pools }: Inventory): readonly Problem[] {
  const machines = vmNetworks.machinesOn(id);
  const templates = vmNetworks.templatesWith(id);
  const gateway = vmNetworkGateways.ofVmNetwork(id);
  const poolNames = vmNetworks.subnetsOf(id).flatMap((subnet) => pools.ofVmSubnet(subnet.id).map((pool) => pool.name));
  const inUse = (message: string, action: string) => problem('objectInUse', path, message, action);
  return [
    ...(machines.length === 0 ? [] : [inUse(`Virtual machine${machines.length === 1 ? '' : 's'} ${listed(machines)} ${machines.length === 1 ? 'is' : 'are'} connected to ${name}.`, `Delete ${machines.length === 1 ? 'it' : 'them'} first.`)]),
    ...(templates.length === 0 ? [] : [inUse(`VM template${templates.length === 1 ? '' : 's'} ${listed(templates)} connect${templates.length === 1 ? 's' : ''} an adapter to ${name}.`, `Choose another network in ${templates.length === 1 ? 'its' : 'their'} Properties first.`)]),
    ...(gateway === undefined ? [] : [inUse(`${name} uses gateway ${networkServices.networkService(gateway.networkServiceId).name}.`, 'Switch its connections off first (Properties, page Connectivity).')]),
    ...(poolNames.length === 0 ? [] : [inUse(`IP pool${poolNames.length === 1 ? '' : 's'} ${listed(poolNames)} belong${poolNames.length === 1 ? 's' : ''} to ${name}.`, `Delete ${poolNames.length === 1 ? 'it' : 'them'} first.`)]),
  ];
}

function remove(context: StepContext, id: string): StepResult {
  const { inventory } = context;
  const network = inventory.vmNetworks.vmNetwork(id);
  refuse(users(network, inventory));
  // What a job reserved that was never completed.
  for (const held of inventory.pools.heldBy(id)) inventory.pools.release(held.id);
  const vsids = inventory.vmNetworks.subnetsOf(id).map(({ vsid }) => vsid);
  inventory.vmNetworks.remove(id);
  auditChanges(context, { type: 'VMNetwork', id, name: network.name }, { Name: [network.name, null], VMSubnetIDs: [vsids.length === 0 ? null : vsids.join(', '), null] });
  return { message: `${network.name} is deleted${vsids.length === 0 ? '' : `; virtual subnet ID${vsids.length === 1 ? '' : 's'} ${vsids.join(', ')} can be given again`}.` };
}
