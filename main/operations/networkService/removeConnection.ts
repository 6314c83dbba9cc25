/** Page Connectivity: front end or back end is switched off, and gives back what it took. */
import { problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { ConnectionType } from '../../store/inventory/networkServices.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findNetworkService } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { connectionNames } from './connectionTarget.ts';
import { disconnect, usedBy } from './release.ts';

export const removeConnection: Operation<'networkService.removeConnection'> = {
  id: 'networkService.removeConnection',
  title: labels.removeConnection,

  check(input, { inventory }) {
    const service = findOrProblem(['networkService'], () => inventory.networkServices.networkService(input.networkService));
    if ('problem' in service) return [service.problem];
    if (inventory.networkServices.connection(service.found.id, input.connectionType) !== undefined) return usedBy(service.found, inventory);
    return [problem('nothingToChange', ['connectionType'], `The ${connectionNames[input.connectionType]} connection of ${service.found.name} is not enabled.`, 'Nothing needs to be done.')];
  },

  script(input, { inventory }) {
    const script = new Script();
    const service = inventory.networkServices.networkService(input.networkService);
    const networkService = findNetworkService(script, 'networkService', service.id, inventory);
    const connection = script.find('networkServiceConnection', { cmdlet: 'Get-SCNetworkConnection', parameters: { Service: networkService }, where: { property: 'ConnectionType', equals: input.connectionType } });
    return script.run('Remove-SCNetworkConnection', { NetworkServiceConnection: connection });
  },

  plan(input, { inventory }) {
    const service = inventory.networkServices.networkService(input.networkService);
    return {
      name: labels.removeConnection,
      resultType: 'NetworkService',
      resultId: service.id,
      resultName: service.name,
      locks: [service.id],
      steps: [{ key: 'remove', number: '1', name: `${labels.removeConnection} ${service.name}`, run: (context) => run(context, service.id, input.connectionType) }],
    };
  },
};

function run(context: StepContext, id: string, type: ConnectionType): StepResult {
  const service = context.inventory.networkServices.networkService(id);
  refuse(usedBy(service, context.inventory));
  disconnect(context, service, type);
  return { message: `The ${connectionNames[type]} connection of ${service.name} is disabled.` };
}
