/** Gateway devices of a lab and their connections. */
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { ConnectionType } from '../../store/inventory/networkServices.ts';
import { counted } from './buildFabric.ts';
import { allocate } from './buildTenants.ts';
import type { LabDefinition } from './labDefinition.ts';

type Service = LabDefinition['networkServices'][number];
type Connection = NonNullable<Service['frontEnd']>;

/** Default of MaxVMNetworksSupported, which then is not written (fact sheet §1.4). */
const defaultMaximum = 50;

/** Names as the wizard's script gives them (fact sheet §1.8). */
const connectionNames: Readonly<Record<ConnectionType, string>> = { FrontEnd: 'Front End', BackEnd: 'Back End' };

export function addNetworkServices(context: StepContext, lab: LabDefinition): StepResult {
  const { inventory, newId } = context;
  const machineId = (name: string | undefined) => (name === undefined ? null : inventory.virtualMachines.virtualMachine(name).id);
  for (const service of lab.networkServices) {
    const { name, description, manufacturer, model, maxVmNetworks, directRoutingMode } = service;
    inventory.networkServices.add(
      {
        id: newId(),
        name,
        description,
        manufacturer,
        model,
        runAsAccountId: inventory.runAsAccounts.runAsAccount(service.runAsAccount).id,
        connectionString: service.connectionString ?? connectionString(service),
        hostId: service.host === undefined ? null : inventory.hosts.host(service.host).id,
        virtualMachineId: machineId(service.gatewayVirtualMachine),
        standbyVirtualMachineId: machineId(service.standbyVirtualMachine),
        directRoutingMode,
        maxVmNetworks,
      },
      service.hostGroups.map((group) => inventory.hosts.group(group).id),
    );
  }
  return counted(lab.networkServices.length, 'network service');
}

/** Order and form of the examples in fact sheet §1.4. */
function connectionString({ host = '', gatewayVirtualMachine = '', backEndSwitch = '', maxVmNetworks, directRoutingMode }: Service): string {
  const parts = [`VMHost=${host}`, `GatewayVM=${gatewayVirtualMachine}`, `BackendSwitch=${backEndSwitch}`];
  if (directRoutingMode) parts.push('DirectRoutingMode=True');
  if (maxVmNetworks !== defaultMaximum) parts.push(`MaxVMNetworksSupported=${maxVmNetworks}`);
  return parts.join(';');
}

/** The back end's adapter stands as Not connected until now: the provider attaches it to the switch (fact sheet §1.4). */
export function addConnections(context: StepContext, lab: LabDefinition, connectionType: ConnectionType): StepResult {
  let made = 0;
  for (const service of lab.networkServices) {
    const connection = connectionType === 'FrontEnd' ? service.frontEnd : service.backEnd;
    if (connection === undefined || service.gatewayVirtualMachine === undefined) continue;
    addConnection(context, service, service.gatewayVirtualMachine, connectionType, connection);
    made += 1;
  }
  return counted(made, 'connection');
}

function addConnection(context: StepContext, service: Service, machineName: string, connectionType: ConnectionType, connection: Connection): void {
  const { inventory, newId } = context;
  const machine = inventory.virtualMachines.virtualMachine(machineName);
  const adapter = inventory.virtualMachines.adapter(machine, connection.adapter);
  const { id: networkServiceId } = inventory.networkServices.networkService(service.name);
  inventory.networkServices.addConnection({
    id: newId(),
    networkServiceId,
    connectionType,
    name: connection.name ?? connectionNames[connectionType],
    virtualNetworkAdapterId: adapter.id,
    networkSiteId: inventory.logicalNetworks.site(connection.networkSite).id,
  });
  if (connection.address !== undefined) placeAdapter(context, service.name, networkServiceId, adapter.id, connection);
  const backEndSwitch = service.backEndSwitch === undefined ? undefined : inventory.hosts.findSwitch(machine.hostId, service.backEndSwitch);
  if (connectionType === 'BackEnd' && adapter.virtualSwitchId === null && backEndSwitch) {
    inventory.virtualMachines.connectAdapter(adapter.id, backEndSwitch.id);
  }
}

/** The address of a front end that had none is held by the gateway device. */
function placeAdapter(context: StepContext, serviceName: string, serviceId: string, adapterId: string, { address, pool, networkSite, holder }: Connection): void {
  const { pools, logicalNetworks, virtualMachines } = context.inventory;
  const offered = pool === undefined ? pools.ofSite(logicalNetworks.site(networkSite).id) : [pools.pool(pool)];
  const allocation = allocate(context, offered, address, { type: 'NetworkService', id: serviceId, description: holder ?? `front end of network service ${serviceName}` });
  virtualMachines.placeAdapter(adapterId, pools.pool(allocation.ipAddressPoolId).networkSiteSubnetId, allocation.id);
}
