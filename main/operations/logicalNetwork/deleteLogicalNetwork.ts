/** Deletes a logical network with its network sites, when nothing depends on them. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { LogicalNetwork } from '../../store/inventory/logicalNetworks.ts';
import type { Dependant } from '../../store/inventory/networkUse.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findLogicalNetwork, findSite } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { capitalized, listed } from '../wording.ts';
import { removeSite } from './siteWrites.ts';

export const deleteLogicalNetwork: Operation<'logicalNetwork.delete'> = {
  id: 'logicalNetwork.delete',
  title: labels.deleteLogicalNetwork,

  check(input, { inventory }) {
    const network = findOrProblem(['logicalNetwork'], () => inventory.logicalNetworks.logicalNetwork(input.logicalNetwork));
    return 'problem' in network ? [network.problem] : dependants(network.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const network = inventory.logicalNetworks.logicalNetwork(input.logicalNetwork);
    for (const { id } of inventory.logicalNetworks.sitesOf(network.id)) {
      script.run('Remove-SCLogicalNetworkDefinition', { LogicalNetworkDefinition: findSite(script, 'logicalNetworkDefinition', id, inventory) });
    }
    return script.run('Remove-SCLogicalNetwork', { LogicalNetwork: findLogicalNetwork(script, 'logicalNetwork', network.id, inventory) });
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.logicalNetworks.logicalNetwork(input.logicalNetwork);
    return {
      name: labels.deleteLogicalNetwork,
      resultType: 'LogicalNetwork',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'delete', number: '1', name: `${labels.deleteLogicalNetwork} ${name}`, run: (context) => remove(context, id) }],
    };
  },
};

/** One problem for each kind of object that is in the way, with all their names. */
function dependants({ id, name }: LogicalNetwork, { networkUse }: Inventory): readonly Problem[] {
  const byKind = new Map<Dependant['kind'], string[]>();
  for (const user of networkUse.ofLogicalNetwork(id)) byKind.set(user.kind, [...(byKind.get(user.kind) ?? []), user.name]);
  return [...byKind].map(([kind, names]) => problem('objectInUse', ['logicalNetwork'], `${capitalized(kind)}${names.length === 1 ? '' : 's'} ${listed(names)} depend${names.length === 1 ? 's' : ''} on ${name}.`, `Delete or disconnect ${names.length === 1 ? 'it' : 'them'} first.`));
}

function remove(context: StepContext, id: string): StepResult {
  const { inventory } = context;
  const network = inventory.logicalNetworks.logicalNetwork(id);
  refuse(dependants(network, inventory));
  for (const site of inventory.logicalNetworks.sitesOf(id)) removeSite(context, site);
  inventory.logicalNetworks.remove(id);
  auditChanges(context, { type: 'LogicalNetwork', id, name: network.name }, { Name: [network.name, null] });
  return { message: `${network.name} is deleted.` };
}
