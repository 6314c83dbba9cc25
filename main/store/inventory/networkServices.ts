/** Gateway devices: network services added with the Add Network Service Wizard, and their connections. */
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';
import { required } from './reference.ts';

export interface NetworkService {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly runAsAccountId: string;
  readonly connectionString: string;
  /** Null while the connection string names nothing that exists. */
  readonly hostId: string | null;
  readonly virtualMachineId: string | null;
  /** Passive node of the guest cluster; null for a gateway that stands alone. */
  readonly standbyVirtualMachineId: string | null;
  readonly directRoutingMode: boolean;
  readonly maxVmNetworks: number;
}

export type ConnectionType = 'FrontEnd' | 'BackEnd';

/** Front end or back end of a gateway (its Properties, Connectivity). */
export interface NetworkConnection {
  readonly id: string;
  readonly networkServiceId: string;
  readonly connectionType: ConnectionType;
  readonly name: string;
  readonly virtualNetworkAdapterId: string;
  readonly networkSiteId: string;
}

/** A network site as a place for a gateway's front end or back end. Flags are 0 or 1. */
export interface GatewaySite {
  readonly id: string;
  readonly name: string;
  readonly logicalNetwork: string;
  readonly networkVirtualization: number;
  /** It has a static IP address pool. */
  readonly hasPool: number;
  /** One of its host groups is the host's, or above it. */
  readonly isReachable: number;
  /** A virtual switch of the host carries it: a standard one, or one whose uplink port profile has it. */
  readonly isCarried: number;
  /** Such a switch with "Enable Hyper-V Network Virtualization". */
  readonly isVirtualized: number;
}

type NetworkServiceRecord = Omit<NetworkService, 'directRoutingMode'> & { readonly directRoutingMode: number };

export class NetworkServices {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  /** The gateway can be chosen in these host groups. */
  add(service: NetworkService, hostGroupIds: readonly string[]): void {
    this.#statements.insertService.run({ ...service, directRoutingMode: Number(service.directRoutingMode) });
    for (const hostGroupId of hostGroupIds) this.#statements.insertHostGroup.run(service.id, hostGroupId);
  }

  /** By id or name. Throws objectNotFound. */
  networkService(reference: string): NetworkService {
    const record = required('gateway device', reference, this.#statements.serviceById, this.#statements.serviceByName);
    return { ...record, directRoutingMode: record.directRoutingMode === 1 };
  }

  /** Undefined when no gateway device has this name. */
  findByName(name: string): NetworkService | undefined {
    const record = this.#statements.serviceByName.get(name);
    return record && { ...record, directRoutingMode: record.directRoutingMode === 1 };
  }

  /** The gateway device that runs in a virtual machine, or for which it stands by. */
  findByMachine(virtualMachineId: string): NetworkService | undefined {
    const record = this.#statements.serviceByMachine.get(virtualMachineId);
    return record && { ...record, directRoutingMode: record.directRoutingMode === 1 };
  }

  change(service: NetworkService): void {
    this.#statements.updateService.run({ ...service, directRoutingMode: Number(service.directRoutingMode) });
  }

  /** With its connections. Nothing may use it any more. */
  remove(id: string): void {
    this.#statements.deleteService.run(id);
  }

  hostGroupsOf(id: string): readonly string[] {
    return this.#statements.hostGroups.all(id).map(({ hostGroupId }) => hostGroupId);
  }

  setHostGroups(id: string, hostGroupIds: readonly string[]): void {
    this.#statements.deleteHostGroups.run(id);
    for (const hostGroupId of hostGroupIds) this.#statements.insertHostGroup.run(id, hostGroupId);
  }

  /** Names of the VM networks that use it. */
  vmNetworksOn(id: string): readonly string[] {
    return this.#statements.vmNetworks.all(id).map(({ name }) => name);
  }

  removeConnection(id: string): void {
    this.#statements.deleteConnection.run(id);
  }

  /** Every network site with what makes it fit for a gateway whose VM is on this host. */
  sitesFor(hostId: string): readonly GatewaySite[] {
    return this.#statements.sites.all(hostId, hostId, hostId, hostId, hostId);
  }

  get count(): number {
    return this.#statements.count.get()?.count ?? 0;
  }

  addConnection(connection: NetworkConnection): void {
    this.#statements.insertConnection.run(connection);
  }

  connection(networkServiceId: string, type: ConnectionType): NetworkConnection | undefined {
    return this.#statements.connection.get(networkServiceId, type);
  }

  /** The connection of which an adapter is part, with the name of its network service. */
  connectionWithAdapter(adapterId: string): { readonly service: string; readonly connectionType: ConnectionType } | undefined {
    return this.#statements.withAdapter.get(adapterId);
  }

  /** Name of the network service that has a connection through a virtual machine. */
  connectedThrough(virtualMachineId: string): string | undefined {
    return this.#statements.throughMachine.get(virtualMachineId)?.name;
  }
}

/** Virtual switches of a host (one parameter) that carry the site; a standard switch does whatever is asked of it. */
function carrier(condition: string): string {
  return `SELECT 1 FROM virtual_switch v LEFT JOIN logical_switch ls ON ls.id = v.logical_switch_id LEFT JOIN uplink_port_profile p ON p.id = ls.uplink_port_profile_id
    WHERE v.host_id = ? AND (v.logical_switch_id IS NULL OR (${condition} AND EXISTS (
      SELECT 1 FROM uplink_port_profile_site u WHERE u.uplink_port_profile_id = p.id AND u.network_site_id = site.id)))`;
}

function prepare(db: Db, answers: Answers) {
  const service = `SELECT id, name, description, manufacturer, model, run_as_account_id AS runAsAccountId, connection_string AS connectionString,
    host_id AS hostId, virtual_machine_id AS virtualMachineId, standby_virtual_machine_id AS standbyVirtualMachineId,
    direct_routing_mode AS directRoutingMode, max_vm_networks AS maxVmNetworks
    FROM network_service`;
  return {
    insertService: db.prepare(`
      INSERT INTO network_service (id, name, description, manufacturer, model, run_as_account_id, connection_string, host_id,
        virtual_machine_id, standby_virtual_machine_id, direct_routing_mode, max_vm_networks)
      VALUES (@id, @name, @description, @manufacturer, @model, @runAsAccountId, @connectionString, @hostId,
        @virtualMachineId, @standbyVirtualMachineId, @directRoutingMode, @maxVmNetworks)`),
    insertHostGroup: db.prepare('INSERT INTO network_service_host_group (network_service_id, host_group_id) VALUES (?, ?)'),
    serviceById: answers.of(db.prepare<[string], NetworkServiceRecord>(`${service} WHERE id = ?`)),
    serviceByMachine: db.prepare<[string], NetworkServiceRecord>(`${service} WHERE ? IN (virtual_machine_id, standby_virtual_machine_id)`),
    updateService: db.prepare(`
      UPDATE network_service SET name = @name, description = @description, run_as_account_id = @runAsAccountId, connection_string = @connectionString,
        host_id = @hostId, virtual_machine_id = @virtualMachineId, standby_virtual_machine_id = @standbyVirtualMachineId, direct_routing_mode = @directRoutingMode, max_vm_networks = @maxVmNetworks
      WHERE id = @id`),
    deleteService: db.prepare('DELETE FROM network_service WHERE id = ?'),
    hostGroups: db.prepare<[string], { hostGroupId: string }>('SELECT host_group_id AS hostGroupId FROM network_service_host_group WHERE network_service_id = ?'),
    deleteHostGroups: db.prepare('DELETE FROM network_service_host_group WHERE network_service_id = ?'),
    vmNetworks: db.prepare<[string], { name: string }>(`
      SELECT n.name FROM vm_network_gateway g JOIN vm_network n ON n.id = g.vm_network_id WHERE g.network_service_id = ? ORDER BY n.name`),
    deleteConnection: db.prepare('DELETE FROM network_connection WHERE id = ?'),
    sites: db.prepare<[string, string, string, string, string], GatewaySite>(`
      WITH RECURSIVE above(id) AS (
        SELECT host_group_id FROM host WHERE id = ?
        UNION SELECT g.parent_id FROM host_group g JOIN above ON g.id = above.id WHERE g.parent_id IS NOT NULL)
      SELECT site.id, site.name, l.name AS logicalNetwork, l.network_virtualization AS networkVirtualization,
        EXISTS (SELECT 1 FROM ip_address_pool p JOIN network_site_subnet s ON s.id = p.network_site_subnet_id WHERE s.network_site_id = site.id) AS hasPool,
        EXISTS (SELECT 1 FROM network_site_host_group h WHERE h.network_site_id = site.id AND h.host_group_id IN (SELECT id FROM above)) AS isReachable,
        NOT EXISTS (SELECT 1 FROM virtual_switch v WHERE v.host_id = ?) OR EXISTS (${carrier('1')}) AS isCarried,
        NOT EXISTS (SELECT 1 FROM virtual_switch v WHERE v.host_id = ?) OR EXISTS (${carrier('p.network_virtualization = 1')}) AS isVirtualized
      FROM network_site site JOIN logical_network l ON l.id = site.logical_network_id ORDER BY site.name`),
    serviceByName: answers.of(db.prepare<[string], NetworkServiceRecord>(`${service} WHERE name = ?`)),
    count: answers.of(db.prepare<[], { count: number }>('SELECT count(*) AS count FROM network_service')),
    insertConnection: db.prepare(`
      INSERT INTO network_connection (id, network_service_id, connection_type, name, virtual_network_adapter_id, network_site_id)
      VALUES (@id, @networkServiceId, @connectionType, @name, @virtualNetworkAdapterId, @networkSiteId)`),
    withAdapter: db.prepare<[string], { service: string; connectionType: ConnectionType }>(`
      SELECT n.name AS service, c.connection_type AS connectionType FROM network_connection c JOIN network_service n ON n.id = c.network_service_id
      WHERE c.virtual_network_adapter_id = ? LIMIT 1`),
    throughMachine: db.prepare<[string], { name: string }>(`
      SELECT n.name FROM network_service n JOIN network_connection c ON c.network_service_id = n.id WHERE ? IN (n.virtual_machine_id, n.standby_virtual_machine_id) LIMIT 1`),
    connection: answers.of(db.prepare<[string, string], NetworkConnection>(`
      SELECT id, network_service_id AS networkServiceId, connection_type AS connectionType, name,
        virtual_network_adapter_id AS virtualNetworkAdapterId, network_site_id AS networkSiteId
      FROM network_connection WHERE network_service_id = ? AND connection_type = ?`)),
  };
}
