/** What the inventory holds against the limits of a gateway device. */
import type { Db } from '../database.ts';
import { availableAddresses } from './sql.ts';

export interface CapacityRow {
  readonly name: string;
  readonly isForwarding: number;
  readonly vmNetworks: number;
  readonly maximumVmNetworks: number;
  readonly tunnels: number;
  /** VM subnets and gateway subnets of the VM networks that use it. */
  readonly virtualSubnets: number;
}

export interface ExternalPoolRow {
  readonly name: string;
  /** Addresses of its range without those that are reserved. */
  readonly usable: number;
  readonly free: number;
}

export class CapacityFacts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** Undefined when there is no network service with this id. */
  of(networkServiceId: string): (CapacityRow & { readonly externalPools: readonly ExternalPoolRow[] }) | undefined {
    const row = this.#statements.row.get(networkServiceId);
    return row && { ...row, externalPools: this.#statements.pools.all(networkServiceId) };
  }
}

function prepare(db: Db) {
  return {
    row: db.prepare<[string], CapacityRow>(`
      SELECT s.name, s.direct_routing_mode AS isForwarding, s.max_vm_networks AS maximumVmNetworks,
        (SELECT count(*) FROM vm_network_gateway g WHERE g.network_service_id = s.id) AS vmNetworks,
        (SELECT count(*) FROM vpn_connection c JOIN vm_network_gateway g ON g.id = c.vm_network_gateway_id WHERE g.network_service_id = s.id) AS tunnels,
        (SELECT count(*) FROM virtual_subnet v JOIN vm_network_gateway g ON g.vm_network_id = v.vm_network_id WHERE g.network_service_id = s.id) AS virtualSubnets
      FROM network_service s WHERE s.id = ?`),
    pools: db.prepare<[string], ExternalPoolRow>(`
      SELECT name, free + allocated AS usable, free FROM (
        SELECT p.name, ${availableAddresses('p')} AS free,
          (SELECT count(*) FROM ip_address_allocation a WHERE a.ip_address_pool_id = p.id AND a.address BETWEEN p.range_start AND p.range_end
            AND NOT EXISTS (SELECT 1 FROM ip_address_pool_reservation r WHERE r.ip_address_pool_id = p.id AND a.address BETWEEN r.range_start AND r.range_end)) AS allocated
        FROM network_connection c
        JOIN network_site_subnet t ON t.network_site_id = c.network_site_id
        JOIN ip_address_pool p ON p.network_site_subnet_id = t.id
        WHERE c.network_service_id = ? AND c.connection_type = 'FrontEnd')
      ORDER BY name`),
  };
}
