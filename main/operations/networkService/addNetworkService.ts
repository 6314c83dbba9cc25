/** Add Network Service Wizard: a gateway VM becomes a gateway device of VMM (fact sheet §1.2). */
import type { AddNetworkServiceInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHostGroups, findRunAsAccount } from '../powershell/lookups.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { refuse, refuseAll } from '../problems.ts';
import { checkAccount, checkHostGroups, checkModel, checkName, checkProvider } from './checks.ts';
import { findDevice, type GatewayDevice } from './device.ts';
import { deviceFailure } from './providerFailure.ts';
import { providerObstacle } from './providerTest.ts';

export const addNetworkService: Operation<'networkService.add'> = {
  id: 'networkService.add',
  title: 'Add Network Service Wizard Script',

  check(input, { inventory }) {
    const device = findDevice(input.connectionString, inventory);
    return [
      ...checkName(input.name, inventory),
      ...checkModel(input.manufacturer, input.model),
      ...checkAccount(input.runAsAccount, inventory),
      ...('problems' in device ? device.problems : []),
      ...checkProvider(input.configurationProvider),
      ...checkHostGroups(input.hostGroups, inventory),
    ];
  },

  script(input, { inventory }) {
    const script = new Script();
    const runAsAccount = findRunAsAccount(script, 'runAsAccount', input.runAsAccount, inventory);
    script.comment(`Get Configuration Provider '${input.configurationProvider}'`);
    const provider = script.set('configurationProvider', 'Get-SCConfigurationProvider', { Name: input.configurationProvider });
    const groups = findHostGroups(script, 'vmHostGroup', input.hostGroups, inventory);
    const certificates = script.value('certificates', []);
    script.set('networkService', 'Add-SCNetworkService', {
      Name: input.name,
      ...(input.description === '' ? {} : { Description: input.description }),
      RunAsAccount: runAsAccount,
      ConfigurationProvider: provider,
      VMHostGroup: groups,
      ConnectionString: input.connectionString,
      RunAsynchronously: scriptSwitch,
      Certificate: certificates,
    });
    return script;
  },

  plan(input, { inventory }) {
    const device = findDevice(input.connectionString, inventory);
    return {
      name: labels.addNetworkService,
      resultType: 'NetworkService',
      resultId: null,
      resultName: input.name,
      locks: 'device' in device ? [device.device.machine.id, device.device.host.id, ...(device.device.standby === null ? [] : [device.device.standby.id])] : [],
      steps: [
        { key: 'networkService', number: '1', name: `${labels.addNetworkService} ${input.name}` },
        { key: 'test', number: '1.1', name: labels.testProvider, run: (context) => testDevice(context, input) },
        { key: 'create', number: '1.2', name: labels.createNetworkService, run: (context) => create(context, input) },
      ],
    };
  },
};

function deviceNow(inventory: Inventory, input: AddNetworkServiceInput): GatewayDevice {
  const found = findDevice(input.connectionString, inventory);
  return 'device' in found ? found.device : refuseAll(found.problems);
}

function testDevice({ inventory }: StepContext, input: AddNetworkServiceInput): StepResult {
  const { machine, standby } = deviceNow(inventory, input);
  const nodes = standby === null ? [machine] : [machine, standby];
  for (const node of nodes) {
    const obstacle = providerObstacle(node, inventory.runAsAccounts.runAsAccount(input.runAsAccount));
    if (obstacle !== undefined) throw deviceFailure(obstacle);
  }
  return { message: standby === null ? `${machine.name} answers, and can be a gateway.` : `${machine.name} and ${standby.name} answer, and can be a gateway, one active and one passive.` };
}

function create(context: StepContext, input: AddNetworkServiceInput): StepResult {
  const { inventory } = context;
  const { settings, host, machine, standby } = deviceNow(inventory, input);
  refuse(checkName(input.name, inventory));
  const account = inventory.runAsAccounts.runAsAccount(input.runAsAccount);
  const id = context.newId();
  inventory.virtualMachines.setRole(machine.id, 'gateway');
  if (standby !== null) inventory.virtualMachines.setRole(standby.id, 'gateway');
  inventory.networkServices.add(
    {
      id,
      name: input.name,
      description: input.description,
      manufacturer: input.manufacturer,
      model: input.model,
      runAsAccountId: account.id,
      connectionString: input.connectionString,
      hostId: host.id,
      virtualMachineId: machine.id,
      standbyVirtualMachineId: standby?.id ?? null,
      directRoutingMode: settings.directRoutingMode,
      maxVmNetworks: settings.maxVmNetworks,
    },
    input.hostGroups.map((group) => inventory.hosts.group(group).id),
  );
  context.setResult('NetworkService', id, input.name);
  auditChanges(context, { type: 'NetworkService', id, name: input.name }, {
    Name: [null, input.name],
    ConnectionString: [null, input.connectionString],
    RunAsAccount: [null, account.name],
    ConfigurationProvider: [null, input.configurationProvider],
  });
  return { message: `${input.name} may serve ${settings.maxVmNetworks} VM network${settings.maxVmNetworks === 1 ? '' : 's'}.` };
}
