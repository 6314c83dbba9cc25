/** The static address of a network adapter: the wanted one, or the next free one of the first pool that has any. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { formatIpv4, parseIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import type { Path } from '../library/connections.ts';

export interface ChosenAddress {
  readonly pool: IpAddressPool;
  readonly address: Ipv4Address;
}

export interface AddressWish {
  /** Empty for the next free one. */
  readonly text: string;
  /** What the pools belong to, in words. */
  readonly place: string;
  readonly pools: readonly IpAddressPool[];
  /** Addresses that other adapters of the same machine take. */
  readonly besides: readonly ChosenAddress[];
  readonly networkPath: Path;
  readonly addressPath: Path;
}

type Choice = { readonly chosen: ChosenAddress } | { readonly problem: Problem };

export function chooseAddress(wish: AddressWish, inventory: Inventory): Choice {
  const { text, place, pools, networkPath, addressPath } = wish;
  if (pools.length === 0) {
    return { problem: problem('poolMissing', networkPath, `${place} has no static IP address pool, so the adapter would get no address.`, 'Create an IP address pool for it, or choose another network.') };
  }
  if (text === '') return chooseNext(wish, inventory);
  const address = parseIpv4(text);
  if (address === undefined) return { problem: problem('invalidInput', addressPath, `"${text}" is no IPv4 address.`, `Type an address such as ${formatIpv4(pools[0]?.rangeStart ?? 0)}, or leave it empty.`) };
  return takeWanted(wish, address, inventory);
}

function chooseNext({ pools, place, besides, networkPath }: AddressWish, inventory: Inventory): Choice {
  for (const pool of pools) {
    const taken = besides.filter((other) => other.pool.id === pool.id).map(({ address }) => address);
    const address = inventory.pools.nextFree(pool, taken);
    if (address !== null) return { chosen: { pool, address } };
  }
  const names = pools.map(({ name }) => name).join(', ');
  return { problem: problem('poolExhausted', networkPath, `No address of ${place} is free: ${names} ${pools.length === 1 ? 'is' : 'are'} exhausted.`, 'Enlarge the pool, or give back addresses that are no longer used.') };
}

function takeWanted({ pools, besides, addressPath }: AddressWish, address: Ipv4Address, inventory: Inventory): Choice {
  const shown = formatIpv4(address);
  const pool = pools.find(({ rangeStart, rangeEnd }) => rangeStart <= address && address <= rangeEnd) ?? pools[0];
  const refused = (name: 'addressInUse' | 'addressReserved' | 'addressOutsidePool', message: string) => ({ problem: problem(name, addressPath, message, 'Type another address, or leave it empty for the next free one.') });
  if (pool === undefined) throw new Error('An address was wanted from no pool');
  if (besides.some((other) => other.pool.id === pool.id && other.address === address)) return refused('addressInUse', `${shown} is given to two adapters of this virtual machine.`);
  const state = inventory.pools.stateOf(pool, address);
  switch (state) {
    case 'free':
      return { chosen: { pool, address } };
    case 'inUse':
      return refused('addressInUse', `${shown} belongs to ${inventory.pools.findAllocation(pool.id, address)?.description ?? 'something else'} already.`);
    case 'reserved':
      return refused('addressReserved', `${shown} is reserved in ${pool.name}.`);
    case 'gateway':
      return refused('addressReserved', `${shown} is the default gateway of ${pool.name}.`);
    case 'outside':
      return refused('addressOutsidePool', `${shown} is not in ${pool.name} (${formatIpv4(pool.rangeStart)} - ${formatIpv4(pool.rangeEnd)}).`);
  }
}
