/** Writes of all kinds to the tables of a snapshot, by plain SQL: what no operation would do is among them. */

/** Writes to every table that a snapshot reads, by the place of a row; each may be refused by the schema, and then changes nothing. */
export const snapshotWrites: readonly ((place: number, text: string) => string)[] = [
  (place, text) => `UPDATE vm_network SET name = '${text}' WHERE id = ${at('id', 'vm_network', place)}`,
  (place, text) => `UPDATE vm_subnet SET name = '${text}', address = address + 256 WHERE id = ${at('id', 'vm_subnet', place)}`,
  (place) => `UPDATE virtual_subnet SET router_mac = router_mac + 1 WHERE vsid = ${at('vsid', 'virtual_subnet', place)}`,
  (place, text) => `UPDATE ip_address_pool SET name = '${text}' WHERE id = ${at('id', 'ip_address_pool', place)}`,
  (place) => `UPDATE ip_address_pool_gateway SET metric = metric + 7 WHERE ip_address_pool_id = ${at('ip_address_pool_id', 'ip_address_pool_gateway', place)}`,
  (place) => `DELETE FROM ip_address_pool_gateway WHERE ip_address_pool_id = ${at('ip_address_pool_id', 'ip_address_pool_gateway', place)}`,
  (place) => `INSERT INTO ip_address_pool_gateway (ip_address_pool_id, address, metric) VALUES (${at('id', 'ip_address_pool', place)}, ${place + 1}, 5)`,
  (place) => `UPDATE ip_address_allocation SET address = address + 100 WHERE id = ${at('id', 'ip_address_allocation', place)}`,
  (place) => `UPDATE virtual_machine SET running = 1 - running WHERE id = ${at('id', 'virtual_machine', place)}`,
  (place, text) => `UPDATE virtual_machine SET name = '${text}', host_id = (SELECT id FROM host ORDER BY name DESC LIMIT 1) WHERE id = ${at('id', 'virtual_machine', place)}`,
  (place) => `UPDATE virtual_network_adapter SET slot = slot + 10 WHERE id = ${at('id', 'virtual_network_adapter', place)}`,
  (place) => `UPDATE virtual_network_adapter SET virtual_switch_id = NULL WHERE id = ${at('id', 'virtual_network_adapter', place)}`,
  (place) => `DELETE FROM provider_address WHERE id = ${at('id', 'provider_address', place)}`,
  (place) => `UPDATE provider_address SET mac = mac + 3, host_id = (SELECT id FROM host ORDER BY name LIMIT 1) WHERE id = ${at('id', 'provider_address', place)}`,
  (place) => `UPDATE vm_network_gateway SET compartment_id = compartment_id + 20 WHERE id = ${at('id', 'vm_network_gateway', place)}`,
  (place) => `UPDATE vm_network_gateway SET enable_bgp = 1 - enable_bgp WHERE id = ${at('id', 'vm_network_gateway', place)}`,
  (place) => `DELETE FROM nat_connection WHERE id = ${at('id', 'nat_connection', place)}`,
  (place) => `UPDATE nat_connection SET port_end = port_end - 1 WHERE id = ${at('id', 'nat_connection', place)}`,
  (place, text) => `INSERT INTO nat_rule SELECT lower(hex(randomblob(8))), id, NULL, '${text}', 'TCP', ${100 + place}, 1, 1 FROM nat_connection`,
  (place) => `UPDATE nat_rule SET external_port = external_port + 5 WHERE id = ${at('id', 'nat_rule', place)}`,
  (place) => `UPDATE nat_rule SET nat_external_address_id = ${at('id', 'nat_external_address', place)} WHERE id = ${at('id', 'nat_rule', place)}`,
  (place) => `UPDATE nat_external_address SET slot = slot + ${place + 1} WHERE id = ${at('id', 'nat_external_address', place)}`,
  (place) => `DELETE FROM nat_external_address WHERE id = ${at('id', 'nat_external_address', place)}`,
  (place) => `DELETE FROM nat_rule WHERE id = ${at('id', 'nat_rule', place)}`,
  (place, text) => `UPDATE vpn_connection SET name = '${text}' WHERE id = ${at('id', 'vpn_connection', place)}`,
  (place) => `UPDATE vpn_connection SET is_enabled = 1 - is_enabled, remote_address = remote_address + 1 WHERE id = ${at('id', 'vpn_connection', place)}`,
  (place) => `DELETE FROM vpn_connection WHERE id = ${at('id', 'vpn_connection', place)}`,
  (place) => `DELETE FROM vpn_route WHERE vpn_connection_id = ${at('vpn_connection_id', 'vpn_route', place)}`,
  (place) => `INSERT INTO vpn_route SELECT id, ${place + 1}, 32 FROM vpn_connection`,
  (place) => `UPDATE bgp_peer SET autonomous_system_number = 7 WHERE id = ${at('id', 'bgp_peer', place)}`,
  (place, text) => `UPDATE host SET name = '${text}', is_virtual = 1 - is_virtual WHERE id = ${at('id', 'host', place)}`,
  (place, text) => `UPDATE virtual_switch SET name = '${text}' WHERE id = ${at('id', 'virtual_switch', place)}`,
  (place) => `UPDATE network_site_subnet SET prefix_length = 20 WHERE id = ${at('id', 'network_site_subnet', place)}`,
  (place) => `UPDATE network_service SET direct_routing_mode = 1 - direct_routing_mode WHERE id = ${at('id', 'network_service', place)}`,
  (place) => `DELETE FROM network_connection WHERE id = ${at('id', 'network_connection', place)}`,
  (place, text) => `UPDATE vpn_device SET name = '${text}', autonomous_system_number = NULL WHERE id = ${at('id', 'vpn_device', place)}`,
  (place) => `DELETE FROM vpn_device_host WHERE id = ${at('id', 'vpn_device_host', place)}`,
  (_place, text) => `UPDATE external_router SET name = '${text}'`,
  (place) => `UPDATE external_host SET address = address + 1 WHERE id = ${at('id', 'external_host', place)}`,
  (place) => `UPDATE lab SET seed = ${place}`,
  newNetwork,
  (place, text) => Array.from({ length: 40 }, (_, at) => newNetwork(at + place, text)).join(';\n'),
  withoutNetwork,
  (place) => Array.from({ length: 35 }, (_, at) => withoutNetwork(at + place)).join(';\n'),
  (place) => `UPDATE vm_network_gateway SET compartment_id = 1000 - compartment_id WHERE id = 'gateway${place}'`,
  (place) => `UPDATE virtual_machine SET role = CASE role WHEN 'tenant' THEN 'gateway' ELSE 'tenant' END WHERE id = ${at('id', 'virtual_machine', place)}`,
  (place) => `UPDATE ip_address_allocation SET ip_address_pool_id = ${at('id', 'ip_address_pool', place)} WHERE id = ${at('id', 'ip_address_allocation', place + 1)}`,
  (place) => `UPDATE vm_network SET description = 'nothing that a snapshot reads' WHERE id = ${at('id', 'vm_network', place)}`,
];

/** A VM network with all that belongs to one; where there is one of this number, what it lacks. Its rows stand in each list at another place. */
export function newNetwork(place: number, text: string): string {
  const host = `(SELECT id FROM host ORDER BY name LIMIT 1 OFFSET ${place} % 2)`;
  return `
    INSERT OR IGNORE INTO vm_network (id, logical_network_id, name, routing_domain_id) SELECT 'network${place}', logical_network_id, '${text} ${place}', 'domain ${place}' FROM vm_network LIMIT 1;
    INSERT OR IGNORE INTO virtual_subnet (vsid, vm_network_id, router_mac) VALUES (${16_000_000 - place}, 'network${place}', 7), (${15_000_000 + place}, 'network${place}', 8);
    INSERT OR IGNORE INTO vm_subnet (id, vm_network_id, vsid, name, address, prefix_length) VALUES ('subnet${place}', 'network${place}', ${16_000_000 - place}, 'Inside', 167772160, 24);
    INSERT OR IGNORE INTO ip_address_pool (id, vm_subnet_id, name, range_start, range_end) VALUES ('pool${place}', 'subnet${place}', '${text} pool ${place}', 167772164, 167772170);
    INSERT OR IGNORE INTO ip_address_allocation (id, ip_address_pool_id, address, allocated_to_type, allocated_to_id) VALUES ('inside${place}', 'pool${place}', 167772165, 'VirtualNetworkAdapter', '');
    INSERT OR IGNORE INTO ip_address_allocation (id, ip_address_pool_id, address, allocated_to_type, allocated_to_id)
      SELECT 'provider${place}', id, ${100_000 + place}, 'HostNetworkAdapter', '' FROM ip_address_pool WHERE network_site_subnet_id IS NOT NULL ORDER BY id LIMIT 1 OFFSET ${place} / 30;
    INSERT OR IGNORE INTO ip_address_allocation (id, ip_address_pool_id, address, allocated_to_type, allocated_to_id)
      SELECT 'outside${place}', id, ${200_000 + place}, 'NATConnection', '' FROM ip_address_pool WHERE network_site_subnet_id IS NOT NULL ORDER BY id LIMIT 1;
    INSERT OR IGNORE INTO virtual_machine (id, host_id, name, role, generation, running) VALUES ('machine${place}', ${host}, '${text}-VM${place}', 'tenant', 2, 1);
    INSERT OR IGNORE INTO virtual_network_adapter (id, virtual_machine_id, slot, name, mac, virtual_switch_id, vm_subnet_id, ip_address_allocation_id)
      SELECT 'adapter${place}', 'machine${place}', 0, 'Ethernet', ${5000 + place}, id, 'subnet${place}', 'inside${place}' FROM virtual_switch WHERE host_id = ${host} LIMIT 1;
    INSERT OR IGNORE INTO provider_address (id, host_id, vsid, ip_address_allocation_id, mac) VALUES ('provider${place}', ${host}, ${16_000_000 - place}, 'provider${place}', ${6000 + place});
    INSERT OR IGNORE INTO vm_network_gateway (id, vm_network_id, network_service_id, name, compartment_id, vsid, subnet_address, subnet_prefix_length, mac)
      SELECT 'gateway${place}', 'network${place}', id, '${text}', ${200 - place}, ${15_000_000 + place}, 167903232, 29, ${7000 + place} FROM network_service ORDER BY id LIMIT 1;
    INSERT OR IGNORE INTO nat_connection (id, vm_network_gateway_id, name, ip_address_allocation_id, port_start, port_end) VALUES ('nat${place}', 'gateway${place}', 'NAT', 'outside${place}', 1, 49151)`;
}

/** Takes away what `newNetwork` made. */
export function withoutNetwork(place: number): string {
  return `
    DELETE FROM nat_rule WHERE nat_connection_id = 'nat${place}';
    DELETE FROM nat_connection WHERE id = 'nat${place}';
    DELETE FROM vm_network_gateway WHERE id = 'gateway${place}';
    DELETE FROM provider_address WHERE id = 'provider${place}';
    DELETE FROM virtual_machine WHERE id = 'machine${place}';
    DELETE FROM ip_address_allocation WHERE id IN ('inside${place}', 'outside${place}', 'provider${place}');
    DELETE FROM ip_address_pool_gateway WHERE ip_address_pool_id = 'pool${place}';
    DELETE FROM ip_address_pool WHERE id = 'pool${place}';
    DELETE FROM vm_subnet WHERE id = 'subnet${place}';
    DELETE FROM virtual_subnet WHERE vm_network_id = 'network${place}';
    DELETE FROM vm_network WHERE id = 'network${place}'`;
}

/** The row at this place, round and round. */
function at(column: string, table: string, place: number): string {
  return `(SELECT ${column} FROM ${table} LIMIT 1 OFFSET ${place} % max((SELECT count(*) FROM ${table}), 1))`;
}
