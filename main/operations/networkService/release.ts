/** What stands against taking a gateway device or its connections away, and how they are given back. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { StepContext } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { ConnectionType, NetworkService } from '../../store/inventory/networkServices.ts';
import { auditChanges } from '../audit.ts';

/** VM networks that have to let go first, each by its name. */
export function usedBy(service: NetworkService, inventory: Inventory): readonly Problem[] {
  return inventory.networkServices
    .vmNetworksOn(service.id)
    .map((name) => problem('objectInUse', ['networkService'], `VM network ${name} uses ${service.name}.`, `Disconnect ${name} first (its Properties, page Connectivity).`));
}

/** The back end adapter is not connected again, on every node of a cluster, as it was before the provider attached it. */
export function disconnect(context: StepContext, service: NetworkService, type: ConnectionType): void {
  const { networkServices, virtualMachines } = context.inventory;
  const connection = networkServices.connection(service.id, type);
  if (connection === undefined) return;
  networkServices.removeConnection(connection.id);
  if (type === 'BackEnd') {
    virtualMachines.connectAdapter(connection.virtualNetworkAdapterId, null);
    const twin = standbyAdapter(service, connection.virtualNetworkAdapterId, context.inventory);
    if (twin !== undefined) virtualMachines.connectAdapter(twin.id, null);
  }
  auditChanges(context, { type: 'NetworkService', id: service.id, name: service.name }, { [`${type}Connection`]: [connection.name, null] });
}

/** The adapters of both nodes have the same names. */
function standbyAdapter({ virtualMachineId, standbyVirtualMachineId }: NetworkService, adapterId: string, { virtualMachines }: Inventory) {
  if (virtualMachineId === null || standbyVirtualMachineId === null) return undefined;
  const name = virtualMachines.adaptersOf(virtualMachineId).find(({ id }) => id === adapterId)?.name.toLowerCase();
  return virtualMachines.adaptersOf(standbyVirtualMachineId).find((adapter) => adapter.name.toLowerCase() === name);
}
