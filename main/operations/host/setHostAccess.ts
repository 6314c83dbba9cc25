/** Host properties, Host Access: whether a host is set aside for gateways (fact sheet §1.7). */
import { problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem } from '../problems.ts';

export const setHostAccess: Operation<'host.setAccess'> = {
  id: 'host.setAccess',
  title: labels.changeHost,

  check(input, { inventory }) {
    const found = findOrProblem(['host'], () => inventory.hosts.host(input.host));
    if ('problem' in found) return [found.problem];
    const { name, isVirtual, isDedicatedGateway } = found.found;
    if (isDedicatedGateway === input.isDedicatedGateway) {
      return [problem('nothingToChange', ['isDedicatedGateway'], `${name} is ${isDedicatedGateway ? '' : 'not '}a dedicated network virtualization gateway already.`, 'Nothing needs to be done.')];
    }
    if (!input.isDedicatedGateway || !isVirtual) return [];
    return [problem('hostNotUsable', ['isDedicatedGateway'], `${name} is itself a virtual machine. Without nested virtualization it cannot encapsulate packets.`, 'Choose a physical host for the gateway.')];
  },

  script(input, { inventory }) {
    const script = new Script();
    const host = script.set('vmHost', 'Get-SCVMHost', { ID: inventory.hosts.host(input.host).id });
    return script.run('Set-SCVMHost', { VMHost: host, IsDedicatedToNetworkVirtualizationGateway: input.isDedicatedGateway });
  },

  plan(input, { inventory }) {
    const host = inventory.hosts.host(input.host);
    return {
      name: labels.changeHost,
      resultType: 'VMHost',
      resultId: host.id,
      resultName: host.name,
      locks: [host.id],
      steps: [{ key: 'access', number: '1', name: `${labels.changeHost} ${host.name}`, run: (context) => run(context, host.id, input.isDedicatedGateway) }],
    };
  },
};

/** What is on the host stays; what no longer fits is said. */
function run(context: StepContext, id: string, isDedicated: boolean): StepResult {
  const { hosts } = context.inventory;
  const host = hosts.host(id);
  hosts.setDedicated(id, isDedicated);
  auditChanges(context, { type: 'VMHost', id, name: host.name }, { IsDedicatedToNetworkVirtualizationGateway: [String(host.isDedicatedGateway), String(isDedicated)] });
  const misplaced = isDedicated ? hosts.tenantMachinesOn(id) : hosts.gatewaysOn(id);
  if (misplaced.length === 0) return { message: `${host.name} is ${isDedicated ? 'a dedicated network virtualization gateway' : 'available for any virtual machine'} now.` };
  const what = isDedicated ? 'use network virtualization and should move to another host' : 'carry nothing until the host is dedicated again';
  return { message: `${misplaced.join(', ')} on ${host.name} ${what}.`, withInfo: true };
}
