import type { Migration } from './migration.ts';

/**
 * Routers of the outside world stand in a network whether or not VMM knows a network site of it, and PVLAN networks have two VLANs a subnet.
 */
export const outsideMigration: Migration = {
  version: 7,
  name: 'outside-and-vlans',
  sql: `
CREATE TABLE external_router_new (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  address INTEGER NOT NULL CHECK (address BETWEEN 0 AND 4294967295),
  -- Length of the network that it is in.
  prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 0 AND 32),
  mac INTEGER NOT NULL UNIQUE
) STRICT;
INSERT INTO external_router_new SELECT r.id, r.name, r.address, s.prefix_length, r.mac
  FROM external_router r JOIN network_site_subnet s ON s.id = r.network_site_subnet_id;
DROP TABLE external_router;
ALTER TABLE external_router_new RENAME TO external_router;

-- Null but in a PVLAN network, where vlan is the primary one.
ALTER TABLE network_site_subnet ADD COLUMN secondary_vlan INTEGER CHECK (secondary_vlan BETWEEN 1 AND 4094);
`,
};
