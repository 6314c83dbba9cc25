/** What the inventory holds of one gateway device: its nodes and how their adapters are addressed. Flags are 0 or 1. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';

export interface GatewayNodeFact {
  readonly id: string;
  readonly name: string;
  /** The other node of a guest cluster. */
  readonly isStandby: number;
  readonly running: number;
  readonly firewallOn: number;
  readonly remoteAccessInstalled: number;
  readonly vpnDeployed: number;
  readonly hostId: string;
  readonly host: string;
  readonly isDedicated: number;
  readonly isVirtual: number;
}

/** An adapter of a node; `gateway` is the default gateway with the lowest metric of the pool that its address is from. */
export interface GatewayAdapterFact {
  readonly machineId: string;
  readonly name: string;
  readonly connectionType: 'FrontEnd' | 'BackEnd' | null;
  readonly isConnected: number;
  readonly poolId: string | null;
  readonly pool: string | null;
  readonly gateway: Ipv4Address | null;
  readonly metric: number | null;
  readonly isAutomatic: number | null;
}

export class GatewayHintFacts {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** The machine of the connection string, then the one that stands by. */
  nodes(networkServiceId: string): readonly GatewayNodeFact[] {
    return this.#statements.nodes.all(networkServiceId);
  }

  adapters(networkServiceId: string): readonly GatewayAdapterFact[] {
    return this.#statements.adapters.all(networkServiceId);
  }
}

function prepare(db: Db) {
  return {
    nodes: db.prepare<[string], GatewayNodeFact>(`
      SELECT m.id, m.name, m.id = s.standby_virtual_machine_id AS isStandby, m.running, m.firewall_on AS firewallOn,
        m.remote_access_installed AS remoteAccessInstalled, m.vpn_deployed AS vpnDeployed,
        h.id AS hostId, h.name AS host, h.is_dedicated_gateway AS isDedicated, h.is_virtual AS isVirtual
      FROM network_service s
      JOIN virtual_machine m ON m.id IN (s.virtual_machine_id, s.standby_virtual_machine_id)
      JOIN host h ON h.id = m.host_id
      WHERE s.id = ? ORDER BY m.id = s.standby_virtual_machine_id`),
    adapters: db.prepare<[string], GatewayAdapterFact>(`
      SELECT a.virtual_machine_id AS machineId, a.name, c.connection_type AS connectionType, a.virtual_switch_id IS NOT NULL AS isConnected,
        p.id AS poolId, p.name AS pool, g.address AS gateway, g.metric, g.is_automatic AS isAutomatic
      FROM network_service s
      JOIN virtual_network_adapter a ON a.virtual_machine_id IN (s.virtual_machine_id, s.standby_virtual_machine_id)
      LEFT JOIN network_connection c ON c.network_service_id = s.id AND c.virtual_network_adapter_id = a.id
      LEFT JOIN ip_address_allocation l ON l.id = a.ip_address_allocation_id
      LEFT JOIN ip_address_pool p ON p.id = l.ip_address_pool_id
      LEFT JOIN ip_address_pool_gateway g ON g.ip_address_pool_id = p.id AND g.address = (
        SELECT f.address FROM ip_address_pool_gateway f WHERE f.ip_address_pool_id = p.id ORDER BY f.metric, f.address LIMIT 1)
      WHERE s.id = ? ORDER BY a.virtual_machine_id, a.slot`),
  };
}
