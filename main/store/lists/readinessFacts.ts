/** What the inventory holds of what a gateway needs, in a handful of rows. */
import type { Db } from '../database.ts';

export interface NetworkFact {
  readonly id: string;
  readonly name: string;
  readonly networkVirtualization: number;
  /** Network sites of it that have a static IP address pool. */
  readonly pools: number;
  /** Some pool of it names a default gateway. */
  readonly hasGateway: number;
}

export interface HostFact {
  readonly id: string;
  readonly name: string;
  readonly isVirtual: number;
  readonly isDedicated: number;
  readonly switches: number;
}

/** A virtual machine on a dedicated host that is no tenant's. */
export interface GatewayVmFact {
  readonly id: string;
  readonly name: string;
  readonly running: number;
  readonly firewallOn: number;
  readonly remoteAccessInstalled: number;
  readonly vpnDeployed: number;
  readonly adapters: number;
  readonly connectedAdapters: number;
}

export interface ServiceFact {
  readonly id: string;
  readonly name: string;
  readonly frontEnd: number;
  readonly backEnd: number;
}

export class ReadinessFacts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  get logicalNetworks(): readonly NetworkFact[] {
    return this.#statements.networks.all();
  }

  get hosts(): readonly HostFact[] {
    return this.#statements.hosts.all();
  }

  get gatewayVms(): readonly GatewayVmFact[] {
    return this.#statements.machines.all();
  }

  get services(): readonly ServiceFact[] {
    return this.#statements.services.all();
  }

  /** VM networks in all, and those that a gateway connects. */
  get vmNetworks(): { readonly all: number; readonly connected: number } {
    return this.#statements.vmNetworks.get() ?? { all: 0, connected: 0 };
  }
}

function prepare(db: Db) {
  return {
    networks: db.prepare<[], NetworkFact>(`
      SELECT l.id, l.name, l.network_virtualization AS networkVirtualization, count(DISTINCT p.id) AS pools,
        EXISTS (SELECT 1 FROM ip_address_pool_gateway g JOIN ip_address_pool q ON q.id = g.ip_address_pool_id
          JOIN network_site_subnet t ON t.id = q.network_site_subnet_id JOIN network_site u ON u.id = t.network_site_id WHERE u.logical_network_id = l.id) AS hasGateway
      FROM logical_network l
      LEFT JOIN network_site site ON site.logical_network_id = l.id
      LEFT JOIN network_site_subnet s ON s.network_site_id = site.id
      LEFT JOIN ip_address_pool p ON p.network_site_subnet_id = s.id
      GROUP BY l.id ORDER BY l.name`),
    hosts: db.prepare<[], HostFact>(`
      SELECT id, name, is_virtual AS isVirtual, is_dedicated_gateway AS isDedicated,
        (SELECT count(*) FROM virtual_switch v WHERE v.host_id = host.id) AS switches
      FROM host WHERE is_dedicated_gateway = 1 ORDER BY name`),
    machines: db.prepare<[], GatewayVmFact>(`
      SELECT m.id, m.name, m.running, m.firewall_on AS firewallOn, m.remote_access_installed AS remoteAccessInstalled, m.vpn_deployed AS vpnDeployed,
        count(a.id) AS adapters, count(a.virtual_switch_id) AS connectedAdapters
      FROM virtual_machine m JOIN host h ON h.id = m.host_id AND h.is_dedicated_gateway = 1
      LEFT JOIN virtual_network_adapter a ON a.virtual_machine_id = m.id
      WHERE NOT EXISTS (SELECT 1 FROM virtual_network_adapter t WHERE t.virtual_machine_id = m.id AND t.vm_subnet_id IS NOT NULL)
      GROUP BY m.id ORDER BY m.name`),
    services: db.prepare<[], ServiceFact>(`
      SELECT s.id, s.name,
        EXISTS (SELECT 1 FROM network_connection c WHERE c.network_service_id = s.id AND c.connection_type = 'FrontEnd') AS frontEnd,
        EXISTS (SELECT 1 FROM network_connection c WHERE c.network_service_id = s.id AND c.connection_type = 'BackEnd') AS backEnd
      FROM network_service s ORDER BY s.name`),
    vmNetworks: db.prepare<[], { all: number; connected: number }>(
      'SELECT (SELECT count(*) FROM vm_network) AS "all", (SELECT count(*) FROM vm_network_gateway) AS connected'),
  };
}
