/** Static IP address pools and the addresses given from them. */
import type { AddressRange } from '../../../shared/net/addressRanges.ts';
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';
import type { Answers, Kept } from './answers.ts';
import { chooseAddress } from './addressPolicy.ts';
import { PoolSettingsStore, type PoolSettings } from './poolSettings.ts';
import { required } from './reference.ts';

export interface IpAddressPool {
  readonly id: string;
  /** Exactly one of the two is set. */
  readonly networkSiteSubnetId: string | null;
  readonly vmSubnetId: string | null;
  readonly name: string;
  readonly description: string;
  readonly rangeStart: Ipv4Address;
  readonly rangeEnd: Ipv4Address;
}

/** Kinds of holders, by VMM's names (fact sheet §3.6), as far as this console gives addresses to them. */
export type AllocationHolderType = 'NetworkService' | 'VirtualNetworkAdapter' | 'HostNetworkAdapter' | 'NATConnection' | 'VMNetworkGateway';

export interface AllocationHolder {
  readonly type: AllocationHolderType;
  readonly id: string;
  /** In words, for messages and for the list of a pool's addresses. */
  readonly description: string;
}

export interface IpAddressAllocation {
  readonly id: string;
  readonly ipAddressPoolId: string;
  readonly address: Ipv4Address;
  readonly allocatedToType: AllocationHolderType;
  readonly allocatedToId: string;
  readonly description: string;
}

/** Whether an address can be had, and if not, why. */
export type AddressState = 'free' | 'outside' | 'gateway' | 'reserved' | 'inUse';

export class IpAddressPools {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #settings: PoolSettingsStore;
  /** By pool: addresses from the first up to, and without, the second are all in use. */
  readonly #full: Kept<string, { readonly from: Ipv4Address; readonly to: Ipv4Address }>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
    this.#settings = new PoolSettingsStore(db, answers);
    this.#full = answers.whileRowsStay('ip_address_allocation', ['ip_address_pool_id', 'address']);
  }

  add(pool: IpAddressPool, settings: PoolSettings): void {
    this.#statements.insertPool.run(pool);
    this.#settings.write(pool.id, settings);
  }

  /** Name, description, range and settings; where it belongs stays. */
  change(pool: IpAddressPool, settings: PoolSettings): void {
    this.#statements.updatePool.run(pool);
    this.#settings.write(pool.id, settings);
  }

  /** None of its addresses may be allocated any more. */
  remove(id: string): void {
    this.#statements.deletePool.run(id);
  }

  /** Gateways, reserved addresses, DNS and WINS. */
  settingsOf(poolId: string): PoolSettings {
    return this.#settings.read(poolId);
  }

  findByName(name: string): IpAddressPool | undefined {
    return this.#statements.poolByName.get(name);
  }

  ofSiteSubnet(networkSiteSubnetId: string): readonly IpAddressPool[] {
    return this.#statements.poolsOfSiteSubnet.all(networkSiteSubnetId);
  }

  /** In order of address. */
  allocationsOf(poolId: string): readonly IpAddressAllocation[] {
    return this.#statements.allocationsOfPool.all(poolId);
  }

  /** Allocated, but what they were given to does not exist any more, or was never completed; in order of address. */
  inactiveAddresses(poolId: string): readonly IpAddressAllocation[] {
    return this.#statements.inactive.all(poolId);
  }

  /** By id or name. Throws objectNotFound. */
  pool(reference: string): IpAddressPool {
    return required('IP address pool', reference, this.#statements.poolById, this.#statements.poolByName);
  }

  /** Pools of all subnets of a network site, in order of name. */
  ofSite(siteId: string): readonly IpAddressPool[] {
    return this.#statements.poolsOfSite.all(siteId);
  }

  /** Pools from which a host's provider addresses come: those of the logical network's sites that the host can use. */
  providerPools(logicalNetworkId: string, hostId: string): readonly IpAddressPool[] {
    return this.#statements.providerPools.all(hostId, logicalNetworkId);
  }

  ofVmSubnet(vmSubnetId: string): readonly IpAddressPool[] {
    return this.#statements.poolsOfVmSubnet.all(vmSubnetId);
  }

  /** The site a pool belongs to; undefined for a VM subnet's pool. */
  siteIdOf(poolId: string): string | undefined {
    return this.#statements.siteOfPool.get(poolId)?.siteId;
  }

  stateOf(pool: IpAddressPool, address: Ipv4Address): AddressState {
    if (this.#settings.gatewaysOf(pool.id).some((gateway) => gateway.address === address)) return 'gateway';
    if (address < pool.rangeStart || address > pool.rangeEnd) return 'outside';
    if (this.#settings.reservationsOf(pool.id).some(({ start, end }) => start <= address && address <= end)) return 'reserved';
    return this.findAllocation(pool.id, address) ? 'inUse' : 'free';
  }

  findAllocation(poolId: string, address: Ipv4Address): IpAddressAllocation | undefined {
    return this.#statements.allocationByAddress.get(poolId, address);
  }

  allocation(id: string): IpAddressAllocation | undefined {
    return this.#statements.allocationById.get(id);
  }

  heldBy(holderId: string): readonly IpAddressAllocation[] {
    return this.#statements.allocationsOfHolder.all(holderId);
  }

  /** Whether `nextFree` finds one. A free address at the end answers that without a search through all that are in use. */
  hasFree(pool: IpAddressPool): boolean {
    return this.stateOf(pool, pool.rangeEnd) === 'free' || this.nextFree(pool) !== null;
  }

  /** The address that is given next, or null when the pool is exhausted. `besides`: addresses that somebody else is about to take. */
  nextFree(pool: IpAddressPool, besides: readonly Ipv4Address[] = []): Ipv4Address | null {
    const gateways = this.#settings.gatewaysOf(pool.id).map(({ address }) => ({ start: address, end: address }));
    const blocked: readonly AddressRange[] = [...this.#settings.reservationsOf(pool.id), ...gateways, ...besides.map((address) => ({ start: address, end: address }))];
    return chooseAddress({ start: pool.rangeStart, end: pool.rangeEnd }, blocked, (from) => this.#firstFreeFrom(pool.id, from));
  }

  /** `address` must be free (`stateOf`, `nextFree`): the database refuses one that is in use. */
  allocate(id: string, poolId: string, address: Ipv4Address, holder: AllocationHolder): IpAddressAllocation {
    this.#statements.insertAllocation.run({ id, poolId, address, type: holder.type, holderId: holder.id, description: holder.description });
    return { id, ipAddressPoolId: poolId, address, allocatedToType: holder.type, allocatedToId: holder.id, description: holder.description };
  }

  /** The address goes over to another holder. */
  reassign(allocationId: string, holder: AllocationHolder): void {
    this.#statements.reassign.run({ allocationId, type: holder.type, holderId: holder.id, description: holder.description });
  }

  release(allocationId: string): void {
    this.#statements.deleteAllocation.run(allocationId);
  }

  /**
   * The first hole from `address` on. Mostly there is none before the last address in use; else past ranges that are in use as a whole,
   * first longer and longer ones, then shorter and shorter.
   */
  #firstFreeFrom(poolId: string, address: Ipv4Address): Ipv4Address {
    const full = this.#full.get(poolId);
    const isKnown = full !== undefined && full.from <= address && address <= full.to;
    const to = this.#firstHoleFrom(poolId, isKnown ? full.to : address);
    this.#full.set(poolId, { from: isKnown ? full.from : address, to });
    return to;
  }

  #firstHoleFrom(poolId: string, address: Ipv4Address): Ipv4Address {
    const { inUse, last } = this.#statements.inUseFrom.get(poolId, address) ?? { inUse: 0, last: null };
    if (last === null || last - address + 1 === inUse) return address + inUse;
    const isFull = (first: Ipv4Address, length: number) => this.#statements.countInUse.get(poolId, first, first + length - 1) === length;
    let free = address;
    let length = 1;
    for (; isFull(free, length); length *= 2) free += length;
    for (length /= 2; length >= 1; length /= 2) if (isFull(free, length)) free += length;
    return free;
  }
}

function prepare(db: Db, answers: Answers) {
  const pool = (table: string) => `SELECT ${table}.id, ${table}.network_site_subnet_id AS networkSiteSubnetId,
    ${table}.vm_subnet_id AS vmSubnetId, ${table}.name, ${table}.description, ${table}.range_start AS rangeStart, ${table}.range_end AS rangeEnd`;
  const allocation = `SELECT id, ip_address_pool_id AS ipAddressPoolId, address, allocated_to_type AS allocatedToType,
    allocated_to_id AS allocatedToId, description FROM ip_address_allocation`;
  return {
    insertPool: db.prepare(`
      INSERT INTO ip_address_pool (id, network_site_subnet_id, vm_subnet_id, name, description, range_start, range_end)
      VALUES (@id, @networkSiteSubnetId, @vmSubnetId, @name, @description, @rangeStart, @rangeEnd)`),
    updatePool: db.prepare(`
      UPDATE ip_address_pool SET name = @name, description = @description, range_start = @rangeStart, range_end = @rangeEnd WHERE id = @id`),
    deletePool: db.prepare('DELETE FROM ip_address_pool WHERE id = ?'),
    poolsOfSiteSubnet: answers.of(db.prepare<[string], IpAddressPool>(`${pool('p')} FROM ip_address_pool p WHERE p.network_site_subnet_id = ? ORDER BY p.range_start`)),
    poolById: answers.of(db.prepare<[string], IpAddressPool>(`${pool('p')} FROM ip_address_pool p WHERE p.id = ?`)),
    poolByName: answers.of(db.prepare<[string], IpAddressPool>(`${pool('p')} FROM ip_address_pool p WHERE p.name = ?`)),
    poolsOfSite: answers.of(db.prepare<[string], IpAddressPool>(`
      ${pool('p')} FROM ip_address_pool p JOIN network_site_subnet s ON s.id = p.network_site_subnet_id
      WHERE s.network_site_id = ? ORDER BY p.name`)),
    providerPools: answers.of(db.prepare<[string, string], IpAddressPool>(`
      WITH RECURSIVE above(id) AS (
        SELECT host_group_id FROM host WHERE id = ?
        UNION SELECT g.parent_id FROM host_group g JOIN above ON g.id = above.id WHERE g.parent_id IS NOT NULL)
      ${pool('p')} FROM ip_address_pool p
      JOIN network_site_subnet s ON s.id = p.network_site_subnet_id
      JOIN network_site site ON site.id = s.network_site_id
      WHERE site.logical_network_id = ?
        AND EXISTS (SELECT 1 FROM network_site_host_group h WHERE h.network_site_id = site.id AND h.host_group_id IN (SELECT id FROM above))
      ORDER BY p.name`)),
    poolsOfVmSubnet: db.prepare<[string], IpAddressPool>(`${pool('p')} FROM ip_address_pool p WHERE p.vm_subnet_id = ? ORDER BY p.name`),
    siteOfPool: answers.of(db.prepare<[string], { siteId: string }>(`
      SELECT s.network_site_id AS siteId FROM ip_address_pool p JOIN network_site_subnet s ON s.id = p.network_site_subnet_id WHERE p.id = ?`)),
    allocationByAddress: db.prepare<[string, number], IpAddressAllocation>(`${allocation} WHERE ip_address_pool_id = ? AND address = ?`),
    allocationById: answers.of(db.prepare<[string], IpAddressAllocation>(`${allocation} WHERE id = ?`)),
    allocationsOfHolder: answers.of(db.prepare<[string], IpAddressAllocation>(`${allocation} WHERE allocated_to_id = ? ORDER BY address`)),
    allocationsOfPool: db.prepare<[string], IpAddressAllocation>(`${allocation} WHERE ip_address_pool_id = ? ORDER BY address`),
    // A VM network that holds an address itself has a connection that was not completed. An object of another kind may come later: its address is not inactive by mistake.
    inactive: db.prepare<[string], IpAddressAllocation>(`
      ${allocation} WHERE ip_address_pool_id = ? AND CASE allocated_to_type
        WHEN 'VirtualNetworkAdapter' THEN NOT EXISTS (SELECT 1 FROM virtual_network_adapter x WHERE x.ip_address_allocation_id = ip_address_allocation.id)
        WHEN 'HostNetworkAdapter' THEN NOT EXISTS (SELECT 1 FROM provider_address x WHERE x.ip_address_allocation_id = ip_address_allocation.id)
        WHEN 'NATConnection' THEN NOT EXISTS (SELECT 1 FROM nat_connection x WHERE x.ip_address_allocation_id = ip_address_allocation.id)
          AND NOT EXISTS (SELECT 1 FROM nat_external_address x WHERE x.ip_address_allocation_id = ip_address_allocation.id)
        WHEN 'VMNetworkGateway' THEN EXISTS (SELECT 1 FROM vm_network x WHERE x.id = allocated_to_id)
          OR NOT EXISTS (SELECT 1 FROM vm_network_gateway x WHERE x.id = allocated_to_id)
        ELSE 0 END
      ORDER BY address`),
    inUseFrom: db.prepare<[string, Ipv4Address], { inUse: number; last: Ipv4Address | null }>(
      'SELECT count(*) AS inUse, max(address) AS last FROM ip_address_allocation WHERE ip_address_pool_id = ? AND address >= ?'),
    // An address is allocated once in a pool: as many allocations as addresses means that none of them is free.
    countInUse: db.prepare<[string, Ipv4Address, Ipv4Address], number>(
      'SELECT count(*) FROM ip_address_allocation WHERE ip_address_pool_id = ? AND address BETWEEN ? AND ?').pluck(),
    insertAllocation: db.prepare(`
      INSERT INTO ip_address_allocation (id, ip_address_pool_id, address, allocated_to_type, allocated_to_id, description)
      VALUES (@id, @poolId, @address, @type, @holderId, @description)`),
    reassign: db.prepare(`
      UPDATE ip_address_allocation SET allocated_to_type = @type, allocated_to_id = @holderId, description = @description
      WHERE id = @allocationId`),
    deleteAllocation: db.prepare('DELETE FROM ip_address_allocation WHERE id = ?'),
  };
}
