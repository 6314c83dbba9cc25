/** Page Connectivity of a gateway device: enables its front end or back end; with both, RRAS becomes a multitenant gateway (fact sheet §1.6). */
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { readConnectionString } from '../../../shared/net/connectionString.ts';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { windowsServerGateway } from '../../../shared/contract/gatewayProviders.ts';
import type { AddNetworkConnectionInput } from '../../../shared/contract/operations.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NetworkService } from '../../store/inventory/networkServices.ts';
import type { VirtualMachine, VirtualNetworkAdapter } from '../../store/inventory/virtualMachines.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { LiveGateways, Operation } from '../operation.ts';
import { findNetworkService, findRunAsAccount, findSite } from '../powershell/lookups.ts';
import { reference, Script, scriptSwitch } from '../powershell/script.ts';
import { refuseAll } from '../problems.ts';
import { connectionNames, resolveConnection, type ConnectionTarget } from './connectionTarget.ts';
import { deviceFailure, multitenancyFailure, noBackEndSwitch } from './providerFailure.ts';
import { providerObstacle } from './providerTest.ts';

export const addConnection: Operation<'networkService.addConnection'> = {
  id: 'networkService.addConnection',
  title: labels.addConnection,

  check(input, { inventory }) {
    const resolved = resolveConnection(input, inventory);
    return 'problems' in resolved ? resolved.problems : [];
  },

  script(input, { inventory }) {
    const resolved = resolveConnection(input, inventory);
    if ('problems' in resolved) return refuseAll(resolved.problems);
    return connectionScript(resolved.target, input.connectionType, inventory);
  },

  plan(input, { inventory, gateways }) {
    const service = inventory.networkServices.networkService(input.networkService);
    return {
      name: labels.addConnection,
      resultType: 'NetworkService',
      resultId: service.id,
      resultName: service.name,
      locks: [service.id, ...(service.virtualMachineId === null ? [] : [service.virtualMachineId])],
      steps: [
        { key: 'connection', number: '1', name: `${labels.addConnection} ${service.name}` },
        { key: 'test', number: '1.1', name: labels.testProvider, run: (context) => testDevice(context, input) },
        { key: 'install', number: '1.2', name: labels.installDeviceConnection, run: (context) => install(context, input) },
        { key: 'verify', number: '1.3', name: labels.verifyMultitenant, skippable: true, run: (context) => verify(context, service.id, gateways) },
      ],
    };
  },
};

function connectionScript({ service, adapter, site }: ConnectionTarget, type: AddNetworkConnectionInput['connectionType'], inventory: Inventory): Script {
  const script = new Script();
  const networkService = findNetworkService(script, 'networkService', service.id, inventory);
  const runAsAccount = findRunAsAccount(script, 'runAsAccount', service.runAsAccountId, inventory);
  const provider = script.set('configurationProvider', 'Get-SCConfigurationProvider', { Name: windowsServerGateway.provider });
  script.set('networkServiceCapabilities', 'Get-SCNetworkServiceCapabilities', { ConfigurationProvider: provider, RunAsAccount: runAsAccount, ConnectionString: service.connectionString });
  const variable = type === 'FrontEnd' ? 'frontEnd' : 'backEnd';
  const networkAdapter = script.value(`${variable}Adapter`, reference('networkServiceCapabilities', 'NetworkAdapters', adapter.slot));
  script.comment(`Get Logical Network Definition '${site.name}'`);
  const definition = findSite(script, variable, site.id, inventory);
  return script.run('Add-SCNetworkConnection', {
    Name: connectionNames[type],
    LogicalNetworkDefinition: definition,
    Service: networkService,
    NetworkAdapter: networkAdapter,
    ConnectionType: type,
    RunAsynchronously: scriptSwitch,
  });
}

function targetNow(context: StepContext, input: AddNetworkConnectionInput): ConnectionTarget {
  const resolved = resolveConnection(input, context.inventory);
  return 'target' in resolved ? resolved.target : refuseAll(resolved.problems);
}

function testDevice(context: StepContext, input: AddNetworkConnectionInput): StepResult {
  const { service, machine, standby } = targetNow(context, input);
  const account = context.inventory.runAsAccounts.runAsAccount(service.runAsAccountId);
  for (const node of standby === null ? [machine] : [machine, standby.machine]) {
    const obstacle = providerObstacle(node, account);
    if (obstacle !== undefined) throw deviceFailure(obstacle);
  }
  return { message: standby === null ? `${machine.name} answers.` : `${machine.name} and ${standby.machine.name} answer.` };
}

function install(context: StepContext, input: AddNetworkConnectionInput): StepResult {
  const target = targetNow(context, input);
  const { service, machine, adapter, site } = target;
  const message = input.connectionType === 'BackEnd' ? attachNodes(context, target) : placeFrontEnd(context, target);
  const { networkServices } = context.inventory;
  networkServices.addConnection({ id: context.newId(), networkServiceId: service.id, connectionType: input.connectionType, name: connectionNames[input.connectionType], virtualNetworkAdapterId: adapter.id, networkSiteId: site.id });
  auditChanges(context, { type: 'NetworkService', id: service.id, name: service.name }, { [`${input.connectionType}Connection`]: [null, `${adapter.name} of ${machine.name}, ${site.name}`] });
  return { message };
}

/** On every node of a cluster. */
function attachNodes(context: StepContext, { service, machine, adapter, standby }: ConnectionTarget): string {
  const own = attachBackEnd(context, service, machine, adapter);
  return standby === null ? own : `${own} ${attachBackEnd(context, service, standby.machine, standby.adapter)}`;
}

/** The provider attaches the adapter to the switch that the connection string names, and sets up Remote Access. */
function attachBackEnd(context: StepContext, service: NetworkService, machine: VirtualMachine, adapter: VirtualNetworkAdapter): string {
  const { hosts, virtualMachines } = context.inventory;
  const host = hosts.host(machine.hostId);
  const { backendSwitch } = readConnectionString(service.connectionString);
  if (!machine.vpnDeployed) throw multitenancyFailure(`Remote Access in ${machine.name} is not deployed: the Getting Started Wizard was not finished with Deploy VPN only.`);
  if (machine.remoteAccessByHand) throw multitenancyFailure(`Routing and Remote Access of ${machine.name} was configured by hand. Disable it in its console: VMM configures it.`);
  if (adapter.virtualSwitchId !== null) return `${adapter.name} stays on its virtual switch.`;
  if (backendSwitch === null) throw noBackEndSwitch(host.name);
  const found = hosts.findSwitch(host.id, backendSwitch);
  if (found === undefined) throw multitenancyFailure(`Host ${host.name} has no virtual switch named ${backendSwitch}. Correct BackendSwitch in the connection string, or create the switch.`);
  virtualMachines.connectAdapter(adapter.id, found.id);
  return `${adapter.name} is attached to ${found.name} on ${host.name}.`;
}

/** An adapter without an address takes one of the site's pool. */
function placeFrontEnd(context: StepContext, { service, adapter, site }: ConnectionTarget): string {
  const { pools, virtualMachines } = context.inventory;
  if (adapter.ipAddressAllocationId !== null) return `${adapter.name} keeps its address.`;
  for (const pool of pools.ofSite(site.id)) {
    const address = pools.nextFree(pool);
    if (address === null) continue;
    const allocation = pools.allocate(context.newId(), pool.id, address, { type: 'NetworkService', id: service.id, description: `front end of network service ${service.name}` });
    virtualMachines.placeAdapter(adapter.id, pool.networkSiteSubnetId, allocation.id);
    return `${adapter.name} takes ${formatIpv4(address)} of ${pool.name}.`;
  }
  throw new ConsoleError('poolExhausted', `No address of network site ${site.name} is free for the front end of ${service.name}.`, 'Enlarge a pool of the site, or release addresses that are no longer used. Then restart the job.');
}

/** Only with both connections is there anything to look at. What is missing then does not undo the connection: it is said. */
function verify({ inventory }: StepContext, id: string, gateways: LiveGateways): StepResult {
  const service = inventory.networkServices.networkService(id);
  const missing = (['FrontEnd', 'BackEnd'] as const).find((type) => inventory.networkServices.connection(id, type) === undefined);
  if (missing !== undefined) return { message: `The ${connectionNames[missing]} connection is not enabled yet.` };
  const blocked = gateways.blockedBy(id);
  if (blocked !== null) return { message: `${service.name} is connected, but carries nothing yet. ${blocked}`, withInfo: true };
  return { message: `Remote Access of ${service.name} runs as a multitenant gateway.` };
}
