/** What the window asks about a host beyond the list. Changes nothing. */
import type { HostProperties } from '../../../shared/contract/inventory.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';

export class HostQueries {
  readonly #inventory: Inventory;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  /** Everything that the Properties of a host show. Throws objectNotFound. */
  properties(reference: string): HostProperties {
    const { hosts, hostUse } = this.#inventory;
    const { id, name, hostGroupId, runAsAccountId, isVirtual, isDedicatedGateway, nicName, nicMac } = hosts.host(reference);
    return {
      id,
      name,
      hostGroupId,
      hostGroup: hosts.group(hostGroupId).name,
      runAsAccountId,
      isVirtual,
      isDedicatedGateway,
      nic: { name: nicName, mac: formatMac(nicMac) },
      virtualSwitches: hosts.switchesOf(id).map((entry) => ({ id: entry.id, name: entry.name, users: hostUse.adaptersOn(entry.id).map(({ virtualMachine, adapter }) => `${virtualMachine} (${adapter})`) })),
      virtualMachines: [...hostUse.machinesOn(id)],
      networkServices: hostUse.servicesOn(id).map((service) => service.name),
    };
  }
}
