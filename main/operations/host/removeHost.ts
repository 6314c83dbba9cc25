/** Removes a host on which nothing is left. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHost, findRunAsAccount } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';

export const removeHost: Operation<'host.remove'> = {
  id: 'host.remove',
  title: labels.removeHost,

  check(input, { inventory }) {
    const host = findOrProblem(['host'], () => inventory.hosts.host(input.host));
    return 'problem' in host ? [host.problem] : usersOf(host.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const { id, runAsAccountId } = inventory.hosts.host(input.host);
    const vmHost = findHost(script, 'vmHost', id, inventory);
    const credential = runAsAccountId === null ? undefined : findRunAsAccount(script, 'runAsAccount', runAsAccountId, inventory);
    return script.run('Remove-SCVMHost', { VMHost: vmHost, ...(credential === undefined ? {} : { Credential: credential }) });
  },

  plan(input, { inventory }) {
    const host = inventory.hosts.host(input.host);
    return {
      name: labels.removeHost,
      resultType: 'VMHost',
      resultId: host.id,
      resultName: host.name,
      locks: [host.id],
      steps: [{ key: 'remove', number: '1', name: `${labels.removeHost} ${host.name}`, run: (context) => remove(context, host.id) }],
    };
  },
};

function usersOf(host: Host, { hostUse, clusters }: Inventory): readonly Problem[] {
  const path = ['host'];
  const cluster = clusters.of('host', host.id);
  return [
    ...(cluster === undefined ? [] : [problem('objectInUse', path, `${host.name} is a node of Hyper-V cluster ${cluster.name}.`, 'Destroy the cluster first.')]),
    ...hostUse.servicesOn(host.id).map(({ name }) => problem('objectInUse', path, `Network service ${name} runs on ${host.name}.`, `Remove ${name} first (Fabric > Networking > Network Service).`)),
    ...hostUse.machinesOn(host.id).map((name) => problem('objectInUse', path, `Virtual machine ${name} is on ${host.name}.`, `Delete ${name} first.`)),
  ];
}

function remove(context: StepContext, id: string): StepResult {
  const { inventory } = context;
  const host = inventory.hosts.host(id);
  refuse(usersOf(host, inventory));
  const switches = inventory.hosts.switchesOf(id).map(({ name }) => name).join(', ');
  inventory.hosts.remove(id);
  auditChanges(context, { type: 'VMHost', id, name: host.name }, {
    Name: [host.name, null],
    VMHostGroup: [inventory.hosts.group(host.hostGroupId).name, null],
    VirtualNetworks: [switches === '' ? null : switches, null],
  });
  return { message: `${host.name} is no longer managed by VMM.` };
}
