/** What depends on logical networks, network sites, their subnets and IP pools: for refusals and for the list before a delete. In order of kind and name. */
import type { Db } from '../database.ts';

/** `kind` as a message calls it. */
export interface Dependant {
  readonly kind: 'IP pool' | 'VM network' | 'VM template' | 'virtual machine' | 'network service' | 'uplink port profile';
  readonly name: string;
}

export class NetworkUse {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** Of the network itself and of all its sites. */
  ofLogicalNetwork(id: string): readonly Dependant[] {
    return [...this.#statements.ofNetwork.all({ id }), ...this.#statements.ofNetworksSubnets.all({ id })];
  }

  /** IP pools, adapters, connections and uplink port profiles of a site. */
  ofSite(id: string): readonly Dependant[] {
    return this.#statements.ofSite.all({ id });
  }

  ofSubnet(id: string): readonly Dependant[] {
    return this.#statements.ofSubnet.all({ id });
  }

  /** VM networks with network virtualization on a logical network. */
  virtualizedOn(logicalNetworkId: string): readonly string[] {
    return this.#statements.virtualized.all(logicalNetworkId);
  }

  /** Network services with a connection of this type in a site of the logical network. */
  connectedOn(logicalNetworkId: string, type: 'FrontEnd' | 'BackEnd'): readonly string[] {
    return this.#statements.connected.all(logicalNetworkId, type);
  }

  /** Hosts on which something has an address of the site or a connection in it. */
  hostsUsing(siteId: string): readonly { readonly hostId: string; readonly host: string; readonly user: string }[] {
    return this.#statements.hosts.all({ id: siteId });
  }
}

function prepare(db: Db) {
  const ofSubnets = (where: string) => `
    SELECT 'IP pool' AS kind, p.name FROM ip_address_pool p JOIN network_site_subnet s ON s.id = p.network_site_subnet_id WHERE ${where}
    UNION SELECT 'virtual machine', v.name FROM virtual_network_adapter a JOIN virtual_machine v ON v.id = a.virtual_machine_id
      JOIN network_site_subnet s ON s.id = a.network_site_subnet_id WHERE ${where}`;
  const ofSites = (where: string) => `${ofSubnets(`s.network_site_id IN (SELECT site.id FROM network_site site WHERE ${where})`)}
    UNION SELECT 'network service', n.name FROM network_connection c JOIN network_service n ON n.id = c.network_service_id
      JOIN network_site site ON site.id = c.network_site_id WHERE ${where}
    UNION SELECT 'uplink port profile', p.name FROM uplink_port_profile_site u JOIN uplink_port_profile p ON p.id = u.uplink_port_profile_id
      JOIN network_site site ON site.id = u.network_site_id WHERE ${where}`;
  return {
    ofNetwork: db.prepare<[{ id: string }], Dependant>(`
      SELECT 'VM network' AS kind, name FROM vm_network WHERE logical_network_id = @id
      UNION SELECT 'VM template', t.name FROM vm_template_adapter a JOIN vm_template t ON t.id = a.vm_template_id WHERE a.logical_network_id = @id
      ORDER BY 1, 2`),
    ofNetworksSubnets: db.prepare<[{ id: string }], Dependant>(`${ofSites('site.logical_network_id = @id')} ORDER BY 1, 2`),
    ofSite: db.prepare<[{ id: string }], Dependant>(`${ofSites('site.id = @id')} ORDER BY 1, 2`),
    ofSubnet: db.prepare<[{ id: string }], Dependant>(`${ofSubnets('s.id = @id')} ORDER BY 1, 2`),
    virtualized: db.prepare<[string], string>(`
      SELECT name FROM vm_network WHERE logical_network_id = ? AND isolation = 'WindowsNetworkVirtualization' ORDER BY name`).pluck(),
    connected: db.prepare<[string, string], string>(`
      SELECT n.name FROM network_connection c JOIN network_service n ON n.id = c.network_service_id JOIN network_site site ON site.id = c.network_site_id
      WHERE site.logical_network_id = ? AND c.connection_type = ? ORDER BY n.name`).pluck(),
    hosts: db.prepare<[{ id: string }], { hostId: string; host: string; user: string }>(`
      SELECT h.id AS hostId, h.name AS host, used.user FROM (
        SELECT v.host_id, v.name AS user FROM virtual_network_adapter a JOIN virtual_machine v ON v.id = a.virtual_machine_id
          JOIN network_site_subnet s ON s.id = a.network_site_subnet_id WHERE s.network_site_id = @id
        UNION SELECT p.host_id, 'its provider addresses' FROM provider_address p JOIN ip_address_allocation a ON a.id = p.ip_address_allocation_id
          JOIN ip_address_pool pool ON pool.id = a.ip_address_pool_id JOIN network_site_subnet s ON s.id = pool.network_site_subnet_id
          WHERE s.network_site_id = @id
        UNION SELECT n.host_id, n.name FROM network_connection c JOIN network_service n ON n.id = c.network_service_id WHERE c.network_site_id = @id) used
      JOIN host h ON h.id = used.host_id ORDER BY h.name, used.user`),
  };
}
