import type { Migration } from './migration.ts';

/** MAC address pools, uplink port profiles and logical switches (fact sheet §1.7, 7). */
export const switchFabricMigration: Migration = {
  version: 10,
  name: 'switch-fabric',
  sql: `
CREATE TABLE mac_address_pool (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  range_start INTEGER NOT NULL CHECK (range_start BETWEEN 0 AND 281474976710655),
  range_end INTEGER NOT NULL CHECK (range_end BETWEEN range_start AND 281474976710655)
) STRICT;
CREATE TABLE mac_address_pool_host_group (
  mac_address_pool_id TEXT NOT NULL REFERENCES mac_address_pool(id) ON DELETE CASCADE,
  host_group_id TEXT NOT NULL REFERENCES host_group(id) ON DELETE CASCADE,
  PRIMARY KEY (mac_address_pool_id, host_group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mac_address_pool_host_group_by_group ON mac_address_pool_host_group(host_group_id);

CREATE TABLE uplink_port_profile (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  load_balancing TEXT NOT NULL,
  team_mode TEXT NOT NULL,
  -- "Enable Hyper-V Network Virtualization".
  network_virtualization INTEGER NOT NULL CHECK (network_virtualization IN (0, 1))
) STRICT;
CREATE TABLE uplink_port_profile_site (
  uplink_port_profile_id TEXT NOT NULL REFERENCES uplink_port_profile(id) ON DELETE CASCADE,
  network_site_id TEXT NOT NULL REFERENCES network_site(id) ON DELETE CASCADE,
  PRIMARY KEY (uplink_port_profile_id, network_site_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX uplink_port_profile_site_by_site ON uplink_port_profile_site(network_site_id);

CREATE TABLE logical_switch (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  uplink_port_profile_id TEXT NOT NULL REFERENCES uplink_port_profile(id)
) STRICT;
CREATE INDEX logical_switch_by_profile ON logical_switch(uplink_port_profile_id);
-- Null: a standard switch, which carries every network.
ALTER TABLE virtual_switch ADD COLUMN logical_switch_id TEXT REFERENCES logical_switch(id);
CREATE INDEX virtual_switch_by_logical_switch ON virtual_switch(logical_switch_id);
`,
};
