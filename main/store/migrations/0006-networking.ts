import type { Migration } from './migration.ts';

/** What the Create Logical Network and Create Static IP Address Pool wizards ask for (fact sheet §2.1, 2.2), and how a VM network is isolated. */
export const networkingMigration: Migration = {
  version: 6,
  name: 'networking',
  sql: `
ALTER TABLE logical_network ADD COLUMN kind TEXT NOT NULL DEFAULT 'oneConnected'
  CHECK (kind IN ('oneConnected', 'vlanIndependent', 'privateVlan'));

-- VMNetworkType (fact sheet §3.6), as far as this console makes them.
ALTER TABLE vm_network ADD COLUMN isolation TEXT NOT NULL DEFAULT 'WindowsNetworkVirtualization'
  CHECK (isolation IN ('WindowsNetworkVirtualization', 'NoIsolation'));
UPDATE vm_network SET isolation = 'NoIsolation'
  WHERE logical_network_id IN (SELECT id FROM logical_network WHERE network_virtualization = 0);

ALTER TABLE ip_address_pool ADD COLUMN dns_suffix TEXT NOT NULL DEFAULT '';
ALTER TABLE ip_address_pool ADD COLUMN enable_netbios INTEGER NOT NULL DEFAULT 0 CHECK (enable_netbios IN (0, 1));
-- The metric that is written down is then only what the machines use by themselves.
ALTER TABLE ip_address_pool_gateway ADD COLUMN is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0, 1));
-- For VIPs of load balancers, or for other uses.
ALTER TABLE ip_address_pool_reservation ADD COLUMN is_vip INTEGER NOT NULL DEFAULT 0 CHECK (is_vip IN (0, 1));

-- Asked in the order of slot.
CREATE TABLE ip_address_pool_server (
  ip_address_pool_id TEXT NOT NULL REFERENCES ip_address_pool(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('dns', 'wins')),
  slot INTEGER NOT NULL CHECK (slot >= 0),
  address INTEGER NOT NULL CHECK (address BETWEEN 0 AND 4294967295),
  PRIMARY KEY (ip_address_pool_id, kind, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE ip_address_pool_search_suffix (
  ip_address_pool_id TEXT NOT NULL REFERENCES ip_address_pool(id) ON DELETE CASCADE,
  slot INTEGER NOT NULL CHECK (slot >= 0),
  suffix TEXT NOT NULL,
  PRIMARY KEY (ip_address_pool_id, slot)
) STRICT, WITHOUT ROWID;

CREATE INDEX network_connection_by_site ON network_connection(network_site_id);
`,
};
