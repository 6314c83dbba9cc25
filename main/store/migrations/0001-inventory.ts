import type { Migration } from './migration.ts';

/**
 * The inventory of a fabric. IPv4 addresses are unsigned integers, MAC addresses 48-bit integers,
 * GUIDs lower-case text without braces, instants ISO 8601 text in UTC.
 */
export const inventoryMigration: Migration = {
  version: 1,
  name: 'inventory',
  sql: `
CREATE TABLE lab (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  seed INTEGER NOT NULL,
  opened_at TEXT NOT NULL
) STRICT;

CREATE TABLE host_group (
  id TEXT PRIMARY KEY,
  parent_id TEXT REFERENCES host_group(id),
  name TEXT NOT NULL COLLATE NOCASE,
  UNIQUE (parent_id, name)
) STRICT;
-- NULLs are all different to UNIQUE: the roots need a rule of their own.
CREATE UNIQUE INDEX host_group_root ON host_group(name) WHERE parent_id IS NULL;

CREATE TABLE host (
  id TEXT PRIMARY KEY,
  host_group_id TEXT NOT NULL REFERENCES host_group(id),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  is_virtual INTEGER NOT NULL DEFAULT 0 CHECK (is_virtual IN (0, 1)),
  is_dedicated_gateway INTEGER NOT NULL DEFAULT 0 CHECK (is_dedicated_gateway IN (0, 1)),
  nic_name TEXT NOT NULL,
  nic_mac INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX host_by_group ON host(host_group_id);

CREATE TABLE virtual_switch (
  id TEXT PRIMARY KEY,
  host_id TEXT NOT NULL REFERENCES host(id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  UNIQUE (host_id, name)
) STRICT;

CREATE TABLE logical_network (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  network_virtualization INTEGER NOT NULL CHECK (network_virtualization IN (0, 1))
) STRICT;

CREATE TABLE network_site (
  id TEXT PRIMARY KEY,
  logical_network_id TEXT NOT NULL REFERENCES logical_network(id),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) <= 64)
) STRICT;
CREATE INDEX network_site_by_logical_network ON network_site(logical_network_id);

CREATE TABLE network_site_host_group (
  network_site_id TEXT NOT NULL REFERENCES network_site(id) ON DELETE CASCADE,
  host_group_id TEXT NOT NULL REFERENCES host_group(id),
  PRIMARY KEY (network_site_id, host_group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE network_site_subnet (
  id TEXT PRIMARY KEY,
  network_site_id TEXT NOT NULL REFERENCES network_site(id) ON DELETE CASCADE,
  vlan INTEGER NOT NULL DEFAULT 0 CHECK (vlan BETWEEN 0 AND 4094),
  address INTEGER NOT NULL CHECK (address BETWEEN 0 AND 4294967295),
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 32),
  UNIQUE (network_site_id, vlan, address, prefix_length)
) STRICT;

CREATE TABLE run_as_account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('credential', 'preSharedKey')),
  user_name TEXT NOT NULL,
  -- Encrypted by the system's key store; null while no secret was typed in on this machine.
  secret BLOB
) STRICT;

CREATE TABLE vm_network (
  id TEXT PRIMARY KEY,
  logical_network_id TEXT NOT NULL REFERENCES logical_network(id),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  routing_domain_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX vm_network_by_logical_network ON vm_network(logical_network_id);

-- VSIDs are unique in the data centre, whoever holds them (fact sheet 2.4).
CREATE TABLE virtual_subnet (
  vsid INTEGER PRIMARY KEY CHECK (vsid BETWEEN 4096 AND 16777214),
  vm_network_id TEXT NOT NULL REFERENCES vm_network(id),
  router_mac INTEGER NOT NULL
) STRICT;
CREATE INDEX virtual_subnet_by_vm_network ON virtual_subnet(vm_network_id);

CREATE TABLE vm_subnet (
  id TEXT PRIMARY KEY,
  vm_network_id TEXT NOT NULL REFERENCES vm_network(id),
  vsid INTEGER NOT NULL UNIQUE REFERENCES virtual_subnet(vsid),
  name TEXT NOT NULL COLLATE NOCASE,
  address INTEGER NOT NULL CHECK (address BETWEEN 0 AND 4294967295),
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 32),
  UNIQUE (vm_network_id, name),
  UNIQUE (vm_network_id, address, prefix_length)
) STRICT;

-- A static IP address pool belongs to a network site's subnet or to a VM subnet.
CREATE TABLE ip_address_pool (
  id TEXT PRIMARY KEY,
  network_site_subnet_id TEXT REFERENCES network_site_subnet(id),
  vm_subnet_id TEXT REFERENCES vm_subnet(id),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  range_start INTEGER NOT NULL CHECK (range_start BETWEEN 0 AND 4294967295),
  range_end INTEGER NOT NULL CHECK (range_end BETWEEN range_start AND 4294967295),
  CHECK ((network_site_subnet_id IS NULL) <> (vm_subnet_id IS NULL))
) STRICT;
CREATE INDEX ip_address_pool_by_site_subnet ON ip_address_pool(network_site_subnet_id);
CREATE INDEX ip_address_pool_by_vm_subnet ON ip_address_pool(vm_subnet_id);

CREATE TABLE ip_address_pool_gateway (
  ip_address_pool_id TEXT NOT NULL REFERENCES ip_address_pool(id) ON DELETE CASCADE,
  address INTEGER NOT NULL,
  metric INTEGER NOT NULL,
  PRIMARY KEY (ip_address_pool_id, address)
) STRICT, WITHOUT ROWID;

-- Addresses inside the range that are never allocated by itself (VIPs and reserved addresses).
CREATE TABLE ip_address_pool_reservation (
  ip_address_pool_id TEXT NOT NULL REFERENCES ip_address_pool(id) ON DELETE CASCADE,
  range_start INTEGER NOT NULL,
  range_end INTEGER NOT NULL CHECK (range_end >= range_start),
  PRIMARY KEY (ip_address_pool_id, range_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE ip_address_allocation (
  id TEXT PRIMARY KEY,
  ip_address_pool_id TEXT NOT NULL REFERENCES ip_address_pool(id),
  address INTEGER NOT NULL,
  allocated_to_type TEXT NOT NULL CHECK (allocated_to_type IN (
    'VirtualNetworkAdapter', 'VIP', 'HostNetworkAdapter', 'LoadBalancerConfiguration', 'VirtualMachine', 'HostCluster', 'VMSubnet',
    'NetworkService', 'NATConnection', 'NetworkGateway', 'StorageArray', 'VMNetworkGateway')),
  allocated_to_id TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  UNIQUE (ip_address_pool_id, address)
) STRICT;
CREATE INDEX ip_address_allocation_by_holder ON ip_address_allocation(allocated_to_id);

CREATE TABLE virtual_machine (
  id TEXT PRIMARY KEY,
  host_id TEXT NOT NULL REFERENCES host(id),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('tenant', 'gateway')),
  generation INTEGER NOT NULL CHECK (generation IN (1, 2)),
  running INTEGER NOT NULL CHECK (running IN (0, 1)),
  firewall_on INTEGER NOT NULL DEFAULT 1 CHECK (firewall_on IN (0, 1)),
  remote_access_installed INTEGER NOT NULL DEFAULT 0 CHECK (remote_access_installed IN (0, 1)),
  vpn_deployed INTEGER NOT NULL DEFAULT 0 CHECK (vpn_deployed IN (0, 1))
) STRICT;
CREATE INDEX virtual_machine_by_host ON virtual_machine(host_id);

CREATE TABLE virtual_network_adapter (
  id TEXT PRIMARY KEY,
  virtual_machine_id TEXT NOT NULL REFERENCES virtual_machine(id) ON DELETE CASCADE,
  slot INTEGER NOT NULL,
  -- Name inside the guest: External, Management, Backend.
  name TEXT NOT NULL,
  mac INTEGER NOT NULL UNIQUE,
  -- Null: Not connected.
  virtual_switch_id TEXT REFERENCES virtual_switch(id),
  vm_subnet_id TEXT REFERENCES vm_subnet(id),
  network_site_subnet_id TEXT REFERENCES network_site_subnet(id),
  ip_address_allocation_id TEXT REFERENCES ip_address_allocation(id),
  UNIQUE (virtual_machine_id, slot),
  CHECK (vm_subnet_id IS NULL OR network_site_subnet_id IS NULL)
) STRICT;
CREATE INDEX virtual_network_adapter_by_vm_subnet ON virtual_network_adapter(vm_subnet_id);
CREATE INDEX virtual_network_adapter_by_switch ON virtual_network_adapter(virtual_switch_id);
CREATE INDEX virtual_network_adapter_by_site_subnet ON virtual_network_adapter(network_site_subnet_id);
CREATE INDEX virtual_network_adapter_by_allocation ON virtual_network_adapter(ip_address_allocation_id);

-- The PA that stands for a virtual subnet on a host: one each (HNVv1, fact sheet 2.4).
CREATE TABLE provider_address (
  id TEXT PRIMARY KEY,
  host_id TEXT NOT NULL REFERENCES host(id),
  vsid INTEGER NOT NULL REFERENCES virtual_subnet(vsid),
  ip_address_allocation_id TEXT NOT NULL UNIQUE REFERENCES ip_address_allocation(id),
  mac INTEGER NOT NULL,
  UNIQUE (host_id, vsid)
) STRICT;
CREATE INDEX provider_address_by_vsid ON provider_address(vsid);

-- A gateway device that was added with the Add Network Service Wizard.
CREATE TABLE network_service (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  manufacturer TEXT NOT NULL,
  model TEXT NOT NULL,
  run_as_account_id TEXT NOT NULL REFERENCES run_as_account(id),
  connection_string TEXT NOT NULL,
  -- Found by the connection string; null while it names nothing that exists.
  host_id TEXT REFERENCES host(id),
  virtual_machine_id TEXT REFERENCES virtual_machine(id),
  direct_routing_mode INTEGER NOT NULL DEFAULT 0 CHECK (direct_routing_mode IN (0, 1)),
  max_vm_networks INTEGER NOT NULL DEFAULT 50 CHECK (max_vm_networks BETWEEN 1 AND 100)
) STRICT;

CREATE TABLE network_service_host_group (
  network_service_id TEXT NOT NULL REFERENCES network_service(id) ON DELETE CASCADE,
  host_group_id TEXT NOT NULL REFERENCES host_group(id),
  PRIMARY KEY (network_service_id, host_group_id)
) STRICT, WITHOUT ROWID;

-- Front end and back end of a gateway (its Properties, Connectivity).
CREATE TABLE network_connection (
  id TEXT PRIMARY KEY,
  network_service_id TEXT NOT NULL REFERENCES network_service(id) ON DELETE CASCADE,
  connection_type TEXT NOT NULL CHECK (connection_type IN ('FrontEnd', 'BackEnd')),
  name TEXT NOT NULL,
  virtual_network_adapter_id TEXT NOT NULL REFERENCES virtual_network_adapter(id),
  network_site_id TEXT NOT NULL REFERENCES network_site(id),
  UNIQUE (network_service_id, connection_type)
) STRICT;

-- A VM network's use of a gateway: its compartment in the gateway VM and the leg that leads there.
CREATE TABLE vm_network_gateway (
  id TEXT PRIMARY KEY,
  vm_network_id TEXT NOT NULL UNIQUE REFERENCES vm_network(id),
  network_service_id TEXT NOT NULL REFERENCES network_service(id),
  name TEXT NOT NULL,
  compartment_id INTEGER NOT NULL CHECK (compartment_id >= 2),
  vsid INTEGER NOT NULL UNIQUE REFERENCES virtual_subnet(vsid),
  subnet_address INTEGER NOT NULL,
  subnet_prefix_length INTEGER NOT NULL CHECK (subnet_prefix_length BETWEEN 8 AND 30),
  mac INTEGER NOT NULL,
  UNIQUE (network_service_id, compartment_id)
) STRICT;
CREATE INDEX vm_network_gateway_by_service ON vm_network_gateway(network_service_id);

CREATE TABLE nat_connection (
  id TEXT PRIMARY KEY,
  vm_network_gateway_id TEXT NOT NULL UNIQUE REFERENCES vm_network_gateway(id),
  name TEXT NOT NULL,
  ip_address_allocation_id TEXT NOT NULL UNIQUE REFERENCES ip_address_allocation(id),
  port_start INTEGER NOT NULL DEFAULT 1 CHECK (port_start BETWEEN 1 AND 65535),
  port_end INTEGER NOT NULL DEFAULT 49151 CHECK (port_end BETWEEN port_start AND 65535)
) STRICT;

CREATE TABLE nat_rule (
  id TEXT PRIMARY KEY,
  nat_connection_id TEXT NOT NULL REFERENCES nat_connection(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  protocol TEXT NOT NULL CHECK (protocol IN ('TCP', 'UDP')),
  external_port INTEGER NOT NULL CHECK (external_port BETWEEN 1 AND 65535),
  internal_address INTEGER NOT NULL,
  internal_port INTEGER NOT NULL CHECK (internal_port BETWEEN 1 AND 65535),
  UNIQUE (nat_connection_id, protocol, external_port)
) STRICT;

-- What is outside: routers in a front-end subnet and the hosts behind them.
CREATE TABLE external_router (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  network_site_subnet_id TEXT NOT NULL REFERENCES network_site_subnet(id),
  address INTEGER NOT NULL,
  mac INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE external_host (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  address INTEGER NOT NULL UNIQUE,
  mac INTEGER NOT NULL UNIQUE,
  -- Comma-separated list of icmp-echo, http, udp-echo.
  services TEXT NOT NULL
) STRICT;
`,
};
