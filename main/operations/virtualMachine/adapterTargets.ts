/** The adapters that the input of a virtual machine asks for, as objects of the inventory. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { MachineAdapterInput } from '../../../shared/contract/libraryOperations.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmNetwork, VmSubnet } from '../../store/inventory/vmNetworks.ts';
import { checkAdapterCount, findConnection, type Path } from '../library/connections.ts';
import { findOrProblem } from '../problems.ts';
import { chooseAddress, type AddressWish, type ChosenAddress } from './addressChoice.ts';
import type { AdapterNeed } from './placement.ts';

export interface AdapterTarget extends AdapterNeed {
  /** Null for an adapter that is not connected. */
  readonly chosen: ChosenAddress | null;
}

/** What can be found of them, half-filled as they may be. */
export function findNeeds(adapters: readonly MachineAdapterInput[], inventory: Inventory): { readonly needs: readonly AdapterNeed[]; readonly problems: readonly Problem[] } {
  const needs: AdapterNeed[] = [];
  const problems: Problem[] = [...checkAdapterCount(adapters.length)];
  for (const [at, adapter] of adapters.entries()) {
    const found = findNeed(adapter, ['adapters', at], inventory);
    if ('problem' in found) problems.push(found.problem);
    else needs.push(found);
  }
  return { needs, problems };
}

function findNeed(input: MachineAdapterInput, path: Path, inventory: Inventory): AdapterNeed | { readonly problem: Problem } {
  const connection = findConnection(input, path, inventory);
  if ('problem' in connection) return connection;
  if (connection.found.kind !== 'vmNetwork') return { connection: connection.found, subnet: null };
  const subnet = findSubnet(connection.found.network, input.vmSubnet, path, inventory);
  return 'problem' in subnet ? subnet : { connection: connection.found, subnet: subnet.found };
}

/** A VM network with one VM subnet leaves no choice. */
function findSubnet(network: VmNetwork, reference: string, path: Path, inventory: Inventory): { readonly found: VmSubnet } | { readonly problem: Problem } {
  if (reference !== '') return findOrProblem([...path, 'vmSubnet'], () => inventory.vmNetworks.subnet(network, reference));
  const subnets = inventory.vmNetworks.subnetsOf(network.id);
  const [only, another] = subnets;
  if (only === undefined) return { problem: problem('networkNotUsable', [...path, 'network'], `VM network ${network.name} has no VM subnet.`, 'Create a VM subnet in it, or choose another VM network.') };
  if (another === undefined) return { found: only };
  return { problem: problem('invalidInput', [...path, 'vmSubnet'], `No VM subnet of ${network.name} is chosen.`, `Choose one of: ${subnets.map(({ name }) => name).join(', ')}.`) };
}

/** With the address of each; no two get the same. `host` is undefined while none is chosen. */
export function chooseAddresses(
  adapters: readonly MachineAdapterInput[],
  needs: readonly AdapterNeed[],
  host: Host | undefined,
  inventory: Inventory,
): { readonly targets: readonly AdapterTarget[]; readonly problems: readonly Problem[] } {
  const targets: AdapterTarget[] = [];
  const problems: Problem[] = [];
  const besides: ChosenAddress[] = [];
  for (const [at, need] of needs.entries()) {
    const wish = wishOf(need, adapters[at]?.ipAddress ?? '', at, besides, host, inventory);
    const choice = wish && chooseAddress(wish, inventory);
    if (choice && 'problem' in choice) problems.push(choice.problem);
    else targets.push({ ...need, chosen: choice?.chosen ?? null });
    if (choice && 'chosen' in choice) besides.push(choice.chosen);
  }
  return { targets, problems };
}

function wishOf(
  { connection, subnet }: AdapterNeed,
  text: string,
  at: number,
  besides: readonly ChosenAddress[],
  host: Host | undefined,
  inventory: Inventory,
): AddressWish | undefined {
  const paths = { networkPath: ['adapters', at, 'network'], addressPath: ['adapters', at, 'ipAddress'] };
  if (connection.kind === 'notConnected') return undefined;
  if (connection.kind === 'vmNetwork') {
    const pools = subnet === null ? [] : inventory.pools.ofVmSubnet(subnet.id);
    return { text, place: `VM subnet ${subnet?.name ?? ''} of ${connection.network.name}`, pools, besides, ...paths };
  }
  const { logicalNetworks, pools } = inventory;
  const { id, name } = connection.network;
  const sites = host === undefined ? logicalNetworks.sitesOf(id) : logicalNetworks.sitesAt(id, host.id);
  return { text, place: `Logical network ${name}${host === undefined ? '' : ` at host ${host.name}`}`, pools: sites.flatMap((site) => pools.ofSite(site.id)), besides, ...paths };
}
