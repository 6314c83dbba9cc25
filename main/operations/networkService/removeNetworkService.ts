/** Removes a gateway device. The virtual machine stays, as it was before it was added. */
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findNetworkService } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { disconnect, usedBy } from './release.ts';

export const removeNetworkService: Operation<'networkService.remove'> = {
  id: 'networkService.remove',
  title: labels.removeNetworkService,

  check(input, { inventory }) {
    const service = findOrProblem(['networkService'], () => inventory.networkServices.networkService(input.networkService));
    return 'problem' in service ? [service.problem] : usedBy(service.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const networkService = findNetworkService(script, 'networkService', input.networkService, inventory);
    return script.run('Remove-SCNetworkService', { NetworkService: networkService });
  },

  plan(input, { inventory }) {
    const service = inventory.networkServices.networkService(input.networkService);
    return {
      name: labels.removeNetworkService,
      resultType: 'NetworkService',
      resultId: service.id,
      resultName: service.name,
      locks: [service.id],
      steps: [{ key: 'remove', number: '1', name: `${labels.removeNetworkService} ${service.name}`, run: (context) => remove(context, service.id) }],
    };
  },
};

function remove(context: StepContext, id: string): StepResult {
  const { inventory } = context;
  const service = inventory.networkServices.networkService(id);
  refuse(usedBy(service, inventory));
  for (const type of ['FrontEnd', 'BackEnd'] as const) disconnect(context, service, type);
  inventory.networkServices.remove(service.id);
  auditChanges(context, { type: 'NetworkService', id: service.id, name: service.name }, { Name: [service.name, null], ConnectionString: [service.connectionString, null] });
  return { message: `${service.name} is no longer managed by VMM; its virtual machine stays.` };
}
