/** Properties of a host: host group, account, Host Access (fact sheet §1.7) and virtual switches. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHost, findHostGroup, findRunAsAccount } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { checkAccount, checkHostAccess, checkHostGroup } from './checks.ts';
import { outOfReach } from './reach.ts';
import { applySwitchChanges, checkSwitches, switchChanges, type SwitchInput } from './switchChanges.ts';

type Input = ParsedOperationInput<'host.change'>;

export const changeHost: Operation<'host.change'> = {
  id: 'host.change',
  title: labels.changeHost,

  check(input, { inventory }) {
    const host = findOrProblem(['host'], () => inventory.hosts.host(input.host));
    if ('problem' in host) return [host.problem];
    const problems = checkValues(input, host.found, inventory);
    if (problems.length > 0 || isChanged(input, host.found, inventory)) return problems;
    return [problem('nothingToChange', [], `Nothing of ${host.found.name} is changed.`, 'Change a value, or cancel.')];
  },

  script(input, { inventory }) {
    const before = inventory.hosts.host(input.host);
    const after = changed(before, input, inventory);
    const script = new Script();
    const vmHost = findHost(script, 'vmHost', before.id, inventory);
    if (after.hostGroupId !== before.hostGroupId) {
      const group = findHostGroup(script, 'vmHostGroup', after.hostGroupId, inventory);
      script.run('Move-SCVMHost', { VMHost: vmHost, ParentHostGroup: group });
    }
    if (after.runAsAccountId !== null && after.runAsAccountId !== before.runAsAccountId) {
      const account = findRunAsAccount(script, 'runAsAccount', after.runAsAccountId, inventory);
      script.run('Set-SCVMHost', { VMHost: vmHost, VMHostManagementCredential: account });
    }
    if (after.isDedicatedGateway !== before.isDedicatedGateway) script.run('Set-SCVMHost', { VMHost: vmHost, IsDedicatedToNetworkVirtualizationGateway: after.isDedicatedGateway });
    return input.virtualSwitches === undefined ? script : switchScript(script, before, input.virtualSwitches, inventory);
  },

  plan(input, { inventory }) {
    const host = inventory.hosts.host(input.host);
    return {
      name: labels.changeHost,
      resultType: 'VMHost',
      resultId: host.id,
      resultName: host.name,
      locks: [host.id],
      steps: [{ key: 'change', number: '1', name: `${labels.changeHost} ${host.name}`, run: (context) => change(context, host.id, input) }],
    };
  },
};

function switchScript(script: Script, host: Host, inputs: readonly SwitchInput[], inventory: Inventory): Script {
  const { removed, renamed, added } = switchChanges(host, inputs, inventory);
  const vmHost = { variable: 'vmHost' };
  const find = (name: string) => script.set('virtualNetwork', 'Get-SCVirtualNetwork', { Name: name, VMHost: vmHost });
  for (const { name } of removed) script.run('Remove-SCVirtualNetwork', { VirtualNetwork: find(name) });
  for (const { virtualSwitch, name } of renamed) script.run('Set-SCVirtualNetwork', { VirtualNetwork: find(virtualSwitch.name), Name: name });
  if (added.length === 0) return script;
  const adapter = script.set('networkAdapter', 'Get-SCVMHostNetworkAdapter', { Name: host.nicName, VMHost: vmHost });
  for (const { name, logicalSwitch } of added) {
    const instance = logicalSwitch === '' ? {} : { LogicalSwitch: script.set('logicalSwitch', 'Get-SCLogicalSwitch', { Name: inventory.switchFabric.logicalSwitch(logicalSwitch).name }) };
    script.run('New-SCVirtualNetwork', { Name: name, VMHost: vmHost, VMHostNetworkAdapters: adapter, ...instance });
  }
  return script;
}

function checkValues(input: Input, host: Host, inventory: Inventory): readonly Problem[] {
  return [
    ...(input.hostGroup === undefined ? [] : checkPlace(input.hostGroup, host, inventory)),
    ...(input.runAsAccount === undefined ? [] : checkAccount(input.runAsAccount, inventory)),
    ...(input.isDedicatedGateway === undefined ? [] : checkHostAccess(host, input.isDedicatedGateway, inventory)),
    ...(input.virtualSwitches === undefined ? [] : checkSwitches(host, input.virtualSwitches, inventory)),
  ];
}

function checkPlace(reference: string, host: Host, inventory: Inventory): readonly Problem[] {
  const group = checkHostGroup(reference, inventory);
  if ('problem' in group) return [group.problem];
  const cluster = inventory.clusters.of('host', host.id);
  if (cluster !== undefined && group.found.id !== host.hostGroupId) {
    return [problem('objectInUse', ['hostGroup'], `${host.name} is a node of Hyper-V cluster ${cluster.name}, whose nodes are in one host group.`, 'Leave its host group as it is, or destroy the cluster first.')];
  }
  return outOfReach(host, group.found.id, inventory.hosts.groups(), ['hostGroup'], inventory);
}

function changed(host: Host, { hostGroup, runAsAccount, isDedicatedGateway }: Input, inventory: Inventory): Host {
  return {
    ...host,
    hostGroupId: hostGroup === undefined ? host.hostGroupId : inventory.hosts.group(hostGroup).id,
    runAsAccountId: runAsAccount === undefined ? host.runAsAccountId : inventory.runAsAccounts.runAsAccount(runAsAccount).id,
    isDedicatedGateway: isDedicatedGateway ?? host.isDedicatedGateway,
  };
}

function isChanged(input: Input, host: Host, inventory: Inventory): boolean {
  const after = changed(host, input, inventory);
  const { removed, renamed, added } = input.virtualSwitches === undefined ? { removed: [], renamed: [], added: [] } : switchChanges(host, input.virtualSwitches, inventory);
  return (
    after.hostGroupId !== host.hostGroupId ||
    after.runAsAccountId !== host.runAsAccountId ||
    after.isDedicatedGateway !== host.isDedicatedGateway ||
    removed.length + renamed.length + added.length > 0
  );
}

function change(context: StepContext, id: string, input: Input): StepResult {
  const { inventory } = context;
  const before = inventory.hosts.host(id);
  refuse(checkValues(input, before, inventory));
  const after = changed(before, input, inventory);
  const switchesBefore = switchNames(id, inventory);
  inventory.hosts.change(after);
  if (input.virtualSwitches !== undefined) applySwitchChanges(before, switchChanges(before, input.virtualSwitches, inventory), inventory, context.newId);
  auditChanges(context, { type: 'VMHost', id, name: after.name }, {
    VMHostGroup: [inventory.hosts.group(before.hostGroupId).name, inventory.hosts.group(after.hostGroupId).name],
    RunAsAccount: [accountName(before, inventory), accountName(after, inventory)],
    IsDedicatedToNetworkVirtualizationGateway: [String(before.isDedicatedGateway), String(after.isDedicatedGateway)],
    VirtualNetworks: [switchesBefore, switchNames(id, inventory)],
  });
  const idle = before.isDedicatedGateway && !after.isDedicatedGateway ? inventory.hostUse.servicesOn(id).map(({ name }) => name) : [];
  if (idle.length > 0) return { message: `${after.name} is updated. ${idle.join(', ')} on it belongs on a dedicated gateway host: tick the check box of Host Access again before VM networks use it.`, withInfo: true };
  return { message: `${after.name} is updated.` };
}

function switchNames(id: string, inventory: Inventory): string | null {
  const names = inventory.hosts.switchesOf(id).map(({ name }) => name);
  return names.length === 0 ? null : names.join(', ');
}

function accountName({ runAsAccountId }: Host, inventory: Inventory): string | null {
  return runAsAccountId === null ? null : inventory.runAsAccounts.runAsAccount(runAsAccountId).name;
}
