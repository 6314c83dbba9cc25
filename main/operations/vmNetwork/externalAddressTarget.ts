/**
 * External addresses of a NAT connection, the first one and those behind it: what an input asks for as addresses of pools, or everything
 * that stands against it. VMM gives a VM network one; the gateway virtual machine can have more for it (fact sheet §3.2, 8.13).
 */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { NatExternalAddressInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4, ipv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressAllocation, IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import type { NatExternalAddress } from '../../store/inventory/natExternalAddresses.ts';
import type { NetworkService } from '../../store/inventory/networkServices.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { findOrProblem } from '../problems.ts';
import type { NatNow } from './natNow.ts';

/** An allocation that the VM network has already, or an address that is free. */
export type AddressChoice = { readonly kept: IpAddressAllocation } | { readonly taken: Ipv4Address };

interface PlacedAddress {
  readonly pool: IpAddressPool;
  readonly address: AddressChoice;
}

/** The first one, and those behind it in their order. */
export interface ExternalAddresses extends PlacedAddress {
  /** `id`: of the external address that it was; undefined for a new one. */
  readonly further: readonly (PlacedAddress & { readonly id: string | undefined })[];
}

interface AddressInput {
  readonly ipAddressPool?: string | undefined;
  readonly ipAddress?: string | undefined;
  readonly externalAddresses?: readonly NatExternalAddressInput[] | undefined;
}

/** An entry of the wanted list with the external address that it means, if that is there. */
export interface Claim {
  readonly input: NatExternalAddressInput;
  readonly row: NatExternalAddress | undefined;
}

type Path = readonly (string | number)[];

/** The front end of the gateway device, whose pools are offered. */
interface FrontEnd {
  readonly service: NetworkService;
  readonly frontEndSiteId: string;
}

export function addressOf(choice: AddressChoice): Ipv4Address {
  return 'kept' in choice ? choice.kept.address : choice.taken;
}

/** In their order. */
export function furtherAddressesOf(network: VmNetwork, { vmNetworkGateways, natExternalAddresses }: Inventory): readonly NatExternalAddress[] {
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  return nat === undefined ? [] : natExternalAddresses.ofNat(nat.id);
}

/** Which of those that are there each entry means: by its id, by its address, and what has neither takes the next that is left. */
export function claimExternalAddresses({ further: rows }: NatNow, { externalAddresses }: AddressInput, inventory: Inventory): readonly Claim[] {
  if (externalAddresses === undefined) return rows.map((row) => ({ input: { id: row.id }, row }));
  const left = new Map(rows.map((row) => [row.id, row]));
  const claimed = externalAddresses.map(({ id }) => (id === undefined ? undefined : take(left, (row) => row.id === id)));
  externalAddresses.forEach(({ id, ipAddress }, at) => {
    if (id === undefined && ipAddress !== undefined) claimed[at] = take(left, ({ address }) => address === ipv4(ipAddress));
  });
  externalAddresses.forEach(({ id, ipAddress, ipAddressPool }, at) => {
    if (id === undefined && ipAddress === undefined) claimed[at] = take(left, (row) => ipAddressPool === undefined || isPool(row.ipAddressPoolId, ipAddressPool, inventory));
  });
  return externalAddresses.map((input, at) => ({ input, row: claimed[at] }));
}

function take(left: Map<string, NatExternalAddress>, isMeant: (row: NatExternalAddress) => boolean): NatExternalAddress | undefined {
  const found = [...left.values()].find(isMeant);
  if (found !== undefined) left.delete(found.id);
  return found;
}

/** By id or name, as references are. */
function isPool(id: string, reference: string, { pools }: Inventory): boolean {
  return id === reference || pools.pool(id).name.toLowerCase() === reference.toLowerCase();
}

interface Wish {
  readonly path: Path;
  readonly pool: IpAddressPool;
  /** Null: any of the pool. */
  readonly address: Ipv4Address | null;
  /** It is there already and nobody spoke of it: it is the others that have to give way. */
  readonly isKept: boolean;
  readonly id: string | undefined;
}

export function resolveExternalAddresses(
  now: NatNow,
  input: AddressInput,
  claims: readonly Claim[],
  frontEnd: FrontEnd,
  inventory: Inventory,
): { readonly target: ExternalAddresses } | { readonly problems: readonly Problem[] } {
  const first = firstWish(now, input, frontEnd, inventory);
  if ('problem' in first) return { problems: [first.problem] };
  const further = claims.map((claim, at) => furtherWish(claim, ['directConnection', 'externalAddresses', at], first.wish.pool, frontEnd, inventory));
  const problems = further.flatMap((found) => ('problem' in found ? [found.problem] : []));
  const wishes = [first.wish, ...further.flatMap((found) => ('wish' in found ? [found.wish] : []))];
  if (problems.length > 0) return { problems: [...problems, ...twice(wishes)] };
  const repeated = twice(wishes);
  if (repeated.length > 0) return { problems: repeated };
  return fulfil(now, wishes, inventory);
}

function firstWish({ first: current }: NatNow, input: AddressInput, frontEnd: FrontEnd, inventory: Inventory): { readonly wish: Wish } | { readonly problem: Problem } {
  const path = ['directConnection'];
  const pool = findPool(input, path, undefined, frontEnd, inventory);
  if ('problem' in pool) return pool;
  const stays = input.ipAddress === undefined && current?.ipAddressPoolId === pool.found.id ? current.address : null;
  const address = input.ipAddress === undefined ? stays : ipv4(input.ipAddress);
  return { wish: { path, pool: pool.found, address, isKept: stays !== null, id: undefined } };
}

/** Without a pool and an address it stays, if the front end has its pool; else it comes from the pool of the first one. */
function furtherWish({ input, row }: Claim, path: Path, firstPool: IpAddressPool, frontEnd: FrontEnd, inventory: Inventory): { readonly wish: Wish } | { readonly problem: Problem } {
  if (input.id !== undefined && row === undefined) {
    return { problem: problem('objectNotFound', [...path, 'ipAddress'], 'This external address is no longer there.', 'Open the properties again: somebody removed it meanwhile.') };
  }
  const offered = inventory.pools.ofSite(frontEnd.frontEndSiteId);
  const ownPool = offered.find(({ id }) => id === row?.ipAddressPoolId);
  const usual = input.ipAddress === undefined ? (ownPool ?? firstPool) : firstPool;
  const pool = findPool(input, path, usual, frontEnd, inventory);
  if ('problem' in pool) return pool;
  const stays = input.ipAddress === undefined && row?.ipAddressPoolId === pool.found.id ? row.address : null;
  const address = input.ipAddress === undefined ? stays : ipv4(input.ipAddress);
  return { wish: { path, pool: pool.found, address, isKept: stays !== null, id: row?.id } };
}

/** An address that is wanted for two places. Who keeps one is not to blame. */
function twice(wishes: readonly Wish[]): readonly Problem[] {
  const seen = new Set(wishes.filter(({ isKept }) => isKept).map(({ address }) => address));
  return wishes.flatMap(({ address, isKept, path }) => {
    if (isKept || address === null) return [];
    if (!seen.has(address)) {
      seen.add(address);
      return [];
    }
    return [problem('externalAddressTwice', [...path, 'ipAddress'], `${formatIpv4(address)} is an external address of this VM network already.`, 'Type another address, or leave it empty for the first free one.')];
  });
}

/** Chosen addresses first: nobody who takes any address may take one of these. */
function fulfil(now: NatNow, wishes: readonly Wish[], inventory: Inventory): { readonly target: ExternalAddresses } | { readonly problems: readonly Problem[] } {
  const gone = new Set(wishes.flatMap(({ address }) => (address === null ? [] : [address])));
  const problems: Problem[] = [];
  const choices = wishes.map(({ address, pool, path }): AddressChoice | undefined => {
    const choice = address === null ? anyAddress(pool, path, gone, now.reserved, inventory) : chosenAddress(pool, address, path, now, inventory);
    if ('problem' in choice) {
      problems.push(choice.problem);
      return undefined;
    }
    gone.add(addressOf(choice));
    return choice;
  });
  const placed = wishes.flatMap(({ pool, id }, at) => {
    const address = choices[at];
    return address === undefined ? [] : [{ pool, address, id }];
  });
  const [first, ...further] = placed;
  return problems.length > 0 || first === undefined ? { problems } : { target: { pool: first.pool, address: first.address, further } };
}

function chosenAddress(pool: IpAddressPool, address: Ipv4Address, path: Path, now: NatNow, inventory: Inventory): AddressChoice | { readonly problem: Problem } {
  const kept = ownAllocations(now, inventory).find((allocation) => allocation.ipAddressPoolId === pool.id && allocation.address === address);
  if (kept !== undefined) return { kept };
  const refused = checkAddress(pool, address, [...path, 'ipAddress'], inventory);
  return refused === undefined ? { taken: address } : { problem: refused };
}

function anyAddress(pool: IpAddressPool, path: Path, gone: ReadonlySet<Ipv4Address>, reserved: readonly IpAddressAllocation[], inventory: Inventory): AddressChoice | { readonly problem: Problem } {
  const kept = reserved.find((allocation) => allocation.ipAddressPoolId === pool.id && !gone.has(allocation.address));
  if (kept !== undefined) return { kept };
  const next = inventory.pools.nextFree(pool, [...gone]);
  if (next !== null) return { taken: next };
  return {
    problem: problem(
      'poolExhausted',
      [...path, 'ipAddressPool'],
      `IP address pool ${pool.name} (${rangeText(pool)}) has no free address.`,
      'Choose another pool, enlarge this one, or give back external addresses that are no longer used.',
    ),
  };
}

/** Everything that the VM network has or has reserved: an address may go over from one place to another. */
function ownAllocations({ first, further, reserved }: NatNow, { pools }: Inventory): readonly IpAddressAllocation[] {
  return [...(first === undefined ? [] : [first]), ...further.flatMap(({ ipAddressAllocationId }) => pools.allocation(ipAddressAllocationId) ?? []), ...reserved];
}

/** `usual`: where neither pool nor address says otherwise; undefined: the first one of the front end. */
function findPool(input: AddressInput, path: Path, usual: IpAddressPool | undefined, gateway: FrontEnd, inventory: Inventory): { readonly found: IpAddressPool } | { readonly problem: Problem } {
  const poolPath = [...path, 'ipAddressPool'];
  const offered = inventory.pools.ofSite(gateway.frontEndSiteId);
  const site = inventory.logicalNetworks.site(gateway.frontEndSiteId).name;
  const [first] = offered;
  if (!first) {
    return {
      problem: problem(
        'poolNotOfGateway',
        poolPath,
        `Network site ${site}, the front end of ${gateway.service.name}, has no static IP address pool.`,
        `Create an IP address pool for ${site}.`,
      ),
    };
  }
  if (input.ipAddressPool === undefined) return { found: poolOf(input, offered) ?? usual ?? first };
  const reference = input.ipAddressPool;
  const pool = findOrProblem(poolPath, () => inventory.pools.pool(reference));
  if ('problem' in pool || offered.some(({ id }) => id === pool.found.id)) return pool;
  return {
    problem: problem(
      'poolNotOfGateway',
      poolPath,
      `IP address pool ${pool.found.name} does not belong to network site ${site}, the front end of ${gateway.service.name}.`,
      `Choose one of: ${offered.map(({ name }) => name).join(', ')}.`,
    ),
  };
}

/** Only an address was given: the pool that has it. */
function poolOf(input: AddressInput, offered: readonly IpAddressPool[]): IpAddressPool | undefined {
  if (input.ipAddress === undefined) return undefined;
  const address = ipv4(input.ipAddress);
  return offered.find((pool) => pool.rangeStart <= address && address <= pool.rangeEnd);
}

function checkAddress(pool: IpAddressPool, address: Ipv4Address, addressPath: Path, inventory: Inventory): Problem | undefined {
  const text = formatIpv4(address);
  const another = `Type another address of ${pool.name}, or leave it empty for the first free one.`;
  const state = inventory.pools.stateOf(pool, address);
  switch (state) {
    case 'free': {
      return undefined;
    }
    case 'outside': {
      return problem('addressOutsidePool', addressPath, `${text} is outside IP address pool ${pool.name} (${rangeText(pool)}).`, `Type an address of ${rangeText(pool)}, or leave it empty for the first free one.`);
    }
    case 'gateway': {
      return problem('addressReserved', addressPath, `${text} is the default gateway of IP address pool ${pool.name}.`, another);
    }
    case 'reserved': {
      return problem('addressReserved', addressPath, `${text} is reserved in IP address pool ${pool.name}.`, another);
    }
    case 'inUse': {
      const holder = inventory.pools.findAllocation(pool.id, address)?.description ?? 'another object';
      return problem('addressInUse', addressPath, `${text} of IP address pool ${pool.name} is in use by ${holder}.`, another);
    }
  }
}

function rangeText(pool: IpAddressPool): string {
  return `${formatIpv4(pool.rangeStart)} - ${formatIpv4(pool.rangeEnd)}`;
}
