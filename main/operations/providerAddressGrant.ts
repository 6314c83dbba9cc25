/** Grants and takes back provider addresses: one per virtual subnet and host (fact sheet §2.4). */
import { ConsoleError, problem, type Problem } from '../../shared/contract/errors.ts';
import type { Inventory } from '../store/inventory/inventory.ts';

export interface ProviderAddressPlace {
  readonly host: { readonly id: string; readonly name: string };
  readonly logicalNetworkId: string;
}

/** What would stand against another provider address on this host. */
export function checkProviderAddress(inventory: Inventory, place: ProviderAddressPlace, path: readonly string[]): readonly Problem[] {
  const { pools } = inventory;
  return pools.providerPools(place.logicalNetworkId, place.host.id).some((pool) => pools.hasFree(pool)) ? [] : [exhausted(inventory, place, path)];
}

/** Makes sure that the host has an address for the virtual subnet. Throws ConsoleError providerPoolExhausted. */
export function grantProviderAddress(inventory: Inventory, place: ProviderAddressPlace, vsid: number, newId: () => string): void {
  if (inventory.providerAddresses.find(place.host.id, vsid)) return;
  const free = nextFree(inventory, place);
  if (!free) {
    const { message, recommendedAction } = exhausted(inventory, place, []);
    throw new ConsoleError('providerPoolExhausted', message, recommendedAction);
  }
  const id = newId();
  const allocation = inventory.pools.allocate(newId(), free.poolId, free.address, {
    type: 'HostNetworkAdapter',
    id,
    description: `provider address of virtual subnet ${vsid} on host ${place.host.name}`,
  });
  inventory.providerAddresses.add({ id, hostId: place.host.id, vsid, ipAddressAllocationId: allocation.id }, free.address);
}

/** Gives back the provider addresses of a virtual subnet, on all hosts or on one. */
export function releaseProviderAddresses(inventory: Inventory, vsid: number, hostId?: string): void {
  for (const providerAddress of inventory.providerAddresses.ofVirtualSubnet(vsid)) {
    if (hostId !== undefined && providerAddress.hostId !== hostId) continue;
    inventory.providerAddresses.remove(providerAddress.id);
    inventory.pools.release(providerAddress.ipAddressAllocationId);
  }
}

function nextFree(inventory: Inventory, { host, logicalNetworkId }: ProviderAddressPlace) {
  for (const pool of inventory.pools.providerPools(logicalNetworkId, host.id)) {
    const address = inventory.pools.nextFree(pool);
    if (address !== null) return { poolId: pool.id, address };
  }
  return undefined;
}

function exhausted(inventory: Inventory, { host, logicalNetworkId }: ProviderAddressPlace, path: readonly string[]): Problem {
  const network = inventory.logicalNetworks.logicalNetwork(logicalNetworkId).name;
  const pools = inventory.pools.providerPools(logicalNetworkId, host.id).map(({ name }) => name);
  return problem(
    'providerPoolExhausted',
    path,
    pools.length === 0
      ? `Logical network ${network} has no IP address pool for provider addresses of host ${host.name}.`
      : `No provider address is free for host ${host.name}: ${pools.join(', ')} of logical network ${network} ${pools.length === 1 ? 'is' : 'are'} exhausted.`,
    'Enlarge the pool of the logical network, add a pool, or release addresses that are no longer used.',
  );
}
