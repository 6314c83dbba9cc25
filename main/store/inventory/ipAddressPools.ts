/** Static IP address pools and the addresses given from them. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';
import { chooseAddress, type AddressRange } from './addressPolicy.ts';
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

export interface PoolGateway {
  readonly address: Ipv4Address;
  readonly metric: number;
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

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  add(pool: IpAddressPool, gateways: readonly PoolGateway[], reservations: readonly AddressRange[]): void {
    this.#statements.insertPool.run(pool);
    for (const { address, metric } of gateways) this.#statements.insertGateway.run(pool.id, address, metric);
    for (const { start, end } of reservations) this.#statements.insertReservation.run(pool.id, start, end);
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
    if (this.#statements.gateways.all(pool.id).some((gateway) => gateway.address === address)) return 'gateway';
    if (address < pool.rangeStart || address > pool.rangeEnd) return 'outside';
    if (this.#statements.reservations.all(pool.id).some(({ start, end }) => start <= address && address <= end)) return 'reserved';
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

  /** The address that is given next, or null when the pool is exhausted. `besides`: addresses that somebody else is about to take. */
  nextFree(pool: IpAddressPool, besides: readonly Ipv4Address[] = []): Ipv4Address | null {
    const gateways = this.#statements.gateways.all(pool.id).map(({ address }) => ({ start: address, end: address }));
    const blocked = [...this.#statements.reservations.all(pool.id), ...gateways, ...besides.map((address) => ({ start: address, end: address }))];
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

  #firstFreeFrom(poolId: string, address: Ipv4Address): Ipv4Address {
    if (!this.findAllocation(poolId, address)) return address;
    return this.#statements.endOfRun.get(poolId, address)?.free ?? address;
  }
}

function prepare(db: Db) {
  const pool = (table: string) => `SELECT ${table}.id, ${table}.network_site_subnet_id AS networkSiteSubnetId,
    ${table}.vm_subnet_id AS vmSubnetId, ${table}.name, ${table}.description, ${table}.range_start AS rangeStart, ${table}.range_end AS rangeEnd`;
  const allocation = `SELECT id, ip_address_pool_id AS ipAddressPoolId, address, allocated_to_type AS allocatedToType,
    allocated_to_id AS allocatedToId, description FROM ip_address_allocation`;
  return {
    insertPool: db.prepare(`
      INSERT INTO ip_address_pool (id, network_site_subnet_id, vm_subnet_id, name, description, range_start, range_end)
      VALUES (@id, @networkSiteSubnetId, @vmSubnetId, @name, @description, @rangeStart, @rangeEnd)`),
    insertGateway: db.prepare('INSERT INTO ip_address_pool_gateway (ip_address_pool_id, address, metric) VALUES (?, ?, ?)'),
    insertReservation: db.prepare('INSERT INTO ip_address_pool_reservation (ip_address_pool_id, range_start, range_end) VALUES (?, ?, ?)'),
    poolById: db.prepare<[string], IpAddressPool>(`${pool('p')} FROM ip_address_pool p WHERE p.id = ?`),
    poolByName: db.prepare<[string], IpAddressPool>(`${pool('p')} FROM ip_address_pool p WHERE p.name = ?`),
    poolsOfSite: db.prepare<[string], IpAddressPool>(`
      ${pool('p')} FROM ip_address_pool p JOIN network_site_subnet s ON s.id = p.network_site_subnet_id
      WHERE s.network_site_id = ? ORDER BY p.name`),
    providerPools: db.prepare<[string, string], IpAddressPool>(`
      WITH RECURSIVE above(id) AS (
        SELECT host_group_id FROM host WHERE id = ?
        UNION SELECT g.parent_id FROM host_group g JOIN above ON g.id = above.id WHERE g.parent_id IS NOT NULL)
      ${pool('p')} FROM ip_address_pool p
      JOIN network_site_subnet s ON s.id = p.network_site_subnet_id
      JOIN network_site site ON site.id = s.network_site_id
      WHERE site.logical_network_id = ?
        AND EXISTS (SELECT 1 FROM network_site_host_group h WHERE h.network_site_id = site.id AND h.host_group_id IN (SELECT id FROM above))
      ORDER BY p.name`),
    poolsOfVmSubnet: db.prepare<[string], IpAddressPool>(`${pool('p')} FROM ip_address_pool p WHERE p.vm_subnet_id = ? ORDER BY p.name`),
    siteOfPool: db.prepare<[string], { siteId: string }>(`
      SELECT s.network_site_id AS siteId FROM ip_address_pool p JOIN network_site_subnet s ON s.id = p.network_site_subnet_id WHERE p.id = ?`),
    gateways: db.prepare<[string], PoolGateway>(
      'SELECT address, metric FROM ip_address_pool_gateway WHERE ip_address_pool_id = ? ORDER BY metric, address'),
    reservations: db.prepare<[string], AddressRange>(
      'SELECT range_start AS start, range_end AS end FROM ip_address_pool_reservation WHERE ip_address_pool_id = ?'),
    allocationByAddress: db.prepare<[string, number], IpAddressAllocation>(`${allocation} WHERE ip_address_pool_id = ? AND address = ?`),
    allocationById: db.prepare<[string], IpAddressAllocation>(`${allocation} WHERE id = ?`),
    allocationsOfHolder: db.prepare<[string], IpAddressAllocation>(`${allocation} WHERE allocated_to_id = ? ORDER BY address`),
    // The first hole behind a row of neighbouring allocated addresses.
    endOfRun: db.prepare<[string, number], { free: number }>(`
      SELECT a.address + 1 AS free FROM ip_address_allocation a
      WHERE a.ip_address_pool_id = ? AND a.address >= ? AND NOT EXISTS (
        SELECT 1 FROM ip_address_allocation b WHERE b.ip_address_pool_id = a.ip_address_pool_id AND b.address = a.address + 1)
      ORDER BY a.address LIMIT 1`),
    insertAllocation: db.prepare(`
      INSERT INTO ip_address_allocation (id, ip_address_pool_id, address, allocated_to_type, allocated_to_id, description)
      VALUES (@id, @poolId, @address, @type, @holderId, @description)`),
    reassign: db.prepare(`
      UPDATE ip_address_allocation SET allocated_to_type = @type, allocated_to_id = @holderId, description = @description
      WHERE id = @allocationId`),
    deleteAllocation: db.prepare('DELETE FROM ip_address_allocation WHERE id = ?'),
  };
}
