/** Makes a lab of the inventory of a real VMM, as Export-VmmInventory.ps1 wrote it: what is known here is taken over, the rest is reported. */
import type { MadeAnew } from '../../../../shared/contract/snapshots.ts';
import type { LabDefinition } from '../labDefinition.ts';
import { Draft, type LabInput } from './draft.ts';
import { fabricOf } from './fabric.ts';
import { gatewaysOf } from './gateways.ts';
import { readInventory, type InventoryFault, type VmmInventory } from './inventoryReader.ts';
import { madeAnewIn } from './madeAnew.ts';
import { machinesOf } from './machines.ts';
import { NotUnderstood } from './notUnderstood.ts';
import { PlaceholderMacs } from './placeholderMacs.ts';
import { providerAddressesOf } from './providerAddresses.ts';
import { prune } from './prune.ts';
import { tenantsOf } from './tenants.ts';

type Translation = { readonly lab: LabDefinition; readonly notUnderstood: NotUnderstood; readonly madeAnew: readonly MadeAnew[] } | { readonly fault: InventoryFault };

/** Never throws; `value` is whatever was in the file. */
export function translateInventory(value: unknown): Translation {
  const report = new NotUnderstood();
  const read = readInventory(value, report);
  if ('fault' in read) return read;
  const draft = new Draft(report);
  const input = labOf(read.inventory, draft);
  const pruned = prune(input, draft);
  return 'problem' in pruned ? { fault: { place: 'the inventory as a whole', reason: pruned.problem } } : { lab: pruned.lab, notUnderstood: report, madeAnew: madeAnewIn(input, draft) };
}

function labOf(inventory: VmmInventory, draft: Draft): LabInput {
  const macs = new PlaceholderMacs([...inventory.Hosts.flatMap(({ item }) => item.NetworkAdapters.map(({ MacAddress }) => MacAddress)), ...inventory.VirtualMachines.flatMap(({ item }) => item.Adapters.map(({ MACAddress }) => MACAddress))], draft.report);
  const fabric = fabricOf(inventory, draft, macs);
  const tenants = tenantsOf(inventory, draft, fabric);
  const machines = machinesOf(inventory, { draft, fabric, tenants, macs });
  const networkServices = gatewaysOf(inventory, { draft, fabric, tenants, machines });
  const vmNetworks = [...tenants.vmNetworks];
  return {
    ...fabric.parts,
    lab: inventory.name === '' ? 'VMM inventory' : inventory.name,
    description: 'Inventory of a VMM management server',
    // VMM has no chance of its own: every inventory begins with the same.
    seed: 1,
    vmNetworks,
    virtualMachines: [...machines.virtualMachines],
    gatewayVirtualMachines: [...machines.gatewayVirtualMachines],
    networkServices,
    providerAddresses: providerAddressesOf(draft, fabric, { machines: machines.virtualMachines, networks: vmNetworks, services: networkServices }),
  };
}
