import type { Migration } from './migration.ts';

/** Host clusters, guest clusters of two gateway VMs, and the passive node of a gateway (fact sheet §1.4, 1.7). */
export const clustersMigration: Migration = {
  version: 9,
  name: 'clusters',
  sql: `
CREATE TABLE host_cluster (id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE) STRICT;
CREATE TABLE guest_cluster (id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE) STRICT;
ALTER TABLE host ADD COLUMN host_cluster_id TEXT REFERENCES host_cluster(id);
CREATE INDEX host_by_cluster ON host(host_cluster_id);
ALTER TABLE virtual_machine ADD COLUMN guest_cluster_id TEXT REFERENCES guest_cluster(id);
CREATE INDEX virtual_machine_by_cluster ON virtual_machine(guest_cluster_id);
-- The passive node, when the connection string names clusters.
ALTER TABLE network_service ADD COLUMN standby_virtual_machine_id TEXT REFERENCES virtual_machine(id);
CREATE INDEX network_service_by_standby ON network_service(standby_virtual_machine_id);
`,
};
