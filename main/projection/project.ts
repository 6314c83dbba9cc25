/** Inventory to simulation configuration: pure, no state of its own. */
import type { SimulationConfig } from '../simulation/config.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';
import { projectCustomerRoutes, projectHosts, projectLookupRecords, projectVirtualMachines, projectVirtualSubnets } from './fabric.ts';
import { projectExternal, projectGateways } from './gateways.ts';
import { indexSnapshot } from './snapshotIndex.ts';

/** Equal snapshots give equal configurations. What is half made (a VM without address, a gateway without VM) is left out. */
export function project(snapshot: InventorySnapshot): SimulationConfig {
  const index = indexSnapshot(snapshot);
  const virtualSubnets = projectVirtualSubnets(snapshot, index);
  const virtualMachines = projectVirtualMachines(snapshot, index);
  return {
    seed: snapshot.seed,
    hosts: projectHosts(snapshot, index),
    virtualSubnets,
    virtualMachines,
    lookupRecords: projectLookupRecords(snapshot, index, virtualMachines),
    customerRoutes: projectCustomerRoutes(snapshot, index, virtualSubnets),
    gateways: projectGateways(snapshot, index),
    external: projectExternal(snapshot, index),
    // The inventory has one provider subnet so far.
    providerRouter: null,
  };
}
