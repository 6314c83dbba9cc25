/** Properties of a gateway device other than its connections. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NetworkService } from '../../store/inventory/networkServices.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHostGroups, findNetworkService, findRunAsAccount } from '../powershell/lookups.ts';
import { Script, type ScriptReference } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { listed } from '../wording.ts';
import { checkAccount, checkHostGroups, checkName } from './checks.ts';
import { isOffered } from './connectionTarget.ts';
import { findDevice } from './device.ts';

type Input = ParsedOperationInput<'networkService.change'>;

export const changeNetworkService: Operation<'networkService.change'> = {
  id: 'networkService.change',
  title: labels.updateNetworkService,

  check(input, { inventory }) {
    const service = findOrProblem(['networkService'], () => inventory.networkServices.networkService(input.networkService));
    if ('problem' in service) return [service.problem];
    const problems = checkValues(input, service.found, inventory);
    if (problems.length > 0 || isChanged(input, service.found, inventory)) return problems;
    return [problem('nothingToChange', [], `Nothing of ${service.found.name} is changed.`, 'Change a value, or cancel.')];
  },

  script(input, { inventory }) {
    const service = inventory.networkServices.networkService(input.networkService);
    const script = new Script();
    const networkService = findNetworkService(script, 'networkService', service.id, inventory);
    const before = new Set(inventory.networkServices.hostGroupsOf(service.id));
    const after = new Set(input.hostGroups === undefined ? before : idsOf(input.hostGroups, inventory));
    const added = groupsIn(script, 'addHostGroup', [...after].filter((id) => !before.has(id)), inventory);
    const removed = groupsIn(script, 'removeHostGroup', [...before].filter((id) => !after.has(id)), inventory);
    const account = input.runAsAccount === undefined ? undefined : findRunAsAccount(script, 'runAsAccount', input.runAsAccount, inventory);
    return script.run('Set-SCNetworkService', {
      NetworkService: networkService,
      ...(input.name === undefined ? {} : { Name: input.name }),
      ...(input.description === undefined ? {} : { Description: input.description }),
      ...(input.connectionString === undefined ? {} : { ConnectionString: input.connectionString }),
      ...(account === undefined ? {} : { RunAsAccount: account }),
      ...(added === undefined ? {} : { AddVMHostGroup: added }),
      ...(removed === undefined ? {} : { RemoveVMHostGroup: removed }),
    });
  },

  plan(input, { inventory }) {
    const service = inventory.networkServices.networkService(input.networkService);
    return {
      name: labels.updateNetworkService,
      resultType: 'NetworkService',
      resultId: service.id,
      resultName: service.name,
      locks: [service.id],
      steps: [{ key: 'change', number: '1', name: `${labels.updateNetworkService} ${service.name}`, run: (context) => change(context, input) }],
    };
  },
};

function groupsIn(script: Script, variable: string, ids: readonly string[], inventory: Inventory): ScriptReference | undefined {
  return ids.length === 0 ? undefined : findHostGroups(script, variable, ids, inventory);
}

const idsOf = (references: readonly string[], inventory: Inventory): readonly string[] => references.map((reference) => inventory.hosts.group(reference).id);

function checkValues(input: Input, service: NetworkService, inventory: Inventory): readonly Problem[] {
  return [
    ...(input.name === undefined ? [] : checkName(input.name, inventory, service.id)),
    ...(input.runAsAccount === undefined ? [] : checkAccount(input.runAsAccount, inventory)),
    ...(input.connectionString === undefined ? [] : checkConnectionString(input.connectionString, service, inventory)),
    ...(input.hostGroups === undefined ? [] : checkChangedGroups(input.hostGroups, service, inventory)),
  ];
}

/** What is connected stays where the gateway is available. */
function checkChangedGroups(references: readonly string[], service: NetworkService, inventory: Inventory): readonly Problem[] {
  const problems = checkHostGroups(references, inventory);
  if (problems.length > 0) return problems;
  const groups = idsOf(references, inventory);
  const lost = (['FrontEnd', 'BackEnd'] as const).flatMap((type) => {
    const connection = inventory.networkServices.connection(service.id, type);
    return connection === undefined || isOffered(connection.networkSiteId, groups, inventory) ? [] : [inventory.logicalNetworks.site(connection.networkSiteId).name];
  });
  if (lost.length === 0) return [];
  const sites = `network site${lost.length === 1 ? '' : 's'} ${listed(lost)}`;
  return [problem('objectInUse', ['hostGroups'], `${service.name} uses ${sites}, which none of these host groups has.`, 'Leave a host group of its sites chosen, or disable the connection first (page Connectivity).')];
}

/** While VM networks use the gateway, it must stay the same machine in the same mode. */
function checkConnectionString(text: string, service: NetworkService, inventory: Inventory): readonly Problem[] {
  const found = findDevice(text, inventory, service.id);
  if ('problems' in found) return found.problems;
  const users = inventory.networkServices.vmNetworksOn(service.id);
  const { machine, standby, settings } = found.device;
  const isSame = machine.id === service.virtualMachineId && (standby?.id ?? null) === service.standbyVirtualMachineId && settings.directRoutingMode === service.directRoutingMode;
  const isConnected = (['FrontEnd', 'BackEnd'] as const).some((type) => inventory.networkServices.connection(service.id, type) !== undefined);
  if (users.length > 0 && (!isSame || settings.maxVmNetworks < users.length)) {
    return [problem('objectInUse', ['connectionString'], `VM networks use ${service.name}: ${users.join(', ')}.`, 'Disconnect them first, or keep VMHost, GatewayVM and DirectRoutingMode as they are and room for all of them.')];
  }
  if (isConnected && (machine.id !== service.virtualMachineId || (standby?.id ?? null) !== service.standbyVirtualMachineId)) {
    return [problem('objectInUse', ['connectionString'], `The connections of ${service.name} belong to another virtual machine than ${machine.name}.`, 'Disable front end and back end first (page Connectivity).')];
  }
  return [];
}

function isChanged(input: Input, service: NetworkService, inventory: Inventory): boolean {
  const groups = new Set(inventory.networkServices.hostGroupsOf(service.id));
  const wanted = input.hostGroups && idsOf(input.hostGroups, inventory);
  return (
    (input.name ?? service.name) !== service.name ||
    (input.description ?? service.description) !== service.description ||
    (input.connectionString ?? service.connectionString) !== service.connectionString ||
    (input.runAsAccount !== undefined && inventory.runAsAccounts.runAsAccount(input.runAsAccount).id !== service.runAsAccountId) ||
    (wanted !== undefined && (wanted.length !== groups.size || wanted.some((id) => !groups.has(id))))
  );
}

function change(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  const before = inventory.networkServices.networkService(input.networkService);
  refuse(checkValues(input, before, inventory));
  const account = inventory.runAsAccounts.runAsAccount(input.runAsAccount ?? before.runAsAccountId);
  const device = findDevice(input.connectionString ?? before.connectionString, inventory, before.id);
  const after: NetworkService = {
    ...before,
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    runAsAccountId: account.id,
    connectionString: input.connectionString ?? before.connectionString,
    ...('device' in device
      ? { hostId: device.device.host.id, virtualMachineId: device.device.machine.id, standbyVirtualMachineId: device.device.standby?.id ?? null, directRoutingMode: device.device.settings.directRoutingMode, maxVmNetworks: device.device.settings.maxVmNetworks }
      : {}),
  };
  inventory.networkServices.change(after);
  for (const machineId of [after.virtualMachineId, after.standbyVirtualMachineId]) if (machineId !== null) inventory.virtualMachines.setRole(machineId, 'gateway');
  const groupsBefore = inventory.networkServices.hostGroupsOf(before.id);
  if (input.hostGroups !== undefined) inventory.networkServices.setHostGroups(before.id, idsOf(input.hostGroups, inventory));
  const names = (ids: readonly string[]): string => ids.map((id) => inventory.hosts.group(id).name).sort().join(', ');
  auditChanges(context, { type: 'NetworkService', id: after.id, name: after.name }, {
    Name: [before.name, after.name],
    Description: [before.description, after.description],
    ConnectionString: [before.connectionString, after.connectionString],
    RunAsAccount: [inventory.runAsAccounts.runAsAccount(before.runAsAccountId).name, account.name],
    VMHostGroups: [names(groupsBefore), names(inventory.networkServices.hostGroupsOf(before.id))],
  });
  return { message: `${after.name} is updated.` };
}
