/** What the Connectivity page of a VM network offers (fact sheet §2.3, §3.1). */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import type { ConnectivityOptions } from '../../../shared/contract/inventory.ts';
import type { Db } from '../database.ts';
import { tunnelsOfGateway } from '../../../shared/contract/connectivity.ts';
import { availableAddresses, rangeText } from './sql.ts';
import { vmNetworkNotFound } from './vmNetworkDetails.ts';

type Gateway = ConnectivityOptions['gateways'][number];
type Pool = Gateway['pools'][number];

interface GatewayRecord {
  readonly id: string;
  readonly name: string;
  readonly vmName: string | null;
  readonly directRouting: number;
  readonly vmNetworksInUse: number;
  readonly vmNetworksMaximum: number;
  readonly vpnEndpoint: string | null;
  readonly tunnelsInUse: number;
  readonly frontEndSiteId: string | null;
  readonly backEndLogicalNetworkId: string | null;
  readonly backEndLogicalNetwork: string | null;
  /** 1 when this VM network is among those that use it. */
  readonly usedHere: number;
}

interface NetworkRecord {
  readonly id: string;
  readonly name: string;
  readonly logicalNetworkId: string;
  readonly logicalNetwork: string;
}

export class ConnectivityOptionsReader {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** Every gateway device, those that cannot be chosen with the reason. Throws objectNotFound. */
  get(vmNetworkId: string): ConnectivityOptions {
    const network = this.#statements.network.get(vmNetworkId);
    if (!network) throw vmNetworkNotFound(vmNetworkId);
    return {
      vmNetwork: { id: network.id, name: network.name },
      gateways: this.#statements.gateways.all(vmNetworkId).map((record) => this.#option(record, network)),
    };
  }

  /** For a VM network that is not there yet. Throws objectNotFound. */
  forNew(logicalNetworkId: string): Pick<ConnectivityOptions, 'gateways'> {
    const network = this.#statements.logicalNetwork.get(logicalNetworkId);
    if (!network) throw new ConsoleError('objectNotFound', `There is no logical network with the ID ${logicalNetworkId}.`, 'Refresh the list of logical networks: it may have been removed.');
    return { gateways: this.#statements.gateways.all('').map((record) => this.#option(record, network)) };
  }

  #option(record: GatewayRecord, network: NetworkRecord): Gateway {
    const { id, name, vmName, directRouting, vmNetworksInUse, vmNetworksMaximum, frontEndSiteId, vpnEndpoint, tunnelsInUse } = record;
    return {
      id,
      name,
      vmName: vmName ?? '',
      unavailableReason: unavailableReason(record, network),
      supportsNat: directRouting === 0,
      supportsVpn: directRouting === 0,
      vpnEndpoint,
      tunnelsInUse,
      tunnelsMaximum: tunnelsOfGateway,
      supportsDirectRouting: directRouting === 1,
      vmNetworksInUse,
      vmNetworksMaximum,
      pools: frontEndSiteId === null ? [] : this.#statements.pools.all(frontEndSiteId),
    };
  }
}

function unavailableReason(gateway: GatewayRecord, network: Pick<NetworkRecord, 'logicalNetworkId' | 'logicalNetwork'>): string | null {
  if (gateway.vmName === null) return 'The virtual machine that its connection string names does not exist.';
  if (gateway.backEndLogicalNetworkId === null) return 'Its back end connection is not enabled.';
  if (gateway.backEndLogicalNetworkId !== network.logicalNetworkId) {
    return `Its back end is on logical network ${gateway.backEndLogicalNetwork ?? ''}, but the VM network is on ${network.logicalNetwork}.`;
  }
  if (gateway.frontEndSiteId === null) return 'Its front end connection is not enabled.';
  if (gateway.vmNetworksInUse >= gateway.vmNetworksMaximum && gateway.usedHere === 0) {
    return `It already serves ${gateway.vmNetworksInUse} VM networks, the most that it may.`;
  }
  return null;
}

function prepare(db: Db) {
  return {
    network: db.prepare<[string], NetworkRecord>(`
      SELECT n.id, n.name, l.id AS logicalNetworkId, l.name AS logicalNetwork
      FROM vm_network n JOIN logical_network l ON l.id = n.logical_network_id WHERE n.id = ?`),
    logicalNetwork: db.prepare<[string], NetworkRecord>("SELECT '' AS id, '' AS name, id AS logicalNetworkId, name AS logicalNetwork FROM logical_network WHERE id = ?"),
    gateways: db.prepare<[string], GatewayRecord>(`
      SELECT service.id, service.name, machine.name AS vmName, service.direct_routing_mode AS directRouting,
        (SELECT count(*) FROM vm_network_gateway g WHERE g.network_service_id = service.id) AS vmNetworksInUse,
        service.max_vm_networks AS vmNetworksMaximum, format_ipv4(endpoint.address) AS vpnEndpoint,
        (SELECT count(*) FROM vpn_connection c JOIN vm_network_gateway g ON g.id = c.vm_network_gateway_id WHERE g.network_service_id = service.id) AS tunnelsInUse,
        front.network_site_id AS frontEndSiteId,
        l.id AS backEndLogicalNetworkId, l.name AS backEndLogicalNetwork,
        EXISTS (SELECT 1 FROM vm_network_gateway g WHERE g.network_service_id = service.id AND g.vm_network_id = ?) AS usedHere
      FROM network_service service
      LEFT JOIN virtual_machine machine ON machine.id = service.virtual_machine_id
      LEFT JOIN network_connection front ON front.network_service_id = service.id AND front.connection_type = 'FrontEnd'
      LEFT JOIN virtual_network_adapter adapter ON adapter.id = front.virtual_network_adapter_id
      LEFT JOIN ip_address_allocation endpoint ON endpoint.id = adapter.ip_address_allocation_id
      LEFT JOIN network_connection back ON back.network_service_id = service.id AND back.connection_type = 'BackEnd'
      LEFT JOIN network_site site ON site.id = back.network_site_id
      LEFT JOIN logical_network l ON l.id = site.logical_network_id
      ORDER BY service.name`),
    pools: db.prepare<[string], Pool>(`
      SELECT p.id, p.name, ${rangeText('p')} AS range, ${availableAddresses('p')} AS available
      FROM ip_address_pool p JOIN network_site_subnet s ON s.id = p.network_site_subnet_id
      WHERE s.network_site_id = ? ORDER BY p.name`),
  };
}
