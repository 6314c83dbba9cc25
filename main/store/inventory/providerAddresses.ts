/** Provider addresses: what stands for a virtual subnet on a host (HNVv1: one each, fact sheet §2.4). */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';

export interface ProviderAddress {
  readonly id: string;
  readonly hostId: string;
  readonly vsid: number;
  readonly ipAddressAllocationId: string;
}

/**
 * MAC address of a provider address. Where VMM takes it from is not documented; locally administered and made from the
 * address, which is unique in the provider network, is RECALL.
 */
function macOf(address: Ipv4Address): MacAddress {
  return 0x02_1d_00_00_00_00 + address;
}

export class ProviderAddresses {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  find(hostId: string, vsid: number): ProviderAddress | undefined {
    return this.#statements.find.get(hostId, vsid);
  }

  /** `address` is that of the allocation. */
  add(providerAddress: ProviderAddress, address: Ipv4Address): void {
    this.#statements.insert.run({ ...providerAddress, mac: macOf(address) });
  }

  remove(id: string): void {
    this.#statements.delete.run(id);
  }

  ofVirtualSubnet(vsid: number): readonly ProviderAddress[] {
    return this.#statements.ofVirtualSubnet.all(vsid);
  }
}

function prepare(db: Db) {
  const row = 'SELECT id, host_id AS hostId, vsid, ip_address_allocation_id AS ipAddressAllocationId FROM provider_address';
  return {
    find: db.prepare<[string, number], ProviderAddress>(`${row} WHERE host_id = ? AND vsid = ?`),
    ofVirtualSubnet: db.prepare<[number], ProviderAddress>(`${row} WHERE vsid = ?`),
    insert: db.prepare(`
      INSERT INTO provider_address (id, host_id, vsid, ip_address_allocation_id, mac) VALUES (@id, @hostId, @vsid, @ipAddressAllocationId, @mac)`),
    delete: db.prepare('DELETE FROM provider_address WHERE id = ?'),
  };
}
