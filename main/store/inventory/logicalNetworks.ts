/** Logical networks, their network sites and the sites' subnets. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { LogicalNetworkKind } from '../../../shared/contract/networkingOperations.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';
import { required } from './reference.ts';

export interface LogicalNetwork {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: LogicalNetworkKind;
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
  /** 0: no VLAN. In a PVLAN network the primary one. */
  readonly vlan: number;
  /** Only in a PVLAN network. */
  readonly secondaryVlan: number | null;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
}

interface LogicalNetworkRecord extends Omit<LogicalNetwork, 'networkVirtualization'> {
  readonly networkVirtualization: number;
}

export class LogicalNetworks {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  add(network: LogicalNetwork): void {
    this.#statements.insertNetwork.run(toRecord(network));
  }

  /** Name, description and network virtualization; the kind stays. */
  change(network: LogicalNetwork): void {
    this.#statements.updateNetwork.run(toRecord(network));
  }

  /** With its sites and their subnets; nothing may use them any more. */
  remove(id: string): void {
    for (const site of this.sitesOf(id)) this.removeSite(site.id);
    this.#statements.deleteNetwork.run(id);
  }

  /** By id or name. Throws objectNotFound. */
  logicalNetwork(reference: string): LogicalNetwork {
    return fromRecord(required('logical network', reference, this.#statements.networkById, this.#statements.networkByName));
  }

  findByName(name: string): LogicalNetwork | undefined {
    const record = this.#statements.networkByName.get(name);
    return record && fromRecord(record);
  }

  addSite(site: NetworkSite, hostGroupIds: readonly string[]): void {
    this.#statements.insertSite.run(site);
    this.setHostGroups(site.id, hostGroupIds);
  }

  renameSite(id: string, name: string): void {
    this.#statements.renameSite.run(name, id);
  }

  setHostGroups(siteId: string, hostGroupIds: readonly string[]): void {
    this.#statements.deleteSiteHostGroups.run(siteId);
    for (const hostGroupId of hostGroupIds) this.#statements.insertSiteHostGroup.run(siteId, hostGroupId);
  }

  /** With its subnets; nothing may use them any more. */
  removeSite(id: string): void {
    this.#statements.deleteSite.run(id);
  }

  /** By id or name. Throws objectNotFound. */
  site(reference: string): NetworkSite {
    return required('network site', reference, this.#statements.siteById, this.#statements.siteByName);
  }

  findSiteByName(name: string): NetworkSite | undefined {
    return this.#statements.siteByName.get(name);
  }

  /** The site of a subnet; undefined when there is no such subnet. */
  siteOfSubnet(subnetId: string): NetworkSite | undefined {
    return this.#statements.siteOfSubnet.get(subnetId);
  }

  /** Sites of a logical network, in order of name. */
  sitesOf(logicalNetworkId: string): readonly NetworkSite[] {
    return this.#statements.sitesOfNetwork.all(logicalNetworkId);
  }

  /** Every site, in order of name. */
  sites(): readonly NetworkSite[] {
    return this.#statements.sites.all();
  }

  /** Those of its sites that a host can use: the site names the host's group or one above it. */
  sitesAt(logicalNetworkId: string, hostId: string): readonly NetworkSite[] {
    return this.#statements.sitesAtHost.all(hostId, logicalNetworkId);
  }

  /** Ids of the host groups that can use a site. */
  hostGroupsOf(siteId: string): readonly string[] {
    return this.#statements.hostGroupsOfSite.all(siteId);
  }

  addSubnet(subnet: NetworkSiteSubnet): void {
    this.#statements.insertSubnet.run(subnet);
  }

  removeSubnet(id: string): void {
    this.#statements.deleteSubnet.run(id);
  }

  /** Subnets of a site, in order of VLAN and address. */
  subnetsOf(siteId: string): readonly NetworkSiteSubnet[] {
    return this.#statements.subnetsOfSite.all(siteId);
  }
}

const toRecord = (network: LogicalNetwork): LogicalNetworkRecord => ({ ...network, networkVirtualization: Number(network.networkVirtualization) });
const fromRecord = (record: LogicalNetworkRecord): LogicalNetwork => ({ ...record, networkVirtualization: record.networkVirtualization === 1 });

function prepare(db: Db, answers: Answers) {
  const network = 'SELECT id, name, description, kind, network_virtualization AS networkVirtualization FROM logical_network';
  const site = 'SELECT id, logical_network_id AS logicalNetworkId, name FROM network_site';
  return {
    insertNetwork: db.prepare(`
      INSERT INTO logical_network (id, name, description, kind, network_virtualization) VALUES (@id, @name, @description, @kind, @networkVirtualization)`),
    updateNetwork: db.prepare(`
      UPDATE logical_network SET name = @name, description = @description, network_virtualization = @networkVirtualization WHERE id = @id`),
    deleteNetwork: db.prepare('DELETE FROM logical_network WHERE id = ?'),
    networkById: answers.of(db.prepare<[string], LogicalNetworkRecord>(`${network} WHERE id = ?`)),
    networkByName: answers.of(db.prepare<[string], LogicalNetworkRecord>(`${network} WHERE name = ?`)),
    insertSite: db.prepare('INSERT INTO network_site (id, logical_network_id, name) VALUES (@id, @logicalNetworkId, @name)'),
    renameSite: db.prepare('UPDATE network_site SET name = ? WHERE id = ?'),
    deleteSite: db.prepare('DELETE FROM network_site WHERE id = ?'),
    insertSiteHostGroup: db.prepare('INSERT INTO network_site_host_group (network_site_id, host_group_id) VALUES (?, ?)'),
    deleteSiteHostGroups: db.prepare('DELETE FROM network_site_host_group WHERE network_site_id = ?'),
    hostGroupsOfSite: answers.of(db.prepare<[string], string>(`
      SELECT h.host_group_id FROM network_site_host_group h JOIN host_group g ON g.id = h.host_group_id WHERE h.network_site_id = ? ORDER BY g.name`).pluck()),
    siteById: answers.of(db.prepare<[string], NetworkSite>(`${site} WHERE id = ?`)),
    siteByName: answers.of(db.prepare<[string], NetworkSite>(`${site} WHERE name = ?`)),
    siteOfSubnet: answers.of(db.prepare<[string], NetworkSite>(`${site} WHERE id = (SELECT network_site_id FROM network_site_subnet WHERE id = ?)`)),
    sitesOfNetwork: answers.of(db.prepare<[string], NetworkSite>(`${site} WHERE logical_network_id = ? ORDER BY name`)),
    sites: db.prepare<[], NetworkSite>(`${site} ORDER BY name`),
    sitesAtHost: answers.of(db.prepare<[string, string], NetworkSite>(`
      WITH RECURSIVE above(id) AS (
        SELECT host_group_id FROM host WHERE id = ?
        UNION SELECT g.parent_id FROM host_group g JOIN above ON g.id = above.id WHERE g.parent_id IS NOT NULL)
      ${site} WHERE logical_network_id = ? AND EXISTS (
        SELECT 1 FROM network_site_host_group h WHERE h.network_site_id = network_site.id AND h.host_group_id IN (SELECT id FROM above))
      ORDER BY name`)),
    insertSubnet: db.prepare(`
      INSERT INTO network_site_subnet (id, network_site_id, vlan, secondary_vlan, address, prefix_length)
      VALUES (@id, @networkSiteId, @vlan, @secondaryVlan, @address, @prefixLength)`),
    deleteSubnet: db.prepare('DELETE FROM network_site_subnet WHERE id = ?'),
    subnetsOfSite: answers.of(db.prepare<[string], NetworkSiteSubnet>(`
      SELECT id, network_site_id AS networkSiteId, vlan, secondary_vlan AS secondaryVlan, address, prefix_length AS prefixLength
      FROM network_site_subnet WHERE network_site_id = ? ORDER BY vlan, address`)),
  };
}
