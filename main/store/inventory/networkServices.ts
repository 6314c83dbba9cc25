/** Gateway devices: network services added with the Add Network Service Wizard, and their connections. */
import type { Db } from '../database.ts';
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

type NetworkServiceRecord = Omit<NetworkService, 'directRoutingMode'> & { readonly directRoutingMode: number };

export class NetworkServices {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
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

  get count(): number {
    return this.#statements.count.get()?.count ?? 0;
  }

  addConnection(connection: NetworkConnection): void {
    this.#statements.insertConnection.run(connection);
  }

  connection(networkServiceId: string, type: ConnectionType): NetworkConnection | undefined {
    return this.#statements.connection.get(networkServiceId, type);
  }
}

function prepare(db: Db) {
  const service = `SELECT id, name, description, manufacturer, model, run_as_account_id AS runAsAccountId, connection_string AS connectionString,
    host_id AS hostId, virtual_machine_id AS virtualMachineId, direct_routing_mode AS directRoutingMode, max_vm_networks AS maxVmNetworks
    FROM network_service`;
  return {
    insertService: db.prepare(`
      INSERT INTO network_service (id, name, description, manufacturer, model, run_as_account_id, connection_string, host_id,
        virtual_machine_id, direct_routing_mode, max_vm_networks)
      VALUES (@id, @name, @description, @manufacturer, @model, @runAsAccountId, @connectionString, @hostId,
        @virtualMachineId, @directRoutingMode, @maxVmNetworks)`),
    insertHostGroup: db.prepare('INSERT INTO network_service_host_group (network_service_id, host_group_id) VALUES (?, ?)'),
    serviceById: db.prepare<[string], NetworkServiceRecord>(`${service} WHERE id = ?`),
    serviceByName: db.prepare<[string], NetworkServiceRecord>(`${service} WHERE name = ?`),
    count: db.prepare<[], { count: number }>('SELECT count(*) AS count FROM network_service'),
    insertConnection: db.prepare(`
      INSERT INTO network_connection (id, network_service_id, connection_type, name, virtual_network_adapter_id, network_site_id)
      VALUES (@id, @networkServiceId, @connectionType, @name, @virtualNetworkAdapterId, @networkSiteId)`),
    connection: db.prepare<[string, string], NetworkConnection>(`
      SELECT id, network_service_id AS networkServiceId, connection_type AS connectionType, name,
        virtual_network_adapter_id AS virtualNetworkAdapterId, network_site_id AS networkSiteId
      FROM network_connection WHERE network_service_id = ? AND connection_type = ?`),
  };
}
