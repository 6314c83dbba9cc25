/** Logical networks, their network sites and the sites' subnets. */
import { formatIpv4, prefixContains, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';
import { notFound, required } from './reference.ts';

export interface LogicalNetwork {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** "Allow new VM networks created on this logical network to use network virtualization". */
  readonly networkVirtualization: boolean;
}

export interface NetworkSite {
  readonly id: string;
  readonly logicalNetworkId: string;
  readonly name: string;
}

export interface NetworkSiteSubnet {
  readonly id: string;
  readonly networkSiteId: string;
  /** 0: no VLAN. */
  readonly vlan: number;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
}

interface LogicalNetworkRecord extends Omit<LogicalNetwork, 'networkVirtualization'> {
  readonly networkVirtualization: number;
}

export class LogicalNetworks {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  add(network: LogicalNetwork): void {
    this.#statements.insertNetwork.run({ ...network, networkVirtualization: Number(network.networkVirtualization) });
  }

  /** By id or name. Throws objectNotFound. */
  logicalNetwork(reference: string): LogicalNetwork {
    const record = required('logical network', reference, this.#statements.networkById, this.#statements.networkByName);
    return { ...record, networkVirtualization: record.networkVirtualization === 1 };
  }

  addSite(site: NetworkSite, hostGroupIds: readonly string[]): void {
    this.#statements.insertSite.run(site);
    for (const hostGroupId of hostGroupIds) this.#statements.insertSiteHostGroup.run(site.id, hostGroupId);
  }

  /** By id or name. Throws objectNotFound. */
  site(reference: string): NetworkSite {
    return required('network site', reference, this.#statements.siteById, this.#statements.siteByName);
  }

  /** The site of a subnet; undefined when there is no such subnet. */
  siteOfSubnet(subnetId: string): NetworkSite | undefined {
    return this.#statements.siteOfSubnet.get(subnetId);
  }

  /** Sites of a logical network, in order of name. */
  sitesOf(logicalNetworkId: string): readonly NetworkSite[] {
    return this.#statements.sitesOfNetwork.all(logicalNetworkId);
  }

  /** Those of its sites that a host can use: the site names the host's group or one above it. */
  sitesAt(logicalNetworkId: string, hostId: string): readonly NetworkSite[] {
    return this.#statements.sitesAtHost.all(hostId, logicalNetworkId);
  }

  addSubnet(subnet: NetworkSiteSubnet): void {
    this.#statements.insertSubnet.run(subnet);
  }

  /** The site's subnet in which an address lies. Throws objectNotFound. */
  subnetHolding(site: NetworkSite, address: Ipv4Address): NetworkSiteSubnet {
    const subnets = this.#statements.subnetsOfSite.all(site.id);
    const found = subnets.find((subnet) => prefixContains({ address: subnet.address, length: subnet.prefixLength }, address));
    if (!found) throw notFound('subnet of the network site', `${site.name} ${formatIpv4(address)}`);
    return found;
  }
}

function prepare(db: Db) {
  const network = 'SELECT id, name, description, network_virtualization AS networkVirtualization FROM logical_network';
  const site = 'SELECT id, logical_network_id AS logicalNetworkId, name FROM network_site';
  return {
    insertNetwork: db.prepare(`
      INSERT INTO logical_network (id, name, description, network_virtualization) VALUES (@id, @name, @description, @networkVirtualization)`),
    networkById: db.prepare<[string], LogicalNetworkRecord>(`${network} WHERE id = ?`),
    networkByName: db.prepare<[string], LogicalNetworkRecord>(`${network} WHERE name = ?`),
    insertSite: db.prepare('INSERT INTO network_site (id, logical_network_id, name) VALUES (@id, @logicalNetworkId, @name)'),
    insertSiteHostGroup: db.prepare('INSERT INTO network_site_host_group (network_site_id, host_group_id) VALUES (?, ?)'),
    siteById: db.prepare<[string], NetworkSite>(`${site} WHERE id = ?`),
    siteByName: db.prepare<[string], NetworkSite>(`${site} WHERE name = ?`),
    siteOfSubnet: db.prepare<[string], NetworkSite>(`${site} WHERE id = (SELECT network_site_id FROM network_site_subnet WHERE id = ?)`),
    sitesOfNetwork: db.prepare<[string], NetworkSite>(`${site} WHERE logical_network_id = ? ORDER BY name`),
    sitesAtHost: db.prepare<[string, string], NetworkSite>(`
      WITH RECURSIVE above(id) AS (
        SELECT host_group_id FROM host WHERE id = ?
        UNION SELECT g.parent_id FROM host_group g JOIN above ON g.id = above.id WHERE g.parent_id IS NOT NULL)
      ${site} WHERE logical_network_id = ? AND EXISTS (
        SELECT 1 FROM network_site_host_group h WHERE h.network_site_id = network_site.id AND h.host_group_id IN (SELECT id FROM above))
      ORDER BY name`),
    insertSubnet: db.prepare(`
      INSERT INTO network_site_subnet (id, network_site_id, vlan, address, prefix_length)
      VALUES (@id, @networkSiteId, @vlan, @address, @prefixLength)`),
    subnetsOfSite: db.prepare<[string], NetworkSiteSubnet>(`
      SELECT id, network_site_id AS networkSiteId, vlan, address, prefix_length AS prefixLength FROM network_site_subnet
      WHERE network_site_id = ? ORDER BY vlan, address`),
  };
}
