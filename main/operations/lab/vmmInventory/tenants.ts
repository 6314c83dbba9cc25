/** VM networks of an inventory with their subnets and pools. */
import { ById, UniqueNames, type Draft, type PoolInput, type VmNetworkInput, type VmSubnetInput } from './draft.ts';
import { poolsByPlace, type Fabric } from './fabric.ts';
import type { Placed, VmmInventory } from './inventoryReader.ts';
import { AddressPool, poolOf } from './poolParts.ts';

interface VmNetwork {
  readonly input: VmNetworkInput & { subnets: VmSubnetInput[] };
  readonly logicalNetwork: string;
  readonly isVirtualized: boolean;
}

interface VmSubnet {
  readonly name: string;
  readonly vsid: number;
  readonly network: VmNetwork;
  readonly pools: readonly AddressPool[];
}

export interface Tenants {
  readonly vmNetworks: readonly VmNetworkInput[];
  readonly byId: ById<VmNetwork>;
  readonly subnets: ById<VmSubnet>;
}

export function tenantsOf(inventory: VmmInventory, draft: Draft, fabric: Fabric): Tenants {
  const names = new UniqueNames(draft.report);
  const byId = new ById<VmNetwork>();
  const vmNetworks = inventory.VMNetworks.flatMap((placed) => {
    const network = networkOf(placed, draft, fabric, names);
    if (network === undefined) return [];
    byId.add(placed.item.ID, network);
    return [network.input];
  });
  return { vmNetworks, byId, subnets: subnetsOf(inventory, draft, fabric, byId) };
}

function networkOf({ item, place }: Placed<'VMNetworks'>, draft: Draft, { logicalNetworks }: Fabric, names: UniqueNames): VmNetwork | undefined {
  const carrier = logicalNetworks.get(item.LogicalNetworkID);
  if (carrier === undefined) {
    draft.report.add(`${place}.LogicalNetworkID`, `there is no logical network with this ID; VM network ${item.Name} is left out`);
    return undefined;
  }
  const isVirtualized = item.IsolationType === 'WindowsNetworkVirtualization';
  if (!isVirtualized && item.IsolationType !== 'NoIsolation') draft.report.add(`${place}.IsolationType`, `${item.IsolationType === '' ? 'none' : item.IsolationType} is not known here; NoIsolation is used instead`);
  // Only a virtualized network has a routing domain in VMM; here every VM network has the ID of one.
  const routingDomainId = isVirtualized ? item.RoutingDomainID : item.ID;
  const input = draft.from(place, { name: names.take(item.Name, place), description: item.Description, logicalNetwork: carrier.name, routingDomainId, isolation: isVirtualized ? ('WindowsNetworkVirtualization' as const) : ('NoIsolation' as const), subnets: [] });
  return { input, logicalNetwork: carrier.name, isVirtualized };
}

function subnetsOf(inventory: VmmInventory, draft: Draft, { poolNames }: Fabric, networks: ById<VmNetwork>): ById<VmSubnet> {
  const subnets = new ById<VmSubnet>();
  const pools = poolsByPlace(inventory);
  for (const { item, place } of inventory.VMSubnets) {
    const network = networks.get(item.VMNetworkID);
    const reason = network === undefined ? 'there is no VM network with this ID' : network.isVirtualized ? undefined : `VM network ${network.input.name} is not virtualized and has no VM subnets here`;
    if (network === undefined || reason !== undefined) {
      draft.report.add(`${place}.VMNetworkID`, `${reason ?? ''}; VM subnet ${item.Name} is left out`);
      continue;
    }
    const [subnet = '', ...further] = item.Subnets;
    further.forEach((other, at) => { draft.report.add(`${place}.Subnets[${at + 1}]`, `${other}: a VM subnet has one subnet here`); });
    const made = (pools.get(item.ID) ?? []).map((pool) => poolOf(draft, poolNames, pool));
    network.input.subnets.push(draft.from(place, subnetInput(item.Name, subnet, item.VMSubnetID, made)));
    subnets.add(item.ID, { name: item.Name, vsid: item.VMSubnetID ?? 0, network, pools: made.map((pool) => new AddressPool(pool)) });
  }
  return subnets;
}

function subnetInput(name: string, subnet: string, vsid: number | undefined, [pool, ...furtherPools]: readonly PoolInput[]): VmSubnetInput {
  return { name, subnet, vsid: vsid ?? 0, ...(pool === undefined ? {} : { pool }), furtherPools };
}
