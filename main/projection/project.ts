/** Inventory to simulation configuration: pure, no state of its own. */
import type { SimulationConfig } from '../simulation/config.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';
import { projectCustomerRoutes, projectHosts, projectLookupRecords, projectVirtualMachines, projectVirtualSubnets } from './fabric.ts';
import { projectExternal, projectGateways } from './gateways.ts';
import { indexSnapshot } from './snapshotIndex.ts';
import type { PreSharedKeys } from './vpn.ts';

/**
 * Equal snapshots give equal configurations. What is half made (a VM without address, a gateway without VM) is left out.
 * `keys` opens pre-shared keys: they are in the configuration, and nowhere else outside the inventory.
 */
export function project(snapshot: InventorySnapshot, keys: PreSharedKeys): SimulationConfig {
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
    gateways: projectGateways(snapshot, index, keys),
    external: projectExternal(snapshot, index, keys),
    // The inventory has one provider subnet so far.
    providerRouter: null,
  };
}
