/** Gateway devices of a lab and their connections. */
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { ConnectionType } from '../../store/inventory/networkServices.ts';
import { counted } from './buildFabric.ts';
import type { LabDefinition } from './labDefinition.ts';

type Service = LabDefinition['networkServices'][number];

/** Default of MaxVMNetworksSupported, which then is not written (fact sheet §1.4). */
const defaultMaximum = 50;

export function addNetworkServices(context: StepContext, lab: LabDefinition): StepResult {
  const { inventory, newId } = context;
  for (const service of lab.networkServices) {
    const { name, description, manufacturer, model, maxVmNetworks } = service;
    inventory.networkServices.add(
      {
        id: newId(),
        name,
        description,
        manufacturer,
        model,
        runAsAccountId: inventory.runAsAccounts.runAsAccount(service.runAsAccount).id,
        connectionString: connectionString(service),
        hostId: inventory.hosts.host(service.host).id,
        virtualMachineId: inventory.virtualMachines.virtualMachine(service.gatewayVirtualMachine).id,
        standbyVirtualMachineId: null,
        directRoutingMode: false,
        maxVmNetworks,
      },
      service.hostGroups.map((group) => inventory.hosts.group(group).id),
    );
  }
  return counted(lab.networkServices.length, 'network service');
}

/** Order and form of the examples in fact sheet §1.4. */
function connectionString({ host, gatewayVirtualMachine, backEndSwitch, maxVmNetworks }: Service): string {
  const parts = [`VMHost=${host}`, `GatewayVM=${gatewayVirtualMachine}`, `BackendSwitch=${backEndSwitch}`];
  if (maxVmNetworks !== defaultMaximum) parts.push(`MaxVMNetworksSupported=${maxVmNetworks}`);
  return parts.join(';');
}

/** The back end's adapter stands as Not connected until now: the provider attaches it to the switch (fact sheet §1.4). */
export function addConnections(context: StepContext, lab: LabDefinition, connectionType: ConnectionType): StepResult {
  for (const service of lab.networkServices) addConnection(context, service, connectionType);
  return counted(lab.networkServices.length, 'connection');
}

function addConnection({ inventory, newId }: StepContext, service: Service, connectionType: ConnectionType): void {
  const { adapter: adapterName, networkSite } = connectionType === 'FrontEnd' ? service.frontEnd : service.backEnd;
  const machine = inventory.virtualMachines.virtualMachine(service.gatewayVirtualMachine);
  const adapter = inventory.virtualMachines.adapter(machine, adapterName);
  inventory.networkServices.addConnection({
    id: newId(),
    networkServiceId: inventory.networkServices.networkService(service.name).id,
    connectionType,
    // Names as the wizard's script gives them (fact sheet §1.8).
    name: connectionType === 'FrontEnd' ? 'Front End' : 'Back End',
    virtualNetworkAdapterId: adapter.id,
    networkSiteId: inventory.logicalNetworks.site(networkSite).id,
  });
  const backEndSwitch = inventory.hosts.findSwitch(machine.hostId, service.backEndSwitch);
  if (connectionType === 'BackEnd' && adapter.virtualSwitchId === null && backEndSwitch) {
    inventory.virtualMachines.connectAdapter(adapter.id, backEndSwitch.id);
  }
}
