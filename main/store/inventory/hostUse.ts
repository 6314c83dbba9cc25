/** What depends on hosts, their virtual switches and host groups: names for refusals, in order of name. */
import type { Db } from '../database.ts';

export interface HostService {
  readonly id: string;
  readonly name: string;
  readonly connectionString: string;
}

export interface SwitchUse {
  readonly virtualMachine: string;
  readonly adapter: string;
}

/** `user`: what on the host has an address of the site; null for the host's own provider addresses. */
export interface SiteUse {
  readonly site: string;
  readonly user: string | null;
}

export interface GroupUse {
  readonly kind: 'host group' | 'host' | 'network site' | 'network service' | 'MAC address pool';
  readonly name: string;
}

export class HostUse {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  machinesOn(hostId: string): readonly string[] {
    return this.#statements.machines.all(hostId);
  }

  /** Virtual machines of tenants that are connected to a VM network with network virtualization. */
  virtualizedMachinesOn(hostId: string): readonly string[] {
    return this.#statements.virtualizedMachines.all(hostId);
  }

  /** Gateway devices of which the host is the VMHost. */
  servicesOn(hostId: string): readonly HostService[] {
    return this.#statements.services.all(hostId);
  }

  adaptersOn(virtualSwitchId: string): readonly SwitchUse[] {
    return this.#statements.adapters.all(virtualSwitchId);
  }

  /** Network sites that something on the host has addresses of, though none of `hostGroupIds` has the site. */
  sitesBeyond(hostId: string, hostGroupIds: readonly string[]): readonly SiteUse[] {
    return this.#statements.sitesBeyond.all({ hostId, groups: JSON.stringify(hostGroupIds) });
  }

  usersOfGroup(hostGroupId: string): readonly GroupUse[] {
    return this.#statements.groupUsers.all({ hostGroupId });
  }

  /** Hosts on which VMM works with a Run As account. */
  hostsWithAccount(runAsAccountId: string): readonly string[] {
    return this.#statements.withAccount.all(runAsAccountId);
  }
}

function prepare(db: Db) {
  return {
    machines: db.prepare<[string], string>('SELECT name FROM virtual_machine WHERE host_id = ? ORDER BY name').pluck(),
    virtualizedMachines: db.prepare<[string], string>(`
      SELECT v.name FROM virtual_machine v WHERE v.host_id = ? AND v.role = 'tenant' AND EXISTS (
        SELECT 1 FROM virtual_network_adapter a JOIN vm_subnet s ON s.id = a.vm_subnet_id JOIN vm_network n ON n.id = s.vm_network_id
        WHERE a.virtual_machine_id = v.id AND n.isolation = 'WindowsNetworkVirtualization')
      ORDER BY v.name`).pluck(),
    services: db.prepare<[string], HostService>(
      'SELECT id, name, connection_string AS connectionString FROM network_service WHERE host_id = ? ORDER BY name'),
    adapters: db.prepare<[string], SwitchUse>(`
      SELECT v.name AS virtualMachine, a.name AS adapter FROM virtual_network_adapter a JOIN virtual_machine v ON v.id = a.virtual_machine_id
      WHERE a.virtual_switch_id = ? ORDER BY v.name, a.slot`),
    sitesBeyond: db.prepare<[{ hostId: string; groups: string }], SiteUse>(`
      SELECT site.name AS site, used.user FROM (
        SELECT s.network_site_id AS site_id, NULL AS user FROM provider_address p
          JOIN ip_address_allocation a ON a.id = p.ip_address_allocation_id JOIN ip_address_pool pool ON pool.id = a.ip_address_pool_id
          JOIN network_site_subnet s ON s.id = pool.network_site_subnet_id WHERE p.host_id = @hostId
        UNION SELECT s.network_site_id, v.name FROM virtual_machine v JOIN virtual_network_adapter a ON a.virtual_machine_id = v.id
          JOIN network_site_subnet s ON s.id = a.network_site_subnet_id WHERE v.host_id = @hostId
        UNION SELECT c.network_site_id, n.name FROM network_service n JOIN network_connection c ON c.network_service_id = n.id
          WHERE n.host_id = @hostId) used
      JOIN network_site site ON site.id = used.site_id
      WHERE NOT EXISTS (
        SELECT 1 FROM network_site_host_group h WHERE h.network_site_id = site.id AND h.host_group_id IN (SELECT value FROM json_each(@groups)))
      ORDER BY site.name, used.user`),
    groupUsers: db.prepare<[{ hostGroupId: string }], GroupUse>(`
      SELECT 'host group' AS kind, name FROM host_group WHERE parent_id = @hostGroupId
      UNION ALL SELECT 'host', name FROM host WHERE host_group_id = @hostGroupId
      UNION ALL SELECT 'network site', s.name FROM network_site_host_group h JOIN network_site s ON s.id = h.network_site_id WHERE h.host_group_id = @hostGroupId
      UNION ALL SELECT 'network service', n.name FROM network_service_host_group h JOIN network_service n ON n.id = h.network_service_id
        WHERE h.host_group_id = @hostGroupId
      UNION ALL SELECT 'MAC address pool', p.name FROM mac_address_pool_host_group h JOIN mac_address_pool p ON p.id = h.mac_address_pool_id
        WHERE h.host_group_id = @hostGroupId
      ORDER BY 1, 2`),
    withAccount: db.prepare<[string], string>('SELECT name FROM host WHERE run_as_account_id = ? ORDER BY name').pluck(),
  };
}
