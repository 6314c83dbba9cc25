/** Inventory to simulation configuration: decided by the snapshot and the keys alone. */
import type { SimulationConfig } from '../simulation/config.ts';
import type { InventorySnapshot } from '../store/inventory/snapshot.ts';
import { FabricProjection } from './fabric.ts';
import { GatewayProjection } from './gateways.ts';
import { OutsideProjection } from './outside.ts';
import { SnapshotIndex } from './snapshotIndex.ts';
import { KeyIndex, type PreSharedKeys } from './preSharedKeys.ts';
import { TunnelProjection } from './vpn.ts';

/**
 * Equal snapshots give equal configurations. What is half made (a VM without address, a gateway without VM) is left out.
 * `keys` opens pre-shared keys: they are in the configuration, and nowhere else outside the inventory.
 */
export function project(snapshot: InventorySnapshot, keys: PreSharedKeys): SimulationConfig {
  return new Projector().project(snapshot, keys);
}

/**
 * Projects one snapshot of an inventory after the other. Gives what `project` gives, but parts of which nothing changed are the objects
 * of the time before: what follows the configuration need not look into them.
 */
export class Projector {
  readonly #index = new SnapshotIndex();
  readonly #fabric = new FabricProjection(this.#index);
  readonly #keys = new KeyIndex(this.#index.maker);
  readonly #tunnels = new TunnelProjection(this.#index, this.#keys);
  readonly #gateways = new GatewayProjection(this.#index, this.#tunnels);
  readonly #outside = new OutsideProjection(this.#index, this.#tunnels);

  project(snapshot: InventorySnapshot, keys: PreSharedKeys): SimulationConfig {
    this.#index.follow(snapshot);
    this.#keys.follow(keys);
    const virtualSubnets = this.#fabric.virtualSubnets(snapshot);
    const virtualMachines = this.#fabric.virtualMachines(snapshot);
    return {
      seed: snapshot.seed,
      hosts: this.#fabric.hosts(snapshot),
      virtualSubnets,
      virtualMachines,
      lookupRecords: this.#fabric.lookupRecords(snapshot, virtualMachines),
      customerRoutes: this.#fabric.customerRoutes(snapshot, virtualSubnets),
      gateways: this.#gateways.gateways(snapshot),
      external: this.#outside.external(snapshot),
      // The inventory has one provider subnet so far.
      providerRouter: null,
    };
  }
}
