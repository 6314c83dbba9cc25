/** What VM networks use of a gateway: compartment, gateway leg and NAT connection. */
import type { Ipv4Address, Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';

export interface VmNetworkGateway {
  readonly id: string;
  readonly vmNetworkId: string;
  readonly networkServiceId: string;
  readonly name: string;
  /** 2, 3, ...: 1 is the default compartment. */
  readonly compartmentId: number;
  /** VSID of the gateway's own virtual subnet. */
  readonly vsid: number;
  readonly subnetAddress: Ipv4Address;
  readonly subnetPrefixLength: number;
  /** MAC of the leg into the VM network: that of the gateway VM's back-end adapter (fact sheet §4.3). */
  readonly mac: MacAddress;
  /** "Connect to another network through a VPN tunnel". */
  readonly hasVpn: boolean;
  readonly enableBgp: boolean;
  /** Stays when BGP is switched off. */
  readonly autonomousSystemNumber: number | null;
}

type Row = Omit<VmNetworkGateway, 'hasVpn' | 'enableBgp'> & { readonly hasVpn: number; readonly enableBgp: number };

export interface NatConnection {
  readonly id: string;
  readonly vmNetworkGatewayId: string;
  readonly name: string;
  readonly ipAddressAllocationId: string;
  readonly portStart: number;
  readonly portEnd: number;
}

export class VmNetworkGateways {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  ofVmNetwork(vmNetworkId: string): VmNetworkGateway | undefined {
    const row = this.#statements.ofVmNetwork.get(vmNetworkId);
    return row && { ...row, hasVpn: row.hasVpn === 1, enableBgp: row.enableBgp === 1 };
  }

  /** How many VM networks use a gateway device. */
  countOn(networkServiceId: string): number {
    return this.#statements.countOn.get(networkServiceId)?.count ?? 0;
  }

  /** VM subnets of the VM networks that use a gateway device, besides one VM network. */
  subnetsOn(networkServiceId: string, besidesVmNetworkId: string): number {
    return this.#statements.subnetsOn.get(networkServiceId, besidesVmNetworkId)?.count ?? 0;
  }

  /** Lowest free number from 2 on (numbering: fact sheet §4.2, M). */
  nextCompartmentId(networkServiceId: string): number {
    const { inUse, last } = this.#statements.compartments.get(networkServiceId) ?? { inUse: 0, last: null };
    // Without a hole between the first and the last.
    if (last === null || last === inUse + 1) return inUse + 2;
    if (!this.#statements.compartment.get(networkServiceId, 2)) return 2;
    return this.#statements.endOfRun.get(networkServiceId)?.free ?? 2;
  }

  /** VM networks on forwarding gateways. */
  directlyRouted(): readonly { readonly vmNetworkId: string; readonly vmNetwork: string }[] {
    return this.#statements.direct.all();
  }

  add(gateway: VmNetworkGateway): void {
    this.#statements.insertGateway.run({ ...gateway, hasVpn: gateway.hasVpn ? 1 : 0, enableBgp: gateway.enableBgp ? 1 : 0 });
  }

  /** Takes the use of a gateway device over to another one. */
  move(id: string, to: Pick<VmNetworkGateway, 'networkServiceId' | 'compartmentId' | 'mac'>): void {
    this.#statements.moveGateway.run({ id, ...to });
  }

  setVpn(id: string, hasVpn: boolean, subnet: Ipv4Prefix): void {
    this.#statements.setVpn.run({ id, hasVpn: hasVpn ? 1 : 0, subnetAddress: subnet.address, subnetPrefixLength: subnet.length });
  }

  setBgp(id: string, enableBgp: boolean, autonomousSystemNumber: number | null): void {
    this.#statements.setBgp.run({ id, enableBgp: enableBgp ? 1 : 0, autonomousSystemNumber });
  }

  remove(id: string): void {
    this.#statements.deleteGateway.run(id);
  }

  natOf(vmNetworkGatewayId: string): NatConnection | undefined {
    return this.#statements.nat.get(vmNetworkGatewayId);
  }

  addNat(nat: NatConnection): void {
    this.#statements.insertNat.run(nat);
  }

  setNatAddress(natId: string, ipAddressAllocationId: string): void {
    this.#statements.setNatAddress.run(ipAddressAllocationId, natId);
  }

  /** Its rules go with it. */
  removeNat(id: string): void {
    this.#statements.deleteNat.run(id);
  }
}

function prepare(db: Db, answers: Answers) {
  return {
    ofVmNetwork: answers.of(db.prepare<[string], Row>(`
      SELECT id, vm_network_id AS vmNetworkId, network_service_id AS networkServiceId, name, compartment_id AS compartmentId, vsid,
        subnet_address AS subnetAddress, subnet_prefix_length AS subnetPrefixLength, mac, has_vpn AS hasVpn, enable_bgp AS enableBgp,
        autonomous_system_number AS autonomousSystemNumber
      FROM vm_network_gateway WHERE vm_network_id = ?`)),
    countOn: answers.of(db.prepare<[string], { count: number }>('SELECT count(*) AS count FROM vm_network_gateway WHERE network_service_id = ?')),
    subnetsOn: answers.of(db.prepare<[string, string], { count: number }>(`
      SELECT count(*) AS count FROM vm_network_gateway g JOIN vm_subnet s ON s.vm_network_id = g.vm_network_id
      WHERE g.network_service_id = ? AND g.vm_network_id <> ?`)),
    compartments: db.prepare<[string], { inUse: number; last: number | null }>(
      'SELECT count(*) AS inUse, max(compartment_id) AS last FROM vm_network_gateway WHERE network_service_id = ?'),
    compartment: db.prepare<[string, number], { id: string }>(
      'SELECT id FROM vm_network_gateway WHERE network_service_id = ? AND compartment_id = ?'),
    endOfRun: db.prepare<[string], { free: number }>(`
      SELECT g.compartment_id + 1 AS free FROM vm_network_gateway g
      WHERE g.network_service_id = ? AND NOT EXISTS (
        SELECT 1 FROM vm_network_gateway h WHERE h.network_service_id = g.network_service_id AND h.compartment_id = g.compartment_id + 1)
      ORDER BY g.compartment_id LIMIT 1`),
    direct: db.prepare<[], { vmNetworkId: string; vmNetwork: string }>(`
      SELECT n.id AS vmNetworkId, n.name AS vmNetwork FROM vm_network_gateway g JOIN network_service s ON s.id = g.network_service_id
      JOIN vm_network n ON n.id = g.vm_network_id WHERE s.direct_routing_mode = 1 ORDER BY n.name`),
    insertGateway: db.prepare(`
      INSERT INTO vm_network_gateway (id, vm_network_id, network_service_id, name, compartment_id, vsid, subnet_address, subnet_prefix_length, mac,
        has_vpn, enable_bgp, autonomous_system_number)
      VALUES (@id, @vmNetworkId, @networkServiceId, @name, @compartmentId, @vsid, @subnetAddress, @subnetPrefixLength, @mac,
        @hasVpn, @enableBgp, @autonomousSystemNumber)`),
    moveGateway: db.prepare(`
      UPDATE vm_network_gateway SET network_service_id = @networkServiceId, compartment_id = @compartmentId, mac = @mac WHERE id = @id`),
    setVpn: db.prepare(`
      UPDATE vm_network_gateway SET has_vpn = @hasVpn, subnet_address = @subnetAddress, subnet_prefix_length = @subnetPrefixLength WHERE id = @id`),
    setBgp: db.prepare(
      'UPDATE vm_network_gateway SET enable_bgp = @enableBgp, autonomous_system_number = @autonomousSystemNumber WHERE id = @id'),
    deleteGateway: db.prepare('DELETE FROM vm_network_gateway WHERE id = ?'),
    nat: answers.of(db.prepare<[string], NatConnection>(`
      SELECT id, vm_network_gateway_id AS vmNetworkGatewayId, name, ip_address_allocation_id AS ipAddressAllocationId,
        port_start AS portStart, port_end AS portEnd
      FROM nat_connection WHERE vm_network_gateway_id = ?`)),
    insertNat: db.prepare(`
      INSERT INTO nat_connection (id, vm_network_gateway_id, name, ip_address_allocation_id, port_start, port_end)
      VALUES (@id, @vmNetworkGatewayId, @name, @ipAddressAllocationId, @portStart, @portEnd)`),
    setNatAddress: db.prepare('UPDATE nat_connection SET ip_address_allocation_id = ? WHERE id = ?'),
    deleteNat: db.prepare('DELETE FROM nat_connection WHERE id = ?'),
  };
}
