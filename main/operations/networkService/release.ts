/** What stands against taking a gateway device or its connections away, and how they are given back. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { ConnectionType, NetworkConnection, NetworkService } from '../../store/inventory/networkServices.ts';
import { auditChanges } from '../audit.ts';

/** VM networks that have to let go first, each by its name. */
export function usedBy(service: NetworkService, inventory: Inventory): readonly Problem[] {
  return inventory.networkServices
    .vmNetworksOn(service.id)
    .map((name) => problem('objectInUse', ['networkService'], `VM network ${name} uses ${service.name}.`, `Disconnect ${name} first (its Properties, page Connectivity).`));
}

/** Gives back what a connection took: the switch that the provider attached the back end to, on every node, and the address of a front end that had none. */
export function disconnect(context: StepContext, service: NetworkService, type: ConnectionType): void {
  const { networkServices } = context.inventory;
  const connection = networkServices.connection(service.id, type);
  if (connection === undefined) return;
  networkServices.removeConnection(connection.id);
  if (type === 'BackEnd') for (const adapterId of backEndAdapters(service, connection, context.inventory)) context.inventory.virtualMachines.connectAdapter(adapterId, null);
  else releaseFrontEnd(service, connection, context.inventory);
  auditChanges(context, { type: 'NetworkService', id: service.id, name: service.name }, { [`${type}Connection`]: [connection.name, null] });
}

/** That of the connection, and the one of the same name in the passive node. */
function backEndAdapters({ virtualMachineId, standbyVirtualMachineId }: NetworkService, { virtualNetworkAdapterId }: NetworkConnection, { virtualMachines }: Inventory): readonly string[] {
  const adaptersOf = (machineId: string | null) => (machineId === null ? [] : virtualMachines.adaptersOf(machineId));
  const name = adaptersOf(virtualMachineId).find(({ id }) => id === virtualNetworkAdapterId)?.name.toLowerCase();
  const passive = adaptersOf(standbyVirtualMachineId).filter((adapter) => adapter.name.toLowerCase() === name);
  return [virtualNetworkAdapterId, ...passive.map(({ id }) => id)];
}

function releaseFrontEnd({ id }: NetworkService, { virtualNetworkAdapterId }: NetworkConnection, { pools, virtualMachines }: Inventory): void {
  for (const allocation of pools.heldBy(id)) {
    virtualMachines.placeAdapter(virtualNetworkAdapterId, null, null);
    pools.release(allocation.id);
  }
}
