/** Everything that a lab is built of, in the order in which it has to be made. */
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import { labels } from '../labels.ts';
import { buildConnectivity, buildProviderAddresses } from './buildConnectivity.ts';
import { buildExternalNetwork, buildHostGroups, buildHosts, buildLogicalNetworks, buildRunAsAccounts, buildSwitchFabric } from './buildFabric.ts';
import { addConnections, addNetworkServices } from './buildGateways.ts';
import { buildLibrary } from './buildLibrary.ts';
import { buildGatewayVirtualMachines, buildVirtualMachines, buildVmNetworks } from './buildTenants.ts';
import type { LabDefinition } from './labDefinition.ts';

interface LabBuild {
  readonly key: string;
  readonly name: string;
  readonly build: (context: StepContext, lab: LabDefinition) => StepResult;
}

/** The record of the lab itself, with `seed`, is written along with the first of them. */
export function labBuilds(seed: number): readonly LabBuild[] {
  return [
    { key: 'hostGroups', name: labels.createHostGroups, build: (context, lab) => begin(context, lab, seed) },
    { key: 'logicalNetworks', name: labels.createLogicalNetworks, build: buildLogicalNetworks },
    { key: 'switchFabric', name: labels.createSwitchFabric, build: buildSwitchFabric },
    { key: 'runAsAccounts', name: labels.createRunAsAccounts, build: buildRunAsAccounts },
    { key: 'hosts', name: labels.addHosts, build: buildHosts },
    { key: 'vmNetworks', name: labels.createVmNetworks, build: buildVmNetworks },
    { key: 'virtualMachines', name: labels.createVirtualMachines, build: buildVirtualMachines },
    { key: 'gatewayVirtualMachines', name: labels.createGatewayVirtualMachines, build: buildGatewayVirtualMachines },
    { key: 'library', name: labels.addLibraryObjects, build: buildLibrary },
    { key: 'external', name: labels.createExternalNetwork, build: buildExternalNetwork },
    { key: 'networkServices', name: labels.addNetworkService, build: addNetworkServices },
    { key: 'frontEnd', name: `${labels.addConnection} (front end)`, build: (context, lab) => addConnections(context, lab, 'FrontEnd') },
    { key: 'backEnd', name: `${labels.addConnection} (back end)`, build: (context, lab) => addConnections(context, lab, 'BackEnd') },
    { key: 'connectivity', name: labels.createGatewayConnections, build: buildConnectivity },
    { key: 'providerAddresses', name: labels.grantProviderAddresses, build: buildProviderAddresses },
  ];
}

/** The lab without its gateway devices and what hangs on them. */
export function withoutGateways(lab: LabDefinition): LabDefinition {
  return { ...lab, networkServices: [], vmNetworks: lab.vmNetworks.map((network) => ({ ...network, gateway: undefined })) };
}

function begin(context: StepContext, lab: LabDefinition, seed: number): StepResult {
  context.inventory.lab.set({ name: lab.lab, seed, openedAt: context.now().toISOString() });
  return buildHostGroups(context, lab);
}
