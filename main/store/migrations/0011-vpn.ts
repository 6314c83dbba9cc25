/** VPN connections with their routes, BGP, and the VPN devices outside. */
import type { Migration } from './migration.ts';

export const vpnMigration: Migration = {
  version: 11,
  name: 'vpn',
  sql: `
-- "Connect to another network through a VPN tunnel"; there may be no connection yet.
ALTER TABLE vm_network_gateway ADD COLUMN has_vpn INTEGER NOT NULL DEFAULT 0 CHECK (has_vpn IN (0, 1));
ALTER TABLE vm_network_gateway ADD COLUMN enable_bgp INTEGER NOT NULL DEFAULT 0 CHECK (enable_bgp IN (0, 1));
ALTER TABLE vm_network_gateway ADD COLUMN autonomous_system_number INTEGER CHECK (autonomous_system_number BETWEEN 1 AND 4294967295);

CREATE TABLE vpn_connection (
  id TEXT PRIMARY KEY,
  vm_network_gateway_id TEXT NOT NULL REFERENCES vm_network_gateway(id),
  name TEXT NOT NULL COLLATE NOCASE,
  remote_address INTEGER NOT NULL,
  is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
  maximum_inbound_kbps INTEGER NOT NULL,
  maximum_outbound_kbps INTEGER NOT NULL,
  protocol TEXT NOT NULL CHECK (protocol IN ('IKEv2', 'L2TP', 'PPTP')),
  authentication_method TEXT NOT NULL CHECK (authentication_method IN ('PSKOnly', 'MachineCertificates')),
  -- Whose secret is the pre-shared key.
  run_as_account_id TEXT REFERENCES run_as_account(id),
  -- Thumbprint; empty: chosen automatically.
  certificate TEXT NOT NULL,
  encryption_method TEXT NOT NULL,
  integrity_check_method TEXT NOT NULL,
  cipher_transform TEXT NOT NULL,
  authentication_transform TEXT NOT NULL,
  pfs_group TEXT NOT NULL,
  dh_group TEXT NOT NULL,
  UNIQUE (vm_network_gateway_id, name),
  CHECK ((authentication_method = 'PSKOnly') = (run_as_account_id IS NOT NULL))
) STRICT;
CREATE INDEX vpn_connection_by_account ON vpn_connection(run_as_account_id);
CREATE INDEX vpn_connection_by_remote_address ON vpn_connection(remote_address);

CREATE TABLE vpn_route (
  vpn_connection_id TEXT NOT NULL REFERENCES vpn_connection(id) ON DELETE CASCADE,
  address INTEGER NOT NULL,
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 32),
  PRIMARY KEY (vpn_connection_id, address, prefix_length)
) STRICT, WITHOUT ROWID;

CREATE TABLE bgp_peer (
  id TEXT PRIMARY KEY,
  vm_network_gateway_id TEXT NOT NULL REFERENCES vm_network_gateway(id),
  name TEXT NOT NULL COLLATE NOCASE,
  address INTEGER NOT NULL,
  autonomous_system_number INTEGER NOT NULL CHECK (autonomous_system_number BETWEEN 1 AND 4294967295),
  UNIQUE (vm_network_gateway_id, address)
) STRICT;

-- A customer's VPN device on the Internet with the LAN behind it. It is configured to match what the tenant agreed on.
CREATE TABLE vpn_device (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  address INTEGER NOT NULL UNIQUE,
  mac INTEGER NOT NULL UNIQUE,
  lan_name TEXT NOT NULL,
  lan_address INTEGER NOT NULL,
  lan_prefix_length INTEGER NOT NULL CHECK (lan_prefix_length BETWEEN 1 AND 30),
  lan_mac INTEGER NOT NULL UNIQUE,
  -- Comma-separated list of PSKOnly, MachineCertificates.
  authentication_methods TEXT NOT NULL,
  -- Null: it speaks no BGP.
  autonomous_system_number INTEGER CHECK (autonomous_system_number BETWEEN 1 AND 4294967295)
) STRICT;

CREATE TABLE vpn_device_host (
  id TEXT PRIMARY KEY,
  vpn_device_id TEXT NOT NULL REFERENCES vpn_device(id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  address INTEGER NOT NULL,
  mac INTEGER NOT NULL UNIQUE,
  -- Comma-separated list of icmp-echo, http, udp-echo.
  services TEXT NOT NULL,
  UNIQUE (vpn_device_id, address)
) STRICT;
`,
};
