/** Fills a database with a large fabric by plain SQL: for measuring lists, not for tests of behaviour. */
import type { Db } from '../main/store/database.ts';

/** What SCVMM supports at most on one gateway; so many VM networks share one here. */
const networksPerGateway = 100;

/** GUID-shaped text that is the same in every run; `kind` keeps tables apart, the first part spreads it as real ones are. */
function guid(kind: number, n: number): string {
  const spread = (Math.imul(n + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `${spread}-${kind.toString(16).padStart(4, '0')}-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** `count` VM networks, each with one subnet, one VM on one of 100 hosts, and NAT through one of count / 100 gateways. */
export function insertFabric(db: Db, count: number): void {
  db.pragma('cache_size = -1000000');
  db.transaction(() => {
    insertBase(db, count);
    const insert = prepare(db);
    for (let n = 0; n < count; n++) insertNetwork(insert, n);
  })();
  db.pragma('cache_size = -65536');
}

type Statements = ReturnType<typeof prepare>;

function insertBase(db: Db, count: number): void {
  db.exec(`
    INSERT INTO host_group (id, parent_id, name) VALUES ('${guid(1, 0)}', NULL, 'All Hosts');
    INSERT INTO run_as_account (id, name, description, kind, user_name, secret) VALUES ('${guid(2, 0)}', 'GatewayLocalAdmin', '', 'credential', 'Administrator', NULL);
    INSERT INTO logical_network (id, name, description, network_virtualization) VALUES ('${guid(3, 0)}', 'External', '', 0), ('${guid(3, 1)}', 'HNV', '', 1);
    INSERT INTO network_site (id, logical_network_id, name) VALUES ('${guid(4, 0)}', '${guid(3, 0)}', 'External_0'), ('${guid(4, 1)}', '${guid(3, 1)}', 'HNV_0');
    INSERT INTO network_site_subnet (id, network_site_id, vlan, address, prefix_length) VALUES ('${guid(5, 0)}', '${guid(4, 0)}', 0, ${0x0a000000}, 8);
    INSERT INTO ip_address_pool (id, network_site_subnet_id, vm_subnet_id, name, description, range_start, range_end) VALUES ('${guid(6, 0)}', '${guid(5, 0)}', NULL, 'External pool', '', ${0x0a000001}, ${0x0afffffe});`);
  const host = db.prepare('INSERT INTO host (id, host_group_id, name, is_virtual, is_dedicated_gateway, nic_name, nic_mac) VALUES (?, ?, ?, 0, 0, ?, ?)');
  for (let n = 0; n < 100; n++) host.run(guid(7, n), guid(1, 0), `HyperV${n}.contoso.lab`, 'NIC1', 0x100000000 + n);
  const virtualSwitch = db.prepare(`INSERT INTO virtual_switch (id, host_id, name) VALUES (?, ?, 'HNV_Switch')`);
  for (let n = 0; n < 100; n++) virtualSwitch.run(guid(19, n), guid(7, n));
  const service = db.prepare(`INSERT INTO network_service (id, name, description, manufacturer, model, run_as_account_id, connection_string, host_id, virtual_machine_id, direct_routing_mode, max_vm_networks) VALUES (?, ?, '', 'Microsoft', 'Microsoft Windows Server Gateway', ?, 'VMHost=x', NULL, NULL, 0, 100)`);
  for (let n = 0; n <= count / networksPerGateway; n++) service.run(guid(8, n), `Gateway${n}`, guid(2, 0));
}

function prepare(db: Db) {
  return {
    network: db.prepare(`INSERT INTO vm_network (id, logical_network_id, name, description, routing_domain_id) VALUES (?, '${guid(3, 1)}', ?, '', ?)`),
    virtualSubnet: db.prepare('INSERT INTO virtual_subnet (vsid, vm_network_id, router_mac) VALUES (?, ?, ?)'),
    subnet: db.prepare('INSERT INTO vm_subnet (id, vm_network_id, vsid, name, address, prefix_length) VALUES (?, ?, ?, ?, ?, 24)'),
    pool: db.prepare(`INSERT INTO ip_address_pool (id, network_site_subnet_id, vm_subnet_id, name, description, range_start, range_end) VALUES (?, NULL, ?, ?, '', ?, ?)`),
    allocation: db.prepare(`INSERT INTO ip_address_allocation (id, ip_address_pool_id, address, allocated_to_type, allocated_to_id, description) VALUES (?, ?, ?, ?, ?, '')`),
    machine: db.prepare(`INSERT INTO virtual_machine (id, host_id, name, role, generation, running, firewall_on, remote_access_installed, vpn_deployed) VALUES (?, ?, ?, 'tenant', 2, 1, 1, 0, 0)`),
    adapter: db.prepare(`INSERT INTO virtual_network_adapter (id, virtual_machine_id, slot, name, mac, virtual_switch_id, vm_subnet_id, network_site_subnet_id, ip_address_allocation_id) VALUES (?, ?, 0, 'Ethernet', ?, ?, ?, NULL, ?)`),
    gateway: db.prepare(`INSERT INTO vm_network_gateway (id, vm_network_id, network_service_id, name, compartment_id, vsid, subnet_address, subnet_prefix_length, mac) VALUES (?, ?, ?, ?, ?, ?, ?, 29, ?)`),
    nat: db.prepare(`INSERT INTO nat_connection (id, vm_network_gateway_id, name, ip_address_allocation_id, port_start, port_end) VALUES (?, ?, ?, ?, 1, 49151)`),
  };
}

function insertNetwork(insert: Statements, n: number): void {
  const name = `Tenant${String((n * 7_919) % 1_000_003).padStart(7, '0')}`;
  const id = guid(9, n);
  const vsid = 4096 + 2 * n;
  const subnet = 0x0a000000 + ((n * 2_654_435) % 65_536) * 256;
  insert.network.run(id, name, guid(10, n));
  insert.virtualSubnet.run(vsid, id, 2 * n);
  insert.virtualSubnet.run(vsid + 1, id, 2 * n + 1);
  insert.subnet.run(guid(11, n), id, vsid, 'Subnet1', subnet);
  insert.pool.run(guid(12, n), guid(11, n), `${name} pool`, subnet + 4, subnet + 254);
  insert.allocation.run(guid(13, n), guid(12, n), subnet + 4, 'VirtualNetworkAdapter', guid(14, n));
  insert.machine.run(guid(15, n), guid(7, n % 100), `${name}-VM01`);
  insert.adapter.run(guid(14, n), guid(15, n), 0x200000000 + n, guid(19, n % 100), guid(11, n), guid(13, n));
  insert.gateway.run(guid(16, n), id, guid(8, Math.floor(n / networksPerGateway)), `${name}_Gateway`, 2 + (n % networksPerGateway), vsid + 1, 0x0afefe00, 0x300000000 + n);
  insert.allocation.run(guid(17, n), guid(6, 0), 0x0a000001 + n, 'NATConnection', guid(18, n));
  insert.nat.run(guid(18, n), guid(16, n), `${name}_NatConnection`, guid(17, n));
}
