/** VPN connections of VM networks with their routes, and their BGP peers (fact sheet §3.3 to 3.5). */
import type { vpnChoices } from '../../../shared/contract/connectivity.ts';
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';

type VpnChoice<K extends keyof typeof vpnChoices> = (typeof vpnChoices)[K][number];

export interface VpnConnection {
  readonly id: string;
  readonly vmNetworkGatewayId: string;
  readonly name: string;
  readonly remoteAddress: Ipv4Address;
  readonly isEnabled: boolean;
  readonly maximumInboundKbps: number;
  readonly maximumOutboundKbps: number;
  readonly protocol: VpnChoice<'protocol'>;
  readonly authenticationMethod: VpnChoice<'authenticationMethod'>;
  readonly runAsAccountId: string | null;
  readonly certificate: string;
  readonly encryptionMethod: VpnChoice<'encryptionMethod'>;
  readonly integrityCheckMethod: VpnChoice<'integrityCheckMethod'>;
  readonly cipherTransform: VpnChoice<'cipherTransform'>;
  readonly authenticationTransform: VpnChoice<'authenticationTransform'>;
  readonly pfsGroup: VpnChoice<'pfsGroup'>;
  readonly dhGroup: VpnChoice<'dhGroup'>;
  readonly routes: readonly Ipv4Prefix[];
}

export interface BgpPeer {
  readonly id: string;
  readonly vmNetworkGatewayId: string;
  readonly name: string;
  readonly address: Ipv4Address;
  readonly autonomousSystemNumber: number;
}

type Row = Omit<VpnConnection, 'isEnabled' | 'routes'> & { readonly isEnabled: number };

export class VpnConnections {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** In order of name. */
  ofGateway(vmNetworkGatewayId: string): readonly VpnConnection[] {
    return this.#statements.ofGateway.all(vmNetworkGatewayId).map((row) => ({ ...row, isEnabled: row.isEnabled === 1, routes: this.#statements.routes.all(row.id) }));
  }

  add({ routes, isEnabled, ...connection }: VpnConnection): void {
    this.#statements.insert.run({ ...connection, isEnabled: isEnabled ? 1 : 0 });
    for (const { address, length } of routes) this.#statements.insertRoute.run(connection.id, address, length);
  }

  /** Its routes go with it. */
  remove(id: string): void {
    this.#statements.remove.run(id);
  }

  /** Connections of a gateway device, of all its VM networks but one. */
  countOnDevice(networkServiceId: string, besidesVmNetworkId: string): number {
    return this.#statements.countOnDevice.get(networkServiceId, besidesVmNetworkId)?.count ?? 0;
  }

  /** The connection of another VM network on the same gateway device to this remote address. */
  rivalFor(remoteAddress: Ipv4Address, networkServiceId: string, besidesVmNetworkId: string): { readonly name: string; readonly vmNetwork: string } | undefined {
    return this.#statements.rival.get(remoteAddress, networkServiceId, besidesVmNetworkId);
  }

  peersOf(vmNetworkGatewayId: string): readonly BgpPeer[] {
    return this.#statements.peers.all(vmNetworkGatewayId);
  }

  replacePeers(vmNetworkGatewayId: string, peers: readonly BgpPeer[]): void {
    this.#statements.clearPeers.run(vmNetworkGatewayId);
    for (const peer of peers) this.#statements.insertPeer.run(peer);
  }
}

function prepare(db: Db) {
  return {
    ofGateway: db.prepare<[string], Row>(`
      SELECT id, vm_network_gateway_id AS vmNetworkGatewayId, name, remote_address AS remoteAddress, is_enabled AS isEnabled,
        maximum_inbound_kbps AS maximumInboundKbps, maximum_outbound_kbps AS maximumOutboundKbps, protocol,
        authentication_method AS authenticationMethod, run_as_account_id AS runAsAccountId, certificate,
        encryption_method AS encryptionMethod, integrity_check_method AS integrityCheckMethod, cipher_transform AS cipherTransform,
        authentication_transform AS authenticationTransform, pfs_group AS pfsGroup, dh_group AS dhGroup
      FROM vpn_connection WHERE vm_network_gateway_id = ? ORDER BY name`),
    routes: db.prepare<[string], Ipv4Prefix>(
      'SELECT address, prefix_length AS length FROM vpn_route WHERE vpn_connection_id = ? ORDER BY address, prefix_length'),
    insert: db.prepare(`
      INSERT INTO vpn_connection (id, vm_network_gateway_id, name, remote_address, is_enabled, maximum_inbound_kbps, maximum_outbound_kbps,
        protocol, authentication_method, run_as_account_id, certificate, encryption_method, integrity_check_method, cipher_transform,
        authentication_transform, pfs_group, dh_group)
      VALUES (@id, @vmNetworkGatewayId, @name, @remoteAddress, @isEnabled, @maximumInboundKbps, @maximumOutboundKbps,
        @protocol, @authenticationMethod, @runAsAccountId, @certificate, @encryptionMethod, @integrityCheckMethod, @cipherTransform,
        @authenticationTransform, @pfsGroup, @dhGroup)`),
    insertRoute: db.prepare('INSERT INTO vpn_route (vpn_connection_id, address, prefix_length) VALUES (?, ?, ?)'),
    remove: db.prepare('DELETE FROM vpn_connection WHERE id = ?'),
    countOnDevice: db.prepare<[string, string], { count: number }>(`
      SELECT count(*) AS count FROM vpn_connection c JOIN vm_network_gateway g ON g.id = c.vm_network_gateway_id
      WHERE g.network_service_id = ? AND g.vm_network_id <> ?`),
    rival: db.prepare<[number, string, string], { name: string; vmNetwork: string }>(`
      SELECT c.name, n.name AS vmNetwork FROM vpn_connection c JOIN vm_network_gateway g ON g.id = c.vm_network_gateway_id
      JOIN vm_network n ON n.id = g.vm_network_id
      WHERE c.remote_address = ? AND g.network_service_id = ? AND g.vm_network_id <> ? LIMIT 1`),
    peers: db.prepare<[string], BgpPeer>(`
      SELECT id, vm_network_gateway_id AS vmNetworkGatewayId, name, address, autonomous_system_number AS autonomousSystemNumber
      FROM bgp_peer WHERE vm_network_gateway_id = ? ORDER BY address`),
    clearPeers: db.prepare('DELETE FROM bgp_peer WHERE vm_network_gateway_id = ?'),
    insertPeer: db.prepare(`
      INSERT INTO bgp_peer (id, vm_network_gateway_id, name, address, autonomous_system_number)
      VALUES (@id, @vmNetworkGatewayId, @name, @address, @autonomousSystemNumber)`),
  };
}
